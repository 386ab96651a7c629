"""One file with everything: all rows and all blobs, readable without this program, restorable on either database.

A ZIP: ``manifest.json`` (schema, counts), ``tables/<name>.jsonl`` (a JSON object a row, times in UTC) and
``blobs/<sha256>.zst``.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO

import msgspec
import zstandard
from msgspec import Struct
from sqlalchemy import Connection, Date, Integer, Table, func, insert, select, text

from parsers.document import Document, document_from_json
from storage import tables as t
from storage.archive import Archive
from storage.database import HEAD
from storage.errors import BadBackup
from storage.indexing import index_all_words
from storage.store import Store

_BATCH = 500
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


def restore(path: Path, store: Store, archive: Archive) -> Manifest:
    """Bring a backup into an empty *store* and an *archive*, all of it or nothing; its manifest.

    Raises `BadBackup` for a file that is not a whole backup, for one of another schema, and for a store that
    holds anything.
    """
    try:
        with zipfile.ZipFile(path) as file:
            manifest = _manifest.decode(file.read("manifest.json"))
            _check(path, file, manifest, store)
            for name in file.namelist():
                if name.startswith("blobs/"):
                    _restore_blob(path, archive, name, file.read(name))
            with store.writing() as w:
                for table in t.Base.metadata.sorted_tables:
                    _restore_table(path, w.session.connection(), table, file, manifest)
                index_all_words(w.session.connection(), _documents(w.session.connection()))
    except (OSError, zipfile.BadZipFile, KeyError, msgspec.MsgspecError, EOFError) as error:
        raise BadBackup(f"{path}: not a whole backup ({error}); take another one") from error
    return manifest


def _check(path: Path, file: zipfile.ZipFile, manifest: Manifest, store: Store) -> None:
    if manifest.schema != HEAD:
        raise BadBackup(f"{path}: holds schema {manifest.schema}, this program's is {HEAD}; restore it with the other")
    broken = file.testzip()
    if broken is not None:
        raise BadBackup(f"{path}: {broken} in it is damaged; take another backup")
    with store.reading() as r:
        for table in t.Base.metadata.sorted_tables:
            if r.session.scalar(select(func.count()).select_from(table)):
                raise BadBackup(f"{path}: the database holds {table.name} already; restore into an empty one")


def _restore_blob(path: Path, archive: Archive, name: str, packed: bytes) -> None:
    sha256 = name.removeprefix("blobs/").removesuffix(".zst")
    try:
        kept = archive.put(zstandard.decompress(packed))
    except zstandard.ZstdError as error:
        raise BadBackup(f"{path}: {name} in it is damaged ({error}); take another backup") from error
    if kept != sha256:
        raise BadBackup(f"{path}: {name} in it has other bytes than its name says; take another backup")


def _restore_table(path: Path, connection: Connection, table: Table, file: zipfile.ZipFile, manifest: Manifest) -> None:
    count = 0
    with file.open(f"tables/{table.name}.jsonl") as lines:
        for batch in _batches(table, lines):
            connection.execute(insert(table), batch)
            count += len(batch)
    if count != manifest.rows.get(table.name, 0):
        raise BadBackup(f"{path}: {table.name} has {count} rows, {manifest.rows.get(table.name)} were written")
    key = next(iter(table.primary_key.columns))
    if connection.dialect.name == "postgresql" and isinstance(key.type, Integer) and count:
        # The numbers that come next must stand above those brought in. The names are our own.
        sequence, newest = f"pg_get_serial_sequence('{table.name}', '{key.name}')", f"SELECT max({key.name})"
        connection.execute(text(f"SELECT setval({sequence}, ({newest} FROM {table.name}))"))  # noqa: S608


def _batches(table: Table, lines: IO[bytes]) -> Iterator[list[dict[str, object]]]:
    batch: list[dict[str, object]] = []
    for line in lines:
        raw = _row.decode(line)
        batch.append({name: _typed(table, name, value) for name, value in raw.items()})
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
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
