"""Deriving again: the same parser gives the same bytes, another one a report of facts, and never an alert."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy import select, update

from flows.cluster import pool
from parsers.document import Document
from parsers.errors import NotADocument
from parsers.parse import parse
from parsers.record import Evidence, Kind, Member, Officer, OfficerRole, Record, Resolution
from parsers.regime import RegimeProfile
from parsers.version import PARSER
from storage import FolderArchive, Store, reparsing
from storage import tables as t
from storage.reparsing import FactChanged, Page, Parse, Reparsed, Unreadable, reparse
from storage.searching import search
from storage.verifying import verify
from storage.writing import Writer, text_hash
from tests.storage.making import NOON, a_document, a_plenary, a_record
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


def reads(**fields: object) -> Parse:
    """A parser that reads from each page these fields, and its words as they stand."""

    def parse(page: Page) -> tuple[Document, Record]:
        words = page.body.decode()
        countries = [word for word in words.split() if len(word) == 2 and word.isupper()]
        record = msgspec.structs.replace(a_record(*countries, regime=page.regime), parser="new", **fields)
        return a_document(words), record

    return parse


def kept(w: Writer, archive: FolderArchive, words: str, *, source: str = "page", **fields: object) -> int:
    """A page that was read as no more than its words."""
    record = a_record(**{"regime": "mtcr"} | fields)  # type: ignore[arg-type]
    return a_version(w, record, source=source, document=a_document(words), body=words.encode(), archive=archive).id


def test_what_comes_of_it_is_counted_and_told(sqlite_store: Store, archive: FolderArchive) -> None:
    with sqlite_store.writing() as w:
        for n in range(3):
            kept(w, archive, f"page {n}", source=f"p{n}")
        same = a_version(w, reads()(Page(b"same", "mtcr", None, None))[1], source="same",
                         document=a_document("same"), body=b"same", archive=archive)  # fmt: skip
    seen: list[tuple[int, int]] = []
    found = reparse(
        sqlite_store, archive, reads(member_count=34, title="T"), now=NOON, parser="new",
        progress=lambda done, of: seen.append((done, of)),
    )  # fmt: skip
    assert (found.read, found.same, found.updated, found.failed) == (3, 0, 3, ())
    assert found.changed[:2] == (
        FactChanged(1, "https://example.org/p0", "member_count", "null", "34"),
        FactChanged(1, "https://example.org/p0", "title", "null", '"T"'),
    )
    assert len(found.changed) == 6
    assert seen == [(3, 3)]
    again = reparse(sqlite_store, archive, reads(member_count=34, title="T"), now=NOON, parser="new", everything=True)
    assert (again.read, again.same, again.updated) == (4, 3, 1)
    only = reparse(sqlite_store, archive, reads(), now=NOON, parser="new", only=[same.id, 2])
    assert (only.read, only.updated) == (2, 2)
    assert {fact.record for fact in only.changed} == {same.id, 2}
    assert reparse(sqlite_store, archive, reads(), now=NOON, parser="new", only=[]).read == 0


def test_neither_the_evidence_nor_the_parser_alone_is_a_fact(sqlite_store: Store, archive: FolderArchive) -> None:
    with sqlite_store.writing() as w:
        kept(w, archive, "words")
    found = reparse(
        sqlite_store, archive, reads(evidence={"/title": (Evidence(0, 0, 2, "wo"),)}), now=NOON, parser="new"
    )
    assert (found.updated, found.changed) == (1, ())
    with sqlite_store.reading() as r:
        (version,) = r.versions()
    assert (version.record.parser, version.record.evidence["/title"][0].quote) == ("new", "wo")


def test_a_page_that_cannot_be_read_keeps_its_reading_and_keeps_no_other_from_its_own(
    sqlite_store: Store, archive: FolderArchive
) -> None:
    def picky(page: Page) -> tuple[Document, Record]:
        if b"bad" in page.body:
            raise NotADocument("it is nothing to be read")
        return reads()(page)

    with sqlite_store.writing() as w:
        for words in ("one", "bad", "gone", "two"):
            kept(w, archive, words, source=words)
    archive.take_back(hashlib.sha256(b"gone").hexdigest())
    found = reparse(sqlite_store, archive, picky, now=NOON, parser="new")
    assert (found.read, found.updated, found.same) == (3, 2, 0)
    gone, bad = sorted(found.failed, key=lambda one: one.url, reverse=True)
    assert (gone.record, gone.url) == (3, "https://example.org/gone")
    assert "blob is missing" in gone.why
    assert bad == Unreadable(2, "https://example.org/bad", "it is nothing to be read")
    with sqlite_store.reading() as r:
        assert [v.record.parser for v in r.versions()] == ["new", "test 1", "test 1", "new"]


def test_a_replaced_reading_is_kept_whole(sqlite_store: Store, archive: FolderArchive) -> None:
    with sqlite_store.writing() as w:
        kept(w, archive, "words", title="Old")
        was = w.session.get_one(t.Record, 1)
        before = (was.parser, was.text_hash, was.record, was.document)
    reparse(sqlite_store, archive, reads(title="New"), now=NOON + timedelta(days=1), parser="new")
    with sqlite_store.reading() as r:
        row = r.session.get_one(t.EarlierReading, 1)
        assert (row.parser, row.text_hash, row.record, row.document) == before
        assert (row.record_id, row.replaced_at) == (1, NOON + timedelta(days=1))
        assert r.session.get(t.EarlierReading, 2) is None


def test_everything_that_is_drawn_from_a_reading_is_drawn_anew(sqlite_store: Store, archive: FolderArchive) -> None:
    with sqlite_store.writing() as w:
        a_version(w, a_record(cites=(1718,), kind=Kind.OTHER), document=a_document("older words"),
                  body=b"newer words", archive=archive)  # fmt: skip
    parse = reads(
        resolutions=(Resolution(1540, 2004, "S/RES/1540"),), officers=(Officer(OfficerRole.CHAIR, "Ana Paz"),),
        title="Title", published=date(2011, 4, 16), plenary=a_plenary(25, date(2011, 4, 13)),
    )  # fmt: skip
    reparse(sqlite_store, archive, parse, now=NOON, parser="new")
    with sqlite_store.reading() as r:
        row = r.session.get_one(t.Record, 1)
        assert (row.kind, row.title, row.published, row.parser) == ("statement", "Title", date(2011, 4, 16), "new")
        assert r.versions()[0].plenary == "25"
        assert row.text_hash == text_hash(a_document("newer words"))
        assert r.session.scalars(select(t.Citation.number)).all() == [1540]
        assert r.session.scalars(select(t.OfficerRow.name)).all() == ["Ana Paz"]
        assert r.session.scalars(select(t.Locator.text_hash).order_by(t.Locator.id)).all()[1:] == [row.text_hash]
    assert [len(search(sqlite_store, word)) for word in ("older", "newer")] == [0, 1]
    for fields, cited, named in (
        ({"officers": (), "resolutions": (Resolution(1540, 2004, "S/RES/1540"),)}, [1540], []),
        ({"resolutions": (), "officers": (Officer(OfficerRole.CHAIR, "B"),)}, [], ["B"]),
    ):
        reparse(sqlite_store, archive, reads(**fields), now=NOON, parser="new", everything=True)
        with sqlite_store.reading() as r:
            assert r.session.scalars(select(t.Citation.number)).all() == cited
            assert r.session.scalars(select(t.OfficerRow.name)).all() == named


def test_a_version_is_on_the_meeting_that_is_read_now(sqlite_store: Store, archive: FolderArchive) -> None:
    def labels() -> list[str | None]:
        with sqlite_store.reading() as r:
            return [version.plenary for version in sorted(r.versions(), key=lambda v: v.id)]

    day = date(2011, 4, 13)
    with sqlite_store.writing() as w:
        for words in ("one", "two"):
            kept(w, archive, words, plenary=a_plenary(25, day))
    # An older version of its page mends no number, the newest does.
    only = {"now": NOON, "parser": "new"}
    reparse(sqlite_store, archive, reads(plenary=a_plenary(26, day)), only=[1], **only)  # type: ignore[arg-type]
    assert labels() == ["25", "25"]
    reparse(sqlite_store, archive, reads(plenary=a_plenary(26, day)), only=[2], **only)  # type: ignore[arg-type]
    assert labels() == ["26", "26"]
    reparse(sqlite_store, archive, reads(kind=Kind.MEMBERS), only=[2], **only)  # type: ignore[arg-type]
    assert labels() == ["26", None]


@pytest.mark.parametrize("held", [False, True])
def test_who_is_listed_only_now_belongs_from_the_day_of_the_list_unless_it_is_held(
    sqlite_store: Store, archive: FolderArchive, held: bool
) -> None:
    with sqlite_store.writing() as w:
        w.hold(kept(w, archive, "AR BR"), held)
    reparse(sqlite_store, archive, reads(published=date(2011, 4, 16)), now=NOON, parser="new")
    with sqlite_store.reading() as r:
        shown = [(m.country, m.valid_from, m.observed_at, m.record_id) for m in r.members("mtcr")]
    assert shown == ([] if held else [(code, date(2011, 4, 16), NOON, 1) for code in ("AR", "BR")])


def test_where_nothing_is_read_of_who_belongs_nobody_is_listed_again(
    sqlite_store: Store, archive: FolderArchive
) -> None:
    with sqlite_store.writing() as w:
        record = a_record("AR")
        version = a_version(w, record, document=a_document("AR"), body=b"AR", archive=archive)
        w.members_listed(record, version.id, stated_on=date(2011, 4, 18), now=NOON)
        w.member_left("mtcr", "AR", on=date(2011, 4, 18), record_id=version.id, pointer="/x", now=NOON)
    reparse(sqlite_store, archive, reads(title="Another"), now=NOON, parser="new")
    with sqlite_store.reading() as r:
        assert r.members("mtcr") == ()


def test_a_rejected_reading_is_rejected_again_in_its_own_regime_alone(
    sqlite_store: Store, archive: FolderArchive
) -> None:
    with sqlite_store.writing() as w:
        for regime in ("mtcr", "nsg"):
            kept(w, archive, "AR BR", regime=regime)
        quoted = a_record("AR", "BR")
        version = a_version(w, quoted, source="decided", document=a_document("AR BR"), body=b"AR BR", archive=archive)
        w.correct(version.id, "/members/0", "rejected", who="A. Reader", why="", now=NOON)
    reparse(sqlite_store, archive, reads(), now=NOON, parser="new", everything=True)
    with sqlite_store.reading() as r:
        listed = [[m.country for m in v.record.members] for v in sorted(r.versions(), key=lambda v: v.id)]
    assert listed == [["BR"], ["AR", "BR"], ["BR"]]


def test_a_batch_ends_at_so_many_versions_and_at_so_many_bytes(
    sqlite_store: Store, archive: FolderArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_store.writing() as w:
        for n in range(201):
            kept(w, archive, f"page {n}", source=f"p{n}")
    seen: list[tuple[int, int]] = []
    progress = lambda done, of: seen.append((done, of))  # noqa: E731
    reparse(sqlite_store, archive, reads(), now=NOON, parser="new", progress=progress)
    assert seen == [(200, 201), (201, 201)]
    seen.clear()
    assert reparsing._HEAVY == 16 * 1024 * 1024
    monkeypatch.setattr(reparsing, "_HEAVY", 17)
    reparse(sqlite_store, archive, reads(), now=NOON, parser="new", only=[1, 2, 3, 4, 5, 6], progress=progress)
    # "page 0" has six bytes: the third goes beyond seventeen.
    assert seen == [(3, 6), (6, 6)]
    seen.clear()
    for n in range(1, 4):
        archive.take_back(hashlib.sha256(f"page {n - 1}".encode()).hexdigest())
    found = reparse(sqlite_store, archive, reads(), now=NOON, parser="new", only=[1, 2, 3, 4], progress=progress)
    assert (found.read, len(found.failed), seen) == (1, 3, [(1, 4)])


def test_each_page_is_read_with_its_own_regime_address_and_type(sqlite_store: Store, archive: FolderArchive) -> None:
    pages: list[Page] = []

    def noting(page: Page) -> tuple[Document, Record]:
        pages.append(page)
        return reads()(page)

    with sqlite_store.writing() as w:
        kept(w, archive, "one", regime="nsg")
        kept(w, archive, "two")
        w.session.execute(update(t.Record).where(t.Record.id == 2).values(url="file:two.html", content_type=None))
        w.session.execute(update(t.Fetch).where(t.Fetch.id == 2).values(status=None))
    reparse(sqlite_store, archive, noting, now=NOON, parser="new")
    assert pages == [
        Page(b"one", "nsg", "https://example.org/page", "text/plain"), Page(b"two", "mtcr", None, None),
    ]  # fmt: skip
