"""How well records agree with labels: precision, recall and F1 a field, a regime and overall."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from parsers.record import Record

# A value of the label decides by these keys alone; other keys of a reading do not matter.
_SINGLE = ("kind", "language", "title", "published", "publisher", "member_count")
_LISTS = (
    "officers",
    "members",
    "membership_decisions",
    "adherents",
    "observers",
    "resolutions",
    "concerns",
    "outreach",
    "meetings",
    "decisions",
    "topics",
    "inconsistencies",
)


class Score(Struct):
    """Counts of right, wrong and missed values, and what follows from them."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    precision: float = 1.0
    recall: float = 1.0
    f1: float = 1.0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count more values in."""
        self.right, self.wrong, self.missed = self.right + right, self.wrong + wrong, self.missed + missed
        read, stated = self.right + self.wrong, self.right + self.missed
        self.precision = self.right / read if read else 1.0
        self.recall = self.right / stated if stated else 1.0
        both = self.precision + self.recall
        self.f1 = 2 * self.precision * self.recall / both if both else 0.0


class Miss(Struct, frozen=True):
    """A value that the label has and the record lacks (`expected`), or the other way round (`got`)."""

    page: str
    field: str
    expected: Any
    got: Any
    quotes: tuple[str, ...] = ()


class Evaluation(Struct):
    overall: Score
    fields: dict[str, Score]
    regimes: dict[str, Score]
    misses: list[Miss]
    pages: int = 0


class Case(Struct, frozen=True):
    """A page's name, its record, and its label as the JSON beside it says."""

    page: str
    record: Record
    label: dict[str, Any]


def score(cases: Iterable[Case]) -> Evaluation:
    """The agreement of records with labels. A key that a label leaves out does not judge the record."""
    result = Evaluation(Score(), {}, {}, [])
    for case in cases:
        result.pages += 1
        record: dict[str, Any] = msgspec.to_builtins(case.record)
        for field, label, got in _judged(case.label, record):
            right, wrong, missed = _compare(label, got)
            for scored in (
                result.overall,
                result.fields.setdefault(field, Score()),
                result.regimes.setdefault(str(case.label.get("regime")), Score()),
            ):
                scored.add(right, len(wrong), len(missed))
            for value in missed:
                result.misses.append(Miss(case.page, field, value, None, _quotes(case.record, field)))
            for value in wrong:
                result.misses.append(Miss(case.page, field, None, value, _quotes(case.record, field)))
    result.fields = dict(sorted(result.fields.items()))
    result.regimes = dict(sorted(result.regimes.items()))
    return result


def _judged(label: dict[str, Any], record: dict[str, Any]) -> Iterable[tuple[str, list[Any], list[Any]]]:
    for field in _SINGLE:
        if field in label:
            yield field, _listed(label[field]), _listed(record[field])
    for plenary in ("plenary", "next_plenary"):
        if plenary in label:
            stated, got = label[plenary] or {}, record[plenary] or {}
            for key in stated or ({"ordinal", "start", "end"} if label[plenary] is None else ()):
                yield f"{plenary}.{key}", _listed(stated.get(key)), _listed(got.get(key))
    for field in _LISTS:
        if field in label:
            yield field, label[field] or [], record[field]


def _listed(value: Any) -> list[Any]:
    return [] if value is None else [value]


def _compare(label: list[Any], got: list[Any]) -> tuple[int, list[Any], list[Any]]:
    """How many values agree, which readings no label backs, and which labels no reading meets."""
    left = list(got)
    missed = []
    right = 0
    for wanted in label:
        at = next((i for i, value in enumerate(left) if _agrees(wanted, value)), None)
        if at is None:
            missed.append(wanted)
        else:
            left.pop(at)
            right += 1
    # A state that chairs is the same statement as the person who chairs for it, whichever the label names.
    return right, left, missed


def _agrees(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, dict) and isinstance(value, dict):
        return all(_agrees(part, value.get(key)) for key, part in wanted.items())
    if isinstance(wanted, list) and isinstance(value, list | tuple):
        return sorted(map(str, wanted)) == sorted(map(str, value))
    if isinstance(wanted, str) and isinstance(value, str):
        return " ".join(wanted.split()).casefold() == " ".join(value.split()).casefold()
    return bool(wanted == value)


def _quotes(record: Record, field: str) -> tuple[str, ...]:
    pointer = "/" + field.replace(".", "/")
    found = [e.quote for key, spans in record.evidence.items() if key.startswith(pointer) for e in spans]
    return tuple(dict.fromkeys(found))[:6]
