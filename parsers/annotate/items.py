"""A sentence as a row of items: its words and marks, and in place of some of them what they name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from parsers.annotate.people import Person
from parsers.arabic import VOWEL_SIGNS, bare
from parsers.countries import NameMatch
from parsers.remembered import remembered


class Kind(StrEnum):
    """The kind of an item; in rules, its name in capitals."""

    WORD = "word"
    MARK = "mark"
    NUMBER = "number"
    COUNTRIES = "countries"
    OWN = "own"
    OTHER = "other"
    SUBGROUP = "subgroup"
    MEMBER = "member"
    DATE = "date"
    OFFICE = "office"
    REGION = "region"
    COUNT = "count"
    BODY = "body"
    PERSON = "person"
    CHAIR = "chair"
    PRESIDENT = "president"


class Item(NamedTuple):
    """One item of a sentence: ``sentence.text[start:end]``.

    `low` is its text in small letters, the digits of the number in what `counted_items` gives; `names` are the states
    of a COUNTRIES item, or the body of a BODY, which `parsers/participation.py` finds, `traits` what else is known of it:
    "new", "numbered", "subscribing" of a MEMBER, "capital" and "abbreviation" of a word, "members" and "rank" of a COUNT;
    `people` are the persons of a PERSON item, "outgoing", "incoming", "joint", "function", "state" and years are traits of
    a CHAIR, whose states are its `names`.
    """

    kind: Kind
    start: int
    end: int
    low: str
    names: tuple[NameMatch, ...] = ()
    traits: frozenset[str] = frozenset()
    people: tuple[Person, ...] = ()


CAPITAL = frozenset(("capital",))
_ABBREVIATED = frozenset(("capital", "abbreviation"))
_ABBREVIATION = 6
_NONE: frozenset[str] = frozenset()
_TOKEN = re.compile(
    r"(?P<possessive>['’]s\b|(?<=s)['’](?=\s))|(?P<elided>(?<=[^\W\d_])['’](?=\w)|-(?=se\b))"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:[-.]?(?:st|nd|rd|th|er|e|ème|eme|[º°ª]|м|й|го|я))?(?!\w))"
    rf"|(?P<word>[^\W\d_]+(?:[{VOWEL_SIGNS}]+[^\W\d_]*)*(?:-(?!se\b)[^\W\d_]+)*\d{{0,2}})|(?P<mark>[^\w\s]|\d+)"
)


def lows(text: str) -> set[str]:
    """The words and marks of *text* in small letters, as those of its items are."""
    return {"'s" if m.lastgroup == "possessive" else bare(m.group()) for m in _TOKEN.finditer(text.lower())}


@remembered
def tokens(text: str) -> tuple[Item, ...]:
    """The words, numbers and marks of *text*; a possessive ending is a mark of its own, an elision none."""
    found: list[Item] = []
    for match in _TOKEN.finditer(text):
        group = match.lastgroup
        if group == "elided":
            continue
        said = match.group()
        if group == "possessive":
            found.append(Item(Kind.MARK, *match.span(), "'s"))
        elif group == "word":
            found.append(Item(Kind.WORD, *match.span(), bare(said.lower()), (), _letters(said)))
        else:
            kind = Kind.NUMBER if group == "number" else Kind.MARK
            found.append(Item(kind, *match.span(), bare(said.lower())))
    return tuple(found)


def _letters(word: str) -> frozenset[str]:
    """The traits of how a word is written."""
    if word.isupper() and 2 <= len(word) <= _ABBREVIATION:
        return _ABBREVIATED
    return CAPITAL if word[0].isupper() else _NONE


def covered(items: list[Item], start: int, end: int) -> tuple[int, int] | None:
    """The half-open range of the *items* that stand between two offsets, or None where none does."""
    low = bisect_right(items, start, key=attrgetter("end"))
    high = bisect_left(items, end, lo=low, key=attrgetter("start"))
    return (low, high) if low < high else None


def put(items: list[Item], low: int, high: int, item: Item) -> None:
    """Put *item* in the place of those from *low* to *high*."""
    items[low:high] = [item]
