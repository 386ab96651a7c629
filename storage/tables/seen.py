"""What was looked at: runs, sources, fetches, blobs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


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
