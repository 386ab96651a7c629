"""How statements about members become rows in two times."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from parsers.countries import display_name
from parsers.record import MembershipDecisionKind, Record
from storage import tables as t

_JOINS = (MembershipDecisionKind.ADMITTED, MembershipDecisionKind.ACCEDED, MembershipDecisionKind.SUBSCRIBED)


class MembershipWriter:
    """The writing verbs on memberships."""

    session: Session

    def _held(self, regime: str, country: str) -> t.Membership | None:
        """The interval that is open as known now."""
        return self.session.scalar(
            select(t.Membership).where(
                t.Membership.regime == regime,
                t.Membership.country == country,
                t.Membership.superseded_at.is_(None),
                t.Membership.valid_to.is_(None),
            )
        )

    def _ended(self, regime: str, country: str) -> list[t.Membership]:
        return list(
            self.session.scalars(
                select(t.Membership).where(
                    t.Membership.regime == regime,
                    t.Membership.country == country,
                    t.Membership.superseded_at.is_(None),
                    t.Membership.valid_to.is_not(None),
                )
            )
        )

    def members_listed(self, record: Record, record_id: int, *, stated_on: date | None, now: datetime) -> None:
        """Every state that *record* lists belonged on the day *stated_on*, or since the day the list gives.

        A list that names a state earlier than was known moves its beginning back; nothing that a list
        leaves out is ended.
        """
        for i, member in enumerate(record.members):
            if member.country is None:
                continue
            since = _first_day(member.since)
            self._belonged(
                record.regime,
                member.country,
                member.name,
                since or stated_on,
                "since" if since else "stated",
                record_id,
                f"/members/{i}",
                now,
            )
        for i, decision in enumerate(record.membership_decisions):
            if decision.decision not in _JOINS:
                continue
            day, basis = (decision.effective, "effective") if decision.effective else (decision.decided, "decided")
            for country in decision.countries:
                if self._held(record.regime, country) is not None and day is None:
                    continue
                self._belonged(
                    record.regime,
                    country,
                    display_name(country),
                    day or stated_on,
                    basis if day else "stated",
                    record_id,
                    f"/membership_decisions/{i}",
                    now,
                )

    def _belonged(
        self,
        regime: str,
        country: str,
        name: str,
        day: date | None,
        basis: str,
        record_id: int,
        pointer: str,
        now: datetime,
    ) -> None:
        held = self._held(regime, country)
        if held is None:
            before = self._ended(regime, country)
            if any(row.valid_to and day and day < row.valid_to for row in before):
                return  # An old list: the state belonged then, left later, and that is known.
            self._write(regime, country, name, len(before), day, None, basis, record_id, pointer, now)
            return
        sooner = day is not None and (held.valid_from is None or day < held.valid_from)
        surer = basis != "stated" and held.basis == "stated" and day is not None
        if not (sooner and held.basis == "stated") and not surer:
            return
        held.superseded_at = now
        self.session.flush()
        begin, kept = (day, basis) if sooner or surer else (held.valid_from, held.basis)
        self._write(regime, country, held.name, held.epoch, begin, None, kept, record_id, pointer, now)

    def member_joined(
        self, regime: str, country: str, *, on: date, record_id: int, pointer: str, now: datetime
    ) -> None:
        """Begin a membership on the day *on*, unless one is open: a joining told by a welcome alone."""
        if self._held(regime, country) is None:
            before = len(self._ended(regime, country))
            self._write(regime, country, display_name(country), before, on, None, "stated", record_id, pointer, now)

    def member_left(self, regime: str, country: str, *, on: date, record_id: int, pointer: str, now: datetime) -> None:
        """End a membership on the day *on*: a confirmed departure, never a mere absence."""
        held = self._held(regime, country)
        if held is None:
            return
        held.superseded_at = now
        self.session.flush()
        begin = min(held.valid_from, on) if held.valid_from else None
        self._write(regime, country, held.name, held.epoch, begin, on, held.basis, record_id, pointer, now)

    def member_renamed(self, regime: str, country: str, name: str, record_id: int, pointer: str, now: datetime) -> None:
        """The same member under its new name."""
        held = self._held(regime, country)
        if held is None or held.name == name:
            return
        held.superseded_at = now
        self.session.flush()
        self._write(regime, country, name, held.epoch, held.valid_from, None, held.basis, record_id, pointer, now)

    def _write(
        self,
        regime: str,
        country: str,
        name: str,
        epoch: int,
        valid_from: date | None,
        valid_to: date | None,
        basis: str,
        record_id: int,
        pointer: str,
        now: datetime,
    ) -> None:
        self.session.add(
            t.Membership(
                regime=regime,
                country=country,
                name=name,
                epoch=epoch,
                valid_from=valid_from,
                valid_to=valid_to,
                basis=basis,
                observed_at=now,
                superseded_at=None,
                record_id=record_id,
                pointer=pointer,
            )
        )
        self.session.flush()


def _first_day(since: str | None) -> date | None:
    """The first day that "1993" or "1993-05-04" can mean."""
    if not since:
        return None
    parts = [int(part) for part in since.split("-")]
    return date(parts[0], *[*parts[1:], 1, 1][:2])
