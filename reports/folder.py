"""The site's folder: a file is replaced whole, one that would not change is left alone, and one that the site no longer
has is removed; what others put there stays.
"""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import TracebackType

import msgspec
from msgspec import Struct

from reports.errors import CannotWrite

# The list of what the last building wrote; a web server that hides dot files hides it.
LISTED = ".site.json"
# A file before it is whole; one that was killed leaves it behind.
_PREFIX, _SUFFIX = ".site-", ".tmp"
_PART = re.compile(r"\w[\w.-]*", re.ASCII)


class _File(Struct, frozen=True, array_like=True):
    """A file as it was left: its size, when it was last written, and what it was made of, if that is known."""

    size: int
    written: int
    made_of: str = ""


_files = msgspec.json.Decoder(dict[str, _File])


class SiteFolder:
    """One building into a folder; leave it by its ``with`` block, so that what is stale is removed.

    Several may build at once, each with a shared lock on the folder, which the system takes from one that is killed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before = _listed(folder / LISTED)
        self._now: dict[str, _File] = {}
        self._made: set[Path] = set()
        self._lock: int | None = None

    def write(self, name: str, text: str) -> None:
        """The file *name* (parts divided by ``/``) with this text. Raises `CannotWrite`."""
        self._write(name, text, "")

    def write_if(self, name: str, made_of: bytes, text: Callable[[], str]) -> None:
        """The same for a text that is costly to make: only where it is made of something else than the last time."""
        sign = blake2b(made_of, digest_size=16).hexdigest()
        known = self._before.get(name)
        if known is not None and known.made_of == sign and known == _stat(self._path(name), sign):
            self._now[name] = known
            return
        self._write(name, text(), sign)

    def _path(self, name: str) -> Path:
        # Codes and labels name files: none of them may lead out of the folder.
        if not all(_PART.fullmatch(part) for part in name.split("/")):
            raise CannotWrite(f"{name!r}: is no name of a page; a regime, a plenary or a country has letters in its id")
        return self.folder / name

    def _write(self, name: str, text: str, made_of: str) -> None:
        path = self._path(name)
        data = text.encode("utf-8", "replace")
        try:
            if path.parent not in self._made:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._made.add(path.parent)
            if not _holds(path, data):
                replace(path, data)
        except OSError as error:
            raise CannotWrite(
                f"{path}: cannot be written ({error.strerror}); name a folder you may write to"
            ) from error
        self._now[name] = _stat(path, made_of) or _File(0, 0)

    def __enter__(self) -> SiteFolder:
        # A folder that cannot be made or locked: what is written into it says so, if it cannot be either.
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
            self._remove_unfinished(self._lock)
            fcntl.flock(self._lock, fcntl.LOCK_SH)
        return self

    def _remove_unfinished(self, lock: int) -> None:
        """Remove what a building that was killed left unfinished, unless another one is at work."""
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for left in self.folder.rglob(f"{_PREFIX}*{_SUFFIX}"):
                left.unlink(missing_ok=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what only the last building wrote; after an exception keep all, for the next one to judge."""
        try:
            self._finish(whole=error is None)
        finally:
            if self._lock is not None:
                os.close(self._lock)

    def _finish(self, *, whole: bool) -> None:
        if whole:
            for name in self._before.keys() - self._now.keys():
                self._path(name).unlink(missing_ok=True)
            kept = self._now
        else:
            kept = self._before | self._now
        if kept or self._before:
            data = msgspec.json.encode(dict(sorted(kept.items())))
            if not _holds(self.folder / LISTED, data):
                replace(self.folder / LISTED, data)


def replace(path: Path, data: bytes) -> None:
    """*path* with this content, whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX, suffix=_SUFFIX)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.chmod(temporary, 0o644)
    os.replace(temporary, path)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _stat(path: Path, made_of: str) -> _File | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _File(found.st_size, found.st_mtime_ns, made_of)


def _listed(path: Path) -> dict[str, _File]:
    """What the last building wrote; nothing where there was none, or where the list is no list of ours."""
    try:
        found = _files.decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError):
        return {}
    return {name: file for name, file in found.items() if all(_PART.fullmatch(part) for part in name.split("/"))}
