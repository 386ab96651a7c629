"""One file with everything: all rows and all blobs, readable without this program, restorable on either database.

A ZIP: ``manifest.json`` (schema, counts), ``tables/<name>.jsonl`` (a JSON object a row, times in UTC) and
``blobs/<sha256>.zst``.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import msgspec
import zstandard
from msgspec import Struct
from sqlalchemy import Connection, Date, Integer, Table, func, insert, select, text
from sqlalchemy.exc import StatementError

from parsers.document import Document, document_from_json
from storage import tables as t
from storage.archive import Archive
from storage.database import HEAD
from storage.errors import BadBackup, StorageError
from storage.indexing import index_all_words
from storage.store import Store

_BATCH = 500
# With what zipfile, zlib, zstandard and msgspec refuse a file that is cut off, altered or another's.
_NO_BACKUP = (
    OSError, zipfile.BadZipFile, zlib.error, zstandard.ZstdError, msgspec.MsgspecError, EOFError, LookupError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
_Cell = str | int | float | bool | None


class Manifest(Struct, frozen=True):
    """What a backup holds: the schema of its rows, and how many rows and blobs."""

    schema: str
    made_at: datetime
    rows: dict[str, int]
    blobs: int


_manifest = msgspec.json.Decoder(Manifest)
_row = msgspec.json.Decoder(dict[str, _Cell])


def backup(store: Store, archive: Archive, path: Path, *, now: datetime) -> Manifest:
    """Write everything to the new file *path*, in one consistent state, also while a run is writing.

    The rows are read in one transaction, the blobs they speak of afterwards: blobs are never changed or
    deleted, so none can be missing. The file stands under its name only when it is whole. Raises
    `BadBackup` where it cannot be written, and `DamagedBlob` or `NotFound` for a blob that is not whole:
    a backup of damaged things is none.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
            rows, blobs = _write_tables(store, file)
            for sha256 in blobs:
                data = zstandard.compress(archive.get(sha256))
                file.writestr(zipfile.ZipInfo(f"blobs/{sha256}.zst"), data)
            manifest = Manifest(HEAD, now, rows, len(blobs))
            file.writestr("manifest.json", msgspec.json.format(msgspec.json.encode(manifest)))
        with open(temporary, "rb") as written:
            os.fsync(written.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise BadBackup(f"{path}: cannot be written ({error.strerror}); free space or choose another place") from error
    finally:
        temporary.unlink(missing_ok=True)
    return manifest


def _write_tables(store: Store, file: zipfile.ZipFile) -> tuple[dict[str, int], list[str]]:
    counts: dict[str, int] = {}
    with store.reading() as r:
        for table in t.Base.metadata.sorted_tables:
            counts[table.name] = 0
            with file.open(f"tables/{table.name}.jsonl", "w") as lines:
                query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_BATCH)
                for row in r.session.execute(query):
                    lines.write(msgspec.json.encode(dict(row._mapping)) + b"\n")
                    counts[table.name] += 1
        blobs = list(r.session.scalars(select(t.Blob.sha256).order_by(t.Blob.sha256)))
    return counts, blobs


def checked(path: Path) -> Manifest:
    """The manifest of the backup at *path*, after everything in it was read: each row, each blob against its name, and
    the counts of both. Raises `BadBackup` for a file that is not a whole backup, and for one of another schema."""
    with _reading(path) as file:
        manifest = _manifest.decode(file.read("manifest.json"))
        if manifest.schema != HEAD:
            raise BadBackup(
                f"{path}: holds schema {manifest.schema}, this program's is {HEAD}; restore it with the other"
            )
        for table in t.Base.metadata.sorted_tables:
            _agree(path, table.name, sum(map(len, _batches(table, file))), manifest)
        packed = [name for name in file.namelist() if name.startswith("blobs/")]
        for name in packed:
            _blob(path, file, name)
        if len(packed) != manifest.blobs or {_hash_in(name) for name in packed} != set(_blobs_named(file)):
            raise BadBackup(
                f"{path}: has {len(packed)} blobs, not the {manifest.blobs} that its rows name; take another backup"
            )
    return manifest


def restore(path: Path, store: Store, archive: Archive, manifest: Manifest | None = None) -> Manifest:
    """Bring a backup into an empty *store* and an *archive*, all of it or nothing; its manifest.

    All of the backup is checked before anything is written, unless *manifest* is what `checked` gave for it, and each
    blob is read again after it was written. Nothing else may write meanwhile. Raises what `checked` raises, `BadBackup` for a store that holds anything, and `CannotOpen` where
    the database or the archive cannot be written; after any of them they hold what they held.
    """
    manifest = manifest or checked(path)
    brought: list[str] = []
    try:
        with _reading(path) as file, store.writing() as w:
            connection = w.session.connection()
            for table in t.Base.metadata.sorted_tables:
                if connection.scalar(select(func.count()).select_from(table)):
                    raise BadBackup(f"{path}: the database holds {table.name} already; restore into an empty one")
            for table in t.Base.metadata.sorted_tables:
                _restore_table(path, connection, table, file, manifest)
            index_all_words(connection, _documents(connection))
            for sha256 in _blobs_named(file):
                if not archive.has(sha256):
                    brought.append(sha256)
                archive.put(_blob(path, file, f"blobs/{sha256}.zst"))
                archive.get(sha256)
    except BaseException:
        for sha256 in brought:
            with suppress(StorageError):
                archive.take_back(sha256)
        raise
    return manifest


@contextmanager
def _reading(path: Path) -> Iterator[zipfile.ZipFile]:
    """The file of a backup. What is wrong with it, in whatever words of those who read it, is a `BadBackup`."""
    try:
        with zipfile.ZipFile(path) as file:
            yield file
    except FileNotFoundError as error:
        raise BadBackup(f"{path}: no such file; name the file that 'plenarywatch backup' wrote") from error
    except (*_NO_BACKUP, StatementError) as error:
        told = " ".join(str(error).split())[:200] or type(error).__name__
        raise BadBackup(f"{path}: not a whole backup ({told}); take another one") from error


def _agree(path: Path, table: str, count: int, manifest: Manifest) -> None:
    if count != manifest.rows.get(table):
        raise BadBackup(
            f"{path}: {table} has {count} rows, {manifest.rows.get(table)} were written; take another backup"
        )


def _hash_in(name: str) -> str:
    return name.removeprefix("blobs/").removesuffix(".zst")


def _blob(path: Path, file: zipfile.ZipFile, name: str) -> bytes:
    data = zstandard.decompress(file.read(name))
    if hashlib.sha256(data).hexdigest() != _hash_in(name):
        raise BadBackup(f"{path}: {name} in it has other bytes than its name says; take another backup")
    return data


def _blobs_named(file: zipfile.ZipFile) -> Iterator[str]:
    for batch in _batches(t.Base.metadata.tables[t.Blob.__tablename__], file):
        yield from (str(row["sha256"]) for row in batch)


def _restore_table(path: Path, connection: Connection, table: Table, file: zipfile.ZipFile, manifest: Manifest) -> None:
    for batch in _batches(table, file):
        connection.execute(insert(table), batch)
    count = connection.scalar(select(func.count()).select_from(table)) or 0
    _agree(path, table.name, count, manifest)
    key = next(iter(table.primary_key.columns))
    if connection.dialect.name == "postgresql" and isinstance(key.type, Integer) and count:
        # The numbers that come next must stand above those brought in. The names are our own.
        sequence, newest = f"pg_get_serial_sequence('{table.name}', '{key.name}')", f"SELECT max({key.name})"
        connection.execute(text(f"SELECT setval({sequence}, ({newest} FROM {table.name}))"))  # noqa: S608


def _batches(table: Table, file: zipfile.ZipFile) -> Iterator[list[dict[str, object]]]:
    """The rows of a table, as they were written, some hundred at a time."""
    with file.open(f"tables/{table.name}.jsonl") as lines:
        rows = ({name: _typed(table, name, value) for name, value in _row.decode(line).items()} for line in lines)
        while batch := list(islice(rows, _BATCH)):
            yield batch


def _typed(table: Table, name: str, value: _Cell) -> object:
    kind = table.columns[name].type
    if isinstance(value, str) and isinstance(kind, t.Instant):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(kind, Date):
        return date.fromisoformat(value)
    return value


def _documents(connection: Connection) -> Iterator[tuple[int, Document]]:
    last = 0
    while True:
        query = select(t.Record.id, t.Record.document).where(t.Record.id > last).order_by(t.Record.id).limit(100)
        rows = connection.execute(query).all()
        if not rows:
            return
        for row in rows:
            last = row.id
            yield row.id, document_from_json(row.document)
