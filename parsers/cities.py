"""The cities that plenaries are held in, and their states.

Names come from ``data/cities.csv``: the capitals of the world and the other places where the regimes, or bodies
like them, have met, with their names in other languages from the Unicode CLDR (the cities of its time zones) and
the cases in which Slavic languages put them behind "in". A city the table does not hold is still read where the
text states its country beside it: see `placed_before_country`.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from parsers.names import name_key
from parsers.vocabulary import CAPITALS, any_of, words


class CityMatch(NamedTuple):
    """A city named in a text: half-open character span, its usual name, and the ISO 3166 code of its state."""

    start: int
    end: int
    city: str
    country: str


def find_cities(text: str, *, slug: bool = False) -> tuple[CityMatch, ...]:
    """The known cities in *text*, in order, the longest name winning; treaties and bodies called after a city
    left out. With *slug* the text is an address, where names stand in small letters."""
    found: list[CityMatch] = []
    reached = 0
    firsts = _first_words()
    for word in _WORD.finditer(text):
        if word.start() < reached or not (slug or _can_begin_a_name(word.group())):
            continue
        begin, key = word.start(), name_key(word.group())
        if key not in firsts:
            # "In" is written onto an Arabic name.
            if not (key.startswith(_IN) and key[1:] in firsts):
                continue
            begin += 1
        match = _longest(text, begin)
        if match is None or _names_something_else(text, match):
            continue
        found.append(match)
        reached = match.end
    if _UNSPACED.search(text):
        found.extend(_find_unspaced(text))
        found.sort()
    return tuple(found)


def city_named(text: str) -> tuple[str, str] | None:
    """The usual name and the state of the city whose name the whole of *text* is, or None."""
    return _cities().get(name_key(text))


def placed_before_country(text: str, country_start: int) -> tuple[int, int] | None:
    """The span of the place that stands right before a state's name at *country_start*: ``Kuršumlija`` in "in
    Kuršumlija, Serbia" or "in Kuršumlija (Serbia)"; None where no name stands there."""
    match = _PLACE_BEFORE.search(text, max(0, country_start - 80), country_start)
    if match is None or name_key(match.group(1)).split(" ", 1)[0] in _no_place():
        return None
    return match.span(1)


_WORD = re.compile(r"[^\W\d_]+")
_IN = "ب"
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BETWEEN = re.compile(r"(?:[\s\-’'´‘]{1,2}|\.\s?|,\s(?=D\.?\s?[CF]\b))")
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|à|en|em|v|w|ve|i|a|bei|в)\s+|[–—-]\s+|[,(|]\s*|^|\n)"
    rf"([{CAPITALS}][\w'’.-]+(?:[\s-](?:(?:de|del|la|el|al|do|da|of|upon|am|an|der|sur|los|las)\s)?"
    rf"[{CAPITALS}][\w'’-]+){{0,3}})"
    r"(?:,\s*(?:in\s)?(?:the\s)?|\s*[(–—-]\s*(?:the\s)?|\s+in\s+(?:the\s)?"
    rf"(?:[{CAPITALS}][\w'’-]+\s(?:[{CAPITALS}][\w'’-]+\s)?(?:Province|State|Region|Prefecture|County)\s(?:of\s)?(?:the\s)?)?)\Z"
)


@cache
def _no_place() -> frozenset[str]:
    return frozenset(word for line in words("place_words", "no_place") for word in line.split())


@cache
def _not_after() -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s)?(?:\sand\s\w+)?[\s-]{any_of(words('place_words', 'not_after'))}\b", re.IGNORECASE)


@cache
def _not_before() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words('place_words', 'not_before'))}\s\Z")


@cache
def _rows() -> list[dict[str, str]]:
    return list(csv.DictReader(files("parsers").joinpath("data", "cities.csv").read_text("utf-8").splitlines()))


@cache
def _cities() -> dict[str, tuple[str, str]]:
    """Every name's key to the usual name and the state; a city's own name wins over another's other name."""
    rows = _rows()
    found = {name_key(row["city"]): (row["city"], row["country"]) for row in rows}
    for row in rows:
        for name in filter(None, row["other_names"].split("|")):
            found.setdefault(name_key(name), (row["city"], row["country"]))
    return found


@cache
def _first_words() -> frozenset[str]:
    return frozenset(key.split(" ", 1)[0] for key in _cities())


def _can_begin_a_name(word: str) -> bool:
    # Arabic has no capitals; "la Haye" and "den Haag" begin in small letters inside a sentence.
    return word[0].isupper() or "\u0600" <= word[0] <= "\u06ff" or word in ("la", "den")


def _longest(text: str, start: int) -> CityMatch | None:
    """The longest name of up to five words that begins at *start*."""
    best: CityMatch | None = None
    table, at = _cities(), start
    for _ in range(5):
        part = _WORD.match(text, at)
        if part is None:
            break
        entry = _entry(table, name_key(text[start : part.end()]))
        if entry is not None:
            # The stop of "D.C." belongs to the name.
            end = part.end() + (text[part.end() : part.end() + 1] == "." == text[part.end() - 2 : part.end() - 1])
            best = CityMatch(start, end, *entry)
        gap = _BETWEEN.match(text, part.end())
        if gap is None:
            break
        at = gap.end()
    return best


def _entry(table: dict[str, tuple[str, str]], key: str) -> tuple[str, str] | None:
    """The city of a name, which may stand in the case that Russian puts behind "in"."""
    found = table.get(key)
    if found is None and len(key) > _SHORTEST and key[-1] in "еи":
        return next((table[key[:-1] + end] for end in ("", "а", "я", "ь") if key[:-1] + end in table), None)
    return found


# Shorter names in Cyrillic letters are words too.
_SHORTEST = 4


def _names_something_else(text: str, match: CityMatch) -> bool:
    before = _not_before().search(text, max(0, match.start - 24), match.start)
    return before is not None or _not_after().match(text, match.end) is not None


@cache
def _unspaced_cities() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """The names in scripts without blanks as they are written, and their cities: a key would take "ド" apart."""
    named = {
        name: (row["city"], row["country"])
        for row in _rows()
        for name in row["other_names"].split("|")
        if _UNSPACED.search(name) and len(name) > 1
    }
    return re.compile("|".join(map(re.escape, sorted(named, key=len, reverse=True)))), named


def _find_unspaced(text: str) -> list[CityMatch]:
    pattern, named = _unspaced_cities()
    return [CityMatch(m.start(), m.end(), *named[m.group()]) for m in pattern.finditer(text)]
