"""Rows that may be there already, added or rewritten in one statement, the same on either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, bindparam, text


class Adding:
    """The addition of a row to a table, put together once.

    In words of SQL: what SQLAlchemy makes of an ``ON CONFLICT`` is compiled anew for every row.
    """

    def __init__(self, table: Table, key: str | None = None) -> None:
        """A row that is known by *key* is rewritten; without one, a row that the table knows already is left alone."""
        columns = [column for column in table.c if column is not table.autoincrement_column]
        names = [column.name for column in columns]
        new = ", ".join(f"{name} = excluded.{name}" for name in names if name != key)
        known = f"({key}) DO UPDATE SET {new}" if key else "DO NOTHING"
        values = ", ".join(f":{name}" for name in names)
        statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values}) ON CONFLICT {known}"  # noqa: S608
        self._statement = text(statement).bindparams(*(bindparam(c.name, type_=c.type) for c in columns))

    def __call__(self, connection: Connection, row: dict[str, Any]) -> None:
        """Add *row*, which holds all columns but an id of the table's own."""
        connection.execute(self._statement, row)
