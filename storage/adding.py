"""Rows that may be there already, added or rewritten in one statement on either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

_ON = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Adding:
    """The addition of a row to a table, put together once for each database: most pages need several."""

    def __init__(self, table: Table, key: str | None = None) -> None:
        """A row that is known by *key* is rewritten; without one, a row that the table knows already is left alone."""
        self._statements: dict[str, Insert] = {}
        for dialect, insert in _ON.items():
            made: Any = insert(table)
            if key is None:
                self._statements[dialect] = made.on_conflict_do_nothing()
            else:
                new = {column.name: made.excluded[column.name] for column in table.c if column.name != key}
                self._statements[dialect] = made.on_conflict_do_update(index_elements=[key], set_=new)

    def __call__(self, connection: Connection, row: dict[str, Any]) -> None:
        """Add *row*."""
        connection.execute(self._statements[connection.dialect.name], row)
