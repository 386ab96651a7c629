"""Cities where plenaries are held, and the states they lie in."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from parsers.names import name_key
from parsers.tables import json_table


class CityMatch(NamedTuple):
    """A city named in a text: half-open character span, its English name, and its state's code."""

    start: int
    end: int
    city: str
    country: str


# Places in the tables that are more often something else: a treaty's name, a person's, a state's.
_NOT_A_PLACE = frozenset(("hague code", "rom", "man", "male", "seria", "nation"))
_WORD = re.compile(r"[^\W_]+")
_NOT_AFTER = re.compile(r"\s+(?:Code|Agreement|Arrangement|Convention|Protocol|Guidelines|Declaration|Treaty)\b")


@cache
def _cities() -> dict[str, list[str]]:
    return {key: row for key, row in json_table("cities.json").items() if key not in _NOT_A_PLACE and len(key) > 2}


@cache
def _longest() -> int:
    return max(key.count(" ") for key in _cities()) + 1


def find_cities(text: str) -> tuple[CityMatch, ...]:
    """The cities that *text* names, in order; treaties named after a city left out."""
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    found: list[CityMatch] = []
    cities, i = _cities(), 0
    while i < len(words):
        step = 1
        if not words[i][2][0].islower():
            for length in range(min(_longest(), len(words) - i), 0, -1):
                start, end = words[i][0], words[i + length - 1][1]
                if end - start > 40:
                    continue
                row = cities.get(name_key(text[start:end]))
                if row and not _NOT_AFTER.match(text, end):
                    found.append(CityMatch(start, end, row[0], row[1]))
                    step = length
                    break
        i += step
    return tuple(found)
