"""The store's face: open it, ask it, and write one observation whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from storage.database import WRITING, fault, open_engine
from storage.errors import CannotOpen
from storage.learned import Learned
from storage.reading import Reader
from storage.writing import Writer

# Faults of this program, not of the database: they stay what they are.
_OURS = (IntegrityError, ProgrammingError, DataError)


class Store:
    """A database of everything ever seen. Share one between threads; close it when done.

    ``with store.reading() as r`` gives the questions, on one consistent state of the database;
    ``with store.writing() as w`` gives the questions and the verbs that write, in one transaction that an
    exception undoes.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # What is held of the records for those who ask, and for those who write.
        self._learned, self._learned_writing = Learned(), Learned()
        # There is one writer at a time, and on SQLite whoever finds another at work sleeps and asks again: threads of
        # one process wait for each other here, and go on at once.
        self._turn = threading.Lock()

    @classmethod
    def open(cls, url: str) -> Store:
        """The store at a SQLAlchemy *url*, made or migrated as needed. Raises `CannotOpen`."""
        return cls(open_engine(url))

    @property
    def engine(self) -> Engine:
        """The engine, for the storage room's own modules."""
        return self._engine

    @property
    def path(self) -> str | None:
        """The SQLite file's path, or None for another database."""
        return self._engine.url.database if self._engine.dialect.name == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Questions on one consistent state of the database."""
        options = {"isolation_level": "REPEATABLE READ"} if self._engine.dialect.name == "postgresql" else {}
        try:
            with self._engine.connect().execution_options(**options) as connection, Session(connection) as session:
                yield Reader(session, self._learned)
        except _OURS:
            raise
        except DatabaseError as error:
            raise self._fault(error, "cannot be read", "run 'plenarywatch verify', or restore a backup") from error

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction, alone among writers: all of it is kept, or, after an exception, none."""
        try:
            with self._turn:
                # What a transaction learns of the records is forgotten with it when it is undone.
                learned, self._learned_writing = self._learned_writing, Learned()
                with (
                    self._engine.connect().execution_options(**{WRITING: True}) as connection,
                    connection.begin(),
                    Session(connection, autoflush=False, expire_on_commit=False) as session,
                ):
                    yield Writer(session, learned)
                    session.flush()
                self._learned_writing = learned
        except _OURS:
            raise
        except DatabaseError as error:
            raise self._fault(error, "cannot be written", "free space or mend its rights") from error

    def _fault(self, error: DatabaseError, what: str, mend: str) -> CannotOpen:
        return fault(self._engine.url, what, str(error.orig), mend)

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
