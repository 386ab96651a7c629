"""Every slow suite comes round within a week, and what fails in one fails continuous integration."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.rotation import (
    BUDGET,
    DAYS,
    ROOT,
    TABLE,
    UNKNOWN,
    Suite,
    all_suites,
    by_day,
    order_of,
    run,
    suites,
    with_slow_marks,
)

EVERY = all_suites(TABLE.read_text(encoding="utf-8"), ROOT)


def test_every_file_with_a_slow_mark_has_its_turn_and_every_row_its_file() -> None:
    slow = with_slow_marks(ROOT)
    assert "tests/flows/test_killed.py" in slow
    assert [suite.path for suite in EVERY] == sorted(slow)
    rows = {suite.path for suite in suites(TABLE.read_text(encoding="utf-8"))}
    assert rows <= slow, f"docs/testing.md has rows of what has no slow test: {rows - slow}"


def test_a_suite_without_a_row_is_taken_for_a_long_one(tree: Path) -> None:
    assert all_suites("| `tests/test_good.py` | 7 | |\n", tree) == [
        Suite("tests/test_endless.py", UNKNOWN), Suite("tests/test_flaky.py", UNKNOWN),
        Suite("tests/test_good.py", 7), Suite("tests/test_wrong.py", UNKNOWN),
    ]  # fmt: skip


def test_every_suite_is_among_those_of_one_day_of_any_seven() -> None:
    week = [date(2026, 12, 29) + timedelta(days=n) for n in range(DAYS)]
    first = [order_of(day, EVERY)[0] for day in week]
    assert len(set(first)) == DAYS
    assert sorted(s.path for day in by_day(EVERY) for s in day) == sorted(s.path for s in EVERY)
    assert all(len(order_of(day, EVERY)) == len(EVERY) for day in week)


def test_the_suites_of_a_day_take_less_than_half_of_the_hour() -> None:
    assert max(sum(suite.seconds for suite in day) for day in by_day(EVERY)) < BUDGET / 2


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of four suites: one passes, one fails, one fails once, and one does not end."""
    (tmp_path / "tests").mkdir()
    # The mark is put in here, or this file would be a slow suite itself.
    head = "import time, pytest\n@pytest.mark.{}\ndef test_it():\n    ".format("slow")
    flaky = (
        "from pathlib import Path; seen = Path('seen'); known = seen.exists(); seen.touch(); assert known, 'not yet'"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = slow\n")
    for name, body in {
        "good": "pass",
        "wrong": "assert 0, 'so it is'",
        "endless": "time.sleep(60)",
        "flaky": flaky,
    }.items():
        (tmp_path / "tests" / f"test_{name}.py").write_text(head + body + "\n")
    monkeypatch.setattr("tests.rotation.ROOT", tmp_path)
    return tmp_path


def _run(name: str, seconds: int, left: float) -> bool:
    return run([Suite(f"tests/test_{name}.py", seconds)], time.time() + left)


@pytest.mark.usefixtures("tree")
def test_a_suite_that_fails_is_shown_and_fails_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("good", 1, 60)
    assert not _run("wrong", 1, 60)
    said = capsys.readouterr().out
    assert "slow suite tests/test_good.py: passed after" in said
    assert "so it is" in said
    assert "slow suite tests/test_wrong.py: failed after" in said
    assert "slow suite tests/test_wrong.py: failed at the second attempt after" in said


@pytest.mark.usefixtures("tree")
def test_a_suite_that_fails_once_is_said_and_fails_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("flaky", 1, 60)
    said = capsys.readouterr().out
    assert "not yet" in said
    assert "slow suite tests/test_flaky.py: passed at the second attempt after" in said


@pytest.mark.usefixtures("tree")
def test_a_suite_that_is_cut_off_or_would_end_too_late_is_said_and_fails_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _run("endless", 0, 3)
    assert _run("wrong", 61, 60)
    said = capsys.readouterr().out
    assert "slow suite tests/test_endless.py: cut off after" in said
    assert "slow suite tests/test_wrong.py: not today, it takes 61 s" in said
