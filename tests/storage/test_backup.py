"""Everything in one file, and everything back from it, with all else wiped between."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path

import pytest
import zstandard

from diffs.change import Change, ChangeKind, Severity
from storage import FolderArchive, Store
from storage.backup import backup, checked, restore
from storage.database import HEAD
from storage.errors import BadBackup, CannotOpen, DamagedBlob, StorageError
from storage.searching import search
from storage.tables import Base
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


def remade(path: Path, parts: Callable[[str, bytes], Iterable[tuple[str, bytes]]]) -> None:
    """The file with each of its parts as *parts* has it."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(path.with_suffix(".new"), "w") as new:
        for name in old.namelist():
            for other, data in parts(name, old.read(name)):
                new.writestr(other, data)
    path.with_suffix(".new").rename(path)


def without(part: str) -> Callable[[Path], None]:
    return lambda path: remade(path, lambda name, data: [] if name.startswith(part) else [(name, data)])


def with_other(part: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: remade(path, lambda name, data: [(name, change(data) if name.startswith(part) else data)])


def counting(where: str, key: str, more: int) -> Callable[[Path], None]:
    """The manifest with one number altered."""

    def altered(data: bytes) -> bytes:
        told = json.loads(data)
        told[where] = told[where] | {key: told[where][key] + more} if key else told[where] + more
        return json.dumps(told).encode()

    return with_other("manifest.json", altered)


def with_a_blob_more(path: Path) -> None:
    name = hashlib.sha256(b"more").hexdigest()
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(f"blobs/{name}.zst", zstandard.compress(b"more"))


def with_a_blob_for_another(path: Path) -> None:
    name = hashlib.sha256(b"more").hexdigest()
    more = (f"blobs/{name}.zst", zstandard.compress(b"more"))
    remade(path, lambda name, data: [more] if name.startswith("blobs/") else [(name, data)])


def no_zip(path: Path) -> None:
    path.write_bytes(b"a letter")


def encrypted(path: Path) -> None:
    """Every part is marked as one that needs a password."""
    data = bytearray(path.read_bytes())
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(magic, at + 4)
    path.write_bytes(data)


SPOILT = {
    "cut": cut,
    "altered": altered,
    "no file": lambda path: path.unlink(),
    "no zip": no_zip,
    "encrypted": encrypted,
    "without its manifest": without("manifest.json"),
    "a manifest that is none": with_other("manifest.json", lambda data: b"[]"),
    "another schema": with_other("manifest.json", lambda data: data.replace(HEAD.encode(), b"0001")),
    "a row counted too many": counting("rows", "fetches", 1),
    "a row counted too few": counting("rows", "memberships", -1),
    "a blob counted too many": counting("blobs", "", 1),
    "a blob counted too few": counting("blobs", "", -1),
    "without a table": without("tables/records.jsonl"),
    "a row less": with_other("tables/locators.jsonl", lambda data: b""),
    "a row twice": with_other("tables/blobs.jsonl", lambda data: data * 2),
    "a row of other fields": with_other("tables/blobs.jsonl", lambda data: data.replace(b'"sha256"', b'"sha1"')),
    "a row that is cut": with_other("tables/sources.jsonl", lambda data: data[:-5]),
    "a day that is none": with_other("tables/records.jsonl", lambda data: data.replace(b"2011-04-1", b"2011-14-1")),
    "without a blob": without("blobs/"),
    "an empty blob": with_other("blobs/", lambda data: b""),
    "a blob of other bytes": with_other("blobs/", lambda data: zstandard.compress(b"other")),
    "a blob that is not packed": with_other("blobs/", lambda data: b"plain"),
    "a blob more": with_a_blob_more,
    "a blob for another": with_a_blob_for_another,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_backup_is_refused_in_one_line_and_brings_nothing(
    archive: FolderArchive, tmp_path: Path, sqlite_model: Path, spoil: Callable[[Path], None]
) -> None:
    path = a_backup(FolderArchive(tmp_path / "there"), tmp_path)
    spoil(path)
    shutil.copy(sqlite_model, tmp_path / "store.sqlite")
    with Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        with pytest.raises(BadBackup, match=re.escape(str(path))) as refused:
            restore(path, store, archive)
        assert "\n" not in str(refused.value)
        assert told(store) == ((),) * 9
    assert list(archive.folder.rglob("*")) == []


class Failing(FolderArchive):
    """An archive whose disk is full after so many blobs, or gives none back."""

    room, deaf = 1, False

    def put(self, data: bytes) -> str:
        if not self.room:
            raise CannotOpen("no space left")
        self.room -= 1
        return super().put(data)

    def get(self, sha256: str) -> bytes:
        if self.deaf:
            raise DamagedBlob("other bytes")
        return super().get(sha256)


@pytest.mark.parametrize(("room", "deaf"), [(0, False), (1, False), (2, False), (9, True)])
@pytest.mark.parametrize("held", [False, True])
def test_what_fails_half_way_leaves_what_was_there_and_nothing_more(
    store: Store, tmp_path: Path, room: int, deaf: bool, held: bool
) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'old.sqlite'}") as old:
        there = FolderArchive(tmp_path / "there")
        with old.writing() as w:
            for name in ("one", "two", "three"):
                a_version(w, a_record(), source=name, document=a_document(name), archive=there)
        backup(old, there, tmp_path / "all.zip", now=NOON)
    blobs = list(there)
    assert len(blobs) == 3
    archive = Failing(tmp_path / "archive")
    archive.room = 1
    before = [archive.put(there.get(blobs[0]))] if held else []
    archive.room, archive.deaf = room, deaf
    with pytest.raises(StorageError):
        restore(tmp_path / "all.zip", store, archive)
    archive.deaf = False
    assert list(archive) == before
    assert [p.name for p in archive.folder.iterdir()] == [sha256[:2] for sha256 in before]
    assert told(store) == ((),) * 9
    archive.room = 9
    restore(tmp_path / "all.zip", store, archive)
    assert (list(archive), verify(store, archive).damaged) == (blobs, ())


def test_a_restore_heals_a_blob_that_is_damaged_where_it_goes(
    store: Store, archive: FolderArchive, tmp_path: Path
) -> None:
    path = a_backup(archive, tmp_path)
    (sha256,) = archive
    (archive.folder / sha256[:2] / f"{sha256}.zst").write_bytes(b"")
    assert restore(path, store, archive) == checked(path)
    assert verify(store, archive).damaged == ()


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


def line(path: Path) -> str:
    with pytest.raises(BadBackup) as told:
        checked(path)
    return str(told.value)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        ("no file", "{path}: no such file; name the file that 'plenarywatch backup' wrote"),
        ("no zip", "{path}: not a whole backup (File is not a zip file); take another one"),
        ("another schema", f"{{path}}: holds schema 0001, this program's is {HEAD}; restore it with the other"),
        ("a row counted too many", "{path}: fetches has 1 rows, 2 were written; take another backup"),
        ("a row counted too few", "{path}: memberships has 3 rows, 2 were written; take another backup"),
        ("a blob counted too many", "{path}: has 1 blobs, not the 2 that its rows name; take another backup"),
        ("a blob counted too few", "{path}: has 1 blobs, not the 0 that its rows name; take another backup"),
        ("without a blob", "{path}: has 0 blobs, not the 1 that its rows name; take another backup"),
        ("a blob for another", "{path}: has 1 blobs, not the 1 that its rows name; take another backup"),
        ("a blob of other bytes", "{path}: {blob} in it has other bytes than its name says; take another backup"),
        ("without its manifest",
         "{path}: not a whole backup (\"There is no item named 'manifest.json' in the archive\"); take another one"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_backup_is_told_to_the_letter(
    archive: FolderArchive, tmp_path: Path, spoil: str, expected: str
) -> None:
    path = a_backup(archive, tmp_path)
    (sha256,) = archive
    SPOILT[spoil](path)
    assert line(path) == expected.replace("{path}", str(path)).replace("{blob}", f"blobs/{sha256}.zst")


def test_a_backup_is_a_zip_that_anybody_can_read(archive: FolderArchive, tmp_path: Path) -> None:
    path = a_backup(archive, tmp_path)
    (sha256,) = archive
    tables = {table.name for table in Base.metadata.sorted_tables}
    with zipfile.ZipFile(path) as file:
        assert set(file.namelist()) == {
            "manifest.json", f"blobs/{sha256}.zst", *(f"tables/{name}.jsonl" for name in tables),
        }  # fmt: skip
        manifest = json.loads(file.read("manifest.json"))
        rows = [json.loads(row) for row in file.read("tables/memberships.jsonl").splitlines()]
        assert zstandard.decompress(file.read(f"blobs/{sha256}.zst")) == archive.get(sha256)
        assert file.getinfo("tables/records.jsonl").compress_type == zipfile.ZIP_DEFLATED
    assert (manifest["schema"], manifest["made_at"], manifest["blobs"]) == (HEAD, "2011-04-18T12:00:00Z", 1)
    assert set(manifest["rows"]) == tables
    assert (manifest["rows"]["memberships"], manifest["rows"]["digests"]) == (3, 0)
    assert [row["id"] for row in rows] == [1, 2, 3]
    assert (rows[0]["country"], rows[0]["valid_from"], rows[0]["observed_at"]) == (
        "AR", "2011-04-15", "2011-04-18T12:00:00Z",
    )  # fmt: skip


def test_more_rows_than_are_brought_in_at_once_come_back_all(archive: FolderArchive, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with Store.open(f"sqlite:///{tmp_path / 'old.sqlite'}") as old:
        with old.writing() as w:
            runs = sorted(w.begin_run("monitor", NOON) for _ in range(1001))
            for n in range(203):
                a_version(w, a_record(), source=f"p{n}", document=a_document(f"annex number{n}"), archive=archive)
        manifest = backup(old, archive, path, now=NOON)
    assert (manifest.rows["runs"], manifest.rows["records"], manifest.blobs) == (1204, 203, 203)
    assert checked(path) == manifest
    with Store.open(f"sqlite:///{tmp_path / 'new.sqlite'}") as new:
        assert restore(path, new, FolderArchive(tmp_path / "there")) == manifest
        with new.reading() as r:
            assert set(runs) <= {run.id for run in r.runs(9999)}
        for n in (0, 99, 100, 101, 199, 200, 202):
            assert [hit.source for hit in search(new, f"number{n}")] == [f"p{n}"]


def test_a_backup_that_cannot_be_written_is_one_line_and_leaves_the_last_one(
    archive: FolderArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_backup(archive, tmp_path)
    before = path.read_bytes()
    with Store.open(f"sqlite:///{tmp_path / 'old.sqlite'}") as old:
        with pytest.raises(BadBackup) as told:
            backup(old, archive, tmp_path / "none" / "all.zip", now=NOON)
        assert str(told.value) == (
            f"{tmp_path}/none/all.zip: cannot be written (No such file or directory); "
            "free space or choose another place"
        )
        monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(BadBackup, match=r"all\.zip: cannot be written \(No space left on device\); free space"):
            backup(old, archive, path, now=NOON)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.glob("*all.zip*")] == ["all.zip"]


def test_a_store_that_holds_anything_is_told_with_what(store: Store, archive: FolderArchive, tmp_path: Path) -> None:
    path = a_backup(archive, tmp_path)
    with store.writing() as w:
        w.begin_run("monitor", NOON)
    with pytest.raises(BadBackup) as told:
        restore(path, store, archive)
    assert str(told.value) == f"{path}: the database holds runs already; restore into an empty one"


def test_numbers_that_a_server_gives_go_on_above_those_brought_in(
    store: Store, archive: FolderArchive, tmp_path: Path
) -> None:
    restore(a_backup(archive, tmp_path), store, archive)
    with store.writing() as w:
        source = w.found_source("nsg", "new", "statement", "https://e.org/n", baseline=False, now=NOON)
        assert source.id == 2
        w.lease("other", "a", now=NOON, length=timedelta(minutes=1))
        assert w.save_digest(
            "daily", "d", key="k", message="", deliveries=[], since=None, until=NOON, now=NOON
        ) == 1  # fmt: skip
