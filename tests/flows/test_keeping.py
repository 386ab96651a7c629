"""The commands that keep the data, as a person runs them: export, reparse, verify, backup, restore, review."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders.program import Program
from tests.builders.stores import read_by_an_older_parser
from tests.flows.test_backfill import REGIME, STATES, page
from tests.flows.test_command_line import OLDER, PAGE, refused

# A members page on which one name is none that a table knows.
ODD = b"""<html><head><title>Members of the Missile Technology Control Regime</title></head><body><main>
<h1>Partners</h1><p>The 6 Partners of the MTCR are:</p>
<ul><li>Argentina</li><li>Australia</li><li>Austria</li><li>Belgium</li><li>Ruritania</li><li>Brazil</li></ul>
</main></body></html>"""


@pytest.fixture(scope="session")
def two_plenaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds both; to copy, not to use."""
    program = Program(tmp_path_factory.mktemp("two-plenaries") / "home")
    ran = program("ingest", str(OLDER), str(PAGE), "--regime", "mtcr")
    assert ran.code == 0, ran
    return program.home


@pytest.fixture
def filled(program: Program, two_plenaries: Path) -> Program:
    shutil.copytree(two_plenaries, program.home)
    return program


def test_records_are_printed_as_json_lines(filled: Program) -> None:
    ran = filled("export", "--format", "jsonl", "--regime", "mtcr")
    assert (ran.code, ran.err) == (0, "")
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert [r["plenary"]["ordinal"] for r in records] == [24, 25]
    assert records[1]["evidence"]["/plenary/ordinal"][0]["quote"] == "25th"


def test_memberships_are_printed_as_csv_with_their_source(filled: Program) -> None:
    rows = list(csv.DictReader(io.StringIO(filled("export").out)))
    assert len(rows) == 34
    assert {row["capture"] for row in rows if row["country"] == "AR"} != {""}


def test_every_format_is_written_into_a_folder(filled: Program, tmp_path: Path) -> None:
    out = tmp_path / "data"
    ran = filled("export", "--format", "csv,jsonl,xlsx,parquet,ftm,zip", "--out", str(out), "--json")
    assert ran.code == 0, ran
    assert isinstance(ran.json, dict)
    assert ran.json["rows"]["memberships"] == 34
    written = {path.name for path in out.iterdir()}
    assert {"memberships.csv", "datapackage.json", "records.jsonl", "memberships.parquet"} <= written
    assert {"plenarywatch.xlsx", "plenarywatch.ftm.json", "plenarywatch.zip"} <= written


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "docx"), "choose of csv"),
        (("--format", "parquet"), "--out FOLDER"),
        (("--format", "csv,ftm"), "--out FOLDER"),
        (("--since", "last week"), "ISO 8601"),
    ],
)
def test_an_export_that_cannot_be_is_refused(filled: Program, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(filled, "export", *arguments)


def test_the_same_parser_reads_every_version_byte_for_byte_as_before(filled: Program) -> None:
    assert filled("reparse", "--json").json == {"read": 0, "same": 0, "updated": 0, "changed": [], "failed": []}
    assert filled("reparse", "--all", "--workers", "2", "--json").json == {
        "read": 2, "same": 2, "updated": 0, "changed": [], "failed": [],
    }  # fmt: skip


def memberships(program: Program) -> list[tuple[object, ...]]:
    """The whole table, row for row."""
    with sqlite3.connect(program.home / "plenarywatch.sqlite") as database:
        return database.execute("SELECT * FROM memberships ORDER BY id").fetchall()


def one_left(program: Program, folder: Path) -> Path:
    """A state was listed, and left on the same day; the declaration of its regime."""
    config, saved = folder / "demo.yaml", folder / "partners.html"
    config.write_text(REGIME)
    for hour, states in ((6, STATES), (12, STATES[:-1])):
        saved.write_text(page(*states))
        at = ("--observed-at", f"2011-04-18T{hour:02}:00:00Z")
        where = ("--regime", "demo", "--url", "https://mtcr.example/partners", "--config", str(config))
        assert program("ingest", str(saved), *where, *at).code == 0
    return config


def test_what_is_read_as_before_leaves_the_memberships_as_they_were(program: Program, tmp_path: Path) -> None:
    config = one_left(program, tmp_path)
    before = memberships(program)
    assert len(before) == len(STATES) + 1
    assert program("reparse", "--all", "--config", str(config)).code == 0
    read_by_an_older_parser(program.home)
    again = program("reparse", "--config", str(config), "--json").json
    assert again == {"read": 2, "same": 0, "updated": 2, "changed": [], "failed": []}
    assert memberships(program) == before


def test_verify_names_what_is_damaged_and_exits_1(filled: Program) -> None:
    assert filled("verify").code == 0
    blob = max((filled.home / "archive").rglob("*"), key=lambda path: path.is_file() and path.stat().st_size)
    blob.write_bytes(b"spoilt")
    ran = filled("verify", "--json")
    assert ran.code == 1
    assert isinstance(ran.json, dict)
    assert any(blob.name.split(".")[0] in damage["object"] for damage in ran.json["damaged"])
    assert filled("verify").out.count("damaged:") == len(ran.json["damaged"])


def test_everything_comes_back_from_a_backup(filled: Program, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    assert filled("backup", str(file)).code == 0
    other = Program(tmp_path / "other")
    assert other("restore", str(file)).code == 0
    assert other("export").out == filled("export").out
    assert other("verify").code == 0
    assert "holds" in refused(other, "restore", str(file))
    file.write_bytes(file.read_bytes()[:5000])
    assert "not a whole backup" in refused(Program(tmp_path / "third"), "restore", str(file))


@pytest.fixture
def doubtful(program: Program, tmp_path: Path) -> Program:
    page = tmp_path / "partners.html"
    page.write_bytes(ODD)
    assert program("ingest", str(page), "--regime", "mtcr").code == 0
    return program


def _readings(program: Program) -> dict[str, str]:
    found = program("review", "list", "--json").json
    assert isinstance(found, list)
    return {
        item["evidence"]["after"][0]["quote"]: item["key"] for item in found if item["kind"] == "unresolved_reading"
    }


def _member_codes(program: Program) -> list[str]:
    line = program("export", "--format", "jsonl").out.splitlines()[-1]
    return [member["country"] for member in json.loads(line)["members"]]


def test_a_name_that_no_table_knows_waits_with_the_words_of_the_page(doubtful: Program) -> None:
    assert _readings(doubtful)["Ruritania"].endswith("/members/4")


def test_a_corrected_reading_holds_and_is_not_asked_for_again(doubtful: Program) -> None:
    key = _readings(doubtful)["Ruritania"]
    assert doubtful("review", "correct", key, "--country", "Bulgaria", "--why", "as printed in 1934").code == 0
    assert "BG" in _member_codes(doubtful)
    assert "BG" in {country for _, _, country, *_ in memberships(doubtful)}
    assert "Ruritania" not in _readings(doubtful)
    assert doubtful("reparse", "--all").code == 0
    assert "BG" in _member_codes(doubtful)


def test_a_rejected_reading_is_taken_out_for_good(doubtful: Program) -> None:
    key = _readings(doubtful)["Ruritania"]
    assert doubtful("review", "reject", key, "--why", "a country of novels").code == 0
    assert _member_codes(doubtful) == ["AR", "AU", "AT", "BE", "BR"]
    assert doubtful("reparse", "--all").code == 0
    assert _member_codes(doubtful) == ["AR", "AU", "AT", "BE", "BR"]
    with sqlite3.connect(doubtful.home / "plenarywatch.sqlite") as database:
        assert database.execute("SELECT why FROM corrections").fetchall() == [("a country of novels",)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("correct", "r1/members/4"), "either --country or --value"),
        (("correct", "nonsense", "--country", "FR"), "not the key of a reading"),
        (("correct", "r1/members/4", "--country", "Ruritania"), "no state of that name"),
        (("correct", "r1/members/4", "--value", "{"), "not JSON"),
        (("correct", "r99/members/4", "--country", "FR"), "no such record"),
        (("reject", "r1/members/40"), "reads nothing"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(doubtful: Program, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(doubtful, "review", *arguments)


@pytest.mark.parametrize("spoil", [lambda data: data[:-300], lambda data: b"", lambda data: data.replace(b"PK", b"KP")])
def test_a_restore_of_a_spoilt_backup_makes_no_home(
    filled: Program, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "all.zip"
    assert filled("backup", str(path)).code == 0
    path.write_bytes(spoil(path.read_bytes()))
    other = Program(tmp_path / "other")
    line = refused(other, "restore", str(path))
    assert str(path) in line
    assert not other.home.exists()


def test_a_damaged_blob_is_healed_by_the_next_fetch_of_its_bytes(filled: Program) -> None:
    for packed in filled.home.glob("archive/??/*.zst"):
        packed.write_bytes(b"")
    assert filled("verify").code == 1
    assert filled("ingest", str(OLDER), str(PAGE), "--regime", "mtcr").code == 0
    assert filled("verify").code == 0
