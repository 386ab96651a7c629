"""How well records agree with labels: precision, recall and F1 a field, a regime and overall.

A label is what a person read off a page, in the record's form. It judges only what it holds: a field that it leaves
out is not judged, and neither is a key that it leaves out of a value (``{"number": 1540}`` is met by a resolution of
any year). ``null`` or ``[]`` says that the page states none. Concerns are judged by country, and by region only where
the label names a region.

A label with ``"complete": true`` judges every field: what it leaves out, the page does not state, and whatever the
record states there is wrong, but for the fields that ``"not_judged"`` lists. Keys left out of a value still do not
matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from parsers.cities import city_named
from parsers.lists.words import bodies_in
from parsers.record import Record

_SINGLE = ("kind", "language", "title", "published", "publisher", "member_count")
_MEETINGS = ("plenary", "next_plenary")
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
# A label of null for a meeting says that none of these is stated.
_MEETING_KEYS = ("ordinal", "city", "country", "start", "end")
_QUOTES = 6


class Score(Struct, frozen=True):
    """Counts of values read right, read wrongly and missed, and what follows from them (1.0 where there is
    nothing to be wrong about)."""

    precision: float
    recall: float
    f1: float
    right: int
    wrong: int
    missed: int

    @staticmethod
    def of(right: int, wrong: int, missed: int) -> Score:
        """The score of these counts."""
        precision = right / (right + wrong) if right + wrong else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        both = precision + recall
        return Score(precision, recall, 2 * precision * recall / both if both else 0.0, right, wrong, missed)


class Miss(Struct, frozen=True):
    """A disagreement: `expected` is the label's value that no reading meets, `got` a reading that no label backs;
    the other is None. `quotes` are the words on which the record rests what it states of the field."""

    page: str
    regime: str
    field: str
    expected: object
    got: object
    quotes: tuple[str, ...] = ()


class Evaluation(Struct, frozen=True):
    """The scores of all cases; its JSON is what ``plenarywatch evaluate --json`` prints.

    `without_members` leaves out the lists of members, which outnumber all other values. `misses` holds every
    disagreement; `wrong` those of them in which the record states something that the label does not.
    """

    wrong: tuple[Miss, ...]
    overall: Score
    without_members: Score
    fields: dict[str, Score]
    regimes: dict[str, Score]
    misses: tuple[Miss, ...]
    pages: int


class Case(Struct, frozen=True):
    """A page's name, its record (None where no record could be made of it), and its label."""

    page: str
    record: Record | None
    label: Mapping[str, object]


class _Counts:
    """Sums of right, wrong and missed values by name."""

    def __init__(self) -> None:
        self._sums: dict[str, list[int]] = {}

    def add(self, name: str, *numbers: int) -> None:
        sums = self._sums.setdefault(name, [0, 0, 0])
        for i, number in enumerate(numbers):
            sums[i] += number

    def scores(self) -> dict[str, Score]:
        return {name: Score.of(*sums) for name, sums in sorted(self._sums.items())}

    def total(self, *, without: str | None = None) -> Score:
        kept = [sums for name, sums in self._sums.items() if name != without]
        return Score.of(*(sum(sums[i] for sums in kept) for i in range(3)))


def score(cases: Iterable[Case]) -> Evaluation:
    """The agreement of records with their labels."""
    fields, regimes = _Counts(), _Counts()
    misses: list[Miss] = []
    pages = 0
    for case in cases:
        pages += 1
        regime = str(case.label.get("regime") or (case.record.regime if case.record else ""))
        for field, wanted, got in _judged(case):
            right, wrong, missed = _compare(wanted, got)
            fields.add(field, right, len(wrong), len(missed))
            regimes.add(regime, right, len(wrong), len(missed))
            quotes = _quotes(case.record, field) if wrong or missed else ()
            if field not in _LISTS and wrong and missed:
                misses.append(Miss(case.page, regime, field, missed[0], wrong[0], quotes))
                continue
            misses.extend(Miss(case.page, regime, field, value, None, quotes) for value in missed)
            misses.extend(Miss(case.page, regime, field, None, value, quotes) for value in wrong)
    return Evaluation(
        wrong=tuple(miss for miss in misses if miss.got is not None),
        overall=fields.total(),
        without_members=fields.total(without="members"),
        fields=fields.scores(),
        regimes=regimes.scores(),
        misses=tuple(misses),
        pages=pages,
    )


def _judged(case: Case) -> Iterator[tuple[str, list[object], list[object]]]:
    """Each judged field with the values of the label and those of the record."""
    record: Mapping[str, object] = msgspec.to_builtins(case.record) if case.record else {}
    label = case.label
    complete = label.get("complete") is True
    spared = _values(label.get("not_judged"))
    for field in _SINGLE:
        if _is_judged(field, label, spared):
            yield field, _none_or_one(label.get(field)), _none_or_one(record.get(field))
    for field in _MEETINGS:
        if _is_judged(field, label, spared):
            wanted, got = label.get(field), record.get(field)
            stated = wanted if isinstance(wanted, Mapping) else {}
            held = got if isinstance(got, Mapping) else {}
            for key in _MEETING_KEYS if complete or not stated else stated:
                yield f"{field}.{key}", _none_or_one(stated.get(key)), _none_or_one(held.get(key))
    for field in _LISTS:
        if _is_judged(field, label, spared):
            values, readings = _values(label.get(field)), _values(record.get(field))
            if field == "concerns" and not complete and not any(map(_is_region, values)):
                readings = [v for v in readings if not _is_region(v)]
            yield field, values, readings


def _is_judged(field: str, label: Mapping[str, object], spared: Sequence[object]) -> bool:
    return field in label or (label.get("complete") is True and field not in spared)


def _is_region(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value.get("region"))


def _none_or_one(value: object) -> list[object]:
    return [] if value is None else [value]


def _values(value: object) -> list[object]:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []


def _compare(wanted: list[object], got: list[object]) -> tuple[int, list[object], list[object]]:
    """How many values agree, the readings that no label backs, and the labels that no reading meets.

    The label that says most chooses first, so that a general one does not take the only reading a special one fits.
    """
    left = list(got)
    missed: list[object] = []
    for value in sorted(wanted, key=lambda v: -len(v) if isinstance(v, Mapping) else 0):
        at = next((i for i, reading in enumerate(left) if _agrees(value, reading)), None)
        if at is None:
            missed.append(value)
        else:
            left.pop(at)
    return len(wanted) - len(missed), left, missed


def _agrees(wanted: object, got: object) -> bool:
    """Whether a reading says what the label says: keys the label leaves out do not matter, nor do the order of a
    list inside a value, case, and runs of white space."""
    if isinstance(wanted, Mapping):
        return isinstance(got, Mapping) and all(_agrees(part, got.get(key)) for key, part in wanted.items())
    if isinstance(wanted, str):
        if not isinstance(got, str):
            return False
        same = " ".join(wanted.split()).casefold() == " ".join(got.split()).casefold()
        # A city or a body has a name in every language; a label may have the page's.
        return same or any((name := named(wanted)) is not None and name == named(got) for named in _NAMINGS)
    if isinstance(wanted, Sequence):
        return isinstance(got, Sequence) and sorted(map(str, wanted)) == sorted(map(str, got))
    return wanted == got


def _body_named(text: str) -> str | None:
    """The English name of the body that *text* is the name of."""
    found = bodies_in(text)
    return found[0].name if [(body.start, body.end) for body in found] == [(0, len(text))] else None


_NAMINGS = (city_named, _body_named)


def _quotes(record: Record | None, field: str) -> tuple[str, ...]:
    if record is None:
        return ()
    pointer = "/" + field.replace(".", "/")
    found = (e.quote for key, spans in record.evidence.items() if (key + "/").startswith(pointer + "/") for e in spans)
    return tuple(dict.fromkeys(found))[:_QUOTES]
