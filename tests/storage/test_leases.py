"""One worker at a time, and none that comes back from the dead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import Store
from storage.errors import LeaseLost
from storage.leases import Lease
from storage.writing import Writer
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


def test_each_holder_has_a_greater_token_and_the_holder_takes_its_own_anew(w: Writer) -> None:
    length = timedelta(minutes=1)
    first = w.lease("mtcr/press", "a", now=NOON, length=length)
    assert first == Lease("mtcr/press", "a", 1, NOON + length)
    assert w.lease("mtcr/press", "b", now=NOON + length - timedelta(seconds=1), length=length) is None
    assert w.lease("nsg/press", "b", now=NOON, length=length) == Lease("nsg/press", "b", 1, NOON + length)
    assert w.lease("mtcr/press", "a", now=NOON, length=2 * length) == Lease("mtcr/press", "a", 2, NOON + 2 * length)
    assert w.lease("mtcr/press", "b", now=NOON + 2 * length, length=length) == Lease(
        "mtcr/press", "b", 3, NOON + 3 * length
    )
    with pytest.raises(LeaseLost, match="mtcr/press: its lease went to b while"):
        w.fence(first)
    with pytest.raises(LeaseLost, match="went to nobody"):
        w.fence(Lease("none", "a", 1, NOON))


def test_a_lost_lease_is_neither_renewed_nor_given_back(w: Writer) -> None:
    length = timedelta(minutes=1)
    lost = w.lease("mtcr/press", "a", now=NOON, length=length)
    held = w.lease("mtcr/press", "b", now=NOON + length, length=length)
    assert lost is not None
    assert held is not None
    w.release(lost)
    w.fence(held)
    with pytest.raises(LeaseLost):
        w.renew(lost, now=NOON, length=length)
    renewed = w.renew(held, now=NOON + 2 * length, length=length)
    assert renewed == Lease("mtcr/press", "b", held.token, NOON + 3 * length)
    assert w.lease("mtcr/press", "a", now=NOON + 3 * length - timedelta(seconds=1), length=length) is None
    w.release(renewed)
    with pytest.raises(LeaseLost):
        w.fence(renewed)
    again = w.lease("mtcr/press", "a", now=NOON - timedelta(days=900), length=length)
    assert again is not None
    assert again.token == held.token + 2
