"""The outbox: an alert with a pending delivery a channel, leased to whoever sends it, marked when it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from diffs.change import Change, Status
from storage import tables as t
from storage.errors import NotFound
from storage.telling import delivery_view
from storage.values import OUTCOME_UNKNOWN, DeliveryView


class OutboxWriter:
    """The writing verbs on alerts and deliveries."""

    session: Session

    def save_alert(
        self, change: Change, *, audience: str, sentence: str, channels: Iterable[str], now: datetime
    ) -> int | None:
        """The id of the alert on *change* with a pending delivery a channel, or None when it was told before.

        One that was told as held and is confirmed now is told again, as what it has become; one that is
        rejected, once, to take it back.
        """
        row = self.session.scalar(select(t.AlertRow).where(t.AlertRow.change_key == change.key))
        if row is not None:
            # A retraction goes to the audience that was told, and differs by its words.
            again = row.sentence == sentence if change.status is Status.REJECTED else row.audience == audience
            if again:
                return None
        if row is None:
            row = t.AlertRow(change_key=change.key, audience=audience, sentence=sentence, created_at=now)
            self.session.add(row)
        row.audience, row.sentence, row.acknowledged_at = audience, sentence, None
        self.session.flush()
        known = {
            d.channel: d for d in self.session.scalars(select(t.DeliveryRow).where(t.DeliveryRow.alert_id == row.id))
        }
        for channel in channels:
            key = idempotency_key(change.key, change.status, channel)
            delivery = known.get(channel)
            if delivery is None:
                self.session.add(t.DeliveryRow(alert_id=row.id, channel=channel, idempotency_key=key, next_try=now))
                continue
            delivery.state, delivery.idempotency_key, delivery.next_try = "pending", key, now
            delivery.attempts, delivery.sent_at, delivery.last_error = 0, None, None
        self.session.flush()
        return row.id

    def acknowledge(self, alert_id: int, now: datetime) -> None:
        """Mark an alert as read by somebody. Raises `NotFound`."""
        row = self.session.get(t.AlertRow, alert_id)
        if row is None:
            raise NotFound(f"alert {alert_id}: no such alert; 'plenarywatch alerts list' shows them")
        row.acknowledged_at = row.acknowledged_at or now
        self.session.flush()

    def due_channels(self, now: datetime) -> tuple[str, ...]:
        """The channels with a pending delivery that is due and that nobody holds."""
        row = t.DeliveryRow
        query = (
            select(row.channel)
            .where(row.state == "pending", row.next_try <= now)
            .where(row.leased_until.is_(None) | (row.leased_until <= now))
            .distinct()
            .order_by(row.channel)
        )
        return tuple(self.session.scalars(query))

    def claim_deliveries(
        self, *, worker: str, now: datetime, lease: timedelta, limit: int = 100, channel: str | None = None
    ) -> tuple[DeliveryView, ...]:
        """Pending deliveries that are due and that nobody else holds, leased to *worker* until now + lease;
        with *channel*, its alone.

        One whose last holder never said what came of it may have arrived: it carries `OUTCOME_UNKNOWN`.
        """
        row = t.DeliveryRow
        query = (
            select(row)
            .where(row.state == "pending", row.next_try <= now)
            .where(row.leased_until.is_(None) | (row.leased_until <= now))
            .order_by(row.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        if channel is not None:
            query = query.where(row.channel == channel)
        claimed = list(self.session.scalars(query))
        for delivery in claimed:
            if delivery.leased_by is not None:
                delivery.last_error = f"{OUTCOME_UNKNOWN}: its sender stopped while it held it"
            delivery.leased_until, delivery.leased_by = now + lease, worker
            delivery.attempts += 1
        self.session.flush()
        return tuple(delivery_view(delivery) for delivery in claimed)

    def keep_holding(self, deliveries: Collection[int], worker: str, until: datetime) -> frozenset[int]:
        """Those of *deliveries* that *worker* still holds, now until *until*; the others went to somebody else."""
        row = t.DeliveryRow
        held = frozenset(
            self.session.scalars(
                select(row.id).where(row.id.in_(deliveries), row.leased_by == worker, row.state == "pending")
            )
        )
        self.session.execute(update(row).where(row.id.in_(held)).values(leased_until=until))
        return held

    def put_off(self, channel: str, untried: Collection[int], worker: str, until: datetime) -> None:
        """Let everything pending of *channel* wait until *until*; what *worker* holds and has not tried is given
        back as if it had not been claimed."""
        row = t.DeliveryRow
        self.session.execute(
            update(row)
            .where(row.id.in_(untried), row.leased_by == worker, row.state == "pending")
            .values(leased_until=None, leased_by=None, attempts=row.attempts - 1)
        )
        self.session.execute(
            update(row)
            .where(row.channel == channel, row.state == "pending", row.leased_by.is_(None), row.next_try < until)
            .values(next_try=until)
        )

    def withdraw(self, alert_id: int, why: str) -> None:
        """End the deliveries of an alert that nobody can have seen yet: none was ever tried."""
        row = t.DeliveryRow
        self.session.execute(
            update(row)
            .where(row.alert_id == alert_id, row.state == "pending", row.attempts == 0)
            .values(state="given_up", last_error=why)
        )

    def replay(self, alert_id: int, channel: str | None, now: datetime, *, sent: bool = False) -> tuple[str, ...]:
        """Make an alert's deliveries due again under the same keys: those given up or waiting, with *sent* those
        that were sent too; the channels' names. Raises `NotFound` for an alert or a channel that it has not."""
        if self.session.get(t.AlertRow, alert_id) is None:
            raise NotFound(f"alert {alert_id}: no such alert; 'plenarywatch alerts list' shows them")
        query = select(t.DeliveryRow).where(t.DeliveryRow.alert_id == alert_id).order_by(t.DeliveryRow.id)
        rows = [row for row in self.session.scalars(query) if channel in (None, row.channel)]
        if not rows and channel is not None:
            raise NotFound(f"alert {alert_id}: has no delivery to {channel!r}; 'plenarywatch alerts list' shows them")
        again = [row for row in rows if sent or row.state != "sent"]
        for row in again:
            row.state, row.attempts, row.next_try, row.sent_at = "pending", 0, now, None
        self.session.flush()
        return tuple(row.channel for row in again)

    def delivered(self, delivery_id: int, worker: str, now: datetime) -> bool:
        """Mark as sent; False when the lease had passed to another worker meanwhile."""
        row = self.session.get_one(t.DeliveryRow, delivery_id)
        if row.leased_by != worker or row.state != "pending":
            return False
        row.state, row.sent_at, row.leased_until, row.leased_by, row.last_error = (
            "sent",
            now,
            None,
            None,
            None,
        )
        self.session.flush()
        return True

    def not_delivered(self, delivery_id: int, worker: str, error: str, next_try: datetime | None) -> None:
        """Keep for another try at *next_try*, or with None give up."""
        row = self.session.get_one(t.DeliveryRow, delivery_id)
        if row.leased_by != worker:
            return
        if (row.last_error or "").startswith(OUTCOME_UNKNOWN) and not error.startswith(OUTCOME_UNKNOWN):
            # A later refusal does not tell whether the first try arrived.
            error = f"{OUTCOME_UNKNOWN}; since then {error}"
        row.leased_until, row.leased_by, row.last_error = None, None, error
        if next_try is None:
            row.state = "given_up"
        else:
            row.next_try = next_try
        self.session.flush()


def idempotency_key(key: str, status: Status, channel: str) -> str:
    """What names one telling of a change to one channel, however often it is sent."""
    return hashlib.sha256(f"{key}\n{status.value}\n{channel}".encode()).hexdigest()[:32]
