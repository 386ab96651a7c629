"""The tables: typed SQLAlchemy models, the same on SQLite and PostgreSQL.

What was observed is only ever added (`fetches`, `blobs`, `documents`, `records`, `memberships`, `changes`).
What tells how things stand is rewritten in place (`source_states`, `deliveries`, the status of a change).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone: a naive value that comes back is UTC; none may go in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must carry its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    type_annotation_map = {datetime: Instant, str: Text}  # noqa: RUF012 (SQLAlchemy's own shape)


class Run(Base):
    __tablename__ = "runs"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="running")
    detail: Mapped[str] = mapped_column(default="")


class Source(Base):
    """A declared entry point, or a page found under one (`parent`)."""

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("regime", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    regime: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    url: Mapped[str]
    title: Mapped[str | None]
    parent: Mapped[int | None] = mapped_column(ForeignKey("sources.id"))
    baseline: Mapped[bool]
    first_seen: Mapped[datetime]


class SourceState(Base):
    """How a source stands: its validators, when it last answered well, how often it has failed since."""

    __tablename__ = "source_states"
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    last_checked: Mapped[datetime | None]
    last_verified: Mapped[datetime | None]
    last_changed: Mapped[datetime | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    sha256: Mapped[str | None]
    parser: Mapped[str | None]
    checks: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    told_unreachable: Mapped[bool] = mapped_column(default=False)
    outage: Mapped[int] = mapped_column(default=0)


class Fetch(Base):
    __tablename__ = "fetches"
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    url: Mapped[str]
    final_url: Mapped[str]
    hops: Mapped[str] = mapped_column(default="[]")
    status: Mapped[int | None]
    verdict: Mapped[str]
    error: Mapped[str | None]
    headers: Mapped[str] = mapped_column(default="{}")
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blobs.sha256"))
    fetched_at: Mapped[datetime]
    elapsed: Mapped[float] = mapped_column(default=0.0)


class Blob(Base):
    __tablename__ = "blobs"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    first_seen: Mapped[datetime]


class Plenary(Base):
    """A meeting, however many documents describe it. `label` is its ordinal or, unstated, its first day."""

    __tablename__ = "plenaries"
    __table_args__ = (UniqueConstraint("regime", "label"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    regime: Mapped[str]
    label: Mapped[str]
    ordinal: Mapped[int | None]
    city: Mapped[str | None]
    country: Mapped[str | None]
    start: Mapped[date | None]
    end: Mapped[date | None]


class Record(Base):
    """One version of what one address says. `text_hash` is of the readable text without its form; a `held`
    one drifted, and tells nothing until a person approves it."""

    __tablename__ = "records"
    __table_args__ = (Index("ix_records_source", "source_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetches.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"))
    plenary_id: Mapped[int | None] = mapped_column(ForeignKey("plenaries.id"), index=True)
    regime: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    url: Mapped[str]
    content_type: Mapped[str | None]
    title: Mapped[str | None]
    published: Mapped[date | None]
    text_hash: Mapped[str]
    held: Mapped[bool] = mapped_column(default=False)
    parser: Mapped[str]
    record: Mapped[str]
    document: Mapped[str]
    observed_at: Mapped[datetime]


class EarlierReading(Base):
    """How an older parser read a version, kept when `reparse` replaced it."""

    __tablename__ = "earlier_readings"
    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), index=True)
    parser: Mapped[str]
    text_hash: Mapped[str]
    record: Mapped[str]
    document: Mapped[str]
    replaced_at: Mapped[datetime]


class Locator(Base):
    """An address at which a text was seen: the same text at a mirror or a new address is one more locator."""

    __tablename__ = "locators"
    __table_args__ = (UniqueConstraint("text_hash", "url"), Index("ix_locators_url", "url"))
    id: Mapped[int] = mapped_column(primary_key=True)
    text_hash: Mapped[str]
    url: Mapped[str]
    first_seen: Mapped[datetime]
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), index=True)


class Citation(Base):
    """A resolution that a version cites, drawn from its record for questions over all versions."""

    __tablename__ = "citations"
    __table_args__ = (
        UniqueConstraint("record_id", "position"),
        Index("ix_citations_number", "regime", "number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    position: Mapped[int]
    regime: Mapped[str]
    body: Mapped[str]
    number: Mapped[int]
    year: Mapped[int | None]
    symbol: Mapped[str]


class OfficerRow(Base):
    """Who held an office, as a version says it, drawn from its record."""

    __tablename__ = "officers"
    __table_args__ = (UniqueConstraint("record_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    position: Mapped[int]
    regime: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    name: Mapped[str | None]
    title: Mapped[str | None]
    country: Mapped[str | None]


class Membership(Base):
    """That a state belonged, in two times: when it held in the world, and when we knew it.

    Dates are half-open. A row is never altered but for `superseded_at`, which says when we knew better.
    `basis` tells where `valid_from` comes from: ``since`` (the page gives it), ``effective``, ``decided``,
    or ``stated`` (the state is listed by then, and may have belonged before).
    """

    __tablename__ = "memberships"
    __table_args__ = (
        Index("ix_memberships_regime", "regime", "country"),
        # One membership of a state stands open as known now; a trigger keeps closed ones from overlapping.
        Index(
            "ux_memberships_open",
            "regime",
            "country",
            unique=True,
            sqlite_where=text("superseded_at IS NULL AND valid_to IS NULL"),
            postgresql_where=text("superseded_at IS NULL AND valid_to IS NULL"),
        ),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    regime: Mapped[str]
    country: Mapped[str]
    name: Mapped[str]
    epoch: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    basis: Mapped[str]
    observed_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    pointer: Mapped[str]


class ChangeRow(Base):
    __tablename__ = "changes"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    severity: Mapped[str]
    regime: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    status: Mapped[str]
    change: Mapped[str]
    observed_at: Mapped[datetime]
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records.id"))


class Review(Base):
    """A person's decision on a held change; the last one counts."""

    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    change_key: Mapped[str] = mapped_column(ForeignKey("changes.key"), index=True)
    decision: Mapped[str]
    who: Mapped[str]
    why: Mapped[str]
    decided_at: Mapped[datetime]


class Correction(Base):
    """A person's decision on a reading: what the page's own words at a place in the record mean. The last
    one on a (regime, place, quote) counts, in every version that says the same words there."""

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint("decision IN ('approved', 'corrected', 'rejected')"),
        Index("ix_corrections_regime", "regime"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    regime: Mapped[str]
    place: Mapped[str]
    quote: Mapped[str]
    decision: Mapped[str]
    value: Mapped[str | None]
    who: Mapped[str]
    why: Mapped[str]
    decided_at: Mapped[datetime]
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))


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
