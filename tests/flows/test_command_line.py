"""The commands as a person runs them: what they print, and how they refuse."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from flows.demo.server import SITE
from storage import Store
from tests.builders.comparing import NOON
from tests.builders.program import Program
from tests.builders.stores import a_change, told

PAGE = SITE / "day-1/press/25th-plenary-meeting-buenos-aires-argentina-11-15-april-2011.html"
OLDER = SITE / "day-0/press/24th-plenary-meeting-rio-de-janeiro-brazil-9-13-november-2009.html"


def test_parse_prints_one_record_and_stores_nothing(program: Program) -> None:
    ran = program("parse", str(PAGE), "--regime", "mtcr", "--json")
    assert ran.code == 0
    assert ran.err == ""
    assert isinstance(ran.json, dict)
    assert ran.json["plenary"] == {
        "ordinal": 25, "city": "Buenos Aires", "country": "AR", "start": "2011-04-11", "end": "2011-04-15",
    }  # fmt: skip
    assert [r["number"] for r in ran.json["resolutions"]] == [1540, 1874, 1929]
    assert not program.home.exists()


def refused(program: Program, *arguments: str, env: dict[str, str] | None = None) -> str:
    """The one line by which a command refuses, exit code 2, nothing on standard output."""
    ran = program(*arguments, env=env)
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.count("\n") == 1, ran.err
    assert "Traceback" not in ran.err
    return ran.err


def test_an_unknown_regime_is_refused_with_those_that_are_known(program: Program) -> None:
    line = refused(program, "parse", str(PAGE), "--regime", "nope")
    assert "'nope'" in line
    assert "mtcr" in line


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.txt", None, "cannot be read"),
        ("empty.txt", b"", "no bytes to read"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG picture"),
        ("noise.bin", bytes(range(1, 32)) * 40, "not text"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj <<", "PDF"),
    ],
)
def test_a_file_that_is_no_page_is_refused_by_name(
    program: Program, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    line = refused(program, "parse", str(path), "--regime", "mtcr")
    assert name in line
    assert said in line


def test_a_misspelt_key_is_refused_with_its_line_and_nothing_runs(program: Program, tmp_path: Path) -> None:
    config = tmp_path / "x.yaml"
    config.write_text("regime: x\nname: X\nsources:\n  - {id: a, kind: index, url: 'https://x.org/', folow: b}\n")
    line = refused(program, "monitor", "--config", str(config), "--direct")
    assert "x.yaml:4" in line
    assert "folow" in line
    assert not (program.home / "plenarywatch.sqlite").exists()


def test_a_database_that_cannot_be_written_is_refused(program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    line = refused(program, "members", "mtcr", env={"PLENARYWATCH_DATABASE_URL": f"sqlite:///{tmp_path}/file/x.sqlite"})
    assert "cannot be used as the database" in line


def test_a_file_that_is_no_database_is_refused_and_left_alone(program: Program, tmp_path: Path) -> None:
    text = tmp_path / "letter.sqlite"
    text.write_text("Dear Sir, " * 500)
    refused(program, "members", "mtcr", env={"PLENARYWATCH_DATABASE_URL": f"sqlite:///{text}"})
    assert text.read_text() == "Dear Sir, " * 500


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",),
        ("members",),
        ("members", "mtcr", "--as-of", "soon"),
        ("monitor", "--now", "soon"),
        ("diff", "mtcr", "1", "2"),
    ],
)
def test_words_that_make_no_sense_are_refused_in_one_line(program: Program, arguments: tuple[str, ...]) -> None:
    refused(program, *arguments)


def test_the_same_page_ingested_twice_is_one_version_and_says_nothing_the_second_time(program: Program) -> None:
    arguments = ("ingest", str(PAGE), "--regime", "mtcr", "--url", "https://example.org/25", "--json")
    first, second = program(*arguments), program(*arguments)
    assert [o["outcome"] for o in first.json["sources"]] == ["baseline"]  # type: ignore[index]
    assert [o["outcome"] for o in second.json["sources"]] == ["unchanged"]  # type: ignore[index]
    assert second.json["changes"] == []  # type: ignore[index]
    assert len(program("records", "mtcr", "--json").json) == 1  # type: ignore[arg-type]
    assert program("alerts", "list", "--json").json == []


def test_of_files_of_which_one_cannot_be_read_none_is_stored(program: Program, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    refused(program, "ingest", str(PAGE), str(tmp_path / "empty.txt"), "--regime", "mtcr")
    assert program("records", "mtcr", "--json").json == []


def test_members_are_asked_for_in_two_times(program: Program) -> None:
    program("ingest", str(PAGE), "--regime", "mtcr", "--observed-at", "2011-04-18T06:00:00Z")
    on_the_day = program("members", "mtcr", "--as-of", "2011-04-15", "--json").json
    before = program("members", "mtcr", "--as-of", "2010-01-01", "--json").json
    not_yet_known = program("members", "mtcr", "--known-at", "2011-04-01", "--json").json
    assert len(on_the_day) == 34  # type: ignore[arg-type]
    assert before == []
    assert not_yet_known == []


@pytest.mark.parametrize("format", ["text", "json", "md", "html"])
def test_two_plenaries_are_compared_in_every_format(program: Program, format: str) -> None:
    program("ingest", str(OLDER), str(PAGE), "--regime", "mtcr")
    ran = program("diff", "mtcr", "24", "25", "--format", format)
    assert ran.code == 0
    assert "S/RES/1929 (2010)" in ran.out


def test_evaluate_counts_agreement_and_shows_each_miss(program: Program, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.read_bytes())
    (tmp_path / "a.json").write_text('{"regime": "mtcr", "member_count": 34, "plenary": {"ordinal": 26}}')
    result = program("evaluate", str(tmp_path), "--json").json
    assert isinstance(result, dict)
    assert result["fields"]["member_count"]["f1"] == 1.0
    assert result["fields"]["plenary.ordinal"]["f1"] == 0.0
    assert {m["field"] for m in result["misses"]} == {"plenary.ordinal"}


def test_sources_check_says_which_addresses_nobody_has_verified(program: Program) -> None:
    rows = program("sources", "check", "--json").json
    assert {row["regime"] for row in rows} == {"mtcr", "nsg", "ag", "wa", "hcoc", "zc"}  # type: ignore[union-attr, index]
    assert {row["verified"] for row in rows} == {"verified", "unverified"}  # type: ignore[union-attr, index]


def test_the_report_is_built_where_it_is_said(program: Program, tmp_path: Path) -> None:
    program("ingest", str(PAGE), "--regime", "mtcr")
    ran = program("report", "build", "--out", str(tmp_path / "site"))
    assert ran.out.strip() == str(tmp_path / "site" / "index.html")
    assert "Buenos Aires" in (tmp_path / "site" / "mtcr" / "plenary-25.html").read_text(encoding="utf-8")


def test_search_finds_words_in_every_version_with_their_plenary(program: Program) -> None:
    program("ingest", str(OLDER), str(PAGE), "--regime", "mtcr")
    both = program("search", "missile", "programmes", "--json").json
    one = program("search", "transshipment", "--json").json
    assert {hit["plenary"] for hit in both} == {"24", "25"}  # type: ignore[union-attr, index, call-overload]
    assert [hit["plenary"] for hit in one] == ["25"]  # type: ignore[union-attr, index, call-overload]
    assert program("search", "unicorn", "--json").json == []


def test_a_trial_message_reaches_every_channel_that_is_set_and_says_what_it_is(program: Program) -> None:
    ran = program("alerts", "test", "--json")
    assert ran.code == 0, ran
    assert ran.json == [{"channel": "file", "sent": True, "error": None}]
    (line,) = (program.home / "alerts.jsonl").read_text().splitlines()
    assert "trial message" in line
    assert program("alerts", "list", "--json").json == []


def test_a_channel_that_takes_no_message_is_told_and_the_others_get_theirs(program: Program) -> None:
    channels, secret = "file webhook+http://127.0.0.1:9/hook", "whsec_" + "a" * 40
    ran = program(
        "alerts", "test", "--json", env={"PLENARYWATCH_CHANNELS": channels, "PLENARYWATCH_WEBHOOK_SECRET": secret}
    )
    assert ran.code == 1, ran
    assert isinstance(ran.json, list)
    assert [one["sent"] for one in ran.json] == [True, False]
    assert "Traceback" not in ran.err


def test_an_alert_that_was_given_up_is_sent_again_when_a_person_says_so(program: Program) -> None:
    with Store.open(f"sqlite:///{program.home / 'plenarywatch.sqlite'}") as store, store.writing() as w:
        told(w, a_change(), "file")
        (delivery,) = w.claim_deliveries(worker="a", now=NOON, lease=timedelta(minutes=1))
        w.not_delivered(delivery.id, "a", "the disk was full", None)
    assert "0 sent" in program("deliver").out
    ran = program("alerts", "retry", "1")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "alert 1: due again to file",
        "1 sent, 0 to be tried again, 0 given up",
    ]
    assert "sent everywhere already" in program("alerts", "retry", "1").out
    assert len((program.home / "alerts.jsonl").read_text().splitlines()) == 1
    program("alerts", "retry", "1", "--again")
    one, other = (json.loads(line) for line in (program.home / "alerts.jsonl").read_text().splitlines())
    assert one["idempotency_key"] == other["idempotency_key"]


def test_an_alert_or_a_channel_that_is_none_is_refused(program: Program) -> None:
    assert "alert 7: no such alert" in refused(program, "alerts", "retry", "7")
