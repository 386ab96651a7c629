"""Parquet, through DuckDB, which writes it with no other package."""

from __future__ import annotations

from pathlib import Path

from storage.errors import CannotExport
from storage.exporting.tables import Table, Type

_TYPES: dict[Type, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMPTZ",
}


def write_parquet(folder: Path, tables: tuple[Table, ...]) -> list[Path]:
    """A file a table, columns typed as the table says. Raises `CannotExport` without DuckDB."""
    try:
        import duckdb  # type: ignore[import-not-found, unused-ignore]
    except ImportError as error:
        raise CannotExport("--format parquet: DuckDB is not installed; pip install 'plenarywatch[parquet]'") from error
    paths = []
    with duckdb.connect() as database:
        for table in tables:
            columns = ", ".join(f'"{column.name}" {_TYPES[column.type]}' for column in table.columns)
            database.execute(f'CREATE TABLE "{table.name}" ({columns})')
            if table.rows:
                places = ", ".join("?" for _ in table.columns)
                database.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', table.rows)  # noqa: S608
            path = folder / f"{table.name}.parquet"
            quoted = str(path).replace("'", "''")
            database.execute(f"COPY \"{table.name}\" TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
            paths.append(path)
    return paths
