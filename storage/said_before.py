"""What a regime's pages said before a moment, drawn from all records for a comparison with a new one."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from storage import tables as t
from storage.learned import Learned
from storage.values import SourceRef, Told

_TEXTS = select(t.Record.text_hash).where(t.Record.source_id == bindparam("of"), t.Record.id < bindparam("before"))
_PAST = "history/"


class _Country(Struct):
    country: str | None = None


class _Listed(Struct):
    """The part of a record that lists members."""

    members: tuple[_Country, ...] = ()


_listed = msgspec.json.Decoder(_Listed)


class SaidReader:
    """The questions about what was said."""

    session: Session
    _learned: Learned

    def told(self, regime: str, *, before: int) -> Told:
        """What the regime's pages told in records older than *before*: resolutions' numbers, membership
        decisions as "kind:country:plenary", and the number of members that was stated last, statements on
        plenaries of longer ago left aside; and all numbers stated, with when."""
        count: int | None = None
        steps = 0
        newest = date.min
        stated: list[tuple[int, datetime]] = []
        # What each page said last of the number, a plenary's second page as the plenary's first.
        counts: dict[str | int, tuple[int, int]] = {}
        by_plenary: dict[str, set[str]] = {}
        cited: set[str] = set()
        decided: set[str] = set()
        adherents: set[str] = set()
        observers: set[str] = set()
        for seen, record, source, label, part in self._learned.sayings.of(self.session, regime):
            if record >= before:
                continue
            cited |= part.cited
            if label is not None:
                by_plenary.setdefault(label, set()).update(part.things)
            adherents |= part.adherents
            observers |= part.observers
            decided.update(f"{decision}:{label}" for decision in part.decided)
            held_on = part.held_on or newest
            if part.member_count is not None and held_on >= newest:
                owner, said = counts.get(label or source, (source, None))
                if owner == source and said != part.member_count:
                    counts[label or source] = (source, part.member_count)
                    count = part.member_count
                    steps += 1
                    stated.append((part.member_count, seen))
            newest = max(newest, held_on)
        return Told(
            frozenset(cited), frozenset(decided), frozenset(adherents), frozenset(observers), count, steps,
            tuple(stated), {plenary: frozenset(things) for plenary, things in by_plenary.items()},
        )  # fmt: skip

    def texts(self, source_id: int, *, before: int) -> frozenset[str]:
        """The hashes of all texts that a source showed in records older than *before*."""
        rows = self.session.connection().execute(_TEXTS, {"of": source_id, "before": before})
        return frozenset(text for (text,) in rows)

    def lists(self, source: SourceRef, *, before: int, seen_by: datetime | None = None) -> tuple[frozenset[str], ...]:
        """The states of every list of members that a page showed in records older than *before*, also those of its past
        that were taken in beside it, in the order in which they were seen; with *seen_by*, until then."""
        page = source.name.removeprefix(_PAST)
        query = (
            select(t.Record.record)
            .join(t.Source, t.Source.id == t.Record.source_id)
            .where(t.Source.regime == source.regime, t.Source.name.in_((page, _PAST + page)), t.Record.id < before)
            .order_by(t.Record.observed_at, t.Record.id)
        )
        if seen_by is not None:
            query = query.where(t.Record.observed_at <= seen_by)
        found = (_listed.decode(record) for (record,) in self.session.connection().execute(query))
        lists = (frozenset(member.country for member in one.members if member.country) for one in found)
        return tuple(countries for countries in lists if countries)
