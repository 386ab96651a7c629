"""`verify` passes on what is whole, and names exactly what is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from parsers.parse import parse
from parsers.regime import RegimeProfile
from storage import FolderArchive, Store
from storage.errors import StorageError
from storage.verifying import verify
from tests.storage.making import a_document, a_record
from tests.storage.observing import a_version

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
