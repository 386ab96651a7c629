"""The outbox: an alert with a pending delivery a channel, leased to whoever sends it, marked when it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, select, update
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
        self,
        change: Change,
        *,
        audience: str,
        sentence: str,
        channels: Iterable[str],
        now: datetime,
        digests: Mapping[str, str] = MappingProxyType({}),
    ) -> int | None:
        """The id of the alert on *change* with a pending delivery for each of *channels*, or None when all of them
        were told it before. Those in *digests* are told in the next digest of that name, the others at once.

        What was told as held and is confirmed now is told again, as what it has become; what is rejected, once, to
        take it back.
        """
        row = self.session.scalar(select(t.AlertRow).where(t.AlertRow.change_key == change.key))
        known = {}
        if row is not None:
            deliveries = self.session.scalars(select(t.DeliveryRow).where(t.DeliveryRow.alert_id == row.id))
            known = {delivery.channel: delivery for delivery in deliveries}
        told = {delivery.idempotency_key for delivery in known.values()}
        keys = {channel: idempotency_key(change.key, change.status, channel) for channel in channels}
        untold = {channel: key for channel, key in keys.items() if key not in told}
        if row is not None and not untold:
            return None
        if row is None:
            row = t.AlertRow(change_key=change.key, created_at=now)
            self.session.add(row)
        row.audience, row.sentence, row.acknowledged_at = audience, sentence, None
        self.session.flush()
        for channel, key in untold.items():
            delivery = known.get(channel)
            if delivery is None:
                delivery = t.DeliveryRow(alert_id=row.id, channel=channel)
                self.session.add(delivery)
            delivery.idempotency_key, delivery.waits_for, delivery.last_error = key, digests.get(channel), None
            delivery.reminder = delivery.repeated = 0
            # Who is sending what the alert said until now must not mark this as sent.
            delivery.leased_until, delivery.leased_by = None, None
            _make_due(delivery, now)
        self.session.flush()
        return row.id

    def acknowledge(self, alert_id: int, now: datetime) -> None:
        """Mark an alert as read by somebody. Raises `NotFound`."""
        row = self.session.get(t.AlertRow, alert_id)
        if row is None:
            raise NotFound(f"alert {alert_id}: no such alert; 'plenarywatch alerts list' shows them")
        row.acknowledged_at = row.acknowledged_at or now
        self.session.flush()

    def claim_deliveries(
        self, *, worker: str, now: datetime, lease: timedelta, limit: int = 100, channel: str | None = None
    ) -> tuple[DeliveryView, ...]:
        """Pending deliveries that are due and that nobody else holds, leased to *worker* until now + lease;
        with *channel*, its alone.

        One whose last holder never said what came of it may have arrived: it carries `OUTCOME_UNKNOWN`.
        """
        row = t.DeliveryRow
        query = select(row).where(*to_be_sent(now)).order_by(row.id).limit(limit).with_for_update(skip_locked=True)
        if channel is not None:
            query = query.where(row.channel == channel)
        claimed = list(self.session.scalars(query))
        for delivery in claimed:
            if delivery.leased_by is not None:
                delivery.last_error = f"{OUTCOME_UNKNOWN}: its sender stopped while it held it"
            if (delivery.last_error or "").startswith(OUTCOME_UNKNOWN):
                delivery.repeated += 1
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

    def give_back(self, untried: Collection[int], worker: str, until: datetime | None = None) -> None:
        """Give back what *worker* holds and has not tried, as if it had not been claimed; with *until*, it waits
        until then."""
        row = t.DeliveryRow
        wait = {} if until is None else {"next_try": until}
        self.session.execute(
            update(row)
            .where(row.id.in_(untried), row.leased_by == worker, row.state == "pending")
            .values(leased_until=None, leased_by=None, attempts=row.attempts - 1, **wait)
        )

    def put_off(self, channel: str, until: datetime) -> None:
        """Let everything pending of *channel* that nobody holds wait until *until*."""
        row = t.DeliveryRow
        self.session.execute(
            update(row)
            .where(row.channel == channel, row.state == "pending", row.leased_by.is_(None), row.next_try < until)
            .values(next_try=until)
        )

    def withdraw(self, alert_id: int, why: str) -> None:
        """End the deliveries of an alert that nobody can have seen yet: none was ever tried or put into a digest."""
        row = t.DeliveryRow
        self.session.execute(
            update(row)
            .where(row.alert_id == alert_id, row.state == "pending", row.attempts == 0)
            .where(row.digest_id.is_(None), row.reminder == 0)
            .values(state="given_up", last_error=why)
        )

    def replay(self, alert_id: int, channel: str | None, now: datetime, *, sent: bool = False) -> tuple[str, ...]:
        """Make an alert's deliveries due again under the same keys, each alone: those given up or waiting, with *sent*
        those that were sent too; the channels' names. Raises `NotFound` for an alert or a channel that it has not."""
        if self.session.get(t.AlertRow, alert_id) is None:
            raise NotFound(f"alert {alert_id}: no such alert; 'plenarywatch alerts list' shows them")
        query = select(t.DeliveryRow).where(t.DeliveryRow.alert_id == alert_id).order_by(t.DeliveryRow.id)
        rows = [row for row in self.session.scalars(query) if channel in (None, row.channel)]
        if not rows and channel is not None:
            raise NotFound(f"alert {alert_id}: has no delivery to {channel!r}; 'plenarywatch alerts list' shows them")
        again = [row for row in rows if sent or row.state != "sent"]
        for row in again:
            row.waits_for = None
            _make_due(row, now)
        self.session.flush()
        return tuple(row.channel for row in again)

    def remind(self, delivery_id: int, now: datetime) -> None:
        """Make a delivery that was sent due again, as the next reminder of what lasts."""
        row = self.session.get_one(t.DeliveryRow, delivery_id)
        row.reminder += 1
        row.waits_for = None
        _make_due(row, now)
        self.session.flush()

    def delivered(self, delivery_id: int, worker: str, now: datetime) -> bool:
        """Mark as sent, with all that stood in it where it is a digest's; False when the lease had passed to another
        worker meanwhile."""
        row = self.session.get_one(t.DeliveryRow, delivery_id)
        if row.leased_by != worker or row.state != "pending":
            return False
        row.leased_until, row.leased_by = None, None
        self._mark(row, state="sent", sent_at=now, last_error=None)
        return True

    def not_delivered(self, delivery_id: int, worker: str, error: str, next_try: datetime | None) -> None:
        """Keep for another try at *next_try*, or with None give up."""
        row = self.session.get_one(t.DeliveryRow, delivery_id)
        if row.leased_by != worker:
            return
        if (row.last_error or "").startswith(OUTCOME_UNKNOWN) and not error.startswith(OUTCOME_UNKNOWN):
            # A later refusal does not tell whether the first try arrived.
            error = f"{OUTCOME_UNKNOWN}; since then {error}"
        row.leased_until, row.leased_by = None, None
        if next_try is not None:
            row.next_try = next_try
        self._mark(row, state="given_up" if next_try is None else "pending", last_error=error)

    def _mark(self, row: t.DeliveryRow, **values: object) -> None:
        """What came of a delivery; where it is a digest's, it came of all that stands in it."""
        for name, value in values.items():
            setattr(row, name, value)
        self.session.flush()
        if row.alert_id is None:
            told = t.DeliveryRow
            self.session.execute(
                update(told).where(told.digest_id == row.digest_id, told.state == "pending").values(**values)
            )


def to_be_sent(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes a delivery one to be sent at *now*: pending, due, held by nobody, and not told in a digest."""
    row = t.DeliveryRow
    return (
        row.state == "pending",
        row.next_try <= now,
        row.leased_until.is_(None) | (row.leased_until <= now),
        row.alert_id.is_(None) | (row.waits_for.is_(None) & row.digest_id.is_(None)),
    )


def _make_due(row: t.DeliveryRow, now: datetime) -> None:
    row.state, row.attempts, row.next_try, row.sent_at, row.digest_id = "pending", 0, now, None, None


def idempotency_key(key: str, status: Status, channel: str) -> str:
    """What names one telling of a change to one channel, however often it is sent."""
    return hashlib.sha256(f"{key}\n{status.value}\n{channel}".encode()).hexdigest()[:32]
