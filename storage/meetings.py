"""Which meeting a page describes: by its ordinal, by its days, or by the meeting that the page was on before."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from parsers.record import Kind, Plenary, Record
from storage import tables as t

_MEETINGS = select(t.Plenary).where(t.Plenary.regime == bindparam("of"))


class MeetingWriter:
    """The writing verbs on meetings."""

    session: Session

    def plenary_of(self, record: Record, *, tied: int | None = None, source_id: int | None = None) -> t.Plenary | None:
        """The meeting that *record* describes, made, completed or given its ordinal as the record allows.

        *tied* is the meeting that the page was on before. One of the same first day is that meeting whatever number
        the page gives it now; the page's newest version, which *source_id* stands for, mends the number.
        """
        stated = record.plenary
        if record.kind is Kind.MEMBERS or not (stated.ordinal or stated.start or stated.end):
            return None
        known = list(self.session.scalars(_MEETINGS, {"of": record.regime}))
        row = next((p for p in known if stated.ordinal and p.ordinal == stated.ordinal), None)
        was = next((p for p in known if p.id == tied), None)
        if was is not None and was is not row and _same_meeting(was, stated):
            if source_id is None:
                return was
            row = self._renumbered(was, row, stated, source_id)
        if row is None:
            row = next((p for p in known if _same_days(p, stated)), None)
        if row is None:
            row = t.Plenary(regime=record.regime, label=_label(stated))
            self.session.add(row)
        for name in ("ordinal", "city", "country", "start", "end"):
            if getattr(row, name) is None and (told := getattr(stated, name)) is not None:
                setattr(row, name, told)
        label = _label(Plenary(ordinal=row.ordinal, start=row.start, end=row.end))
        if row.label != label:
            row.label = label
        self.session.flush()
        return row

    def _renumbered(self, was: t.Plenary, row: t.Plenary | None, stated: Plenary, source_id: int) -> t.Plenary | None:
        """The meeting *was* under the number that its page gives it now: *row*, where other pages know it so already.
        Where other pages call it as before, the two numbers stand."""
        sources = set(self.session.scalars(select(t.Record.source_id).where(t.Record.plenary_id == was.id)))
        if sources != {source_id}:
            return row
        if row is None:
            was.ordinal = stated.ordinal
            return was
        self.session.execute(update(t.Record).where(t.Record.plenary_id == was.id).values(plenary_id=row.id))
        self.session.delete(was)
        return row


def _label(plenary: Plenary) -> str:
    if plenary.ordinal is not None:
        return str(plenary.ordinal)
    day = plenary.start or plenary.end
    return day.isoformat() if day else ""


def _same_meeting(row: t.Plenary, stated: Plenary) -> bool:
    """Whether two numbers are given to the meeting that began on one day."""
    return bool(row.ordinal and stated.ordinal and row.start and row.start == stated.start)


def _same_days(row: t.Plenary, stated: Plenary) -> bool:
    """Whether the days touch, or lie within a week of one another, and no ordinal speaks against it."""
    if row.ordinal is not None and stated.ordinal is not None:
        return False
    mine = (row.start or row.end, row.end or row.start)
    theirs = (stated.start or stated.end, stated.end or stated.start)
    if None in mine or None in theirs:
        return False
    slack = timedelta(days=3)
    return mine[0] - slack <= theirs[1] and theirs[0] - slack <= mine[1]  # type: ignore[operator]
