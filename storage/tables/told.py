"""Who writes, and what is told: leases, alerts, deliveries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Lease(Base):
    """Who may write about something now. `token` grows with every change of hands: a worker that comes back
    after its lease went to another holds an old token, and its transaction is refused."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    token: Mapped[int]
    until: Mapped[datetime]


class AlertRow(Base):
    __tablename__ = "alerts"
    id: Mapped[int] = mapped_column(primary_key=True)
    change_key: Mapped[str] = mapped_column(ForeignKey("changes.key"), unique=True)
    audience: Mapped[str]
    sentence: Mapped[str]
    created_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]


class DigestRow(Base):
    """One message that tells several alerts, or that tells how everything stands: `name` is ``daily`` or ``weekly``,
    ``run`` for what one run found, ``flood`` for what was too much to tell one by one. `message` is what is sent, in
    JSON: every try has the same words."""

    __tablename__ = "digests"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    channel: Mapped[str]
    since: Mapped[datetime | None]
    until: Mapped[datetime]
    message: Mapped[str]
    created_at: Mapped[datetime]


class DeliveryRow(Base):
    """An alert's way to a channel, or with `alert_id` NULL a digest's. An alert's with `waits_for` is not sent alone
    but in the next digest of that name; once it is in one, `digest_id` says in which, and becomes of it what becomes
    of the digest's. `reminder` counts the times it was told again; `repeated` the tries after one of which nobody
    knows whether it arrived."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("alert_id", "channel"),
        CheckConstraint("state IN ('pending', 'sent', 'given_up')"),
        Index("ix_deliveries_pending", "state", "next_try"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alerts.id"))
    channel: Mapped[str]
    state: Mapped[str] = mapped_column(default="pending")
    idempotency_key: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    waits_for: Mapped[str | None]
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digests.id"), index=True)
    reminder: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[int] = mapped_column(default=0)
