"""The data as other people's tools want it."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from parsers.record import Member, Participant
from storage import Store
from storage.errors import CannotExport
from storage.exporting import export, snapshot
from storage.exporting.cells import harmless
from storage.exporting.entities import entities
from storage.exporting.tables import Column, Table
from tests.storage.making import NOON, a_document, a_plenary, a_record
from tests.storage.observing import a_version

LATER = NOON + timedelta(days=1)
EVIL = '=HYPERLINK("http://evil.example","click")'


def filled(store: Store) -> None:
    with store.writing() as w:
        record = a_record(
            "AR", "BR", since={"AR": "1993"}, cites=(1540,), plenary=a_plenary(25, date(2011, 4, 11)), title=EVIL,
            observers=(Participant("CL", "Chile"),),
        )  # fmt: skip
        version = a_version(w, record, document=a_document("AR BR"))
        w.members_listed(record, version.id, stated_on=date(2011, 4, 15), now=NOON)


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exported(store: Store, folder: Path, format: str = "csv", **options: object) -> Path:
    export(store, folder, format, now=LATER, **options)  # type: ignore[arg-type]
    return folder


def test_each_membership_tells_where_it_comes_from_and_since_when_it_is_known(store: Store, tmp_path: Path) -> None:
    filled(store)
    argentina, brazil = rows(exported(store, tmp_path), "memberships")
    assert (argentina["country"], argentina["iso3"], argentina["valid_from"], argentina["basis"]) == (
        "AR", "ARG", "1993-01-01", "since",
    )  # fmt: skip
    assert (brazil["valid_from"], brazil["valid_to"], brazil["url"], brazil["quote"], brazil["known_since"]) == (
        "2011-04-15", "", "https://example.org/page", "BR", "2011-04-18T12:00:00Z",
    )  # fmt: skip
    assert len(brazil["capture"]) == 64


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(store: Store, tmp_path: Path) -> None:
    filled(store)
    (version,) = rows(exported(store, tmp_path), "versions")
    assert version["title"] == "'" + EVIL


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "＝1", "\x00=1"])
def test_every_beginning_of_a_formula_is_known(text: str) -> None:
    assert str(harmless(text)).startswith("'")


@pytest.mark.parametrize("value", ["34 Partners", "S/RES/1540 (2004)", "", -9, True, None])
def test_what_is_no_formula_is_left_alone(value: str | int | None) -> None:
    assert harmless(value) == value


def test_a_workbook_holds_every_table_and_no_formula(store: Store, tmp_path: Path) -> None:
    filled(store)
    exported(store, tmp_path, "xlsx")
    with zipfile.ZipFile(tmp_path / "plenarywatch.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        found = [ElementTree.fromstring(book.read(name)).iter() for name in sheets]
        assert len(sheets) == len(snapshot(store))
        assert not [e for sheet in found for e in sheet if e.tag.endswith("}f") or e.tag.endswith("}hyperlink")]


def test_a_jsonl_line_is_a_row_and_records_are_whole(store: Store, tmp_path: Path) -> None:
    filled(store)
    exported(store, tmp_path, "jsonl")
    lines = [json.loads(line) for line in (tmp_path / "memberships.jsonl").read_text().splitlines()]
    assert [line["country"] for line in lines] == ["AR", "BR"]
    (record,) = [json.loads(line) for line in (tmp_path / "records.jsonl").read_text().splitlines()]
    assert record["evidence"]["/members/0"] == [{"block": 0, "start": 0, "end": 2, "quote": "AR"}]
    assert record["provenance"]["url"] == "https://example.org/page"


def test_entities_point_to_each_other_and_carry_their_source(store: Store, tmp_path: Path) -> None:
    filled(store)
    exported(store, tmp_path, "ftm")
    found = [json.loads(line) for line in (tmp_path / "plenarywatch.ftm.json").read_text().splitlines()]
    ids = {entity["id"] for entity in found}
    memberships = [entity["properties"] for entity in found if entity["schema"] == "Membership"]
    assert [entity["schema"] for entity in found] == [
        "Organization",
        "PublicBody",
        "PublicBody",
        "Membership",
        "Membership",
    ]
    assert {p["member"][0] for p in memberships} | {p["organization"][0] for p in memberships} <= ids
    assert memberships[0]["startDate"] == ["1993-01-01"]
    assert memberships[0]["sourceUrl"] == ["https://example.org/page"]


def test_the_address_of_a_page_read_from_a_file_is_none_of_the_web() -> None:
    names = ("regime", "country", "name", "valid_from", "valid_to", "known_since", "url", "capture", "quote", "epoch")
    cells = ("mtcr", "AR", "Argentina", "1993", "", "2011-04-18T12:00:00Z", "file:page.html", "ab" * 32, "AR", 1)
    table = Table("memberships", "", tuple(Column(name, "string", "") for name in names), 2, (cells,))
    *_, membership = entities((table,))
    assert "sourceUrl" not in membership.properties
    assert membership.properties["recordId"] == ["ab" * 32]


def statuses(store: Store, country: str) -> dict[int, int]:
    (panel,) = [table for table in snapshot(store, known_at=LATER) if table.name == "panel"]
    return {int(str(row[2])): int(str(row[4])) for row in panel.rows if row[1] == country}


def test_the_panel_says_what_is_known_and_calls_the_rest_missing(store: Store) -> None:
    filled(store)
    argentina, brazil, chile = (statuses(store, code) for code in ("AR", "BR", "CL"))
    assert (argentina[1987], argentina[1992], argentina[1993], argentina[2011]) == (0, 0, 1, 1)
    assert (brazil[1987], brazil[2010], brazil[2011]) == (-9, -9, 1)
    assert (chile[1990], chile[2011]) == (-9, 3)
    assert (min(argentina), max(argentina)) == (1987, 2011)


def test_a_state_that_was_not_yet_one_is_not_in_existence(store: Store) -> None:
    with store.writing() as w:
        record = a_record("CZ", since={"CZ": "1998"})
        version = a_version(w, record)
        w.members_listed(record, version.id, stated_on=date(2011, 4, 15), now=NOON)
    czechia = statuses(store, "CZ")
    assert (czechia[1992], czechia[1993], czechia[1998]) == (-1, 0, 1)


def test_a_delta_tells_what_was_added_changed_and_removed(store: Store, tmp_path: Path) -> None:
    filled(store)
    with store.writing() as w:
        record = a_record("BR", "IN")
        version = a_version(w, record, source="second", now=LATER)
        w.members_listed(record, version.id, stated_on=date(2005, 1, 1), now=LATER)
    told = rows(exported(store, tmp_path, since=NOON), "memberships")
    assert [(row["delta"], row["country"]) for row in told] == [("changed", "BR"), ("added", "IN")]
    assert rows(exported(store, tmp_path, since=LATER), "memberships") == []


def test_an_export_can_tell_a_day_and_what_was_known_at_a_moment(store: Store, tmp_path: Path) -> None:
    filled(store)
    assert [r["country"] for r in rows(exported(store, tmp_path, as_of=date(2000, 1, 1)), "memberships")] == ["AR"]
    assert rows(exported(store, tmp_path, known_at=NOON - timedelta(days=1)), "memberships") == []


def test_one_zip_holds_it_all_and_equal_data_give_equal_bytes(store: Store, tmp_path: Path) -> None:
    filled(store)
    one, two = (exported(store, tmp_path / n, "zip") / "plenarywatch.zip" for n in "ab")
    with zipfile.ZipFile(one) as file:
        names = set(file.namelist())
        package = json.loads(file.read("datapackage.json"))
    assert {"README.md", "datapackage.json", "memberships.csv", "records.jsonl", "plenarywatch.xlsx"} <= names
    assert {resource["path"] for resource in package["resources"]} <= names
    assert one.read_bytes() == two.read_bytes()


def test_the_descriptor_is_what_frictionless_tools_accept(store: Store, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    filled(store)
    exported(store, tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])


def test_parquet_has_the_types_that_the_tables_say(store: Store, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    filled(store)
    exported(store, tmp_path, "parquet")
    path = tmp_path / "memberships.parquet"
    found = duckdb.sql(f"SELECT country, valid_from, record FROM '{path}' ORDER BY country").fetchall()
    assert found == [("AR", date(1993, 1, 1), 1), ("BR", date(2011, 4, 15), 1)]


def test_a_format_that_nobody_knows_and_a_folder_that_cannot_be_are_one_line(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="choose csv"):
        exported(store, tmp_path, "dbase")
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotExport, match="choose another"):
        exported(store, tmp_path / "file" / "folder")


def test_an_unknown_name_on_a_list_costs_no_export(store: Store, tmp_path: Path) -> None:
    with store.writing() as w:
        a_version(w, a_record(members=(Member(None, "Ruritania"),)))
    assert rows(exported(store, tmp_path), "memberships") == []
