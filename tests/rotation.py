"""The slow suites that continuous integration runs today: each comes round within a week.

``python -m tests.rotation --since SECONDS`` runs those of the day first and then those of the days after, as long as
the time each is known to take ends within the budget. The table in `docs/testing.md` says how long that is. A suite that
fails runs again, and failing twice makes the exit code 1; one that is cut off by time is said, and fails nothing.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "testing.md"
DAYS = 7
# Seconds from the start of everything after which no suite runs: an hour, of the ninety minutes there are.
BUDGET = 3600
# A busy machine takes longer than was measured: a suite is cut off after so many times its seconds, and this more.
TIMES, MORE = 3, 60
# What a suite without a row is taken to last, in seconds.
UNKNOWN = 300
_ROW = re.compile(r"^\| `(tests/[\w/]+\.py)` \| (\d+) \|", re.MULTILINE)
_SLOW = re.compile(r"pytest\.mark\.slow\b")


@dataclass(frozen=True)
class Suite:
    """A file of slow tests, and the seconds they take on two cores."""

    path: str
    seconds: int


def suites(table: str) -> list[Suite]:
    """The suites that a table in Markdown names."""
    return [Suite(path, int(seconds)) for path, seconds in _ROW.findall(table)]


def with_slow_marks(root: Path) -> set[str]:
    """The test files that have a slow mark."""
    return {
        path.relative_to(root).as_posix()
        for path in (root / "tests").rglob("test_*.py")
        if _SLOW.search(path.read_text(encoding="utf-8"))
    }


def all_suites(table: str, root: Path) -> list[Suite]:
    """Every file with a slow mark, with the seconds that the table gives it."""
    known = {suite.path: suite.seconds for suite in suites(table)}
    return [Suite(path, known.get(path, UNKNOWN)) for path in sorted(with_slow_marks(root))]


def by_day(every: Iterable[Suite]) -> list[list[Suite]]:
    """The suites of each day of a week, the days as even as can be: longest first, to the day that has least."""
    days: list[list[Suite]] = [[] for _ in range(DAYS)]
    for suite in sorted(every, key=lambda s: (-s.seconds, s.path)):
        min(days, key=lambda day: sum(s.seconds for s in day)).append(suite)
    return days


def order_of(day: date, every: Iterable[Suite]) -> list[Suite]:
    """All suites, those of this day first, then those of the days after it."""
    days = by_day(every)
    first = day.toordinal() % DAYS
    return [suite for n in range(DAYS) for suite in days[(first + n) % DAYS]]


def _ran(suite: Suite, seconds: float) -> tuple[str, str]:
    """How a suite ended, "passed", "failed" or "cut off", and what it printed."""
    command = [sys.executable, "-m", "pytest", "-m", "slow", suite.path]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return "cut off", _ended(process)
    return ("passed" if process.returncode == 0 else "failed"), said


def _ended(process: subprocess.Popen[str]) -> str:
    """End a suite and what it started; asked first, it takes down its servers."""
    for asked in (signal.SIGINT, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, asked)
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=60)[0]
    return ""


def run(order: Iterable[Suite], end: float) -> bool:
    """Run the suites that end before *end*, in seconds of the epoch; whether none failed."""
    good = True
    for suite in order:
        started = time.time()
        if started + suite.seconds > end:
            print(f"slow suite {suite.path}: not today, it takes {suite.seconds} s", flush=True)
            continue
        how = "failed"
        for attempt in ("", " at the second attempt"):
            how, said = _ran(suite, min(end - started, TIMES * suite.seconds + MORE))
            if how == "failed":
                print(said)
            print(f"slow suite {suite.path}: {how}{attempt} after {time.time() - started:.0f} s", flush=True)
            if how != "failed":
                break
        good &= how != "failed"
    return good


def main() -> None:
    """Run the suites of the day."""
    options = argparse.ArgumentParser(prog="python -m tests.rotation", description=__doc__)
    options.add_argument("--since", type=float, default=time.time(), help="when everything began, seconds of the epoch")
    options.add_argument("--day", type=date.fromisoformat, default=datetime.now(UTC).date(), help="another day")
    asked = options.parse_args()
    order = order_of(asked.day, all_suites(TABLE.read_text(encoding="utf-8"), ROOT))
    sys.exit(0 if run(order, asked.since + BUDGET) else 1)


if __name__ == "__main__":
    main()
