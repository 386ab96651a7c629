"""Many pending deliveries, three senders, one of them killed again and again: all arrive, counted by the receiver.

Ten thousand take minutes of a core, so they are slow; three hundred are the same test in the quick suite.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.webhook import WebhookChannel
from storage import Store
from tests.builders.receivers import SECRET, HttpReceiver, http_receiver
from tests.builders.stores import a_change, a_store

ROOT = Path(__file__).resolve().parents[2]
SENDERS = 3
LEASE = 1.0


def _fill(store: Store, channel: str, count: int) -> set[str]:
    """So many pending deliveries; their idempotency keys."""
    now = datetime.now(UTC)
    with store.writing() as w:
        run = w.begin_run("monitor", now)
        for number in range(count):
            change = a_change(subject=f"state {number}")
            w.save_changes(run, [change], None)
            w.save_alert(change, audience="analyst", sentence="joined", channels=[channel], now=now)
    with store.reading() as r:
        return {d.idempotency_key for alert in r.alerts() for d in alert.deliveries}


def _sender(folder: Path, receiver: HttpReceiver) -> subprocess.Popen[bytes]:
    database = f"sqlite:///{folder / 'store.db'}"
    command = [sys.executable, "-m", "tests.alerts.draining", database, receiver.address, str(LEASE)]
    return subprocess.Popen(command, cwd=ROOT)


def _drain(folder: Path, receiver: HttpReceiver, *, every: float) -> int:
    """Run three senders until nothing is pending, killing one *every* so many seconds; how many were killed."""
    chance = random.Random(7)
    senders = [_sender(folder, receiver) for _ in range(SENDERS)]
    killed, next_kill, give_up = 0, time.monotonic() + every, time.monotonic() + 1500
    try:
        while any(sender.poll() is None for sender in senders):
            assert time.monotonic() < give_up, "the senders do not come to an end"
            time.sleep(0.02)
            # Only who has had the time to hold something is worth killing.
            if time.monotonic() < next_kill or not receiver.taken:
                continue
            place = chance.randrange(SENDERS)
            if senders[place].poll() is None:
                senders[place].kill()
                senders[place].wait()
                killed += 1
                senders[place] = _sender(folder, receiver)
            next_kill = time.monotonic() + every
    finally:
        for sender in senders:
            if sender.poll() is None:
                sender.kill()
            sender.wait()
    return killed


@pytest.mark.fault("I7", "I8")
@pytest.mark.parametrize(
    ("count", "every", "pause", "least"),
    [
        pytest.param(300, 1.5, 0.01, 1, id="three hundred"),
        pytest.param(10_000, 1.0, 0.0, 10, id="ten thousand", marks=pytest.mark.slow),
    ],
)
def test_senders_that_are_killed_lose_nothing_and_repeat_only_what_was_in_their_hands(
    tmp_path: Path, count: int, every: float, pause: float, least: int
) -> None:
    with http_receiver() as receiver, a_store(tmp_path) as store:
        receiver.pause = pause
        keys = _fill(store, WebhookChannel(receiver.address, SECRET).name, count)
        killed = _drain(tmp_path, receiver, every=every)
        with store.reading() as r:
            states = {d.state for alert in r.alerts() for d in alert.deliveries}
    assert killed >= least
    assert len(keys) == count
    assert set(receiver.taken) == keys
    assert states == {"sent"}
    repeats = sum(times - 1 for times in receiver.taken.values())
    print(f"{count} deliveries, {killed} senders killed, {repeats} repeats, {receiver.cut} cut")
    # One sender holds one message between its sending and its marking.
    assert repeats <= killed
    assert [bodies for bodies in receiver.bodies.values() if len(bodies) > 1] == []
