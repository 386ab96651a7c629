"""One worker at a time, and none that comes back from the dead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import Store
from storage.errors import LeaseLost
from storage.leases import Lease
from tests.storage.making import NOON

MINUTE = timedelta(minutes=1)


def taken(store: Store, holder: str, after: timedelta = timedelta()) -> Lease | None:
    with store.writing() as w:
        return w.lease("mtcr/press", holder, now=NOON + after, length=MINUTE)


def test_a_held_lease_is_given_to_nobody_else_until_it_ends(store: Store) -> None:
    assert taken(store, "a") is not None
    assert taken(store, "b", MINUTE / 2) is None
    assert taken(store, "b", MINUTE) is not None


def test_a_worker_that_comes_back_after_its_lease_went_on_writes_nothing(store: Store) -> None:
    old = taken(store, "a")
    assert old is not None
    new = taken(store, "b", MINUTE)
    assert new is not None
    assert new.token > old.token
    with pytest.raises(LeaseLost, match="went to b"):
        write_under(store, old)
    with store.reading() as r:
        assert r.runs() == ()
    write_under(store, new)
    with store.reading() as r:
        assert len(r.runs()) == 1


def write_under(store: Store, lease: Lease) -> None:
    with store.writing() as w:
        w.begin_run("test", NOON)
        w.fence(lease)


def test_a_clock_that_steps_back_lets_the_old_worker_in_no_more(store: Store) -> None:
    old = taken(store, "a")
    assert old is not None
    taken(store, "b", MINUTE)
    assert taken(store, "a", -60 * MINUTE) is None
    with pytest.raises(LeaseLost):
        write_under(store, old)


def test_a_renewed_lease_lasts_longer_under_the_same_token(store: Store) -> None:
    lease = taken(store, "a")
    assert lease is not None
    with store.writing() as w:
        longer = w.renew(lease, now=NOON + MINUTE / 2, length=MINUTE)
    assert longer.token == lease.token
    assert taken(store, "b", MINUTE) is None


def test_a_lease_given_back_is_free_at_once_and_its_token_is_spent(store: Store) -> None:
    lease = taken(store, "a")
    assert lease is not None
    with store.writing() as w:
        w.release(lease)
    assert taken(store, "b") is not None
    with pytest.raises(LeaseLost):
        write_under(store, lease)
