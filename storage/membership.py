"""How statements about members become rows in two times.

As known at one moment, a state's memberships of a regime are intervals of days that never overlap, and at
most the last of them is open. What is learnt later supersedes a row and writes another: nothing is altered.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from diffs.change import Change, ChangeKind, Status
from parsers.countries import display_name
from parsers.record import Kind, MembershipDecisionKind, Record
from storage import tables as t

_JOINS = (MembershipDecisionKind.ADMITTED, MembershipDecisionKind.ACCEDED, MembershipDecisionKind.SUBSCRIBED)
_STATED = "stated"


class _Said(NamedTuple):
    """Who says it, where, and when we knew."""

    record_id: int
    pointer: str
    now: datetime


class _Interval(NamedTuple):
    """A membership as known now."""

    id: int
    regime: str
    country: str
    name: str
    epoch: int
    valid_from: date | None
    valid_to: date | None
    basis: str
    observed_at: datetime
    record_id: int
    pointer: str


_INTERVALS = select(*(getattr(t.Membership, name) for name in _Interval._fields)).where(
    t.Membership.regime == bindparam("of"), t.Membership.superseded_at.is_(None)
)
_NOT_JOINED = select(t.ChangeRow.subject).where(
    t.ChangeRow.regime == bindparam("of"),
    t.ChangeRow.kind == ChangeKind.MEMBER_JOINED.value,
    t.ChangeRow.status != Status.CONFIRMED.value,
)
_ADD = insert(t.Membership)


class MembershipWriter:
    """The writing verbs on memberships."""

    session: Session

    def members_listed(
        self,
        record: Record,
        record_id: int,
        *,
        stated_on: date | None,
        now: datetime,
        doubted: frozenset[str] = frozenset(),
    ) -> None:
        """Every state that *record* lists belonged on the day *stated_on*, or since the day the list gives.

        A list that names a state earlier than was known moves its beginning back; nothing that a list
        leaves out is ended. No membership begins of a state that is *doubted*, or whose joining is held or rejected.
        """
        doubted |= self._not_joined(record.regime)
        known = self._intervals_of(record.regime, {m.country for m in record.members if m.country})
        for i, member in enumerate(record.members):
            if member.country is None:
                continue
            since = _first_day(member.since)
            said = _Said(record_id, f"/members/{i}", now)
            basis = "since" if since else _STATED
            # A state that is listed twice is looked up again: the first time may have written of it.
            intervals = known.pop(member.country, None)
            if member.country in doubted and self._open(intervals or []) is None:
                continue
            self._belonged(record.regime, member.country, member.name, since or stated_on, basis, said, intervals)
        for i, decision in enumerate(record.membership_decisions):
            if decision.decision not in _JOINS:
                continue
            day, basis = (decision.effective, "effective") if decision.effective else (decision.decided, "decided")
            said = _Said(record_id, f"/membership_decisions/{i}", now)
            for country in decision.countries:
                known_open = self._open(self._intervals(record.regime, country)) is not None
                # Of a member an undated word says nothing more; of a doubted state no word begins a membership.
                if (day is None) if known_open else (country in doubted):
                    continue
                name = display_name(country)
                self._belonged(record.regime, country, name, day or stated_on, basis if day else _STATED, said)

    def _not_joined(self, regime: str) -> frozenset[str]:
        """The states whose joining a person has to decide on yet, or has rejected."""
        rows = self.session.connection().execute(_NOT_JOINED, {"of": regime})
        return frozenset(subject for (subject,) in rows)

    def member_joined(
        self, regime: str, country: str, *, on: date, record_id: int, pointer: str, now: datetime
    ) -> None:
        """Begin a membership on the day *on*, unless one is open: a joining told by a welcome alone."""
        intervals = self._intervals(regime, country)
        if self._open(intervals) is None:
            name = display_name(country)
            begin = max([on, *(row.valid_to for row in intervals if row.valid_to)])
            self._begin(regime, country, name, len(intervals), begin, _STATED, _Said(record_id, pointer, now))

    def member_left(self, regime: str, country: str, *, on: date, record_id: int, pointer: str, now: datetime) -> None:
        """End a membership on the day *on*: a confirmed departure, never a mere absence."""
        intervals = self._intervals(regime, country)
        held = self._open(intervals)
        if held is None:
            return
        on = max([on, *(row.valid_to for row in intervals if row.valid_to)])
        begin = min(held.valid_from, on) if held.valid_from else None
        self._replace(held, _Said(record_id, pointer, now), valid_from=begin, valid_to=on)

    def membership_was_none(self, change: Change, record_id: int, now: datetime) -> None:
        """Know better than *record_id* did: the joining or departure that it told of never was. What another page has
        said of the membership since stays."""
        intervals = self._intervals(change.regime, change.subject)
        row = intervals[-1] if intervals else None
        if row is None or row.record_id != record_id:
            return
        if change.kind is ChangeKind.MEMBER_JOINED and row.valid_to is None:
            self._supersede(row, _later(now, row.observed_at))
        elif change.kind is ChangeKind.MEMBER_LEFT and row.valid_to is not None:
            self._replace(row, _Said(record_id, row.pointer, now), valid_from=row.valid_from)

    def member_renamed(self, regime: str, country: str, name: str, record_id: int, pointer: str, now: datetime) -> None:
        """The same member under its new name."""
        held = self._open(self._intervals(regime, country))
        if held is not None and held.name != name:
            self._replace(held, _Said(record_id, pointer, now), valid_from=held.valid_from, name=name)

    def _belonged(
        self,
        regime: str,
        country: str,
        name: str,
        day: date | None,
        basis: str,
        said: _Said,
        intervals: list[_Interval] | None = None,
    ) -> None:
        """The state belonged on *day* (`stated`), or began to belong then (any other *basis*); *intervals* are its
        memberships, where they are at hand."""
        intervals = self._intervals(regime, country) if intervals is None else intervals
        held = self._open(intervals)
        if not intervals:
            self._begin(regime, country, name, 0, day, basis, said)
        elif held is None and (day is None or day >= _end(intervals[-1])):
            # It is listed again after it had left: a new membership.
            begin = max(day or said.now.date(), _end(intervals[-1]))
            self._begin(regime, country, name, len(intervals), begin, basis if day else _STATED, said)
        elif day is not None:
            self._learn_beginning(intervals, day, basis, said)

    def _learn_beginning(self, intervals: list[_Interval], day: date, basis: str, said: _Said) -> None:
        """Move the beginning of the membership that *day* speaks of, where *day* tells more than was known."""
        at = next((i for i, row in enumerate(intervals) if row.valid_to is None or day < row.valid_to), None)
        if at is None:
            return
        row, floor = intervals[at], _end(intervals[at - 1]) if at else date.min
        known_exactly = row.basis != _STATED
        sooner = row.valid_from is None or day < row.valid_from
        surer = basis != _STATED and (row.valid_from != day or not known_exactly)
        if known_exactly or not (sooner or surer):
            # A page that gives the day of joining outweighs a list that shows the state by some day.
            return
        self._replace(row, said, valid_from=max(day, floor), valid_to=row.valid_to, basis=basis)

    def _intervals(self, regime: str, country: str) -> list[_Interval]:
        """The state's memberships as known now, in the order of time."""
        return self._intervals_of(regime, {country})[country]

    def _intervals_of(self, regime: str, countries: set[str]) -> dict[str, list[_Interval]]:
        """The same of several states, asked for at once."""
        found: dict[str, list[_Interval]] = {country: [] for country in countries}
        rows = self.session.connection().execute(_INTERVALS, {"of": regime})
        intervals = [_Interval._make(row) for row in rows if row.country in found]
        for held in sorted(intervals, key=lambda m: (m.valid_to is None, m.valid_to or date.max, m.id)):
            found[held.country].append(held)
        return found

    @staticmethod
    def _open(intervals: list[_Interval]) -> _Interval | None:
        return intervals[-1] if intervals and intervals[-1].valid_to is None else None

    def _begin(
        self, regime: str, country: str, name: str, epoch: int, day: date | None, basis: str, said: _Said
    ) -> None:
        self._write(_Interval(0, regime, country, name, epoch, day, None, basis, said.now, 0, ""), said)

    def _replace(
        self,
        old: _Interval,
        said: _Said,
        *,
        valid_from: date | None,
        valid_to: date | None = None,
        basis: str | None = None,
        name: str | None = None,
    ) -> None:
        moment = _later(said.now, old.observed_at)
        self._supersede(old, moment)
        new = old._replace(
            name=name or old.name,
            valid_from=valid_from,
            valid_to=valid_to,
            basis=basis or old.basis,
            observed_at=moment,
        )
        self._write(new, said)

    def _supersede(self, row: _Interval, moment: datetime) -> None:
        query = update(t.Membership).where(t.Membership.id == row.id).values(superseded_at=moment)
        self.session.connection().execute(query)

    def _write(self, row: _Interval, said: _Said) -> None:
        new = {**row._asdict(), "record_id": said.record_id, "pointer": said.pointer}
        del new["id"]
        self.session.connection().execute(_ADD, new)


def stated_day(record: Record, source_kind: str, seen: datetime) -> date:
    """The day for which a page's list holds: the plenary's last, or the day it was published or seen."""
    if source_kind == "members" or record.kind is Kind.MEMBERS:
        return record.published or seen.date()
    return record.plenary.end or record.plenary.start or record.published or seen.date()


def _later(now: datetime, known: datetime) -> datetime:
    # A clock that was set back must not make us know better before we knew: history stays as it was told.
    return now if now >= known else known + timedelta(microseconds=1)


def _end(row: _Interval) -> date:
    return row.valid_to or date.max


def _first_day(since: str | None) -> date | None:
    """The first day that "1993" or "1993-05-04" can mean."""
    if not since:
        return None
    parts = [int(part) for part in since.split("-")]
    return date(parts[0], *[*parts[1:], 1, 1][:2])
