"""The outbox: deliveries written with their change, sent afterwards, once each as far as a channel can tell."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from alerts.channels import Channel
from alerts.refusal import NotDelivered
from storage import Store

LEASE = timedelta(minutes=5)
# After so many tries (about a day with the backoff below) a delivery is given up.
MAX_ATTEMPTS = 10


class DeliverySummary(Struct):
    """What became of the deliveries of one sending."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    waiting: int = 0


def deliver(store: Store, channels: Iterable[Channel], now: datetime) -> DeliverySummary:
    """Send what is pending and due. One channel's failure touches no other.

    A delivery is leased, sent, then marked: killed between the last two, it is sent again with the same
    idempotency key, in the one window that a sender cannot close.
    """
    by_name = {channel.name: channel for channel in channels}
    worker = uuid.uuid4().hex
    summary = DeliverySummary()
    while True:
        with store.writing() as w:
            claimed = w.claim_deliveries(worker=worker, now=now, lease=LEASE)
        if not claimed:
            return summary
        with store.reading() as r:
            alerts = {alert.id: alert for alert in r.alerts(ids={delivery.alert for delivery in claimed})}
        for delivery in claimed:
            channel = by_name.get(delivery.channel)
            error: NotDelivered | None = None
            try:
                if channel is None:
                    raise NotDelivered(f"no channel {delivery.channel!r} is set; set PLENARYWATCH_CHANNELS")
                channel.send(alerts[delivery.alert], delivery.idempotency_key)
            except NotDelivered as refused:
                error = refused
            except Exception as fault:  # noqa: BLE001 (one message's fault stops no other; its words may hold an address)
                error = NotDelivered(f"{delivery.channel}: a fault of ours ({type(fault).__name__})")
            with store.writing() as w:
                if error is None:
                    w.delivered(delivery.id, worker, now)
                    summary.sent += 1
                elif error.permanent or delivery.attempts >= MAX_ATTEMPTS:
                    w.not_delivered(delivery.id, worker, str(error), None)
                    summary.given_up += 1
                else:
                    w.not_delivered(delivery.id, worker, str(error), now + _wait(delivery.attempts, error.retry_after))
                    summary.failed += 1


def _wait(attempts: int, asked: timedelta | None) -> timedelta:
    """Longer with each try, with some chance in it, and never shorter than the channel *asked* for."""
    seconds = min(6 * 3600.0, 30.0 * 2.0**attempts)
    wait = timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 (jitter, no secret)
    return max(wait, asked or wait)
