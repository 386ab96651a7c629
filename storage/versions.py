"""The questions about versions: what pages said, and which of it is the newest."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import CTE, Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from diffs.corpus import Corpus
from parsers.document import document_from_json
from parsers.record import Record, from_json
from storage import tables as t
from storage.errors import NotFound
from storage.learned import Learned
from storage.values import Version

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


def _current() -> CTE:
    """Of each page on a plenary the newest version that is believed: its id, its page and when it was seen. Their
    texts are asked for afterwards: a database that sorts them carries them about."""
    row = t.Record
    order = (row.observed_at.desc(), row.id.desc())
    nth = func.row_number().over(partition_by=row.source_id, order_by=order).label("nth")
    told = select(row.id, row.source_id, row.observed_at, nth).join(t.Plenary, t.Plenary.id == row.plenary_id)
    told = told.where(
        t.Plenary.regime == bindparam("regime"), t.Plenary.label == bindparam("plenary"), row.held.is_(False)
    )
    ranked = told.subquery()
    return select(ranked.c.id, ranked.c.source_id, ranked.c.observed_at).where(ranked.c.nth == 1).cte()


_LATEST = _current()
_CURRENT = select(_LATEST.c.id)
# The newest of them beside those of one page.
_NEWEST = (
    select(_LATEST.c.id)
    .where(_LATEST.c.source_id != bindparam("source"))
    .order_by(_LATEST.c.observed_at.desc(), _LATEST.c.id.desc())
    .limit(bindparam("most"))
)
_OTHERS = select(t.Record.observed_at, t.Record.id, t.Record.record).where(t.Record.id.in_(_NEWEST))

_VERSIONS_OF = select(func.count(), func.coalesce(func.sum(case((t.Record.held, 0), else_=1)), 0)).where(
    t.Record.source_id == bindparam("of")
)


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


class VersionReader:
    """The questions about versions."""

    session: Session
    _learned: Learned

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
        row = self.session.connection().execute(_VERSIONS_OF, {"of": source_id}).one()
        return row[0], row[1]

    def latest_is_held(self, source_id: int) -> bool:
        """Whether the newest version of a source is held back."""
        query = select(t.Record.held).where(t.Record.source_id == source_id).order_by(t.Record.id.desc())
        return bool(self.session.scalar(query.limit(1)))

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
        return self._learned.corpora.of(self.session, regime)

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
                document_from_json(row.document),
            )
            for row in self.session.connection().execute(query, values)
        )
