"""What the pages say: plenaries, versions with their records, and what is drawn from them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


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
    __table_args__ = (
        Index("ix_records_source", "source_id", "id"),
        # All that tells which versions of a plenary's pages are the newest: their texts need not be passed over.
        Index("ix_records_plenary", "plenary_id", "held", "source_id", "observed_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetches.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"))
    plenary_id: Mapped[int | None] = mapped_column(ForeignKey("plenaries.id"))
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


class Alteration(Base):
    """How often a regime's records were altered after they were written: read again, held back or believed after all,
    tied to another meeting, or the meeting given another label. Triggers count it, whoever writes."""

    __tablename__ = "alterations"
    regime: Mapped[str] = mapped_column(primary_key=True)
    altered: Mapped[int]


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
