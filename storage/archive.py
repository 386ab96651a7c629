"""The archive of blobs: raw bytes by their SHA-256, compressed, written once, never changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import zstandard

from storage.addresses import masked, without_secrets
from storage.errors import CannotOpen, DamagedBlob, NotFound, StorageError

_SUFFIX = ".zst"
_DAY = 24 * 3600


class Archive(Protocol):
    """Where blobs live. Implement these five to keep them elsewhere."""

    def put(self, data: bytes) -> str:
        """The SHA-256 of *data* in hex, once it is kept: synced to disk, or accepted by the remote store. A blob of
        this name that is damaged is replaced."""

    def get(self, sha256: str) -> bytes:
        """The bytes that have this hash. Raises `NotFound`, or `DamagedBlob` when they no longer have it."""

    def has(self, sha256: str) -> bool:
        """Whether a blob of this hash is kept."""

    def take_back(self, sha256: str) -> None:
        """Remove a blob that was put for something that then failed, and that no row names. Blobs that rows name are
        never removed."""

    def __iter__(self) -> Iterator[str]:
        """The hashes of all blobs, in order."""


def open_archive(address: str | os.PathLike[str]) -> Archive:
    """The archive at *address*: a folder, made when it is missing, or any fsspec URL (``s3://bucket/path``)."""
    text = os.fspath(address)
    if "://" in text and not text.startswith("file://"):
        return RemoteArchive(text)
    return FolderArchive(Path(text.removeprefix("file://")))


def _name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}{_SUFFIX}"


def _unpacked(sha256: str, packed: bytes, where: str) -> bytes:
    try:
        data = zstandard.decompress(packed)
    except zstandard.ZstdError as error:
        raise DamagedBlob(f"{where}: not readable ({error}); restore it from a backup") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedBlob(f"{where}: its bytes have another hash than its name; restore it from a backup")
    return data


class FolderArchive:
    """Blobs in a folder. A blob appears under its name only when its bytes are on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: set[Path] = set()
        self._guard = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _remove_left_behind(folder)
        except OSError as error:
            reason = error.strerror
            raise CannotOpen(
                f"{folder}: cannot be made an archive ({reason}); set PLENARYWATCH_ARCHIVE_URL to a folder "
                "you may write to"
            ) from error

    def put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.folder / _name(sha256)
        if path.exists() and self._is_whole(sha256):
            return sha256
        temporary = self.folder / f".{uuid.uuid4().hex}.tmp"
        try:
            self._make(path.parent)
            with open(temporary, "xb") as file:
                file.write(zstandard.compress(data))
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
            _sync_folder(path.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise CannotOpen(
                f"{self.folder}: cannot keep a blob ({error.strerror}); free space or mend its permissions"
            ) from error
        return sha256

    def _is_whole(self, sha256: str) -> bool:
        try:
            self.get(sha256)
        except StorageError:
            return False
        return True

    def _make(self, folder: Path) -> None:
        """Make a folder that a loss of power does not take back, blobs and all."""
        with self._guard:
            if folder not in self._made:
                folder.mkdir(exist_ok=True)
                _sync_folder(self.folder)
                self._made.add(folder)

    def get(self, sha256: str) -> bytes:
        path = self.folder / _name(sha256)
        try:
            packed = path.read_bytes()
        except FileNotFoundError as error:
            raise NotFound(f"{path}: blob is missing; restore it from a backup") from error
        except OSError as error:
            raise CannotOpen(f"{path}: blob cannot be read ({error.strerror}); mend its permissions or disk") from error
        return _unpacked(sha256, packed, str(path))

    def has(self, sha256: str) -> bool:
        return (self.folder / _name(sha256)).exists()

    def take_back(self, sha256: str) -> None:
        path = self.folder / _name(sha256)
        with self._guard, contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            # A folder that holds other blobs stays.
            path.parent.rmdir()
            self._made.discard(path.parent)

    def __iter__(self) -> Iterator[str]:
        for path in sorted(self.folder.glob(f"??/*{_SUFFIX}")):
            yield path.name.removesuffix(_SUFFIX)


def _remove_left_behind(folder: Path) -> None:
    """Remove what writers that were killed had begun; a file of this day may still be written."""
    for begun in folder.glob(".*.tmp"):
        with contextlib.suppress(FileNotFoundError):
            if begun.stat().st_mtime < time.time() - _DAY:
                begun.unlink()


def _sync_folder(folder: Path) -> None:
    """Make a rename inside *folder* survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class RemoteArchive:
    """Blobs behind an fsspec URL: S3 and the like. An object store shows an object whole or not at all."""

    def __init__(self, url: str) -> None:
        import fsspec

        self.url = url.rstrip("/")
        try:
            # What another worker has written since a folder was listed is there too; and each archive has connections
            # and keys of its own.
            self.files, self.root = fsspec.core.url_to_fs(self.url, use_listings_cache=False, skip_instance_cache=True)
        except (ImportError, ValueError) as error:
            told = without_secrets(str(error), url)
            raise CannotOpen(f"{masked(url)}: no such kind of archive ({told}); install its fsspec driver") from error

    def put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        with self._answering("keep a blob"):
            try:
                self._read(sha256)
            except (NotFound, DamagedBlob):
                packed = zstandard.compress(data)
                try:
                    self.files.pipe_file(path, packed)
                except FileNotFoundError:  # Its folder, or the bucket, is not there yet.
                    self.files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
                    self.files.pipe_file(path, packed)
        return sha256

    def get(self, sha256: str) -> bytes:
        with self._answering("give a blob"):
            return self._read(sha256)

    def _read(self, sha256: str) -> bytes:
        path = self._path(sha256)
        try:
            packed = bytes(self.files.cat_file(path))
        except FileNotFoundError as error:
            raise NotFound(f"{path}: blob is missing; restore it from a backup") from error
        return _unpacked(sha256, packed, path)

    def has(self, sha256: str) -> bool:
        with self._answering("be asked"):
            return bool(self.files.exists(self._path(sha256)))

    def take_back(self, sha256: str) -> None:
        with self._answering("remove a blob"), contextlib.suppress(FileNotFoundError):
            self.files.rm_file(self._path(sha256))

    def __iter__(self) -> Iterator[str]:
        with self._answering("be listed"):
            found = sorted(self.files.glob(f"{self.root}/??/*{_SUFFIX}"))
        for path in found:
            yield path.rsplit("/", 1)[1].removesuffix(_SUFFIX)

    def _path(self, sha256: str) -> str:
        return f"{self.root}/{_name(sha256)}"

    @contextlib.contextmanager
    def _answering(self, what: str) -> Iterator[None]:
        """What goes wrong on the way, in one line: each driver has faults of its own, few of them an `OSError`."""
        try:
            yield
        except StorageError:
            raise
        except Exception as error:
            told = " ".join(without_secrets(str(error), self.url).split())[:200] or type(error).__name__
            raise CannotOpen(
                f"{masked(self.url)}: cannot {what} ({told}); check the address, the rights and the keys"
            ) from error
