"""What a regime's records told, drawn from them as they are added."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from datetime import date, datetime
from operator import itemgetter
from typing import NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, bindparam, select

from parsers.record import Concern, Decision, Meeting, MembershipDecision, Participant, Plenary, Resolution
from storage import tables as t


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


class Part(NamedTuple):
    """What one record tells: things as "field:subject", and decisions as "kind:country"."""

    cited: frozenset[str]
    things: frozenset[str]
    adherents: frozenset[str]
    observers: frozenset[str]
    decided: tuple[str, ...]
    member_count: int | None
    held_on: date | None


def _part(record: str) -> Part:
    """What *record* tells, as it is stored."""
    said = _decoder.decode(record)
    return Part(
        frozenset(str(r.number) for r in said.resolutions),
        frozenset(_things(said)),
        frozenset(p.country or p.name for p in said.adherents),
        frozenset(p.country or p.name for p in said.observers),
        tuple(f"{d.decision.value}:{country}" for d in said.membership_decisions for country in d.countries or ("",)),
        said.member_count,
        said.plenary.start,
    )


class Saying(NamedTuple):
    """What one record tells, and when, of which plenary and on which page it was seen."""

    seen: datetime
    record: int
    source: int
    label: str | None
    part: Part


_WHEN = itemgetter(0, 1)
_ADDED = (
    select(t.Record.observed_at, t.Record.id, t.Record.source_id, t.Plenary.label, t.Record.record)
    .outerjoin(t.Plenary, t.Plenary.id == t.Record.plenary_id)
    .where(t.Record.regime == bindparam("of"), t.Record.id > bindparam("after"), t.Record.held.is_(False))
    .order_by(t.Record.id)
    .execution_options(yield_per=100)
)


class Sayings:
    """What a regime's believed records told, in the order in which they were seen."""

    def __init__(self) -> None:
        self._newest = 0
        self._rows: list[Saying] = []
        # Most pages say the same as another, or as themselves before.
        self._parts: dict[Part, Part] = {}

    def grown(self, connection: Connection, regime: str) -> list[Saying]:
        """All of them, with those that were added since."""
        for seen, record, source, label, text in connection.execute(_ADDED, {"of": regime, "after": self._newest}):
            part = _part(text)
            insort(self._rows, Saying(seen, record, source, label, self._parts.setdefault(part, part)), key=_WHEN)
            self._newest = record
        return list(self._rows)


def _things(said: _Said) -> Iterator[str]:
    """What a page cites, names or speaks of, as "field:subject"."""
    yield from (f"resolutions:{r.number}" for r in said.resolutions)
    yield from (f"concerns:{c.country or c.region}" for c in said.concerns)
    yield from (f"meetings:{m.abbreviation or m.name}" for m in said.meetings)
    yield from (f"decisions:{d.about}" for d in said.decisions)
    yield from (f"topics:{topic}" for topic in said.topics)
