"""The questions the store answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from storage import tables as t
from storage.belonging import MembershipReader
from storage.corrections import CorrectionReader
from storage.coverage import CoverageReader
from storage.digests import DigestReader
from storage.learned import Learned
from storage.said_before import SaidReader
from storage.standing import StandingReader
from storage.support import SupportReader
from storage.telling import ToldReader
from storage.values import (
    PlenaryView,
    SourceRef,
    SourceView,
)
from storage.versions import VersionReader

_PLENARIES = select(t.Plenary).where(t.Plenary.regime == bindparam("of"))
_RECORDS_ON = (
    select(t.Record.plenary_id, t.Record.id)
    .join(t.Plenary, t.Plenary.id == t.Record.plenary_id)
    .where(t.Plenary.regime == bindparam("of"))
)


def source_ref(row: t.Source) -> SourceRef:
    return SourceRef(
        row.id, row.regime, row.name, row.kind, row.url, row.title, row.parent, row.baseline, row.first_seen
    )


class Reader(
    CorrectionReader,
    StandingReader,
    MembershipReader,
    SaidReader,
    ToldReader,
    DigestReader,
    SupportReader,
    CoverageReader,
    VersionReader,
):
    """Questions over one session."""

    def __init__(self, session: Session, learned: Learned) -> None:
        self.session = session
        self._learned = learned

    # Sources

    def source(self, regime: str, name: str) -> SourceRef | None:
        """The source of this name, or None when it was never seen."""
        row = self.session.scalar(select(t.Source).where(t.Source.regime == regime, t.Source.name == name))
        return source_ref(row) if row else None

    def children(self, parent: int) -> tuple[SourceRef, ...]:
        """The pages found under a source, oldest first."""
        rows = self.session.scalars(select(t.Source).where(t.Source.parent == parent).order_by(t.Source.id))
        return tuple(source_ref(row) for row in rows)

    def sources(self, regime: str | None = None) -> tuple[SourceView, ...]:
        """All sources with how they stand, in the order they were first seen."""
        versions = select(t.Record.source_id, func.count()).group_by(t.Record.source_id)
        counts: dict[int, int] = {}
        for source_id, count in self.session.execute(versions):
            counts[source_id] = count
        query = select(t.Source).order_by(t.Source.id)
        if regime is not None:
            query = query.where(t.Source.regime == regime)
        return tuple(
            SourceView(source_ref(row), self.state(row.id), counts.get(row.id, 0), self.last_error(row.id))
            for row in self.session.scalars(query)
        )

    def last_error(self, source_id: int) -> str | None:
        """What the newest attempt on a source says went wrong; None where it went well."""
        newest = select(t.Fetch.error).where(t.Fetch.source_id == source_id).order_by(t.Fetch.id.desc()).limit(1)
        return self.session.scalar(newest)

    def fetched(self, source_id: int) -> frozenset[tuple[str, datetime]]:
        """Address and time of a source's fetches that came to an answer, good or not, which was read to its end."""
        query = select(t.Fetch.url, t.Fetch.fetched_at).where(
            t.Fetch.source_id == source_id, t.Fetch.verdict.not_in(("failed", "unread"))
        )
        return frozenset((url, at) for url, at in self.session.execute(query))

    # Plenaries

    def plenaries(self, regime: str) -> tuple[PlenaryView, ...]:
        """The regime's meetings in the order they were held; those without a day stand by their ordinal."""
        rows = list(self.session.scalars(_PLENARIES, {"of": regime}))
        records: dict[int, list[int]] = {}
        for plenary_id, record_id in self.session.connection().execute(_RECORDS_ON, {"of": regime}).all():
            records.setdefault(plenary_id, []).append(record_id)
        rows.sort(key=_order(rows))
        return tuple(
            PlenaryView(
                row.regime,
                row.label,
                row.ordinal,
                row.city,
                row.country,
                row.start,
                row.end,
                tuple(sorted(records.get(row.id, ()))),
            )
            for row in rows
        )

    def prior_plenary(self, regime: str, label: str) -> PlenaryView | None:
        """The last plenary before this one that a stored statement describes."""
        held = self.plenaries(regime)
        at = next((i for i, plenary in enumerate(held) if plenary.label == label), None)
        if at is None:
            return None
        return next((plenary for plenary in reversed(held[:at]) if plenary.records), None)


def _order(rows: Sequence[t.Plenary]) -> Callable[[t.Plenary], tuple[date, int]]:
    """A sort key by first day; a plenary with an ordinal alone stands after the last lower ordinal with a day."""
    days = {row.ordinal: row.start or row.end for row in rows if row.ordinal and (row.start or row.end)}

    def key(row: t.Plenary) -> tuple[date, int]:
        day = row.start or row.end
        if day is None and row.ordinal is not None:
            before = [held for ordinal, held in days.items() if held and ordinal < row.ordinal]
            day = max(before, default=None)
        return (day or date.min, row.ordinal or 0)

    return key
