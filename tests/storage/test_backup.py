"""Everything in one file, and everything back from it, with all else wiped between."""

from __future__ import annotations

import shutil
import zipfile
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path

import pytest
import zstandard

from diffs.change import Change, ChangeKind, Severity
from storage import FolderArchive, Store
from storage.backup import backup, restore
from storage.errors import BadBackup, StorageError
from storage.searching import search
from storage.verifying import verify
from tests.storage.making import NOON, a_document, a_plenary, a_record
from tests.storage.observing import a_version


def filled(store: Store, archive: FolderArchive) -> None:
    """A bit of everything that a run writes."""
    with store.writing() as w:
        record = a_record("AR", "BR", cites=(1540,), plenary=a_plenary(25, date(2011, 4, 11)))
        version = a_version(w, record, document=a_document("AR BR Türkiye"), archive=archive)
        w.members_listed(record, version.id, stated_on=date(2011, 4, 15), now=NOON)
        w.member_left("mtcr", "BR", on=date(2012, 1, 1), record_id=version.id, pointer="/members/1", now=NOON)
        joined = Change(
            key="k", kind=ChangeKind.MEMBER_JOINED, severity=Severity.CRITICAL, regime="mtcr", subject="AR",
            observed_at=NOON,
        )  # fmt: skip
        w.save_changes(w.begin_run("test", NOON), [joined], version.id)
        w.save_alert(joined, audience="all", sentence="Argentina joined.", channels=["file"], now=NOON)
        w.correct(version.id, "/members/0", "approved", who="A. Analyst", why="", now=NOON)
        w.lease("mtcr/press", "a", now=NOON, length=timedelta(minutes=1))


def a_backup(archive: FolderArchive, folder: Path) -> Path:
    """The backup of a store that is filled."""
    path = folder / "all.zip"
    with Store.open(f"sqlite:///{folder / 'old.sqlite'}") as old:
        filled(old, archive)
        backup(old, archive, path, now=NOON)
    return path


def told(store: Store) -> tuple[object, ...]:
    """All that the store answers."""
    with store.reading() as r:
        return (
            r.versions(), r.membership_history("mtcr"), r.changes(), r.alerts(), r.runs(), r.sources(),
            r.plenaries("mtcr"), r.corrections(), r.members("mtcr", as_of=date(2011, 5, 1)),
        )  # fmt: skip


@pytest.mark.fault("H15")
def test_everything_comes_back_after_all_was_wiped(store: Store, archive: FolderArchive, tmp_path: Path) -> None:
    filled(store, archive)
    before = told(store)
    backup(store, archive, tmp_path / "all.zip", now=NOON)
    shutil.rmtree(archive.folder)
    with Store.open(f"sqlite:///{tmp_path / 'new.sqlite'}") as new:
        restore(tmp_path / "all.zip", new, FolderArchive(archive.folder))
        assert told(new) == before
        assert verify(new, FolderArchive(archive.folder)).damaged == ()
        assert [hit.source for hit in search(new, "turkiye")] == ["page"]


@pytest.mark.fault("H15")
def test_a_run_after_a_restore_goes_on_with_new_numbers(store: Store, archive: FolderArchive, tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'old.sqlite'}") as old:
        filled(old, archive)
        before = told(old)
        backup(old, archive, tmp_path / "all.zip", now=NOON)
    restore(tmp_path / "all.zip", store, archive)
    assert told(store) == before
    with store.writing() as w:
        assert a_version(w, a_record("CL"), source="next", archive=archive).id == 2
        (alert,) = w.alerts()
        assert w.save_alert(alert.change, audience="all", sentence=alert.sentence, channels=["file"], now=NOON) is None


def test_a_store_that_holds_anything_is_not_written_over(store: Store, archive: FolderArchive, tmp_path: Path) -> None:
    filled(store, archive)
    backup(store, archive, tmp_path / "all.zip", now=NOON)
    before = told(store)
    with pytest.raises(BadBackup, match="restore into an empty one"):
        restore(tmp_path / "all.zip", store, archive)
    assert told(store) == before


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def altered(path: Path) -> None:
    data = bytearray(path.read_bytes())
    at = data.index(b"blobs/") + 100
    data[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(data)


def without_a_table(path: Path) -> None:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(path.with_suffix(".new"), "w") as new:
        for name in old.namelist():
            if name != "tables/records.jsonl":
                new.writestr(name, old.read(name))
    path.with_suffix(".new").rename(path)


def with_a_row_less(path: Path) -> None:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(path.with_suffix(".new"), "w") as new:
        for name in old.namelist():
            new.writestr(name, b"" if name == "tables/locators.jsonl" else old.read(name))
    path.with_suffix(".new").rename(path)


def no_zip(path: Path) -> None:
    path.write_bytes(b"a letter")


@pytest.mark.parametrize("spoil", [cut, altered, without_a_table, with_a_row_less, no_zip])
def test_a_spoilt_backup_is_refused_in_one_line_and_brings_nothing(
    store: Store, archive: FolderArchive, tmp_path: Path, spoil: object
) -> None:
    path = a_backup(archive, tmp_path)
    spoil(path)  # type: ignore[operator]
    with pytest.raises(BadBackup) as refused:
        restore(path, store, archive)
    assert "\n" not in str(refused.value)
    assert told(store) == ((),) * 9


def test_a_backup_of_a_damaged_blob_is_refused_and_leaves_no_file(
    store: Store, archive: FolderArchive, tmp_path: Path
) -> None:
    filled(store, archive)
    (sha256,) = archive
    (archive.folder / sha256[:2] / f"{sha256}.zst").write_bytes(b"")
    with pytest.raises(StorageError, match=sha256):
        backup(store, archive, tmp_path / "all.zip", now=NOON)
    assert [p.name for p in tmp_path.glob("*all.zip*")] == []


@pytest.mark.fault("K19")
@pytest.mark.parametrize("name", ["../../evil", "/evil", "blobs/../../evil.zst", "blobs//evil.zst", "C:\\evil"])
def test_no_name_in_a_backup_leads_out_of_the_archive(
    store: Store, archive: FolderArchive, tmp_path: Path, name: str
) -> None:
    path = a_backup(archive, tmp_path)
    (good,) = archive
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(name, zstandard.compress(b"evil"))
    there = {file for file in tmp_path.rglob("*") if file.is_file()}
    with nullcontext() if "blobs" not in name else pytest.raises(BadBackup, match="other bytes than its name says"):
        restore(path, store, archive)
    came = {file for file in tmp_path.rglob("*") if file.is_file()} - there
    # What came stands in the archive under the hash of its bytes, whatever it was called.
    assert {file.parent.parent for file in came if "sqlite" not in file.name} <= {archive.folder}
    assert good in list(archive)
