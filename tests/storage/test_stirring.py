"""That a database was written to is seen, whoever wrote and whatever; that it was read is nothing."""

from __future__ import annotations

import time

import pytest
from sqlalchemy.exc import DBAPIError

from diffs.change import ChangeKind, Status
from storage import Store
from storage.stirring import Stirring
from tests.builders.comparing import NOON
from tests.builders.stores import a_change


def _stirs(stirring: Stirring) -> bool:
    """Whether it is seen in time: a PostgreSQL server counts a moment after the commit."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if stirring.stirred():
            return True
        time.sleep(0.1)
    return False


def test_every_write_is_seen_and_no_reading(store: Store, database_url: str) -> None:
    held = a_change(ChangeKind.MEMBER_LEFT, "IN", status=Status.HELD)
    with Stirring(store) as stirring:
        with Store.open(database_url) as other:
            with other.writing() as w:
                w.save_changes(w.begin_run("monitor", NOON), [held], None)
            assert _stirs(stirring)
            with other.reading() as r:
                assert len(r.changes()) == 1
            assert not stirring.stirred()
        # A decision alone: no run, no row more.
        with Store.open(database_url) as other, other.writing() as w:
            w.review(held.key, Status.REJECTED, who="a", why="b", now=NOON)
        assert _stirs(stirring)


def test_a_connection_that_broke_is_told_and_made_anew(sqlite_store: Store) -> None:
    with Stirring(sqlite_store) as stirring:
        assert not stirring.stirred()
        held = stirring._held
        assert held is not None
        held.connection.dbapi_connection.close()  # type: ignore[union-attr]
        with pytest.raises(DBAPIError):
            stirring.stirred()
        # Nobody knows what was written meanwhile.
        assert stirring.stirred()
        assert not stirring.stirred()
        with sqlite_store.writing() as w:
            w.begin_run("test", NOON)
        assert stirring.stirred()
    assert stirring._held is None
    assert sqlite_store.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_one_connection_asks_as_long_as_it_answers(sqlite_store: Store) -> None:
    with Stirring(sqlite_store) as stirring:
        held = stirring._held
        stirring.stirred()
        stirring.stirred()
        assert stirring._held is held
