"""Deriving again: the same parser gives the same bytes, another one a report of facts, and never an alert."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from flows.cluster import pool
from parsers.document import Document
from parsers.parse import parse
from parsers.record import Evidence, Member, Record
from parsers.regime import RegimeProfile
from parsers.version import PARSER
from storage import FolderArchive, Store
from storage.reparsing import Page, Reparsed, reparse
from storage.searching import search
from storage.verifying import verify
from tests.storage.making import NOON, a_document, a_record
from tests.storage.observing import a_version

PAGES = {
    "24": b"The 24th Plenary of the Example Regime was held in Rio de Janeiro from 9 to 13 November 2009.\n",
    "25": b"The 25th Plenary of the Example Regime was held in Buenos Aires from 11 to 15 April 2011.\n",
}


def present(page: Page) -> tuple[Document, Record]:
    """The parser as it is."""
    return parse(page.body, regime=RegimeProfile(page.regime, "Example Regime"), url=page.url)


def next_year(page: Page) -> tuple[Document, Record]:
    """A parser of another version, which reads a count where this one reads none."""
    document, record = present(page)
    return document, msgspec.structs.replace(record, member_count=34, parser="next year's")


def unwilling(page: Page) -> tuple[Document, Record]:
    raise AssertionError("nothing is left to be read")


def filled(store: Store, archive: FolderArchive) -> None:
    for name, body in PAGES.items():
        with store.writing() as w:
            document, record = present(Page(body, "mtcr", f"https://example.org/{name}", None))
            a_version(w, record, source=name, document=document, body=body, archive=archive)


def stored(store: Store) -> list[str]:
    with store.reading() as r:
        return [msgspec.json.encode((v.record, v.document)).decode() for v in r.versions()]


def again(store: Store, archive: FolderArchive) -> Reparsed:
    return reparse(store, archive, next_year, now=NOON, parser="next year's")


def test_the_same_parser_derives_the_same_bytes(store: Store, archive: FolderArchive) -> None:
    filled(store, archive)
    before = stored(store)
    found = reparse(store, archive, present, now=NOON, everything=True)
    assert (found.read, found.same, found.updated, found.changed, found.failed) == (2, 2, 0, (), ())
    assert stored(store) == before


def test_nothing_is_read_again_that_the_present_parser_has_read(store: Store, archive: FolderArchive) -> None:
    filled(store, archive)
    assert reparse(store, archive, unwilling, now=NOON).read == 0


def test_another_parser_gives_a_report_of_facts_and_no_change_or_alert(store: Store, archive: FolderArchive) -> None:
    filled(store, archive)
    found = again(store, archive)
    assert [(c.url[-2:], c.field, c.before, c.after) for c in found.changed] == [
        ("24", "member_count", "null", "34"),
        ("25", "member_count", "null", "34"),
    ]
    with store.reading() as r:
        assert (r.changes(), r.alerts()) == ((), ())
        assert [v.record.member_count for v in r.versions("mtcr")] == [34, 34]
    assert verify(store, archive).damaged == ()


def test_what_the_older_parser_read_is_kept_beside(store: Store, archive: FolderArchive) -> None:
    filled(store, archive)
    again(store, archive)
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT record_id, parser FROM earlier_readings ORDER BY record_id").all()
    assert [tuple(row) for row in rows] == [(1, PARSER), (2, PARSER)]


def test_a_derivation_that_was_cut_off_goes_on_with_what_is_left(store: Store, archive: FolderArchive) -> None:
    filled(store, archive)
    with store.writing() as w:
        document, record = next_year(Page(PAGES["24"], "mtcr", "https://example.org/24", None))
        a_version(w, record, source="done", document=document, body=PAGES["24"], archive=archive)
    found = again(store, archive)
    assert (found.read, found.updated) == (2, 2)
    assert again(store, archive).read == 0


def test_several_processes_derive_what_one_does(store: Store, archive: FolderArchive) -> None:
    filled(store, archive)
    with pool(2) as readers:
        found = reparse(store, archive, next_year, now=NOON, parser="next year's", pool=readers)
    assert (found.updated, len(found.changed)) == (2, 2)


def test_a_missing_blob_stops_nothing_and_is_named(store: Store, archive: FolderArchive) -> None:
    filled(store, archive)
    (gone, *_) = archive
    (archive.folder / gone[:2] / f"{gone}.zst").unlink()
    found = again(store, archive)
    assert found.updated == 1
    assert [gone in fault.why for fault in found.failed] == [True]


def test_a_decision_is_applied_again(store: Store, archive: FolderArchive) -> None:
    filled(store, archive)
    with store.writing() as w:
        w.correct(2, "/plenary/city", "corrected", value="La Plata", who="A. Analyst", why="by hand", now=NOON)
    found = again(store, archive)
    assert ("plenary", 2) in [(c.field, c.record) for c in found.changed]
    with store.reading() as r:
        assert [v.record.plenary.city for v in r.versions("mtcr")] == ["Rio de Janeiro", "La Plata"]


def joined(page: Page) -> tuple[Document, Record]:
    """A parser that reads two members where the older one read one."""
    record = a_record("AR", "BR")
    return a_document(page.body.decode()), msgspec.structs.replace(record, parser="next year's")


def test_a_member_that_is_read_only_now_becomes_one_and_nobody_is_ended(store: Store, archive: FolderArchive) -> None:
    with store.writing() as w:
        old = msgspec.structs.replace(
            a_record("AR"), members=(Member("CL", "CL"),), evidence={"/members/0": (Evidence(0, 0, 2, "AR"),)}
        )
        version = a_version(w, old, document=a_document("AR BR"), body=b"AR BR", archive=archive)
        w.members_listed(old, version.id, stated_on=date(2011, 4, 15), now=NOON)

    later = NOON + timedelta(days=400)
    reparse(store, archive, joined, now=later, parser="next year's")
    with store.reading() as r:
        assert [m.country for m in r.members("mtcr")] == ["AR", "BR", "CL"]
        assert [m.country for m in r.members("mtcr", known_at=NOON)] == ["CL"]


@pytest.mark.parametrize(("query", "found"), [("greeting", 0), ("brasil", 1)])
def test_a_search_finds_what_is_read_now_and_no_longer_what_was(
    store: Store, archive: FolderArchive, query: str, found: int
) -> None:
    with store.writing() as w:
        a_version(w, a_record(), document=a_document("A greeting."), body=b"From Brasil.", archive=archive)
    reparse(store, archive, joined, now=NOON, parser="next year's")
    assert len(search(store, query)) == found
