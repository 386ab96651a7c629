"""What follows from it: memberships in two times, changes, and what persons decided."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Membership(Base):
    """That a state belonged, in two times: when it held in the world, and when we knew it.

    Dates are half-open. A row is never altered but for `superseded_at`, which says when we knew better.
    `basis` tells where `valid_from` comes from: ``since`` (the page gives it), ``effective``, ``decided``,
    or ``stated`` (the state is listed by then, and may have belonged before).

    One membership of a state stands open as known now: `ux_memberships_open`, which the migrations alone name (an
    index over some rows says so in the words of each dialect, and would load them all); a trigger keeps closed ones
    from overlapping.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        Index("ix_memberships_regime", "regime", "country"),
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
