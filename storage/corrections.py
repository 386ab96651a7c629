"""What a person decides about a reading, applied to every version that says the same words there.

A reading is named by where it stands in a record and by the page's own words: ``("/members/*", "Ruritania")``.
So a decision outlives a new version, a mirror and a new parser, and what was decided is not asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from parsers.record import Evidence, InconsistencyCode, Record, from_json, to_json
from storage import tables as t
from storage.errors import BadCorrection, NotFound

Decision = Literal["approved", "corrected", "rejected"]
Value = bool | int | float | str | list[str] | dict[str, str | int | None] | None
_INDEX = re.compile(r"/\d+(?=/|$)")

_CORRECTIONS = select(t.Correction.__table__).order_by(t.Correction.id)
_OF_REGIME = _CORRECTIONS.where(t.Correction.regime == bindparam("of"))


class Correction(Struct, frozen=True):
    """A decision on a reading. `value` is what a corrected one becomes, as JSON; a rejected one is taken out."""

    regime: str
    place: str
    quote: str
    decision: Decision
    value: Value
    who: str
    why: str
    decided_at: datetime
    record: int


class OpenReading(Struct, frozen=True):
    """A reading that waits for a person: a name that no table knows, or a page that contradicts itself."""

    record: int
    regime: str
    url: str
    pointer: str
    reading: str
    evidence: tuple[Evidence, ...]


class CorrectionReader:
    """The questions about corrections."""

    session: Session

    def corrections(self, regime: str | None = None) -> tuple[Correction, ...]:
        """Every decision ever taken, oldest first."""
        query = _CORRECTIONS if regime is None else _OF_REGIME
        return tuple(_correction(row) for row in self.session.connection().execute(query, {"of": regime}))

    def corrected(self, record: Record) -> Record:
        """*record* as the decisions taken so far have it. Its evidence stays what the page says."""
        return apply(record, self.corrections(record.regime))

    def open_readings(self, regime: str | None = None) -> tuple[OpenReading, ...]:
        """The readings of each page's newest version that nobody has decided yet, each once."""
        decided = {(c.regime, c.place, c.quote) for c in self.corrections(regime)}
        query = select(t.Record).order_by(t.Record.source_id, t.Record.id.desc())
        if regime is not None:
            query = query.where(t.Record.regime == regime)
        found: list[OpenReading] = []
        newest: set[int] = set()
        for row in self.session.scalars(query.execution_options(yield_per=50)):
            if row.source_id in newest:
                continue
            newest.add(row.source_id)
            record = from_json(row.record)
            for pointer, reading in _doubtful(record):
                name = (record.regime, place_of(pointer), _quote(record, pointer))
                if name not in decided:
                    decided.add(name)
                    evidence = record.evidence.get(pointer, ())
                    found.append(OpenReading(row.id, record.regime, row.url, pointer, reading, evidence))
        return tuple(found)


class CorrectionWriter(CorrectionReader):
    """The writing verbs on corrections."""

    def correct(
        self,
        record_id: int,
        pointer: str,
        decision: Decision,
        *,
        who: str,
        why: str,
        now: datetime,
        value: Value = None,
    ) -> Correction:
        """Keep a decision on what *record_id* reads at *pointer*. It takes effect on what is read from now on,
        and on what is stored by `reparse`. Raises `NotFound` for a place the record does not have, `BadCorrection`."""
        row = self.session.get(t.Record, record_id)
        if row is None:
            raise NotFound(f"record {record_id}: no such record; 'plenarywatch records R' lists them")
        record = from_json(row.record)
        if pointer not in record.evidence:
            raise NotFound(f"record {record_id}: reads nothing at {pointer!r}; its evidence names the places")
        made = t.Correction(
            regime=record.regime,
            place=place_of(pointer),
            quote=_quote(record, pointer),
            decision=decision,
            value=msgspec.json.encode(value).decode() if decision == "corrected" else None,
            who=who,
            why=why,
            decided_at=now,
            record_id=record_id,
        )
        # It must fit before it is kept: a value of another type than the field's would spoil every reading.
        apply(record, [_correction(made)])
        self.session.add(made)
        self.session.flush()
        return _correction(made)


def place_of(pointer: str) -> str:
    """*pointer* without positions, which another version may count otherwise: ``/members/3`` is ``/members/*``."""
    return _INDEX.sub("/*", pointer)


def apply(record: Record, corrections: Iterable[Correction]) -> Record:
    """*record* with the decisions on it; of two on one reading the later counts. Raises `BadCorrection`
    for a value that the field cannot have."""
    by_name = {(c.place, c.quote): c for c in corrections if c.regime == record.regime}
    if not by_name:
        return record
    todo = [
        (pointer, found)
        for pointer in record.evidence
        if (found := by_name.get((place_of(pointer), _quote(record, pointer)))) and found.decision != "approved"
    ]
    if not todo:
        return record
    values = msgspec.json.decode(to_json(record))
    gone: list[tuple[str, int]] = []
    for pointer, correction in todo:
        steps = pointer.strip("/").split("/")
        if correction.decision == "rejected" and len(steps) == 2 and steps[1].isdigit():
            gone.append((steps[0], int(steps[1])))
        else:
            _set(values, steps, correction.value if correction.decision == "corrected" else None)
    for field, position in sorted(gone, reverse=True):
        del values[field][position]
        values["evidence"] = _without(values["evidence"], field, position)
    try:
        return from_json(msgspec.json.encode(values))
    except msgspec.ValidationError as error:
        raise BadCorrection(f"the value does not fit its field ({error}); give one of the field's own kind") from error


def _set(values: dict[str, object], steps: list[str], value: Value) -> None:
    """Put *value* where *steps* lead. A member, an officer or a plenary takes an object's fields one by one."""
    at: object = values
    for step in steps[:-1]:
        at = at[int(step)] if isinstance(at, list) else at[step]  # type: ignore[index]
    if isinstance(at, list):
        held = at[int(steps[-1])]
        at[int(steps[-1])] = held | value if isinstance(held, dict) and isinstance(value, dict) else value
    else:
        at[steps[-1]] = value  # type: ignore[index]


def _without(evidence: dict[str, object], field: str, position: int) -> dict[str, object]:
    """The evidence once the item at *position* is taken out and those after it moved up."""
    kept: dict[str, object] = {}
    for pointer, spans in evidence.items():
        steps = pointer.strip("/").split("/")
        if steps[0] == field and len(steps) > 1 and steps[1].isdigit():
            if int(steps[1]) == position:
                continue
            if int(steps[1]) > position:
                steps[1] = str(int(steps[1]) - 1)
        kept["/" + "/".join(steps)] = spans
    return kept


def _doubtful(record: Record) -> Iterable[tuple[str, str]]:
    for i, member in enumerate(record.members):
        if member.country is None:
            yield f"/members/{i}", f"no table knows the country {member.name!r}"
    for i, odd in enumerate(record.inconsistencies):
        if odd.code is InconsistencyCode.UNKNOWN_COUNTRY:
            # The member itself is asked about.
            continue
        yield f"/inconsistencies/{i}", f"{odd.code.value}: {odd.detail}"


def _quote(record: Record, pointer: str) -> str:
    return "\n".join(e.quote for e in record.evidence.get(pointer, ()))


def _correction(row: t.Correction | Row[Any]) -> Correction:
    return Correction(
        row.regime,
        row.place,
        row.quote,
        row.decision,  # type: ignore[arg-type]
        msgspec.json.decode(row.value) if row.value is not None else None,
        row.who,
        row.why,
        row.decided_at,
        row.record_id,
    )
