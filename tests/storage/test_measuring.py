"""What is counted for dashboards: each thing once, under its own labels."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from diffs.change import ChangeKind, Status
from storage import Store
from storage.measuring import Measures, measure
from storage.values import Attempt, State
from tests.storage.making import NOON
from tests.storage.test_outbox import CHANGE


def test_an_empty_store_counts_nothing(sqlite_store: Store) -> None:
    with sqlite_store.reading() as r:
        assert measure(r) == Measures({}, {}, {}, {}, {}, {})


def test_everything_is_counted_under_its_labels(sqlite_store: Store) -> None:
    with sqlite_store.writing() as w:
        run, other = w.begin_run("monitor", NOON), w.begin_run("backfill", NOON)
        w.end_run(run, "completed", "", NOON)
        for regime, name, state in (
            ("mtcr", "well", State(last_verified=NOON)),
            ("mtcr", "failing", State(last_verified=NOON, failures=1)),
            ("mtcr", "worse", State(failures=3)),
            ("mtcr", "new", None),
            ("nsg", "never", State()),
        ):
            source = w.found_source(regime, name, "statement", f"https://e.org/{name}", baseline=False, now=NOON)
            if state is not None:
                w.set_state(source.id, state)
            for n in range(2 if name == "well" else 1):
                verdict = "failed" if name == "worse" else "good"
                w.fetch(run, source.id, Attempt(source.url, source.url, 200, verdict, NOON, elapsed=0.5 + n))
        changes = [
            msgspec.structs.replace(CHANGE, key="a"),
            msgspec.structs.replace(CHANGE, key="b"),
            msgspec.structs.replace(CHANGE, key="c", status=Status.HELD),
            msgspec.structs.replace(CHANGE, key="d", kind=ChangeKind.MEMBER_LEFT),
            msgspec.structs.replace(CHANGE, key="e", regime="nsg"),
        ]
        w.save_changes(other, changes, None)
        for change in changes[:2]:
            w.save_alert(change, audience="all", sentence="", channels=["file", "desk"], now=NOON)
        w.claim_deliveries(worker="a", now=NOON, lease=timedelta(minutes=1))
        w.delivered(1, "a", NOON)
        w.not_delivered(2, "a", "gone", None)
        assert measure(w) == Measures(
            sources={("mtcr", "well"): 1, ("mtcr", "failing"): 2, ("mtcr", "never"): 1, ("nsg", "never"): 1},
            fetches={("mtcr", "good"): 4, ("mtcr", "failed"): 1, ("nsg", "good"): 1},
            took={"mtcr": 3.5, "nsg": 0.5},
            changes={
                ("mtcr", "member_joined", "confirmed"): 2, ("mtcr", "member_joined", "held"): 1,
                ("mtcr", "member_left", "confirmed"): 1, ("nsg", "member_joined", "confirmed"): 1,
            },
            deliveries={
                ("file", "sent"): 1, ("desk", "given_up"): 1, ("file", "pending"): 1, ("desk", "pending"): 1,
            },
            runs={("monitor", "completed"): 1, ("backfill", "running"): 1},
        )  # fmt: skip
