"""The questions the store answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from diffs.change import Change
from diffs.corpus import Corpus
from parsers.document import Document
from parsers.record import Record, from_json
from storage import tables as t
from storage.corpora import Corpora
from storage.corrections import CorrectionReader
from storage.coverage import CoverageReader
from storage.digests import DigestReader
from storage.errors import NotFound
from storage.membership import MembershipReader
from storage.saying import SaidReader
from storage.standing import StandingReader
from storage.support import SupportReader
from storage.telling import ToldReader
from storage.values import (
    PlenaryView,
    SourceRef,
    SourceView,
    Version,
)

_change = msgspec.json.Decoder(Change)
_document = msgspec.json.Decoder(Document)


_MEETING = t.Plenary.__table__.alias()
# The columns of a `Version` in their order.
VERSIONS = (
    select(
        t.Record.id,
        t.Source.name,
        t.Record.regime,
        t.Record.url,
        t.Record.sha256,
        t.Record.content_type,
        t.Record.text_hash,
        t.Record.held,
        t.Record.observed_at,
        _MEETING.c.label,
        t.Record.record,
        t.Record.document,
    )
    .select_from(t.Record)
    .join(t.Source, t.Source.id == t.Record.source_id)
    .outerjoin(_MEETING, _MEETING.c.id == t.Record.plenary_id)
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
):
    """Questions over one session."""

    def __init__(self, session: Session, corpora: Corpora) -> None:
        self.session = session
        self._corpora = corpora

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

    # Versions

    def version(self, record_id: int) -> Version:
        """One version by its id. Raises `NotFound`."""
        found = self._versions(VERSIONS.where(t.Record.id == record_id))
        if not found:
            raise NotFound(f"record {record_id}: no such record; 'plenarywatch records R' lists them")
        return found[0]

    def latest_version(
        self, source_id: int, *, believed: bool = False, before: int | None = None, seen_by: datetime | None = None
    ) -> Version | None:
        """What a source said when it last said something new; *believed* passes over held versions, *before*
        over this record and later ones. With *seen_by*, what was seen last at that moment, whenever it was written:
        the past arrives in no order."""
        query = _latest_version(believed, before is not None, seen_by is not None)
        return next(iter(self._versions(query, of=source_id, before=before, seen_by=seen_by)), None)

    def read_by_others(self, regime: str, parser: str) -> frozenset[int]:
        """The regime's records that another parser than *parser* read."""
        query = select(t.Record.id).where(t.Record.regime == regime, t.Record.parser != parser)
        return frozenset(self.session.scalars(query))

    def count_versions(self, source_id: int) -> tuple[int, int]:
        """How many versions a source has, and how many of them are believed."""
        believed = func.coalesce(func.sum(case((t.Record.held, 0), else_=1)), 0)
        row = self.session.execute(select(func.count(), believed).where(t.Record.source_id == source_id)).one()
        return row[0], row[1]

    def latest_is_held(self, source_id: int) -> bool:
        """Whether the newest version of a source is held back."""
        query = select(t.Record.held).where(t.Record.source_id == source_id).order_by(t.Record.id.desc())
        return bool(self.session.scalar(query.limit(1)))

    def fetched(self, source_id: int) -> frozenset[tuple[str, datetime]]:
        """Address and time of a source's fetches that came to an answer, good or not."""
        query = select(t.Fetch.url, t.Fetch.fetched_at).where(
            t.Fetch.source_id == source_id, t.Fetch.verdict != "failed"
        )
        return frozenset((url, at) for url, at in self.session.execute(query))

    def latest_hash(self, source_id: int, seen_by: datetime | None = None) -> str | None:
        """The text's hash of a source's newest version, or of that which was seen last at a moment."""
        query = _latest_hash(seen_by is not None)
        return self.session.connection().execute(query, {"of": source_id, "seen_by": seen_by}).scalar()

    def current_versions(self, regime: str, plenary: str) -> tuple[Version, ...]:
        """Of each page on a plenary the newest version that is believed; those last that said something new last."""
        query = VERSIONS.where(t.Record.id.in_(_CURRENT)).order_by(t.Record.observed_at, t.Record.id)
        return self._versions(query, regime=regime, plenary=plenary)

    def other_records(self, regime: str, plenary: str, source_id: int, *, most: int) -> tuple[Record, ...]:
        """The same of the pages beside that of a source, their records alone, of *most* pages at most: those that said
        something new last."""
        values = {"regime": regime, "plenary": plenary, "source": source_id, "most": most}
        rows = self.session.connection().execute(_OTHERS, values)
        return tuple(from_json(record) for _, _, record in sorted(rows, key=itemgetter(0, 1)))

    def versions(
        self, regime: str | None = None, *, plenary: str | None = None, source_id: int | None = None
    ) -> tuple[Version, ...]:
        """Versions, newest last."""
        query = VERSIONS.order_by(t.Record.observed_at, t.Record.id)
        if regime is not None:
            query = query.where(t.Record.regime == regime)
        if source_id is not None:
            query = query.where(t.Record.source_id == source_id)
        if plenary is not None:
            query = query.join(t.Plenary, t.Plenary.id == t.Record.plenary_id).where(t.Plenary.label == plenary)
        return self._versions(query)

    def corpus(self, regime: str) -> Corpus:
        """What the regime's statements teach about its words: all versions of all pages on a plenary."""
        return self._corpora.of(self.session, regime)

    def _versions(self, query: Select[Any], **values: object) -> tuple[Version, ...]:
        """The versions that *query*, which begins with `VERSIONS`, finds."""
        return tuple(
            Version(
                row.id,
                row.name,
                row.regime,
                row.url,
                row.sha256,
                row.content_type,
                row.text_hash,
                row.held,
                row.observed_at,
                row.label,
                from_json(row.record),
                _document.decode(row.document),
            )
            for row in self.session.connection().execute(query, values)
        )

    # Plenaries

    def plenaries(self, regime: str) -> tuple[PlenaryView, ...]:
        """The regime's meetings in the order they were held; those without a day stand by their ordinal."""
        rows = list(self.session.scalars(select(t.Plenary).where(t.Plenary.regime == regime)))
        records: dict[int, list[int]] = {}
        pairs = select(t.Record.plenary_id, t.Record.id).where(
            t.Record.regime == regime, t.Record.plenary_id.is_not(None)
        )
        for plenary_id, record_id in self.session.execute(pairs.order_by(t.Record.id)):
            records.setdefault(plenary_id or 0, []).append(record_id)
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
                tuple(records.get(row.id, ())),
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


def _current() -> Select[Any]:
    order = (t.Record.observed_at.desc(), t.Record.id.desc())
    nth = func.row_number().over(partition_by=t.Record.source_id, order_by=order).label("nth")
    told = select(t.Record.id, nth).join(t.Plenary, t.Plenary.id == t.Record.plenary_id)
    told = told.where(
        t.Record.regime == bindparam("regime"), t.Plenary.label == bindparam("plenary"), t.Record.held.is_(False)
    )
    ranked = told.subquery()
    return select(ranked.c.id).where(ranked.c.nth == 1)


# Of each page on a plenary the newest version that is believed.
_CURRENT = _current()

# The newest of them, told apart before their texts are asked for: a database that sorts texts carries them about.
_NEWEST = (
    select(t.Record.id)
    .where(t.Record.id.in_(_CURRENT), t.Record.source_id != bindparam("source"))
    .order_by(t.Record.observed_at.desc(), t.Record.id.desc())
    .limit(bindparam("most"))
)
_OTHERS = select(t.Record.observed_at, t.Record.id, t.Record.record).where(t.Record.id.in_(_NEWEST))


@cache
def _latest_version(believed: bool, before: bool, seen_by: bool) -> Select[Any]:
    query = _newest(VERSIONS, seen_by)
    if believed:
        query = query.where(t.Record.held.is_(False))
    return query.where(t.Record.id < bindparam("before")) if before else query


@cache
def _latest_hash(seen_by: bool) -> Select[Any]:
    return _newest(select(t.Record.text_hash), seen_by)


def _newest(query: Select[Any], seen_by: bool) -> Select[Any]:
    """The newest record of the source *of*: written last, or seen last at a moment."""
    query = query.where(t.Record.source_id == bindparam("of")).limit(1)
    if not seen_by:
        return query.order_by(t.Record.id.desc())
    known = t.Record.observed_at <= bindparam("seen_by")
    return query.where(known).order_by(t.Record.observed_at.desc(), t.Record.id.desc())


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
