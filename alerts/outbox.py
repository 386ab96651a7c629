"""The outbox: deliveries written with their change, sent afterwards, once each as far as a channel can tell."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from msgspec import Struct, field

from alerts.audience import urgency
from alerts.channels import Channel
from alerts.folding import fold_flood
from alerts.hours import PERIODS, quiet_until
from alerts.load import packaged_rules
from alerts.message import Message, message_from_json, message_of
from alerts.refusal import NotDelivered
from alerts.rules import Routing
from storage import Store
from storage.support import UNSUPPORTED, Support
from storage.values import AlertView, DeliveryView, DigestView

LEASE = timedelta(minutes=5)
# After so many tries (about a day with the backoff below) a delivery is given up.
MAX_ATTEMPTS = 10
# A channel that refuses so many messages in a row is left alone, with all that waits for it, until a later sending.
DOWN_AFTER = 3
# Channels that are served at once: a slow one holds up no other.
_AT_ONCE = 8


class DeliverySummary(Struct):
    """What became of the deliveries of one sending. `sent` counts messages on alerts, `digests` the daily and weekly
    ones that were sent. `repeated` counts the tries of messages whose earlier try may
    have arrived: its sender was stopped before it could say so, or the channel did not answer in time. `refusals`
    are a line for the operator on each delivery that was given up, with the mend."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    repeated: int = 0
    digests: int = 0
    refusals: list[str] = field(default_factory=list)

    def add(self, other: DeliverySummary) -> None:
        """Count *other* in."""
        self.sent += other.sent
        self.failed += other.failed
        self.given_up += other.given_up
        self.repeated += other.repeated
        self.digests += other.digests
        self.refusals += other.refusals


def deliver(
    store: Store,
    channels: Iterable[Channel],
    now: datetime,
    *,
    lease: timedelta = LEASE,
    routing: Routing | None = None,
) -> DeliverySummary:
    """Send what is pending and due at *now*. One channel's failure, or its slowness, touches no other. *routing* says
    how channels want to be told (default: the packaged rules).

    A delivery is leased, sent, then marked: killed between the last two, it is sent again with the same
    idempotency key once *lease* has passed, in the one window that a sender cannot close. Who holds a lease renews
    it while it sends.
    """
    by_name = {channel.name: channel for channel in channels}
    followed = routing or Routing(packaged_rules(), tuple(by_name))
    started = time.monotonic()

    def clock() -> datetime:
        # A sending may take longer than a lease: its own time must go on, or others would take its messages.
        return now + timedelta(seconds=time.monotonic() - started)

    def sent(name: str) -> DeliverySummary:
        return _Sending(store, name, by_name.get(name), followed, clock, lease).run()

    with store.reading() as r:
        due = r.due_channels(now)
    summary = DeliverySummary()
    if len(due) == 1:
        summary.add(sent(due[0]))
    elif due:
        with ThreadPoolExecutor(max_workers=min(_AT_ONCE, len(due))) as pool:
            for part in pool.map(sent, due):
                summary.add(part)
    return summary


class _Sending:
    """The sending of all that is due to one channel."""

    def __init__(
        self,
        store: Store,
        name: str,
        channel: Channel | None,
        routing: Routing,
        clock: Callable[[], datetime],
        lease: timedelta,
    ) -> None:
        self.store, self.name, self.channel, self.routing = store, name, channel, routing
        self.clock, self.lease = clock, lease
        self.habits = routing.habits(name)
        self.worker = uuid.uuid4().hex
        self.summary = DeliverySummary()
        self.refused = 0

    def run(self) -> DeliverySummary:
        most = self.habits.flood or (self.channel.flood if self.channel else None)
        if most is not None:
            with self.store.writing() as w:
                fold_flood(w, self.routing, self.name, most, self.clock())
        while self._batch():
            pass
        return self.summary

    def _batch(self) -> bool:
        """Send some; False when nothing is left to send now."""
        held_since = self.clock()
        with self.store.writing() as w:
            claimed = w.claim_deliveries(worker=self.worker, now=held_since, lease=self.lease, channel=self.name)
        if not claimed:
            return False
        alerts, digests, support = self._about(claimed)
        lost: set[int] = set()
        for at, delivery in enumerate(claimed):
            if self.clock() - held_since > self.lease / 3:
                held_since = self.clock()
                lost |= self._gone([later.id for later in claimed[at:]], held_since)
            if delivery.id in lost:
                continue
            alert = alerts.get(delivery.alert or 0)
            until = quiet_until(self.habits, urgency(alert.change) if alert else None, self.clock())
            if until is not None:
                with self.store.writing() as w:
                    w.give_back([delivery.id], self.worker, until)
                continue

            def made(delivery: DeliveryView = delivery, alert: AlertView | None = alert) -> Message:
                if alert is None:
                    return message_from_json(digests[delivery.digest or 0].message)
                return message_of(alert, delivery, support.get(alert.change.key, UNSUPPORTED))

            error = self._send(made, delivery)
            until = self._mark(delivery, error)
            digest = digests.get(delivery.digest or 0)
            if error is None and digest is not None and digest.name in PERIODS:
                self.summary.digests += 1
            elif error is None:
                self.summary.sent += 1
            if until is not None:
                with self.store.writing() as w:
                    w.give_back([later.id for later in claimed[at + 1 :]], self.worker)
                    w.put_off(self.name, until)
                return False
        return True

    def _about(
        self, claimed: Sequence[DeliveryView]
    ) -> tuple[dict[int, AlertView], dict[int, DigestView], dict[str, Support]]:
        """What these deliveries tell: alerts and digests by their ids, what changes stand on by their keys."""
        with self.store.reading() as r:
            alerts = r.alerts(ids={delivery.alert for delivery in claimed if delivery.alert is not None})
            digests = r.digests({delivery.digest for delivery in claimed if delivery.digest is not None})
            support = r.support([alert.change for alert in alerts])
        return {alert.id: alert for alert in alerts}, {digest.id: digest for digest in digests}, support

    def _gone(self, ids: list[int], now: datetime) -> set[int]:
        with self.store.writing() as w:
            return set(ids) - w.keep_holding(ids, self.worker, now + self.lease)

    def _send(self, made: Callable[[], Message], delivery: DeliveryView) -> NotDelivered | None:
        if delivery.outcome_unknown:
            self.summary.repeated += 1
        if self.channel is None:
            return NotDelivered(
                f"channel {self.name!r} has no address; set PLENARYWATCH_CHANNELS, or see 'plenarywatch alerts check'"
            )
        try:
            self.channel.send(made())
        except NotDelivered as refused:
            return refused
        except Exception as fault:  # noqa: BLE001 (one message's fault stops no other; its words may hold an address)
            return _OurFault(f"{self.name}: a fault of ours ({type(fault).__name__})")
        return None

    def _mark(self, delivery: DeliveryView, error: NotDelivered | None) -> datetime | None:
        """Keep what came of a delivery; the moment until which the whole channel is to be left alone, if it is."""
        now = self.clock()
        with self.store.writing() as w:
            if error is None:
                w.delivered(delivery.id, self.worker, now)
                self.refused = 0
                return None
            if error.permanent or delivery.attempts >= MAX_ATTEMPTS:
                w.not_delivered(delivery.id, self.worker, str(error), None)
                self.summary.given_up += 1
                self.summary.refusals.append(_given_up(delivery, error))
                return None
            until = now + _wait(delivery.attempts, error.retry_after)
            w.not_delivered(delivery.id, self.worker, str(error), until)
            self.summary.failed += 1
        if isinstance(error, _OurFault):
            return None
        self.refused += 1
        # Who says how long to wait, means all messages; anyone else is asked a few times more.
        return until if error.retry_after is not None or self.refused >= DOWN_AFTER else None


class _OurFault(NotDelivered):
    """A message that could not be made: nothing is wrong with its channel."""


def _given_up(delivery: DeliveryView, error: NotDelivered) -> str:
    if delivery.alert is None:
        return f"digest {delivery.digest} is given up: {error}; mend the channel, the next digest comes by itself"
    again = f"'plenarywatch alerts retry {delivery.alert}'"
    return f"alert {delivery.alert} is given up: {error}; mend the channel, then {again}"


def _wait(attempts: int, asked: timedelta | None) -> timedelta:
    """Longer with each try, with some chance in it, and never shorter than the channel *asked* for."""
    seconds = min(6 * 3600.0, 30.0 * 2.0**attempts)
    wait = timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 (jitter, no secret)
    return max(wait, asked or wait)
