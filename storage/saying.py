"""What a regime's pages said before a moment, drawn from all records for a comparison with a new one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from parsers.record import Concern, Decision, Meeting, MembershipDecision, Participant, Plenary, Resolution
from storage import tables as t
from storage.values import Told


class _Said(Struct):
    """The part of a record that says what was told before."""

    resolutions: tuple[Resolution, ...] = ()
    membership_decisions: tuple[MembershipDecision, ...] = ()
    adherents: tuple[Participant, ...] = ()
    observers: tuple[Participant, ...] = ()
    concerns: tuple[Concern, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    decisions: tuple[Decision, ...] = ()
    topics: tuple[str, ...] = ()
    member_count: int | None = None
    plenary: Plenary = Plenary()


_decoder = msgspec.json.Decoder(_Said)


class _Part(NamedTuple):
    """What one record tells: things as "field:subject", and decisions as "kind:country"."""

    cited: frozenset[str]
    things: frozenset[str]
    adherents: frozenset[str]
    observers: frozenset[str]
    decided: tuple[str, ...]
    member_count: int | None
    held_on: date | None


@lru_cache(2048)
def _part(record: str) -> _Part:
    """What *record* tells, as it is stored: each new page is compared with all of a regime, most of it read before."""
    said = _decoder.decode(record)
    return _Part(
        frozenset(str(r.number) for r in said.resolutions),
        frozenset(_things(said)),
        frozenset(p.country or p.name for p in said.adherents),
        frozenset(p.country or p.name for p in said.observers),
        tuple(f"{d.decision.value}:{country}" for d in said.membership_decisions for country in d.countries or ("",)),
        said.member_count,
        said.plenary.start,
    )


# All that a regime's records told before one of them. They are put in order here: a database that sorts them carries
# their texts about.
_BEFORE = (
    select(t.Record.observed_at, t.Record.id, t.Record.record, t.Plenary.label, t.Record.source_id)
    .outerjoin(t.Plenary, t.Plenary.id == t.Record.plenary_id)
    .where(t.Record.regime == bindparam("of"), t.Record.id < bindparam("before"), t.Record.held.is_(False))
)


class SaidReader:
    """The questions about what was said."""

    session: Session

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
        rows = self.session.connection().execute(_BEFORE, {"of": regime, "before": before})
        for seen, _, record, label, source in sorted(rows, key=itemgetter(0, 1)):
            part = _part(record)
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
        query = select(t.Record.text_hash).where(t.Record.source_id == source_id, t.Record.id < before)
        return frozenset(self.session.scalars(query))


def _things(said: _Said) -> Iterator[str]:
    """What a page cites, names or speaks of, as "field:subject"."""
    yield from (f"resolutions:{r.number}" for r in said.resolutions)
    yield from (f"concerns:{c.country or c.region}" for c in said.concerns)
    yield from (f"meetings:{m.abbreviation or m.name}" for m in said.meetings)
    yield from (f"decisions:{d.about}" for d in said.decisions)
    yield from (f"topics:{topic}" for topic in said.topics)
