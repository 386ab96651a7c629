"""What the store answers with: values that nobody alters, and what an empty one says."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

import storage
from storage import reparsing, searching, verifying
from storage.values import BLIND_AFTER, OUTCOME_UNKNOWN, Attempt, DeliveryView, Sight, State, Told
from tests.storage.making import NOON


def _values() -> Iterator[type[msgspec.Struct]]:
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if "migrations" in module.name:
            continue
        for name, kind in vars(importlib.import_module(module.name)).items():
            # What begins with an underscore is a shape to decode into, and never leaves its module.
            own = isinstance(kind, type) and kind.__module__ == module.name and not name.startswith("_")
            if own and issubclass(kind, msgspec.Struct):
                yield kind


def test_no_answer_of_the_room_can_be_altered_by_who_has_it() -> None:
    found = list(_values())
    assert {verifying.Damage, searching.Hit, reparsing.Reparsed, State} <= set(found)
    assert [kind.__qualname__ for kind in found if not kind.__struct_config__.frozen] == []


def test_a_source_that_was_never_checked_stands_as_nothing() -> None:
    assert msgspec.structs.asdict(State()) == {
        "last_checked": None, "last_verified": None, "last_changed": None, "etag": None, "last_modified": None,
        "sha256": None, "parser": None, "checks": 0, "failures": 0, "failing_since": None, "told_unreachable": False,
        "outage": 0,
    }  # fmt: skip


def test_a_fetch_of_which_no_more_is_known_brought_nothing() -> None:
    attempt = Attempt("https://e.org", "https://e.org", None, "failed", NOON)
    assert (attempt.error, attempt.hops, attempt.headers, attempt.sha256, attempt.size, attempt.elapsed) == (
        None, (), {}, None, 0, 0.0,
    )  # fmt: skip


def test_a_regime_that_told_nothing_stated_no_number() -> None:
    told = Told(frozenset(), frozenset(), frozenset(), frozenset())
    assert (told.count, told.counted, told.stated, told.said) == (None, 0, (), {})


def test_the_words_for_how_well_a_source_is_seen_are_those_that_people_read() -> None:
    assert [sight.value for sight in Sight] == ["ok", "degraded", "blind", "not yet checked"]
    assert BLIND_AFTER == 2
    assert [State(last_verified=NOON, failures=n).sight for n in (0, 1, 2, 3)] == [
        Sight.OK, Sight.DEGRADED, Sight.BLIND, Sight.BLIND,
    ]  # fmt: skip


DELIVERY = DeliveryView(1, 1, "desk", "pending", "key", 0, NOON, None, None)


def test_a_delivery_that_nobody_tried_has_told_nobody() -> None:
    assert (DELIVERY.waits_for, DELIVERY.digest, DELIVERY.reminder, DELIVERY.repeated, DELIVERY.sending) == (
        None, None, 0, 0, False,
    )  # fmt: skip
    assert not DELIVERY.may_have_been_told
    assert not DELIVERY.outcome_unknown
    assert DELIVERY.message_key == "key"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"sent_at": NOON}, True),
        ({"reminder": 1}, True),
        ({"digest": 0}, True),
        ({"sending": True}, True),
        ({"last_error": f"{OUTCOME_UNKNOWN}: timed out"}, True),
        ({"last_error": f"timed out, {OUTCOME_UNKNOWN}"}, False),
        ({"last_error": "refused"}, False),
        ({"attempts": 3, "repeated": 2}, False),
        ({"next_try": NOON + timedelta(days=1), "waits_for": "daily"}, False),
        ({"state": "given_up"}, False),
    ],
)
def test_who_may_have_read_an_alert_is_never_taken_for_one_who_has_not(fields: dict[str, object], told: bool) -> None:
    assert msgspec.structs.replace(DELIVERY, **fields).may_have_been_told is told


def test_each_reminder_is_a_message_of_its_own() -> None:
    keys = [msgspec.structs.replace(DELIVERY, reminder=n).message_key for n in (0, 1, 2)]
    assert keys == ["key", "key-1", "key-2"]
    assert OUTCOME_UNKNOWN == "outcome unknown"
