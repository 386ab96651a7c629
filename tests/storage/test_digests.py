"""What is told together: what waits for which digest, what it covers, and what became of messages."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from sqlalchemy import text

from diffs.change import Status
from storage import Store
from storage.coverage import Sendings
from storage.writing import Writer
from tests.storage.making import NOON
from tests.storage.test_outbox import CHANGE, MINUTE, alert, claimed

DAY = timedelta(days=1)


def digest(w: Writer, name: str = "daily", channel: str = "desk", until: timedelta = timedelta(), *ids: int) -> int:
    return w.save_digest(
        name, channel, key=f"{name}{channel}{until}", message='{"a":1}', deliveries=ids, since=NOON - DAY,
        until=NOON + until, now=NOON + MINUTE,
    )  # fmt: skip


def test_channels_with_something_due_are_named_once(w: Writer) -> None:
    alert(w, "mail", "desk", "later", digests={"later": "daily"})
    alert(w, "desk", key="k2")
    assert w.due_channels(NOON - MINUTE) == ()
    assert w.due_channels(NOON) == ("desk", "mail")
    claimed(w, channel="mail")
    assert w.due_channels(NOON) == ("desk",)


def test_a_digest_is_kept_with_what_it_tells_and_a_delivery_of_its_own(w: Writer) -> None:
    alert(w, "desk", digests={"desk": "daily"})
    made = digest(w, "daily", "desk", timedelta(), 1)
    (view,) = w.digests()
    assert (view.id, view.name, view.channel, view.since, view.until) == (made, "daily", "desk", NOON - DAY, NOON)
    assert (view.message, view.created_at) == ('{"a":1}', NOON + MINUTE)
    assert w.alerts()[0].deliveries[0].digest == made
    assert claimed(w) == []
    assert claimed(w, after=MINUTE) == ["desk"]


def test_digests_are_asked_for_by_id_and_by_name(w: Writer) -> None:
    newest, older, other, elsewhere = (
        digest(w, until=2 * DAY), digest(w, until=DAY), digest(w, "weekly", until=9 * DAY), digest(w, channel="mail"),
    )  # fmt: skip
    assert [d.id for d in w.digests()] == [newest, older, other, elsewhere]
    assert [d.id for d in w.digests([other, older])] == [older, other]
    assert w.digests([]) == ()
    last = w.last_digest("daily", "desk")
    assert last is not None
    assert last.id == newest
    again = digest(w, until=2 * DAY)
    assert (found := w.last_digest("daily", "desk")) is not None
    assert found.id == again
    assert w.last_digest("monthly", "desk") is None


def test_what_waits_for_a_digest_is_its_own_and_in_none_yet(w: Writer) -> None:
    alert(w, "desk", "mail", digests={"desk": "daily", "mail": "daily"})
    alert(w, "desk", key="k2", digests={"desk": "weekly"})
    alert(w, "desk", key="k3", digests={"desk": "daily"})
    alert(w, "desk", key="k4")
    assert w.waiting("daily", "desk") == {1: 1, 4: 3}
    assert w.waiting("daily", "mail") == {2: 1}
    digest(w, "daily", "desk", timedelta(), 1)
    assert w.waiting("daily", "desk") == {4: 3}
    w.withdraw(3, "never was")
    assert w.waiting("daily", "desk") == {}


def test_what_waits_for_its_runs_end_is_told_when_it_has_ended(w: Writer) -> None:
    runs = [w.begin_run("monitor", NOON), w.begin_run("monitor", NOON)]
    for n, run in enumerate([*runs, runs[0]], 1):
        w.save_changes(run, [msgspec.structs.replace(CHANGE, key=f"k{n}")], None)
        alert(w, "desk", "mail", key=f"k{n}", digests={"desk": "run"})
    assert w.waiting_of_runs() == {}
    w.end_run(runs[0], "completed", "", NOON)
    assert w.waiting_of_runs() == {(runs[0], "desk"): {1: 1, 5: 3}}
    digest(w, "run", "desk", timedelta(), 1)
    assert w.waiting_of_runs() == {(runs[0], "desk"): {5: 3}}
    w.end_run(runs[1], "failed", "", NOON)
    assert w.waiting_of_runs() == {(runs[0], "desk"): {5: 3}, (runs[1], "desk"): {3: 2}}


def test_what_was_never_tried_is_due_and_an_alerts(w: Writer) -> None:
    alert(w, "desk", "mail")
    alert(w, "desk", key="k2")
    alert(w, "desk", key="k3", now=NOON + MINUTE)
    alert(w, "desk", key="k4", digests={"desk": "daily"})
    digest(w, "daily", "desk")
    assert w.untried("desk", NOON) == {1: 1, 3: 2}
    assert w.untried("desk", NOON + MINUTE) == {1: 1, 3: 2, 4: 3}
    claimed(w, limit=1)
    w.not_delivered(1, "a", "down", NOON)
    assert w.untried("desk", NOON) == {3: 2}


def test_changes_are_found_by_their_runs_end_or_their_decision(w: Writer) -> None:
    def change(key: str, kind: str, ended: timedelta | None, status: Status = Status.CONFIRMED) -> None:
        run = w.begin_run(kind, NOON - 9 * DAY)
        w.save_changes(run, [msgspec.structs.replace(CHANGE, key=key, status=status)], None)
        if ended is not None:
            w.end_run(run, "completed", "", NOON + ended)

    change("before", "monitor", timedelta())
    change("in", "monitor", MINUTE)
    change("last", "monitor", DAY)
    change("after", "monitor", DAY + MINUTE)
    change("going on", "monitor", None)
    change("past", "backfill", MINUTE)
    change("held", "monitor", -DAY, Status.HELD)
    change("on hold", "monitor", -DAY, Status.HELD)
    assert [c.key for c in w.changes_found(NOON, NOON + DAY)] == ["in", "last"]
    w.review("held", Status.CONFIRMED, who="", why="", now=NOON)
    assert [c.key for c in w.changes_found(NOON, NOON + DAY)] == ["in", "last"]
    assert [(c.key, c.status) for c in w.changes_found(NOON - MINUTE, NOON)] == [
        ("before", Status.CONFIRMED), ("held", Status.CONFIRMED),
    ]  # fmt: skip
    assert [c.key for c in w.held_changes()] == ["on hold"]


def test_the_first_run_is_the_one_that_began_first(sqlite_store: Store) -> None:
    with sqlite_store.writing() as writer:
        assert writer.first_run() is None
        for after in (MINUTE, timedelta(), DAY):
            writer.begin_run("monitor", NOON + after)
        assert writer.first_run() == NOON


def test_messages_that_wait_or_were_given_up_or_repeated_are_counted(w: Writer) -> None:
    assert w.sendings(NOON) == Sendings(0, 0, 0)
    alert(w, "new", "tried", "lost", "unknown", "in a digest")
    digest(w, "daily", "d", timedelta(), 5)
    for channel in ("tried", "lost", "unknown"):
        claimed(w, channel=channel)
    w.not_delivered(2, "a", "down", NOON + MINUTE)
    w.not_delivered(3, "a", "gone", None)
    assert claimed(w, "b", MINUTE, channel="unknown") == ["unknown"]
    assert w.sendings(NOON) == Sendings(waiting=2, given_up=1, repeated=1)
    assert w.sendings(NOON + MINUTE) == Sendings(waiting=1)
    w.delivered(4, "b", NOON)
    assert w.sendings(NOON) == Sendings(waiting=1, given_up=1, repeated=1)


def test_no_more_wait_for_one_message_than_it_may_tell(w: Writer) -> None:
    alert(w, "desk")
    run = w.begin_run("monitor", NOON)
    rows = [{"n": n, "run": run} for n in range(2, 10_003)]
    for statement in (
        "INSERT INTO changes (id, key, kind, severity, regime, subject, status, change, observed_at, run_id) SELECT :n,"
        " 'key' || :n, kind, severity, regime, subject, status, change, observed_at, :run FROM changes WHERE id = 1",
        "INSERT INTO alerts (id, change_key, audience, sentence, created_at)"
        " SELECT :n, 'key' || :n, audience, sentence, created_at FROM alerts WHERE id = 1",
        "INSERT INTO deliveries (id, alert_id, channel, state, idempotency_key, attempts, next_try, reminder, repeated,"
        " waits_for) SELECT :n, :n, channel, state, 'key' || :n, 0, next_try, 0, 0, 'run' FROM deliveries WHERE id = 1",
    ):
        w.session.connection().execute(text(statement), rows)
    w.end_run(run, "completed", "", NOON)
    first = {n: n for n in range(2, 10_002)}
    assert w.waiting("run", "desk") == first
    assert w.waiting_of_runs() == {(run, "desk"): first}
    w.session.connection().execute(text("UPDATE deliveries SET waits_for = NULL"))
    assert w.untried("desk", NOON) == {1: 1} | {n: n for n in range(2, 10_001)}
    # As many alerts as there are are told with their deliveries.
    shown = w.alerts()
    assert len(shown) == 10_002
    assert [[d.id for d in view.deliveries] for view in (shown[0], shown[9_999], shown[10_000], shown[-1])] == [
        [1], [10_000], [10_001], [10_002],
    ]  # fmt: skip
