"""Deliveries: sent once, tried again where a channel refuses, never a harm to one another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.channels import FileChannel, NotDelivered
from alerts.message import Message
from alerts.outbox import LEASE, MAX_ATTEMPTS, deliver
from storage import Store
from storage.values import DeliveryView
from tests.builders.comparing import NOON
from tests.builders.stores import a_change, a_store, told

ROOT = Path(__file__).resolve().parents[2]
HOUR = timedelta(hours=1)


class Refusing:
    """A channel that takes nothing, and counts."""

    def __init__(self, name: str = "refusing", *, permanent: bool = False) -> None:
        self.name, self.permanent, self.tries = name, permanent, 0
        self.flood: int | None = None

    def send(self, message: Message) -> None:
        self.tries += 1
        raise NotDelivered("the server said no", permanent=self.permanent)


def _deliveries(store: Store) -> list[DeliveryView]:
    with store.reading() as r:
        return [d for alert in r.alerts() for d in alert.deliveries]


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _with_alert(folder: Path, *channels: str) -> Store:
    store = a_store(folder)
    with store.writing() as w:
        told(w, a_change(), *channels)
    return store


def test_a_pending_delivery_is_sent_and_marked(tmp_path: Path) -> None:
    store = _with_alert(tmp_path, "file")
    summary = deliver(store, [FileChannel(tmp_path / "out.jsonl")], NOON)
    (delivery,) = _deliveries(store)
    assert (summary.sent, delivery.state, delivery.attempts) == (1, "sent", 1)
    assert delivery.sent_at is not None
    assert NOON <= delivery.sent_at < NOON + HOUR
    assert len(_lines(tmp_path / "out.jsonl")) == 1


def test_what_was_sent_is_not_sent_again(tmp_path: Path) -> None:
    store = _with_alert(tmp_path, "file")
    channel = FileChannel(tmp_path / "out.jsonl")
    deliver(store, [channel], NOON)
    assert deliver(store, [channel], NOON + timedelta(days=30)).sent == 0
    assert len(_lines(tmp_path / "out.jsonl")) == 1


def test_a_channel_that_refuses_is_tried_again_later_and_not_at_once(tmp_path: Path) -> None:
    store, refusing = _with_alert(tmp_path, "refusing"), Refusing()
    assert deliver(store, [refusing], NOON).failed == 1
    deliver(store, [refusing], NOON)
    assert refusing.tries == 1
    deliver(store, [refusing], NOON + HOUR)
    assert refusing.tries == 2
    (delivery,) = _deliveries(store)
    assert (delivery.state, delivery.last_error) == ("pending", "the server said no")


def test_a_channel_that_refuses_touches_no_other(tmp_path: Path) -> None:
    store = _with_alert(tmp_path, "refusing", "file")
    summary = deliver(store, [Refusing(), FileChannel(tmp_path / "out.jsonl")], NOON)
    assert (summary.sent, summary.failed) == (1, 1)
    assert {d.channel: d.state for d in _deliveries(store)} == {"refusing": "pending", "file": "sent"}


def test_a_channel_that_takes_again_gets_what_waited(tmp_path: Path) -> None:
    store = _with_alert(tmp_path, "file")
    (tmp_path / "taken").write_text("a file where the folder should be")
    assert deliver(store, [FileChannel(tmp_path / "taken" / "out.jsonl")], NOON).failed == 1
    assert deliver(store, [FileChannel(tmp_path / "out.jsonl")], NOON + HOUR).sent == 1


def test_the_waits_between_tries_grow(tmp_path: Path) -> None:
    store, refusing, now = _with_alert(tmp_path, "refusing"), Refusing(), NOON
    waits = []
    for _ in range(6):
        deliver(store, [refusing], now)
        (delivery,) = _deliveries(store)
        waits.append(delivery.next_try - now)
        now = delivery.next_try
    assert waits == sorted(waits)
    assert waits[-1] > 8 * waits[0]


def test_a_delivery_is_given_up_after_so_many_tries(tmp_path: Path) -> None:
    store, refusing = _with_alert(tmp_path, "refusing"), Refusing()
    for day in range(MAX_ATTEMPTS + 3):
        deliver(store, [refusing], NOON + timedelta(days=day))
    assert refusing.tries == MAX_ATTEMPTS
    assert [d.state for d in _deliveries(store)] == ["given_up"]


def test_a_message_that_a_channel_will_never_take_is_given_up_at_once(tmp_path: Path) -> None:
    store = _with_alert(tmp_path, "refusing")
    assert deliver(store, [Refusing(permanent=True)], NOON).given_up == 1
    assert [d.state for d in _deliveries(store)] == ["given_up"]


def test_a_channel_that_is_no_longer_set_is_named_and_its_delivery_waits(tmp_path: Path) -> None:
    store = _with_alert(tmp_path, "pager", "file")
    summary = deliver(store, [FileChannel(tmp_path / "out.jsonl")], NOON)
    pager = next(d for d in _deliveries(store) if d.channel == "pager")
    assert (summary.sent, summary.failed, pager.state) == (1, 1, "pending")
    assert "pager" in (pager.last_error or "")
    assert "PLENARYWATCH_CHANNELS" in (pager.last_error or "")


def test_more_deliveries_than_one_claim_holds_are_all_sent(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        for i in range(130):
            told(w, a_change(subject=f"state {i}"), "file")
    assert deliver(store, [FileChannel(tmp_path / "out.jsonl")], NOON).sent == 130
    assert len({line["idempotency_key"] for line in _lines(tmp_path / "out.jsonl")}) == 130


def test_killed_between_sending_and_marking_it_is_sent_again_under_the_same_key(tmp_path: Path) -> None:
    store = _with_alert(tmp_path, "file")
    script = textwrap.dedent("""
        import os, signal, sys
        from pathlib import Path
        from alerts.channels import FileChannel
        from alerts.outbox import deliver
        from tests.builders.comparing import NOON
        from tests.builders.stores import a_store

        class Dying(FileChannel):
            def send(self, message):
                super().send(message)
                os.kill(os.getpid(), signal.SIGKILL)

        folder = Path(sys.argv[1])
        deliver(a_store(folder), [Dying(folder / "out.jsonl")], NOON)
    """)
    died = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=False, timeout=60)
    assert died.returncode == -signal.SIGKILL
    channel = FileChannel(tmp_path / "out.jsonl")
    assert deliver(store, [channel], NOON + LEASE / 2).sent == 0
    assert deliver(store, [channel], NOON + 2 * LEASE).sent == 1
    first, second = _lines(tmp_path / "out.jsonl")
    assert first["idempotency_key"] == second["idempotency_key"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_a_refusal_and_no_crash(tmp_path: Path) -> None:
    store = _with_alert(tmp_path, "file")
    os.symlink("/dev/full", tmp_path / "out.jsonl")
    assert deliver(store, [FileChannel(tmp_path / "out.jsonl")], NOON).failed == 1
