"""Who was a member: on a day, as known at a moment. How rows come about stands in `storage.membership`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from parsers.record import Record, from_json
from storage import tables as t
from storage.values import Membership

_ROW = t.Membership
# Those that are known now, and those that were known at a moment, of which none had ended.
_STANDING = (
    select(_ROW.country, _ROW.name, _ROW.epoch, _ROW.valid_from, _ROW.valid_to)
    .where(_ROW.regime == bindparam("of"), _ROW.superseded_at.is_(None))
    .order_by(_ROW.name, _ROW.id)
)
_COUNTED = (
    select(func.count())
    .select_from(_ROW)
    .where(_ROW.regime == bindparam("of"), _ROW.valid_to.is_(None), _ROW.observed_at <= bindparam("at"))
    .where(or_(_ROW.superseded_at.is_(None), _ROW.superseded_at > bindparam("at")))
)


class MembershipReader:
    """The questions about memberships."""

    session: Session

    def members(
        self, regime: str, *, as_of: date | None = None, known_at: datetime | None = None
    ) -> tuple[Membership, ...]:
        """Who was a member on a day (default: the last we know of), as known at a moment (default: now),
        in the order of their names."""
        row, record = t.Membership, t.Record
        query = select(row, record.url, record.record).join(record, record.id == row.record_id)
        query = query.where(row.regime == regime)
        if known_at is None:
            query = query.where(row.superseded_at.is_(None))
        else:
            query = query.where(
                row.observed_at <= known_at, or_(row.superseded_at.is_(None), row.superseded_at > known_at)
            )
        if as_of is None:
            query = query.where(row.valid_to.is_(None))
        else:
            query = query.where(
                or_(row.valid_from.is_(None), row.valid_from <= as_of),
                or_(row.valid_to.is_(None), row.valid_to > as_of),
            )
        return self._memberships(self.session.execute(query.order_by(row.name, row.id)))

    def standing(self, regime: str) -> tuple[dict[str, tuple[str, int, date | None]], dict[str, int]]:
        """By country: the name, the epoch and the first known day of each member, and how often each state that is none
        has been one, by what is known now."""
        members: dict[str, tuple[str, int, date | None]] = {}
        ended: Counter[str] = Counter()
        for country, name, epoch, valid_from, valid_to in self.session.connection().execute(_STANDING, {"of": regime}):
            if valid_to is None:
                members[country] = (name, epoch, valid_from)
            else:
                ended[country] += 1
        return members, {country: times for country, times in ended.items() if country not in members}

    def count_members(self, regime: str, *, known_at: datetime) -> int:
        """How many members there were by what was known at a moment."""
        return self.session.connection().execute(_COUNTED, {"of": regime, "at": known_at}).scalar() or 0

    def membership_history(self, regime: str, country: str | None = None) -> tuple[Membership, ...]:
        """Every row ever written, also those we know better than by now, oldest knowledge first."""
        row, record = t.Membership, t.Record
        query = select(row, record.url, record.record).join(record, record.id == row.record_id)
        query = query.where(row.regime == regime)
        if country is not None:
            query = query.where(row.country == country)
        return self._memberships(self.session.execute(query.order_by(row.observed_at, row.id)))

    def _memberships(self, rows: Iterable[Sequence[Any]]) -> tuple[Membership, ...]:
        records: dict[int, Record] = {}
        found = []
        for row, url, record_json in rows:
            record = records.get(row.record_id) or from_json(record_json)
            records[row.record_id] = record
            evidence = record.evidence.get(row.pointer, ())
            found.append(
                Membership(
                    row.regime,
                    row.country,
                    row.name,
                    row.epoch,
                    row.valid_from,
                    row.valid_to,
                    row.basis,
                    row.observed_at,
                    row.superseded_at,
                    row.record_id,
                    row.pointer,
                    url,
                    evidence[0].quote if evidence else None,
                )
            )
        return tuple(found)
