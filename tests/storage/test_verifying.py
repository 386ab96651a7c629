"""`verify` passes on what is whole, and names exactly what is not."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from diffs.change import Status
from parsers.parse import parse
from parsers.regime import RegimeProfile
from storage import FolderArchive, Store
from storage import tables as t
from storage.errors import StorageError
from storage.verifying import address_read_from, verify
from tests.storage.making import NOON, a_document, a_record
from tests.storage.observing import a_version
from tests.storage.test_outbox import alert

PAGE = b"The 24th Plenary of the Example Regime was held in Rio de Janeiro from 9 to 13 November 2009.\n"


def filled(store: Store, archive: FolderArchive) -> str:
    """A page read as the flows read it, and a list of members; the page's hash."""
    parsed = parse(PAGE, regime=RegimeProfile("mtcr", "Example Regime"), url="https://example.org/24")
    with store.writing() as w:
        version = a_version(w, parsed.record, source="24", document=parsed.document, body=PAGE, archive=archive)
        record = a_record("AR", "BR")
        listed = a_version(w, record, source="list", document=a_document("AR BR"), archive=archive)
        w.members_listed(record, listed.id, stated_on=None, now=version.observed_at)
    return version.sha256


def spoil(store: Store, statement: str) -> None:
    """Alter a row behind the guards' back, as a faulty disk or a hand would."""
    with store.engine.begin() as connection:
        connection.execute(text(statement))


def damaged(store: Store, archive: FolderArchive) -> list[str]:
    return [damage.object for damage in verify(store, archive).damaged]


def test_what_is_whole_passes_and_is_counted(store: Store, archive: FolderArchive) -> None:
    filled(store, archive)
    found = verify(store, archive)
    assert (found.blobs, found.records, found.memberships, found.damaged) == (2, 2, 2, ())


@pytest.mark.fault("H8")
def test_a_blob_of_other_bytes_is_named(store: Store, archive: FolderArchive) -> None:
    sha256 = filled(store, archive)
    other = archive.put(b"something else")
    path = archive.folder / sha256[:2] / f"{sha256}.zst"
    path.write_bytes((archive.folder / other[:2] / f"{other}.zst").read_bytes())
    assert damaged(store, archive) == [f"blob {sha256}"]


@pytest.mark.fault("H7")
def test_a_blob_that_is_cut_off_is_named(store: Store, archive: FolderArchive) -> None:
    sha256 = filled(store, archive)
    path = archive.folder / sha256[:2] / f"{sha256}.zst"
    path.write_bytes(path.read_bytes()[:-9])
    assert damaged(store, archive) == [f"blob {sha256}"]


@pytest.mark.fault("H9")
def test_a_missing_blob_is_named(store: Store, archive: FolderArchive) -> None:
    sha256 = filled(store, archive)
    (archive.folder / sha256[:2] / f"{sha256}.zst").unlink()
    assert damaged(store, archive) == [f"blob {sha256}"]


def test_a_whole_blob_that_no_row_knows_is_counted_and_no_damage(store: Store, archive: FolderArchive) -> None:
    filled(store, archive)
    archive.put(b"kept just before the power went")
    found = verify(store, archive)
    assert (found.unreferenced, found.damaged) == (1, ())


def test_a_damaged_blob_that_no_row_knows_is_named(store: Store, archive: FolderArchive) -> None:
    sha256 = archive.put(b"kept just before the power went")
    (archive.folder / sha256[:2] / f"{sha256}.zst").write_bytes(b"")
    assert damaged(store, archive) == [f"blob {sha256}"]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE records SET record = replace(record, '\"quote\":\"AR\"', '\"quote\":\"XX\"') WHERE id = 2", "record 2"),
        ("UPDATE records SET record = replace(record, '/members/1', '/members/7') WHERE id = 2", "record 2"),
        ("UPDATE records SET record = '{' WHERE id = 1", "record 1"),
        ("UPDATE records SET text_hash = 'x' WHERE id = 2", "record 2"),
        ("UPDATE records SET document = replace(document, '24th', '42nd') WHERE id = 1", "record 1"),
        ("UPDATE blobs SET size = 1 WHERE size = 5", "blob "),
        ("UPDATE memberships SET superseded_at = '1999-01-01 00:00:00+00' WHERE country = 'AR'", "membership 1 (mtcr AR)"),
    ],
)  # fmt: skip
def test_a_damaged_row_is_named(store: Store, archive: FolderArchive, statement: str, named: str) -> None:
    filled(store, archive)
    spoil(store, statement)
    found = damaged(store, archive)
    assert found
    assert all(name.startswith(named) for name in found)


def test_a_reference_that_leads_nowhere_is_named(tmp_path: Path, archive: FolderArchive) -> None:
    path = tmp_path / "s.sqlite"
    with Store.open(f"sqlite:///{path}") as store:
        filled(store, archive)
        raw = sqlite3.connect(path)
        raw.execute("DROP TRIGGER records_are_kept")
        raw.execute("DELETE FROM records WHERE id = 2")
        raw.commit()
        raw.close()
        assert {"memberships 1", "memberships 2"} <= set(damaged(store, archive))


def told(store: Store, archive: FolderArchive) -> list[str]:
    """Each damage's line, or the one line that says why nothing could be looked at."""
    try:
        return [damage.what for damage in verify(store, archive).damaged]
    except StorageError as error:
        return [str(error)]


def test_damaged_pages_of_the_file_are_named_or_refused_in_one_line(tmp_path: Path, archive: FolderArchive) -> None:
    path = tmp_path / "s.sqlite"
    with Store.open(f"sqlite:///{path}") as store:
        for i in range(20):
            with store.writing() as w:
                a_version(w, a_record(), source=f"s{i}", document=a_document("word " * 2000), archive=archive)
    with open(path, "r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 20_000)
    with Store.open(f"sqlite:///{path}") as store:
        (line, *_) = told(store, archive)
    assert "\n" not in line
    assert "restore" in line


def of(store: Store, archive: FolderArchive) -> list[tuple[str, str]]:
    return [(damage.object, damage.what) for damage in verify(store, archive).damaged]


AGAIN = "derive it again with 'plenarywatch reparse'"
REPLACED = "UPDATE records SET record = replace(record, '{}', '{}') WHERE id = 2"


@pytest.mark.parametrize(
    ("statement", "object", "what"),
    [
        ("UPDATE records SET text_hash = 'x' WHERE id = 2", "record 2",
         f"its text has another hash than the row says; {AGAIN}"),
        (REPLACED.format('"quote":"BR"', '"quote":"BX"'), "record 2",
         "evidence of /members/1 does not stand at block 0, 3"),
        (REPLACED.format('"start":3', '"start":4'), "record 2", "evidence of /members/1 does not stand at block 0, 4"),
        (REPLACED.format('"block":0,"start":3', '"block":1,"start":3'), "record 2",
         "evidence of /members/1 does not stand at block 1, 3"),
        (REPLACED.format('"block":0,"start":3', '"block":-1,"start":3'), "record 2",
         "evidence of /members/1 does not stand at block -1, 3"),
        (REPLACED.format("/members/1", "/members/2"), "record 2",
         "has evidence for /members/2, where it states nothing"),
        (REPLACED.format("/members/1", "/members/one"), "record 2",
         "has evidence for /members/one, where it states nothing"),
        (REPLACED.format("/members/1", "/membership/1"), "record 2",
         "has evidence for /membership/1, where it states nothing"),
        (REPLACED.format("/members/1", "/members/1/since"), "record 2",
         "has evidence for /members/1/since, where it states nothing"),
        (REPLACED.format("/members/1", "/members/1/name/0"), "record 2",
         "has evidence for /members/1/name/0, where it states nothing"),
        ("UPDATE blobs SET size = 6 WHERE size = 5", "blob BLOB", "has 5 bytes, its row says 6"),
        ("UPDATE memberships SET superseded_at = '1999-01-01 00:00:00+00' WHERE country = 'AR'",
         "membership 1 (mtcr AR)", "was known better before it was known"),
        ("UPDATE changes SET key = 'other'", "change other", "its key is 'k1' inside and 'other' outside"),
        ("UPDATE changes SET kind = 'member_left'", "change k1",
         "its kind is 'member_joined' inside and 'member_left' outside"),
        ("UPDATE changes SET regime = 'nsg'", "change k1", "its regime is 'mtcr' inside and 'nsg' outside"),
        ("UPDATE changes SET subject = 'PK'", "change k1", "its subject is 'IN' inside and 'PK' outside"),
        ("UPDATE deliveries SET idempotency_key = 'x'", "delivery 1",
         "its idempotency key is not that of its change and channel"),
        ("UPDATE deliveries SET channel = 'desk'", "delivery 1",
         "its idempotency key is not that of its change and channel"),
        ("UPDATE deliveries SET state = 'sent'", "delivery 1", "is sent at no time"),
    ],
)  # fmt: skip
def test_each_damage_is_told_by_what_it_is_and_where(
    sqlite_store: Store, archive: FolderArchive, statement: str, object: str, what: str
) -> None:
    filled(sqlite_store, archive)
    with sqlite_store.writing() as w:
        alert(w)
        blob = hashlib.sha256(b"AR BR").hexdigest()
    spoil(sqlite_store, "PRAGMA foreign_keys = OFF")
    with sqlite3.connect(str(sqlite_store.path)) as raw:
        raw.execute(statement)
    assert of(sqlite_store, archive) == (
        [("alerts 1", "points to a row of changes that is not there")] if "SET key" in statement else []
    ) + [(object.replace("BLOB", blob), what)]


def test_what_cannot_be_decoded_is_told_with_its_mend(sqlite_store: Store, archive: FolderArchive) -> None:
    filled(sqlite_store, archive)
    with sqlite_store.writing() as w:
        alert(w)
    spoil(sqlite_store, "UPDATE records SET record = '{' WHERE id = 1")
    spoil(sqlite_store, "UPDATE records SET document = '[]' WHERE id = 2")
    spoil(sqlite_store, "UPDATE changes SET change = 'x'")
    one, two, three = of(sqlite_store, archive)
    assert (one[0], two[0], three[0]) == ("record 1", "record 2", "change k1")
    for _, what in (one, two):
        assert what.startswith("cannot be decoded (")
        assert what.endswith(f"); {AGAIN}")
    assert three[1].startswith("cannot be decoded (")
    assert three[1].endswith("); restore it from a backup")


def test_intervals_that_cannot_be_are_told_and_those_that_touch_are_not(
    sqlite_store: Store, archive: FolderArchive
) -> None:
    filled(sqlite_store, archive)
    spoil(sqlite_store, "DROP TRIGGER memberships_never_overlap")
    spoil(sqlite_store, "DROP INDEX ux_memberships_open")
    row = (
        "INSERT INTO memberships (id, regime, country, name, epoch, valid_from, valid_to, basis, observed_at,"
        " superseded_at, record_id, pointer) SELECT {}, '{}', '{}', 'X', 0, {}, {}, 'stated', observed_at, {}, id, ''"
        " FROM records WHERE id = 1"
    )
    for id, regime, country, begin, end, better in (
        (11, "mtcr", "CL", "'2001-01-01'", "'2005-01-01'", "NULL"),
        (12, "mtcr", "CL", "'2005-01-01'", "'2007-01-01'", "NULL"),
        (13, "mtcr", "CL", "'2006-12-31'", "NULL", "NULL"),
        (14, "mtcr", "CL", "'2000-01-01'", "NULL", "observed_at"),
        (15, "nsg", "CL", "'2001-01-01'", "NULL", "NULL"),
        (16, "mtcr", "DE", "NULL", "'2001-01-01'", "NULL"),
        (17, "mtcr", "DE", "'2001-01-01'", "NULL", "NULL"),
        (18, "mtcr", "FR", "NULL", "NULL", "NULL"),
        (19, "mtcr", "FR", "'2001-01-01'", "'2002-01-01'", "NULL"),
        (20, "mtcr", "IT", "'2001-01-01'", "'2001-01-01'", "NULL"),
        (21, "mtcr", "JP", "'2003-01-01'", "'2004-01-01'", "NULL"),
        (22, "mtcr", "JP", "'2001-01-01'", "'2003-01-02'", "NULL"),
    ):
        spoil(sqlite_store, row.format(id, regime, country, begin, end, better))
    assert of(sqlite_store, archive) == [
        ("membership 13 (mtcr CL)", "overlaps membership 12"),
        ("membership 19 (mtcr FR)", "overlaps membership 18"),
        ("membership 21 (mtcr JP)", "overlaps membership 22"),
    ]
    with sqlite3.connect(str(sqlite_store.path)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute("DROP TRIGGER memberships_are_not_altered")
        raw.execute("UPDATE memberships SET valid_to = '2000-12-31' WHERE id = 20")
        raw.execute("UPDATE memberships SET record_id = 99 WHERE id = 15")
    told = of(sqlite_store, archive)
    assert ("membership 20 (mtcr IT)", "ends before it begins") in told
    assert ("membership 15 (nsg CL)", "its record 99 is missing") in told
    assert ("memberships 15", "points to a row of records that is not there") in told


def test_a_page_is_read_again_from_its_own_blob_under_its_own_address(
    sqlite_store: Store, archive: FolderArchive
) -> None:
    filled(sqlite_store, archive)
    sha256 = archive.put(b"A page of other words.")
    spoil(sqlite_store, f"INSERT INTO blobs VALUES ('{sha256}', 22, '2011-04-18 12:00:00.000000')")
    spoil(sqlite_store, f"UPDATE records SET sha256 = '{sha256}' WHERE id = 1")
    assert of(sqlite_store, archive) == [("record 1", f"its blob {sha256} reads otherwise than the stored text")]
    damaged = archive.put(b"%PDF-1.4 and nothing more")
    spoil(sqlite_store, f"INSERT INTO blobs VALUES ('{damaged}', 25, '2011-04-18 12:00:00.000000')")
    spoil(sqlite_store, f"UPDATE records SET sha256 = '{damaged}' WHERE id = 1")
    ((name, what),) = of(sqlite_store, archive)
    assert name == "record 1"
    assert what.startswith(f"its blob {damaged} cannot be read (")


@pytest.mark.parametrize(
    ("url", "status", "read_from"),
    [
        ("https://e.org/x", 200, "https://e.org/x"), ("https://e.org/x", None, "https://e.org/x"),
        ("file:page.html", None, None), ("file:page.html", 200, "file:page.html"), ("afile:x", None, "afile:x"),
    ],
)  # fmt: skip
def test_a_file_that_was_brought_in_with_no_address_has_none(
    url: str, status: int | None, read_from: str | None
) -> None:
    assert address_read_from(t.Record(url=url), t.Fetch(status=status)) == read_from
    assert address_read_from(t.Record(url=url), None) == url


def test_a_delivery_may_have_told_its_change_as_whatever_it_was_then(
    sqlite_store: Store, archive: FolderArchive
) -> None:
    with sqlite_store.writing() as w:
        for n, status in enumerate(Status):
            alert(w, "desk", key=f"k{n}", status=status)
            w.review(f"k{n}", Status.REJECTED, who="a", why="", now=NOON) if status is Status.HELD else None
        claim = w.claim_deliveries(worker="a", now=NOON, lease=timedelta(minutes=1), limit=1)
        w.delivered(claim[0].id, "a", NOON)
    found = verify(sqlite_store, archive)
    assert (found.changes, found.damaged) == (len(Status), ())


def test_a_thing_is_named_once_however_often_it_is_met(sqlite_store: Store, archive: FolderArchive) -> None:
    sha256 = filled(sqlite_store, archive)
    (archive.folder / sha256[:2] / f"{sha256}.zst").write_bytes(b"")
    spoil(sqlite_store, REPLACED.format('"quote":"AR"', '"quote":"AX"'))
    assert len(of(sqlite_store, archive)) == 2
    path = archive.folder / "00" / f"{'0' * 64}.zst"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"not a blob")
    found = verify(sqlite_store, archive)
    assert (found.blobs, found.records, found.memberships, found.unreferenced, len(found.damaged)) == (2, 2, 2, 1, 3)
