"""What an export promises to other people's tools: tables, columns, files, and every cell where it belongs."""

from __future__ import annotations

import errno
import json
import re
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import msgspec
import pytest

from diffs.change import ChangeKind, Severity, Status
from parsers.record import Kind, Officer, OfficerRole, Participant, Resolution, from_json
from storage import Store
from storage.errors import CannotExport
from storage.exporting import export, formats, snapshot
from storage.exporting.cells import harmless
from storage.exporting.entities import Entity, entities
from storage.exporting.formats import FORMATS, records
from storage.exporting.package import descriptor, readme
from storage.exporting.parquet import write_parquet
from storage.exporting.tables import Cell, Column, Table, Type, delta
from tests.builders.stores import a_change
from tests.storage.making import NOON, a_document, a_plenary, a_record
from tests.storage.observing import a_version

LATER = NOON + timedelta(days=1)
EXPECTED = Path(__file__).parent / "expected"


def rich(store: Store) -> None:
    """A store with a row in every table of an export, none of them like its neighbour."""
    with store.writing() as w:
        record = a_record(
            "AR", "BR", since={"AR": "1993"}, plenary=a_plenary(25, date(2011, 4, 11), city="Buenos Aires", country="AR"),
            title="Statement", language="en", published=date(2011, 4, 16),
            resolutions=(Resolution(1540, 2004, "S/RES/1540 (2004)", year_source="stated"),
                         Resolution(64, None, "A/RES/64", body="UNGA")),
            officers=(Officer(OfficerRole.CHAIR, "Ana Paz", "Ambassador", "AR"), Officer(OfficerRole.OPENED_BY)),
            observers=(Participant("CL", "Chile"), Participant(None, "Some Bureau")),
            adherents=(Participant("IL", "Israel"),),
        )  # fmt: skip
        line = record.evidence["/members/0"]
        record = msgspec.structs.replace(
            record, evidence=record.evidence | {"/resolutions/1": line, "/officers/0": line}
        )
        version = a_version(w, record, document=a_document("AR BR"))
        w.members_listed(record, version.id, stated_on=date(2011, 4, 15), now=NOON)
        w.member_left("mtcr", "BR", on=date(2012, 1, 1), record_id=version.id, pointer="/members/1", now=LATER)
        second = a_version(
            w, a_record(regime="nsg", kind=Kind.MEMBERS), source="list", document=a_document("Nothing."), now=LATER
        )
        w.hold(second.id)
        run = w.begin_run("monitor", NOON)
        changes = (
            a_change(subject="IN", plenary=25, prior="24", before=None, after={"country": "IN"}),
            a_change(ChangeKind.TOPIC_ADDED, "missiles", severity=Severity.INFO, status=Status.HELD, before=["a"],
                     observed_at=LATER),
        )  # fmt: skip
        w.save_changes(run, changes, version.id)


SHA = "a8e82927e57c8a364a0ac8c672e6a339aedb5eb03a68f60ec94dfaa1fc878729"
URL = "https://example.org/page"
FROM = (URL, SHA)


def test_every_table_says_in_each_cell_what_was_read_and_where(sqlite_store: Store) -> None:
    rich(sqlite_store)
    tables = {table.name: table.rows for table in snapshot(sqlite_store, known_at=LATER)}
    assert list(tables) == [
        "memberships", "plenaries", "versions", "resolutions", "officers", "participants", "changes", "panel",
    ]  # fmt: skip
    assert tables["memberships"] == (
        ("mtcr", "AR", 0, "ARG", "AR", "member", date(1993, 1, 1), None, "since", 1, *FROM, "AR", NOON),
        ("mtcr", "BR", 0, "BRA", "BR", "member", date(2011, 4, 15), date(2012, 1, 1), "stated", 1, *FROM, "BR", LATER),
    )
    assert tables["plenaries"] == (("mtcr", "25", 25, "Buenos Aires", "AR", date(2011, 4, 11), date(2011, 4, 11), 1),)
    nothing = "9cc3e24fe9d0a9d86f56f80390504afa0a9a3fbbb57ec0911fc8c11493ff9c50"
    assert tables["versions"] == (
        (1, "mtcr", "page", "statement", URL, "Statement", "en", date(2011, 4, 16), "25", False, SHA, SHA, "test 1",
         NOON),
        (2, "nsg", "list", "members", "https://example.org/list", None, None, None, None, True, nothing, nothing,
         "test 1", LATER),
    )  # fmt: skip
    assert tables["resolutions"] == (
        (1, 0, "mtcr", "25", "S/RES/1540 (2004)", "UNSC", 1540, 2004, "stated", *FROM, None, NOON),
        (1, 1, "mtcr", "25", "A/RES/64", "UNGA", 64, None, None, *FROM, "AR", NOON),
    )
    assert tables["officers"] == (
        (1, 0, "mtcr", "25", "chair", "Ana Paz", "Ambassador", "AR", *FROM, "AR", NOON),
        (1, 1, "mtcr", "25", "opened_by", None, None, None, *FROM, None, NOON),
    )
    assert tables["participants"] == (
        (1, "adherent", 0, "mtcr", "IL", "Israel", "25", *FROM, NOON),
        (1, "observer", 0, "mtcr", "CL", "Chile", "25", *FROM, NOON),
        (1, "observer", 1, "mtcr", None, "Some Bureau", "25", *FROM, NOON),
    )
    # The panel ends with the year of the moment, and begins with the regime's first.
    assert [row for row in tables["panel"] if row[2] == 2011] == [
        ("mtcr", "AR", 2011, "ARG", 1), ("mtcr", "BR", 2011, "BRA", 1), ("mtcr", "CL", 2011, "CHL", 3),
        ("mtcr", "IL", 2011, "ISR", 2),
    ]  # fmt: skip
    assert {row[2] for row in tables["panel"]} == set(range(1987, 2012))


def test_a_change_is_told_with_both_its_values_and_only_once_it_was_seen(sqlite_store: Store) -> None:
    rich(sqlite_store)

    def changes(**options: object) -> tuple[object, ...]:
        return snapshot(sqlite_store, **options)[6].rows  # type: ignore[arg-type]

    joined = (
        "79c2765a59797e55f7bc63cda5738974", "mtcr", "member_joined", "critical", "confirmed", "IN", "25", "24", None,
        '{"country":"IN"}', "https://mtcr.example/1", datetime(2026, 3, 2, 12, tzinfo=UTC),
    )  # fmt: skip
    topic = (
        "1bda5bc02a14cc2088c551b88caa6daa", "mtcr", "topic_added", "info", "held", "missiles", None, None, '["a"]',
        None, "https://mtcr.example/1", LATER,
    )  # fmt: skip
    assert changes() == (topic, joined)
    assert changes(known_at=LATER) == (topic,)
    assert changes(known_at=NOON) == changes(regime="nsg") == ()


def test_an_export_as_known_at_a_moment_holds_what_was_known_then(sqlite_store: Store) -> None:
    rich(sqlite_store)

    def shape(**options: object) -> dict[str, int]:
        tables = snapshot(sqlite_store, **options)  # type: ignore[arg-type]
        return {table.name: len(table.rows) for table in tables if table.name not in ("panel", "changes")}

    at_noon = {"memberships": 2, "plenaries": 1, "versions": 1, "resolutions": 2, "officers": 2, "participants": 3}
    assert shape(known_at=NOON) == at_noon
    assert shape(known_at=LATER) == shape() == at_noon | {"versions": 2}
    assert shape(known_at=NOON - timedelta(seconds=1)) == dict.fromkeys(at_noon, 0)
    assert shape(regime="nsg") == dict.fromkeys(at_noon, 0) | {"versions": 1}
    # A departure that was not known yet had not happened: the membership stands open.
    (_, brazil) = snapshot(sqlite_store, known_at=NOON)[0].rows
    assert (brazil[7], brazil[13]) == (None, NOON)


def test_a_day_keeps_the_memberships_that_held_on_it(sqlite_store: Store) -> None:
    rich(sqlite_store)
    for day, countries in (
        (date(1992, 12, 31), []), (date(1993, 1, 1), ["AR"]), (date(2011, 4, 14), ["AR"]),
        (date(2011, 4, 15), ["AR", "BR"]), (date(2011, 12, 31), ["AR", "BR"]), (date(2012, 1, 1), ["AR"]),
    ):  # fmt: skip
        assert [row[1] for row in snapshot(sqlite_store, as_of=day)[0].rows] == countries, day
    with sqlite_store.writing() as w:
        record = a_record("IN")
        version = a_version(w, record, source="undated")
        w.members_listed(record, version.id, stated_on=None, now=NOON)
    assert [row[1] for row in snapshot(sqlite_store, as_of=date(1900, 1, 1))[0].rows] == ["IN"]


def test_the_descriptor_names_every_column_with_its_type_and_meaning(sqlite_store: Store) -> None:
    """Who takes the data holds us to these: a name, a type or a meaning that changes is a change for them."""
    assert descriptor(snapshot(sqlite_store)) == (EXPECTED / "datapackage.json").read_bytes()


def test_every_row_is_named_by_its_key_and_stands_in_its_columns(sqlite_store: Store) -> None:
    rich(sqlite_store)
    kinds: dict[str, type | tuple[type, ...]] = {
        "string": str, "integer": int, "boolean": bool, "date": date, "datetime": datetime,
    }  # fmt: skip
    for table in snapshot(sqlite_store):
        assert len({row[: table.key] for row in table.rows}) == len(table.rows) > 0, table.name
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                assert cell is None or isinstance(cell, kinds[column.type]), (table.name, column.name)


def test_the_page_to_read_first_explains_every_table_and_column(sqlite_store: Store) -> None:
    rich(sqlite_store)
    tables = snapshot(sqlite_store)
    text = readme(tables, datetime(2012, 3, 4, 5, 6, tzinfo=UTC)).decode()
    head, *sections = text.split("\n## ")
    assert head == (
        "# Plenarywatch: the data\n\n"
        "Written 2012-03-04 05:06 UTC. Each table stands here as CSV (described by `datapackage.json`), as JSON "
        "Lines, and as a sheet of `plenarywatch.xlsx`; `records.jsonl` holds every version's whole record with its "
        "evidence; `plenarywatch.ftm.json` the memberships as FollowTheMoney entities.\n\n"
        "`url` and `capture` say which page and which bytes state a row, `known_since` when it was observed. In the "
        "CSV and XLSX files a text that a spreadsheet would take for a formula has an apostrophe before it.\n"
    )
    assert len(sections) == len(tables)
    assert sections[1] == (
        "plenaries (1 rows)\n\nThe plenary meetings that pages tell of.\n\n"
        "| column | type | meaning |\n|---|---|---|\n| regime | string | id of the regime |\n"
        "| plenary | string | label of the plenary: its ordinal, or its first day |\n"
        "| ordinal | integer | the how-manyeth plenary |\n| city | string | where it was held |\n"
        "| country | string | the host state |\n| start | date | first day |\n| end | date | last day |\n"
        "| versions | integer | how many versions of pages tell of it |\n"
    )
    for table, section in zip(tables, sections, strict=True):
        assert section.startswith(f"{table.name} ({len(table.rows)} rows)\n")
        assert section.count("\n| ") == len(table.columns) + 1


def test_a_record_in_json_lines_is_whole_and_says_where_it_comes_from(sqlite_store: Store) -> None:
    rich(sqlite_store)
    first, second = (msgspec.json.decode(line) for line in records(sqlite_store))
    assert first.pop("provenance") == {
        "record": 1, "source": "page", "url": URL, "capture": SHA, "known_since": "2011-04-18T12:00:00Z", "held": False,
    }  # fmt: skip
    with sqlite_store.reading() as r:
        assert from_json(msgspec.json.encode(first)) == r.version(1).record
    assert (second["regime"], second["provenance"]["held"], second["provenance"]["source"]) == ("nsg", True, "list")
    told = [msgspec.json.decode(line)["regime"] for line in records(sqlite_store, "nsg")]
    assert told == ["nsg"]
    known = [len(list(records(sqlite_store, known_at=at))) for at in (NOON - timedelta(seconds=1), NOON, LATER)]
    assert known == [0, 1, 2]


def test_a_table_in_json_lines_names_each_cell(sqlite_store: Store, tmp_path: Path) -> None:
    rich(sqlite_store)
    written = export(sqlite_store, tmp_path / "deep" / "out", "jsonl", now=LATER)
    assert [path.name for path in written.files] == [
        "memberships.jsonl", "plenaries.jsonl", "versions.jsonl", "resolutions.jsonl", "officers.jsonl",
        "participants.jsonl", "changes.jsonl", "panel.jsonl", "records.jsonl",
    ]  # fmt: skip
    assert written.rows["versions"] == 2
    first, second = map(json.loads, (tmp_path / "deep" / "out" / "versions.jsonl").read_text().splitlines())
    assert first == {
        "record": 1, "regime": "mtcr", "source": "page", "kind": "statement", "url": URL, "title": "Statement",
        "language": "en", "published": "2011-04-16", "plenary": "25", "held": False, "capture": SHA, "text_hash": SHA,
        "parser": "test 1", "known_since": "2011-04-18T12:00:00Z",
    }  # fmt: skip
    assert (second["held"], second["title"]) == (True, None)
    # A difference tells rows; whole records have none.
    since = export(sqlite_store, tmp_path / "since", "jsonl", now=LATER, since=NOON)
    assert "records.jsonl" not in [path.name for path in since.files]


def test_a_csv_begins_with_its_columns_and_writes_yes_and_no_in_small_letters(
    sqlite_store: Store, tmp_path: Path
) -> None:
    rich(sqlite_store)
    written = export(sqlite_store, tmp_path, "csv", now=LATER)
    assert [path.name for path in written.files][-2:] == ["panel.csv", "datapackage.json"]
    assert all(path.parent == tmp_path and path.is_file() for path in written.files)
    head, first, second = (tmp_path / "versions.csv").read_text().splitlines()
    assert head == (
        "record,regime,source,kind,url,title,language,published,plenary,held,capture,text_hash,parser,known_since"
    )
    assert f",2011-04-16,25,false,{SHA}," in first
    assert ",,,,,true," in second
    assert (tmp_path / "datapackage.json").read_bytes() == (EXPECTED / "datapackage.json").read_bytes()


def test_a_difference_marks_each_row_and_is_keyed_by_it_too(sqlite_store: Store) -> None:
    rich(sqlite_store)
    before, after = snapshot(sqlite_store, known_at=NOON), snapshot(sqlite_store, known_at=LATER)
    told = {table.name: table for table in delta(before, after)}
    memberships = told["memberships"]
    assert memberships.columns[0] == Column("delta", "string", "added, changed or removed")
    assert (memberships.key, memberships.columns[1:]) == (4, after[0].columns)
    assert [row[:3] for row in memberships.rows] == [("changed", "mtcr", "BR")]
    assert [row[:2] for row in told["versions"].rows] == [("added", 2)]
    back = {table.name: [row[:2] for row in table.rows] for table in delta(after, before)}
    assert (back["versions"], back["memberships"], back["officers"]) == ([("removed", 2)], [("changed", "mtcr")], [])
    # A removed row is told as it was.
    assert delta(after, before)[2].rows[0][1:] == after[2].rows[1]


def test_an_entity_of_each_kind_has_its_properties_and_no_other(sqlite_store: Store, tmp_path: Path) -> None:
    rich(sqlite_store)
    export(sqlite_store, tmp_path, "ftm", now=LATER)
    lines = (tmp_path / "plenarywatch.ftm.json").read_text().splitlines()
    regime, state, _, argentina, brazil = map(json.loads, lines)
    assert regime == {
        "id": "plenarywatch-mtcr", "schema": "Organization", "properties": {"name": ["MTCR"], "topics": ["gov.igo"]},
    }  # fmt: skip
    assert state == {
        "id": "plenarywatch-state-ar", "schema": "PublicBody",
        "properties": {"name": ["AR"], "country": ["ar"], "topics": ["gov.national"]},
    }  # fmt: skip
    own = {"organization": ["plenarywatch-mtcr"], "role": ["member"], "sourceUrl": [URL], "recordId": [SHA]}
    assert argentina == {
        "id": "plenarywatch-mtcr-ar-0", "schema": "Membership",
        "properties": own | {
            "member": ["plenarywatch-state-ar"], "status": ["current"], "startDate": ["1993-01-01"],
            "retrievedAt": ["2011-04-18T12:00:00"], "description": ["AR"],
        },
    }  # fmt: skip
    assert brazil["properties"] == own | {
        "member": ["plenarywatch-state-br"], "status": ["ended"], "startDate": ["2011-04-15"],
        "endDate": ["2012-01-01"], "retrievedAt": ["2011-04-19T12:00:00"], "description": ["BR"],
    }  # fmt: skip


@pytest.mark.parametrize("url", ["http://example.org/x", "https://example.org/x"])
def test_an_entity_has_an_address_of_the_web(url: str) -> None:
    assert _of_one(url).properties["sourceUrl"] == [url]


def test_a_state_under_two_names_is_one_entity_and_an_unquoted_membership_has_no_description() -> None:
    table = _table(("mtcr", "TR", "Turkey", "https://e.org"), ("nsg", "TR", "Türkiye", "https://e.org"))
    made = list(entities((table,)))
    assert [entity.id for entity in made] == [
        "plenarywatch-mtcr", "plenarywatch-nsg", "plenarywatch-state-tr", "plenarywatch-mtcr-tr-0",
        "plenarywatch-nsg-tr-0",
    ]  # fmt: skip
    assert made[2].properties["name"] == ["Turkey", "Türkiye"]
    assert "description" not in made[3].properties


def _table(*rows: tuple[str, str, str, str]) -> Table:
    names = ("regime", "country", "name", "url", "valid_from", "valid_to", "known_since", "capture", "quote", "epoch")
    cells = tuple((*row, None, None, NOON, SHA, None, 0) for row in rows)
    return Table("memberships", "", tuple(Column(name, "string", "") for name in names), 2, cells)


def _of_one(url: str) -> Entity:
    *_, membership = entities((_table(("mtcr", "TR", "Turkey", url)),))
    return membership


def _sheet(path: Path, number: int) -> list[list[str]]:
    """The cells of a sheet as texts, row by row, numbers and yes or no as they are kept."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        texts = []
        if "xl/sharedStrings.xml" in book.namelist():
            texts = ["".join(si.itertext()) for si in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    return [
        [
            texts[int("".join(cell.itertext()))] if cell.get("t") == "s" else "".join(cell.itertext())
            for cell in row.iter(f"{space}c")
        ]
        for row in sheet.iter(f"{space}row")
    ]


def test_a_workbook_has_a_sheet_a_table_with_its_columns_its_cells_and_its_head_kept_in_sight(
    sqlite_store: Store, tmp_path: Path
) -> None:
    rich(sqlite_store)
    (path,) = export(sqlite_store, tmp_path, "xlsx", now=LATER).files
    assert path == tmp_path / "plenarywatch.xlsx"
    head, first, second = _sheet(path, 3)
    assert head[:3] == ["record", "regime", "source"]
    assert first[:7] == ["1", "mtcr", "page", "statement", URL, "Statement", "en"]
    # An empty cell is none at all.
    assert second == [
        "2", "nsg", "list", "members", "https://example.org/list", "1",
        *["9cc3e24fe9d0a9d86f56f80390504afa0a9a3fbbb57ec0911fc8c11493ff9c50"] * 2, "test 1", "2011-04-19T12:00:00Z",
    ]  # fmt: skip
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
        assert names == [table.name for table in snapshot(sqlite_store)]
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert 'ySplit="1"' in sheet
        assert "xSplit" not in sheet
        assert 's="1"' in sheet.split("</row>")[0]
        assert 's="1"' not in sheet.split("</row>", 1)[1]
        assert "<b/>" in book.read("xl/styles.xml").decode()
        assert ">2000-01-01T00:00:00Z<" in book.read("docProps/core.xml").decode()


def test_a_workbook_makes_no_number_no_formula_and_no_link_of_a_text_and_cuts_what_is_too_long(
    sqlite_store: Store, tmp_path: Path
) -> None:
    titles = ["1234", "https://example.org/title", "x" * 40_000]
    with sqlite_store.writing() as w:
        for n, title in enumerate(titles):
            a_version(w, a_record(title=title), source=f"p{n}")
    (path,) = export(sqlite_store, tmp_path, "xlsx", now=LATER).files
    assert [row[5] for row in _sheet(path, 3)[1:]] == [*titles[:2], "x" * 32_767]
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet3.xml").decode()
    assert "<hyperlink" not in sheet
    assert "<v>1234</v>" not in sheet


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("a\x00b\x08c\x0bd\x0ce\x1ff\ufffeg\uffffh\ud800i", "abcdefghi"), ("a\tb\nc\rd", "a\tb\nc\rd"),
        (date(2011, 4, 1), "2011-04-01"), (datetime(2011, 4, 1, 14, tzinfo=timezone(timedelta(hours=2))),
        "2011-04-01T12:00:00Z"), (False, False), (0, 0), ("a=b", "a=b"), ("\x00\n＠x", "'\n＠x"), ("－1", "'－1"),
    ],
)  # fmt: skip
def test_a_cell_is_what_a_spreadsheet_may_show(cell: Cell, shown: object) -> None:
    assert harmless(cell) == shown


def test_the_zip_holds_every_file_once_in_one_order_at_one_time(sqlite_store: Store, tmp_path: Path) -> None:
    rich(sqlite_store)
    (path,) = export(sqlite_store, tmp_path / "out", "zip", now=LATER, regime="mtcr").files
    tables = [table.name for table in snapshot(sqlite_store)]
    with zipfile.ZipFile(path) as file:
        assert file.namelist() == [
            "README.md", *(f"{name}.csv" for name in tables), "datapackage.json",
            *(f"{name}.jsonl" for name in tables), "plenarywatch.xlsx", "plenarywatch.ftm.json", "records.jsonl",
        ]  # fmt: skip
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.compress_type for one in file.infolist()} == {zipfile.ZIP_DEFLATED}
        assert file.read("README.md").startswith(b"# Plenarywatch: the data\n\nWritten 2011-04-19 12:00 UTC.")
        # What narrows the tables narrows the records too.
        assert file.read("records.jsonl").count(b"\n") == 1
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["plenarywatch.zip"]
    export(sqlite_store, tmp_path / "then", "zip", now=LATER, known_at=NOON)
    with zipfile.ZipFile(tmp_path / "then" / "plenarywatch.zip") as file:
        assert file.read("records.jsonl").count(b"\n") == 1


def test_a_zip_that_cannot_be_finished_leaves_nothing(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(formats.os, "replace", full)
    with pytest.raises(CannotExport) as told:
        export(sqlite_store, tmp_path / "out", "zip", now=LATER)
    assert str(told.value) == f"{tmp_path}/out: cannot be written (No space left on device); choose another --out"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_format_that_nobody_knows_is_told_with_those_there_are(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(CannotExport) as told:
        export(sqlite_store, tmp_path, "dbase", now=LATER)
    assert str(told.value) == "--format dbase: no such format; choose csv, jsonl, xlsx, parquet, ftm, zip"
    assert list(FORMATS) == ["csv", "jsonl", "xlsx", "parquet", "ftm", "zip"]


class _Duck:
    """A DuckDB that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def connect(self) -> _Duck:
        return self

    def __enter__(self) -> _Duck:
        return self

    def __exit__(self, *_: object) -> None:
        self.told.append("closed")

    def execute(self, statement: str) -> None:
        self.told.append(statement)

    def executemany(self, statement: str, rows: object) -> None:
        self.told.append((statement, rows))


def test_parquet_is_written_by_duckdb_with_the_type_of_each_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duck = _Duck()
    monkeypatch.setitem(sys.modules, "duckdb", duck)  # type: ignore[arg-type]
    columns = tuple(Column(kind[0], kind, "") for kind in get_args(Type))
    rows = (("x", 1, True, date(2011, 4, 1), NOON),)
    folder = tmp_path / "it's"
    paths = write_parquet(folder, (Table("one", "", columns, 1, rows), Table("none", "", columns[:1], 1, ())))
    assert paths == [folder / "one.parquet", folder / "none.parquet"]
    quoted = str(folder).replace("'", "''")
    assert duck.told == [
        'CREATE TABLE "one" ("s" VARCHAR, "i" BIGINT, "b" BOOLEAN, "d" DATE, "d" TIMESTAMPTZ)',
        ('INSERT INTO "one" VALUES (?, ?, ?, ?, ?)', rows),
        f"COPY \"one\" TO '{quoted}/one.parquet' (FORMAT parquet, COMPRESSION zstd)",
        'CREATE TABLE "none" ("s" VARCHAR)',
        f"COPY \"none\" TO '{quoted}/none.parquet' (FORMAT parquet, COMPRESSION zstd)",
        "closed",
    ]


def test_parquet_without_duckdb_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(CannotExport) as told:
        write_parquet(tmp_path, ())
    assert str(told.value) == "--format parquet: DuckDB is not installed; pip install 'plenarywatch[parquet]'"
