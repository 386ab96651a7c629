"""The archive keeps bytes by their hash, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import FolderArchive, open_archive
from storage.errors import CannotOpen, DamagedBlob, NotFound

ROOT = Path(__file__).resolve().parents[2]


def _file_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / f"{sha256}.zst"


@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=3000))
def test_what_was_put_is_got_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    archive = open_archive(tmp_path_factory.getbasetemp() / "laws")
    assert archive.get(archive.put(data)) == data


def test_a_blob_is_named_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    assert open_archive(tmp_path).put(b"statement") == hashlib.sha256(b"statement").hexdigest()


def test_the_same_bytes_are_kept_once_and_not_written_again(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    sha256 = archive.put(b"statement")
    before = _file_of(tmp_path, sha256).stat().st_mtime_ns
    assert archive.put(b"statement") == sha256
    assert list(archive) == [sha256]
    assert _file_of(tmp_path, sha256).stat().st_mtime_ns == before


def test_a_blob_that_was_never_put_is_not_found(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    assert not archive.has("00" * 32)
    with pytest.raises(NotFound, match="restore it from a backup"):
        archive.get("00" * 32)


@pytest.mark.parametrize("damage", [b"", b"not compressed at all"])
def test_a_damaged_blob_is_said_to_be_damaged(tmp_path: Path, damage: bytes) -> None:
    archive = open_archive(tmp_path)
    sha256 = archive.put(b"statement")
    _file_of(tmp_path, sha256).write_bytes(damage)
    with pytest.raises(DamagedBlob, match=sha256):
        archive.get(sha256)


@pytest.mark.parametrize("damage", [b"", b"\0", b"not compressed at all", zstandard.compress(b"other")])
def test_the_same_bytes_heal_a_damaged_blob_also_after_a_restart(tmp_path: Path, damage: bytes) -> None:
    sha256 = open_archive(tmp_path).put(b"statement")
    _file_of(tmp_path, sha256).write_bytes(damage)
    archive = open_archive(tmp_path)
    assert archive.put(b"statement") == sha256
    assert archive.get(sha256) == b"statement"
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [f"{sha256}.zst"]


def test_a_blob_that_cannot_be_read_is_one_line_and_no_other_is_harmed(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    sha256, other = archive.put(b"statement"), archive.put(b"other")
    _file_of(tmp_path, sha256).unlink()
    _file_of(tmp_path, sha256).mkdir()
    with pytest.raises(CannotOpen, match="cannot be read") as told:
        archive.get(sha256)
    assert "\n" not in str(told.value)
    with pytest.raises(CannotOpen, match="cannot keep a blob"):
        archive.put(b"statement")
    assert archive.get(other) == b"other"
    assert list(tmp_path.glob(".*")) == []


def test_what_is_taken_back_is_gone_and_what_stands_beside_it_stays(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    # Two whose hashes begin alike stand in one folder.
    numbers: dict[str, bytes] = {}
    for n in range(1000):
        data = str(n).encode()
        first = numbers.setdefault(hashlib.sha256(data).hexdigest()[:2], data)
        if first != data:
            break
    one, other = archive.put(first), archive.put(data)
    archive.take_back(one)
    archive.take_back(one)
    assert list(archive) == [other]
    archive.take_back(other)
    assert list(tmp_path.iterdir()) == []
    assert archive.put(data) == other
    assert list(archive) == [other]


def test_a_blob_cut_short_is_damaged(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    sha256 = archive.put(b"statement " * 100)
    path = _file_of(tmp_path, sha256)
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(DamagedBlob):
        archive.get(sha256)


def test_a_blob_of_other_bytes_is_damaged(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    one, other = archive.put(b"one"), archive.put(b"other")
    _file_of(tmp_path, one).write_bytes(_file_of(tmp_path, other).read_bytes())
    with pytest.raises(DamagedBlob, match="another hash"):
        archive.get(one)


def test_an_archive_where_a_file_stands_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CannotOpen, match="PLENARYWATCH_ARCHIVE_URL"):
        open_archive(tmp_path / "taken")


def test_a_blob_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    sha256 = hashlib.sha256(b"statement").hexdigest()
    (tmp_path / sha256[:2]).write_text("a file where the folder should be")
    with pytest.raises(CannotOpen, match="cannot keep a blob"):
        archive.put(b"statement")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into read-only folders")
def test_a_read_only_archive_refuses_and_leaves_nothing(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(CannotOpen, match="permissions"):
            archive.put(b"statement")
    finally:
        tmp_path.chmod(0o700)
    assert list(tmp_path.iterdir()) == []


def test_threads_that_put_the_same_bytes_leave_one_sound_blob(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    threads = [threading.Thread(target=archive.put, args=(b"statement" * 5000,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (sha256,) = archive
    assert archive.get(sha256) == b"statement" * 5000
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [f"{sha256}.zst"]


def test_a_writer_killed_before_the_rename_leaves_no_blob_and_does_not_hinder_the_next(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import os, signal, sys
        from storage import open_archive
        os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        open_archive(sys.argv[1]).put(b"statement")
    """)
    died = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=False, timeout=60)
    archive = open_archive(tmp_path)
    assert died.returncode == -signal.SIGKILL
    assert list(archive) == []
    sha256 = archive.put(b"statement")
    assert list(archive) == [sha256]
    assert archive.get(sha256) == b"statement"
    # What it had begun is removed when it can be nobody's any more.
    (begun,) = tmp_path.glob(".*.tmp")
    os.utime(begun, (begun.stat().st_mtime - 90_000,) * 2)
    assert list(open_archive(tmp_path)) == [sha256]
    assert not begun.exists()


def test_an_archive_elsewhere_keeps_what_a_folder_keeps() -> None:
    archive = open_archive("memory://plenarywatch-archive-test")
    sha256 = archive.put(b"statement")
    assert archive.has(sha256)
    assert archive.get(sha256) == b"statement"
    assert list(archive) == [sha256]
    with pytest.raises(NotFound):
        archive.get("00" * 32)


def test_an_archive_of_no_known_kind_is_one_clear_line() -> None:
    with pytest.raises(CannotOpen, match="no such kind of archive"):
        open_archive("nosuch://bucket/path")


def test_a_blob_has_its_name_only_once_its_bytes_and_its_folders_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = open_archive(tmp_path / "deep" / "blobs")
    assert isinstance(archive, FolderArchive)
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        done.append(Path(os.readlink(f"/proc/self/fd/{handle}")).suffix or os.readlink(f"/proc/self/fd/{handle}"))
        fsync(handle)

    def named(old: Path, new: Path) -> None:
        assert zstandard.decompress(old.read_bytes()) == b"statement"
        done.append(new.name)
        replace(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", named)
    before = len(os.listdir("/proc/self/fd"))
    sha256 = archive.put(b"statement")
    folder = archive.folder
    assert done == [str(folder), ".tmp", f"{sha256}.zst", str(folder / sha256[:2])]
    assert len(os.listdir("/proc/self/fd")) == before
    assert archive.put(b"statement") == sha256
    assert len(done) == 4
    # A folder that is there is not made, nor synced, again.
    archive.take_back(sha256)
    assert not (folder / sha256[:2]).exists()
    archive.put(b"statement")
    assert len(done) == 8
    assert FolderArchive(folder).put(b"statement") == sha256


@pytest.mark.parametrize(("hours", "kept"), [(0, True), (23, True), (25, False)])
def test_what_another_may_still_be_writing_is_left_alone(tmp_path: Path, hours: int, kept: bool) -> None:
    begun, other = tmp_path / ".abc.tmp", tmp_path / "abc.tmp"
    for path in (begun, other):
        path.write_bytes(b"half")
        os.utime(path, (path.stat().st_mtime - hours * 3600,) * 2)
    assert list(open_archive(tmp_path)) == []
    assert (begun.exists(), other.exists()) == (kept, True)


def test_blobs_are_listed_in_the_order_of_their_hashes_and_nothing_else_is(tmp_path: Path) -> None:
    folder, memory = open_archive(tmp_path), open_archive("memory://in-order")
    for archive in (folder, memory):
        hashes = [archive.put(str(n).encode()) for n in range(20)]
        assert list(archive) == sorted(hashes) != hashes
    (tmp_path / "ab").mkdir(exist_ok=True)
    for name in ("ab/x.txt", "abc.zst", ".tmp"):
        (tmp_path / name).write_text("")
    assert list(folder) == sorted(hashes)


def test_an_archive_elsewhere_makes_its_folder_writes_once_and_takes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = open_archive("memory://made-as-needed/a/b")
    written: list[str] = []
    pipe = archive.files.pipe_file  # type: ignore[attr-defined]

    def piped(path: str, data: bytes) -> None:
        written.append(path)
        if len(written) == 1:
            raise FileNotFoundError
        pipe(path, data)

    made: list[tuple[str, bool]] = []
    monkeypatch.setattr(archive.files, "pipe_file", piped)  # type: ignore[attr-defined]
    monkeypatch.setattr(archive.files, "makedirs", lambda path, exist_ok: made.append((path, exist_ok)))  # type: ignore[attr-defined]
    sha256 = archive.put(b"statement")
    path = f"/made-as-needed/a/b/{sha256[:2]}/{sha256}.zst"
    assert written == [path, path]
    assert made == [(path.rpartition("/")[0], True)]
    assert archive.put(b"statement") == sha256
    assert len(written) == 2
    assert archive.get(sha256) == b"statement"
    archive.take_back(sha256)
    archive.take_back(sha256)
    assert not archive.has(sha256)
