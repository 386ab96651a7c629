"""An export written: one format into a folder, or everything into one ZIP."""

from __future__ import annotations

import csv
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from storage.errors import CannotExport
from storage.exporting.cells import MOST_OF_A_CELL, harmless
from storage.exporting.entities import as_line, entities
from storage.exporting.package import descriptor, readme
from storage.exporting.parquet import write_parquet
from storage.exporting.tables import Table, delta, snapshot
from storage.store import Store


class Exported(Struct, frozen=True):
    """The files that were written, and how many rows each table has."""

    files: tuple[Path, ...]
    rows: dict[str, int]


def export(
    store: Store,
    folder: Path,
    format: str,
    *,
    now: datetime,
    regime: str | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
    since: datetime | None = None,
) -> Exported:
    """Write the data in *format* (one of `FORMATS`) into *folder*, which is made when it is missing.

    *as_of* keeps the memberships that held on that day, *known_at* tells everything as known at a moment,
    *since* gives what was added, changed or removed since then. Equal data give equal bytes, the ZIP's
    included, but for the moment *now* that its descriptor names. Raises `CannotExport`.
    """
    if format not in FORMATS:
        raise CannotExport(f"--format {format}: no such format; choose {', '.join(FORMATS)}")
    tables = snapshot(store, regime=regime, known_at=known_at, as_of=as_of)
    if since is not None:
        tables = delta(snapshot(store, regime=regime, known_at=since, as_of=as_of), tables)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if format == "zip":
            files = [_write_zip(store, folder, tables, now, regime, known_at)]
        else:
            files = FORMATS[format](folder, tables)
            if format == "jsonl" and since is None:
                files.append(_write_records(store, folder, regime, known_at))
    except OSError as error:
        raise CannotExport(f"{folder}: cannot be written ({error.strerror}); choose another --out") from error
    return Exported(tuple(files), {table.name: len(table.rows) for table in tables})


def records(store: Store, regime: str | None = None, known_at: datetime | None = None) -> Iterator[bytes]:
    """Every version's whole record with its evidence, a JSON line each, with where it comes from."""
    with store.reading() as r:
        for v in r.versions(regime):
            if known_at is None or v.observed_at <= known_at:
                provenance = {
                    "record": v.id,
                    "source": v.source,
                    "url": v.url,
                    "capture": v.sha256,
                    "known_since": v.observed_at,
                    "held": v.held,
                }
                yield msgspec.json.encode(msgspec.to_builtins(v.record, str_keys=True) | {"provenance": provenance})


def _write_records(store: Store, folder: Path, regime: str | None, known_at: datetime | None) -> Path:
    path = folder / "records.jsonl"
    with open(path, "wb") as file:
        file.writelines(line + b"\n" for line in records(store, regime, known_at))
    return path


def _write_csv(folder: Path, tables: tuple[Table, ...]) -> list[Path]:
    paths = []
    for table in tables:
        paths.append(folder / f"{table.name}.csv")
        with open(paths[-1], "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(column.name for column in table.columns)
            for row in table.rows:
                writer.writerow(str(cell).lower() if isinstance(cell, bool) else harmless(cell) for cell in row)
    paths.append(folder / "datapackage.json")
    paths[-1].write_bytes(descriptor(tables))
    return paths


def _write_jsonl(folder: Path, tables: tuple[Table, ...]) -> list[Path]:
    paths = []
    for table in tables:
        paths.append(folder / f"{table.name}.jsonl")
        with open(paths[-1], "wb") as file:
            file.writelines(as_line(row, table) + b"\n" for row in table.rows)
    return paths


def _write_xlsx(folder: Path, tables: tuple[Table, ...]) -> list[Path]:
    import xlsxwriter

    path = folder / "plenarywatch.xlsx"
    # No text of a page may become a formula or a link.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options | {"constant_memory": True}) as book:
        book.set_properties({"created": datetime.fromisoformat("2000-01-01T00:00:00+00:00")})
        bold = book.add_format({"bold": True})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, [column.name for column in table.columns], bold)
            for number, row in enumerate(table.rows, 1):
                for at, cell in enumerate(row):
                    value = harmless(cell)
                    if isinstance(value, str):
                        sheet.write_string(number, at, value[:MOST_OF_A_CELL])
                    elif value is not None:
                        sheet.write(number, at, value)
    return [path]


def _write_ftm(folder: Path, tables: tuple[Table, ...]) -> list[Path]:
    path = folder / "plenarywatch.ftm.json"
    with open(path, "wb") as file:
        file.writelines(msgspec.json.encode(entity) + b"\n" for entity in entities(tables))
    return [path]


def _write_zip(
    store: Store, folder: Path, tables: tuple[Table, ...], now: datetime, regime: str | None, known_at: datetime | None
) -> Path:
    """All that needs no further library, in one file that appears when it is whole."""
    path = folder / "plenarywatch.zip"
    temporary = folder / f".{path.name}.tmp"
    with tempfile.TemporaryDirectory() as made:
        inside = Path(made)
        files = [*_write_csv(inside, tables), *_write_jsonl(inside, tables), *_write_xlsx(inside, tables)]
        files += [*_write_ftm(inside, tables), _write_records(store, inside, regime, known_at)]
        try:
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as file:
                for name, data in [("README.md", readme(tables, now)), *((f.name, f.read_bytes()) for f in files)]:
                    # A fixed time, so that equal data give equal bytes.
                    file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    return path


def _refuse(folder: Path, tables: tuple[Table, ...]) -> list[Path]:
    raise AssertionError("the ZIP is written by `_write_zip`")


FORMATS: dict[str, Callable[[Path, tuple[Table, ...]], list[Path]]] = {
    "csv": _write_csv,
    "jsonl": _write_jsonl,
    "xlsx": _write_xlsx,
    "parquet": write_parquet,
    "ftm": _write_ftm,
    "zip": _refuse,
}
