"""The outbox: what is sent when, by whom, under which key, and what comes of it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import msgspec
import pytest

from diffs.change import Change, ChangeKind, Severity, Status
from storage import tables as t
from storage.errors import NotFound
from storage.outbox import idempotency_key
from storage.values import OUTCOME_UNKNOWN, DeliveryView
from storage.writing import Writer
from tests.storage.making import NOON

MINUTE = timedelta(minutes=1)
CHANGE = Change(
    key="k1", kind=ChangeKind.MEMBER_JOINED, severity=Severity.CRITICAL, regime="mtcr", subject="IN", observed_at=NOON
)


def alert(w: Writer, *channels: str, key: str = "k1", status: Status = Status.CONFIRMED, **more: object) -> int | None:
    """The alert on a change, saved with it."""
    change = msgspec.structs.replace(CHANGE, key=key, status=status)
    if not w.known_keys([key]):
        w.save_changes(w.begin_run("test", NOON), [change], None)
    told = {"audience": "all", "sentence": "India joined.", "channels": channels or ("file",), "now": NOON} | more
    return w.save_alert(change, **told)  # type: ignore[arg-type]


def deliveries(w: Writer) -> list[DeliveryView]:
    return [delivery for view in w.alerts() for delivery in view.deliveries]


def claimed(w: Writer, worker: str = "a", after: timedelta = timedelta(), **more: object) -> list[str]:
    got = w.claim_deliveries(worker=worker, now=NOON + after, lease=MINUTE, **more)  # type: ignore[arg-type]
    return [delivery.channel for delivery in got]


def test_an_alert_has_a_pending_delivery_a_channel_under_a_key_of_its_own(w: Writer) -> None:
    assert alert(w, "desk", "file", digests={"desk": "daily"}) == 1
    first, second = deliveries(w)
    assert (first.channel, first.state, first.attempts, first.next_try) == ("desk", "pending", 0, NOON)
    assert (first.waits_for, second.waits_for) == ("daily", None)
    assert first.idempotency_key == idempotency_key("k1", Status.CONFIRMED, "desk")
    assert (first.sent_at, first.last_error, first.digest, first.reminder, first.repeated) == (None, None, None, 0, 0)
    keys = {idempotency_key(k, s, c) for k in ("k1", "k2") for s in Status for c in ("desk", "file")}
    assert len(keys) == 4 * len(Status)
    assert {len(key) for key in keys} == {32}


def test_what_was_told_is_told_no_second_time_and_a_new_channel_alone(w: Writer) -> None:
    assert alert(w, "file") == 1
    assert alert(w, "file", sentence="Other words.") is None
    assert w.alerts()[0].sentence == "India joined."
    assert alert(w, "file", "desk") == 1
    assert [d.channel for d in deliveries(w)] == ["file", "desk"]


def test_what_has_become_something_else_is_told_again_from_the_beginning(w: Writer) -> None:
    alert(w, "file", status=Status.HELD, digests={"file": "daily"})
    w.acknowledge(1, NOON)
    (row,) = deliveries(w)
    assert row.waits_for == "daily"
    assert alert(w, "file", status=Status.CONFIRMED, sentence="It did.", audience="desk", now=NOON + MINUTE) == 1
    (view,) = w.alerts()
    (row,) = view.deliveries
    assert (view.sentence, view.audience, view.acknowledged_at) == ("It did.", "desk", None)
    assert (row.state, row.attempts, row.next_try, row.waits_for) == ("pending", 0, NOON + MINUTE, None)
    assert row.idempotency_key == idempotency_key("k1", Status.CONFIRMED, "file")


def test_who_sends_what_an_alert_said_before_cannot_mark_what_it_says_now(w: Writer) -> None:
    alert(w, "file", status=Status.HELD)
    assert claimed(w) == ["file"]
    w.remind(1, NOON)
    alert(w, "file", status=Status.CONFIRMED)
    assert w.delivered(1, "a", NOON) is False
    (row,) = deliveries(w)
    assert (row.state, row.sending, row.reminder, row.repeated) == ("pending", False, 0, 0)
    assert claimed(w, "b") == ["file"]


def test_an_alert_is_acknowledged_once_and_none_that_is_not_there(w: Writer) -> None:
    alert(w)
    w.acknowledge(1, NOON)
    w.acknowledge(1, NOON + MINUTE)
    assert w.alerts()[0].acknowledged_at == NOON
    assert w.alerts(unacknowledged=True) == ()
    with pytest.raises(NotFound, match="alert 2: no such alert"):
        w.acknowledge(2, NOON)


def test_what_is_claimed_is_due_free_and_of_the_channel(w: Writer) -> None:
    alert(w, "desk", "file", "mail", digests={"mail": "daily"})
    assert claimed(w, after=-MINUTE) == []
    assert claimed(w, channel="file") == ["file"]
    assert claimed(w, "b") == ["desk"]
    assert claimed(w, "b", MINUTE - timedelta(seconds=1)) == []
    assert [(d.attempts, d.sending) for d in deliveries(w)] == [(1, True), (1, True), (0, False)]
    # Whose lease has ended may be sent by another; nobody knows what came of it.
    assert claimed(w, "c", MINUTE) == ["desk", "file"]
    assert [(d.attempts, d.repeated) for d in deliveries(w)] == [(2, 1), (2, 1), (0, 0)]
    assert all(d.outcome_unknown and d.may_have_been_told for d in deliveries(w)[:2])


def test_so_many_are_claimed_at_once_in_their_order(w: Writer) -> None:
    alert(w, "a", "b", "c")
    assert claimed(w, limit=2) == ["a", "b"]
    assert claimed(w, limit=2) == ["c"]


def test_what_is_sent_is_marked_by_its_holder_once(w: Writer) -> None:
    alert(w)
    claimed(w)
    assert w.delivered(1, "b", NOON) is False
    assert deliveries(w)[0].state == "pending"
    assert w.delivered(1, "a", NOON + MINUTE) is True
    (row,) = deliveries(w)
    assert (row.state, row.sent_at, row.last_error, row.sending) == ("sent", NOON + MINUTE, None, False)
    assert w.delivered(1, "a", NOON) is False
    assert claimed(w, after=timedelta(days=9)) == []


def test_what_failed_waits_or_is_given_up(w: Writer) -> None:
    alert(w, "file", "desk")
    claimed(w)
    w.not_delivered(1, "b", "down", None)
    assert deliveries(w)[0].last_error is None
    w.not_delivered(1, "a", "down", NOON + MINUTE)
    w.not_delivered(2, "a", "gone", None)
    first, second = deliveries(w)
    assert (first.state, first.last_error, first.next_try, first.sending) == ("pending", "down", NOON + MINUTE, False)
    assert (second.state, second.last_error, second.next_try, second.sending) == ("given_up", "gone", NOON, False)
    assert claimed(w) == []
    assert claimed(w, after=MINUTE) == ["file"]
    assert deliveries(w)[0].repeated == 0


@pytest.mark.parametrize(
    ("error", "kept"),
    [("refused", f"{OUTCOME_UNKNOWN}; since then refused"), (f"{OUTCOME_UNKNOWN}: again", f"{OUTCOME_UNKNOWN}: again")],
)
def test_a_later_refusal_does_not_tell_what_came_of_the_first_try(w: Writer, error: str, kept: str) -> None:
    alert(w)
    claimed(w)
    w.not_delivered(1, "a", f"{OUTCOME_UNKNOWN}: timed out", NOON)
    claimed(w)
    assert deliveries(w)[0].repeated == 1
    w.not_delivered(1, "a", error, NOON)
    assert deliveries(w)[0].last_error == kept


def test_a_lease_is_kept_by_who_has_it(w: Writer) -> None:
    alert(w, "a", "b", "c")
    claimed(w, limit=2)
    w.delivered(2, "a", NOON)
    assert w.keep_holding([1, 2, 3], "b", NOON + 2 * MINUTE) == frozenset()
    assert w.keep_holding([1, 2, 3], "a", NOON + 2 * MINUTE) == {1}
    assert claimed(w, "b", MINUTE) == ["c"]
    assert claimed(w, "b", 2 * MINUTE) == ["a", "c"]


def test_what_is_given_back_was_never_claimed(w: Writer) -> None:
    alert(w, "a", "b", "c")
    claimed(w, limit=2)
    w.give_back([1], "other", NOON)
    assert deliveries(w)[0].sending
    w.give_back([1], "a")
    w.give_back([2, 3], "a", NOON + MINUTE)
    assert [(d.attempts, d.sending, d.next_try) for d in deliveries(w)] == [
        (0, False, NOON), (0, False, NOON + MINUTE), (0, False, NOON),
    ]  # fmt: skip
    assert claimed(w) == ["a", "c"]


def test_a_channel_is_put_off_as_a_whole_but_for_what_is_being_sent(w: Writer) -> None:
    alert(w, "file", "desk")
    alert(w, "file", key="k2")
    alert(w, "file", key="k3", now=NOON + 3 * MINUTE)
    claimed(w, limit=1)
    w.put_off("file", NOON + 2 * MINUTE)
    assert [(d.channel, d.next_try - NOON) for d in deliveries(w)] == [
        ("file", timedelta()), ("desk", timedelta()), ("file", 2 * MINUTE), ("file", 3 * MINUTE),
    ]  # fmt: skip


def test_what_nobody_can_have_seen_is_withdrawn(w: Writer) -> None:
    alert(w, "new", "tried", "in a digest", "reminded", "sent")
    alert(w, "other", key="k2")
    claimed(w, channel="tried")
    w.not_delivered(2, "a", "down", NOON)
    w.save_digest("daily", "d", key="d1", message="{}", deliveries=[3], since=None, until=NOON, now=NOON)
    w.remind(4, NOON)
    claimed(w, channel="sent")
    w.delivered(5, "a", NOON)
    w.withdraw(1, "it never was")
    assert [(d.channel, d.state, d.last_error) for d in deliveries(w)] == [
        ("new", "given_up", "it never was"), ("tried", "pending", "down"), ("in a digest", "pending", None),
        ("reminded", "pending", None), ("sent", "sent", None), ("other", "pending", None),
    ]  # fmt: skip


def test_deliveries_are_replayed_by_channel_and_those_sent_on_request(w: Writer) -> None:
    alert(w, "sent", "lost", "waiting", digests={"waiting": "daily"})
    claimed(w)
    w.delivered(1, "a", NOON)
    w.not_delivered(2, "a", "gone", None)
    later = NOON + MINUTE
    assert w.replay(1, "sent", later) == ()
    assert w.replay(1, "lost", later) == ("lost",)
    assert w.replay(1, None, later) == ("lost", "waiting")
    assert [(d.state, d.attempts, d.next_try, d.waits_for) for d in deliveries(w)] == [
        ("sent", 1, NOON, None), ("pending", 0, later, None), ("pending", 0, later, None),
    ]  # fmt: skip
    assert w.replay(1, None, later, sent=True) == ("sent", "lost", "waiting")
    assert deliveries(w)[0].sent_at is None
    with pytest.raises(NotFound, match="alert 1: has no delivery to 'none'"):
        w.replay(1, "none", later)
    with pytest.raises(NotFound, match="alert 7: no such alert"):
        w.replay(7, None, later)


def test_a_reminder_is_the_next_message_of_the_same_alert(w: Writer) -> None:
    alert(w, "file", digests={"file": "daily"})
    first = deliveries(w)[0].message_key
    w.remind(1, NOON + MINUTE)
    w.remind(1, NOON + MINUTE)
    (row,) = deliveries(w)
    assert (row.reminder, row.waits_for, row.next_try, row.state) == (2, None, NOON + MINUTE, "pending")
    assert row.message_key == f"{first}-2"
    assert row.may_have_been_told


def test_what_comes_of_a_digest_comes_of_all_that_stands_in_it(w: Writer) -> None:
    for key in ("k1", "k2", "k3"):
        alert(w, "desk", key=key, digests={"desk": "daily"})
    w.save_digest("daily", "desk", key="d1", message="{}", deliveries=[1, 2], since=None, until=NOON, now=NOON)
    (digest,) = w.claim_deliveries(worker="a", now=NOON, lease=MINUTE)
    assert (digest.alert, digest.digest, digest.idempotency_key) == (None, 1, "d1")
    w.not_delivered(digest.id, "a", "down", NOON)
    assert [d.last_error for d in deliveries(w)] == ["down", "down", None]
    claimed(w)
    assert w.delivered(digest.id, "a", NOON + MINUTE)
    assert [(d.state, d.sent_at) for d in deliveries(w)] == [("sent", NOON + MINUTE)] * 2 + [("pending", None)]


def test_a_hundred_are_claimed_where_nobody_says_how_many(w: Writer) -> None:
    alert(w, *(f"channel {n}" for n in range(101)))
    assert len(claimed(w)) == 100
    assert claimed(w) == ["channel 100"]


def test_the_name_of_a_telling_is_the_same_on_every_machine() -> None:
    told = hashlib.sha256(b"k1\nheld\ndesk").hexdigest()[:32]
    assert idempotency_key("k1", Status.HELD, "desk") == told


def test_what_is_claimed_is_told_as_it_stands_then(w: Writer) -> None:
    alert(w, "desk")
    (first,) = w.claim_deliveries(worker="a", now=NOON, lease=MINUTE)
    assert (first.id, first.alert, first.channel, first.state, first.attempts, first.sending, first.last_error) == (
        1, 1, "desk", "pending", 1, True, None,
    )  # fmt: skip
    (again,) = w.claim_deliveries(worker="a", now=NOON + MINUTE, lease=MINUTE)
    assert (again.attempts, again.repeated, again.last_error) == (
        2, 1, f"{OUTCOME_UNKNOWN}: its sender stopped while it held it",
    )  # fmt: skip
    row = w.session.get_one(t.DeliveryRow, 1)
    assert (row.leased_by, row.leased_until) == ("a", NOON + 2 * MINUTE)


def test_a_new_channel_and_what_has_become_of_a_change_are_told_in_the_digest_asked_for(w: Writer) -> None:
    alert(w, "desk", status=Status.HELD)
    claimed(w)
    w.not_delivered(1, "a", f"{OUTCOME_UNKNOWN}: down", NOON)
    claimed(w)
    assert deliveries(w)[0].repeated == 1
    alert(w, "desk", "mail", status=Status.CONFIRMED, digests={"desk": "weekly"})
    desk, mail = deliveries(w)
    assert (desk.waits_for, desk.last_error, desk.repeated, desk.sending, desk.attempts) == (
        "weekly",
        None,
        0,
        False,
        0,
    )
    assert (mail.waits_for, mail.state) == (None, "pending")
    # A rejection takes back what was told, once.
    assert alert(w, "desk", "mail", status=Status.REJECTED) == 1
    assert alert(w, "desk", "mail", status=Status.REJECTED) is None


def test_a_digest_that_is_given_up_gives_up_what_stands_in_it(w: Writer) -> None:
    for key in ("k1", "k2"):
        alert(w, "desk", key=key, digests={"desk": "daily"})
    w.save_digest("daily", "desk", key="d1", message="{}", deliveries=[1], since=None, until=NOON, now=NOON)
    (digest,) = w.claim_deliveries(worker="a", now=NOON, lease=MINUTE)
    w.not_delivered(digest.id, "b", "down", None)
    assert [d.state for d in deliveries(w)] == ["pending", "pending"]
    w.not_delivered(digest.id, "a", "gone", None)
    assert [(d.state, d.last_error) for d in deliveries(w)] == [("given_up", "gone"), ("pending", None)]
    # Replayed, an alert stands on its own again.
    assert w.replay(1, None, NOON + MINUTE) == ("desk",)
    assert deliveries(w)[0].digest is None
    assert claimed(w, after=MINUTE) == ["desk"]
