"""Whether anybody wrote to the database: what a long-lived reader asks before it reads all of it again."""

from __future__ import annotations

from types import TracebackType

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.store import Store

_QUESTIONS = {
    # Of the connection that asks: another number after any other connection's commit (SQLite, "PRAGMA data_version").
    "sqlite": "PRAGMA data_version",
    # Rows that this database's tables took, changed or lost; a server counts them within seconds of the commit.
    "postgresql": "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables",
}


class Stirring:
    """Asks whether the database was written to since the last time; leave it by its ``with`` block."""

    def __init__(self, store: Store) -> None:
        self._engine = store.engine
        self._held: Connection | None = None
        self._last = self._state()

    def stirred(self) -> bool:
        """Whether any connection but the one that asks has written since this was last asked, or since the beginning.

        Raises SQLAlchemy's ``DBAPIError`` where the database does not answer; asked again, it connects anew.
        """
        before, self._last = self._last, self._state()
        return self._last != before

    def _state(self) -> int:
        if self._held is None:
            self._held = self._engine.connect()
        try:
            with self._held.begin():
                return int(self._held.exec_driver_sql(_QUESTIONS[self._engine.dialect.name]).scalar_one())
        except DBAPIError:
            # What another connection counts says nothing of this one's.
            self._last = -1
            self.__exit__(None, None, None)
            raise

    def __enter__(self) -> Stirring:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.invalidate()
            held.close()
