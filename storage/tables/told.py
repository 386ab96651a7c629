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


class DeliveryRow(Base):
    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("alert_id", "channel"),
        CheckConstraint("state IN ('pending', 'sent', 'given_up')"),
        Index("ix_deliveries_pending", "state", "next_try"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"))
    channel: Mapped[str]
    state: Mapped[str] = mapped_column(default="pending")
    idempotency_key: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
