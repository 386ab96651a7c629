"""Digests: several alerts, or how everything stands, as one message to one channel."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.outbox import to_be_sent
from storage.values import DigestView

# So many alerts at most stand in one message; SQLite takes 32,766 values in one statement.
_TOGETHER = 10_000


class DigestReader:
    """The questions about digests and what is to stand in them."""

    session: Session

    def due_channels(self, now: datetime) -> tuple[str, ...]:
        """The channels with a pending delivery that is due and that nobody holds."""
        row = t.DeliveryRow
        query = select(row.channel).where(*to_be_sent(now)).distinct().order_by(row.channel)
        return tuple(self.session.scalars(query))

    def digests(self, ids: Collection[int] | None = None) -> tuple[DigestView, ...]:
        """Digests in the order they were made; *ids* asks for these alone."""
        query = select(t.DigestRow).order_by(t.DigestRow.id)
        if ids is not None:
            query = query.where(t.DigestRow.id.in_(ids))
        return tuple(_view(row) for row in self.session.scalars(query))

    def last_digest(self, name: str, channel: str) -> DigestView | None:
        """The newest digest of this name that was made for a channel."""
        row = t.DigestRow
        query = select(row).where(row.name == name, row.channel == channel).order_by(row.until.desc(), row.id.desc())
        found = self.session.scalar(query.limit(1))
        return _view(found) if found else None

    def waiting(self, name: str, channel: str) -> dict[int, int]:
        """The deliveries that wait for a digest of this name, each with its alert; so many as one message may tell."""
        row = t.DeliveryRow
        query = (
            select(row.id, row.alert_id)
            .where(row.state == "pending", row.channel == channel, row.waits_for == name, row.digest_id.is_(None))
            .order_by(row.id)
            .limit(_TOGETHER)
        )
        return {delivery: alert for delivery, alert in self.session.execute(query) if alert is not None}

    def waiting_of_runs(self) -> dict[tuple[str, str], dict[int, int]]:
        """The deliveries that wait for the end of their run, where it has ended, each with its alert: by run and
        channel."""
        row = t.DeliveryRow
        query = (
            select(t.Run.id, row.channel, row.id, row.alert_id)
            .join(t.AlertRow, t.AlertRow.id == row.alert_id)
            .join(t.ChangeRow, t.ChangeRow.key == t.AlertRow.change_key)
            .join(t.Run, t.Run.id == t.ChangeRow.run_id)
            .where(row.state == "pending", row.waits_for == "run", row.digest_id.is_(None), t.Run.state != "running")
            .order_by(row.id)
            .limit(_TOGETHER)
        )
        found: dict[tuple[str, str], dict[int, int]] = {}
        for run, channel, delivery, alert in self.session.execute(query):
            found.setdefault((run, channel), {})[delivery] = alert or 0
        return found

    def untried(self, channel: str, now: datetime) -> dict[int, int]:
        """The alerts' deliveries to a channel that are due and were never tried, each with its alert; so many as one message
        may tell."""
        row = t.DeliveryRow
        query = (
            select(row.id, row.alert_id)
            .where(row.channel == channel, row.attempts == 0, row.alert_id.is_not(None), *to_be_sent(now))
            .order_by(row.id)
            .limit(_TOGETHER)
        )
        return {delivery: alert for delivery, alert in self.session.execute(query) if alert is not None}


class DigestWriter(DigestReader):
    """The verb that writes digests."""

    def save_digest(
        self,
        name: str,
        channel: str,
        *,
        key: str,
        message: str,
        deliveries: Collection[int],
        since: datetime | None,
        until: datetime,
        now: datetime,
    ) -> int:
        """The id of a new digest that tells *deliveries*, with a pending delivery of its own under *key*."""
        digest = t.DigestRow(name=name, channel=channel, since=since, until=until, message=message, created_at=now)
        self.session.add(digest)
        self.session.flush()
        self.session.add(t.DeliveryRow(digest_id=digest.id, channel=channel, idempotency_key=key, next_try=now))
        self.session.execute(update(t.DeliveryRow).where(t.DeliveryRow.id.in_(deliveries)).values(digest_id=digest.id))
        self.session.flush()
        return digest.id


def _view(row: t.DigestRow) -> DigestView:
    return DigestView(row.id, row.name, row.channel, row.since, row.until, row.message, row.created_at)
