"""Days and spans of days in running text, in the languages of `data/months.json`.

The grammar is the project's own: general date parsers read "13-15 April 2011" as a day in 2013. A year that a
date leaves out is taken from the *year* given by the caller, and the match says that it was not stated.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from parsers.names import name_key
from parsers.tables import json_table


class DateMatch(NamedTuple):
    """Days named in a text: half-open character span, first and last day, and whether the year stands there."""

    start: int
    end: int
    first: date
    last: date
    year_stated: bool


@cache
def _months() -> dict[str, int]:
    table: dict[str, int] = json_table("months.json")
    return table


# An ordinal's ending, a list's dot, and the words between two days. Pages glue and space them in all ways.
_DAY = r"(?<![\d.,/])(?<!\d[-–])(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_ORD = r"(?:\s?(?:st|nd|rd|th|er|re|ère|ª|º|°|\.|-?го|-?е)(?![a-z]))?"
_TO = (
    r"\s*(?:-|–|—|−|/|‐|‑|\bto\b|\band\b|\bthrough\b|\buntil\b|\btill\b|&|\bau\b|\bet\b|\bbis\b|\bund\b|\bal\b|\ba\b|\by\b"
    r"|\bao?\b|\be\b|\bli\b|\baž\b|\bdo\b|\bi\b|\bпо\b|\bи\b|\ben\b|\btot\b|\btil\b)\s*(?:[A-Z][a-z]+day,?\s+)?(?:\bthe\b|\bel\b|\bel día\b|\bdem\b|\ble\b)?\s*"
)
_NO_MONTH = r"(?!(?:and|bis|und|through|until|till|tot|til|the)\b)"
_MONTH = _NO_MONTH + r"(?P<{}>[^\W\d_]{{3,12}})\.?"
_OF = r"\s*(?:,|\bof\b|\bde\b|\bdel\b|\bdi\b|-)?\s*(?:\bof\b|\bde\b)?\s*"
_YEAR = r"(?:,?\s*(?:,|\bof\b|\bde\b|\bdel\b|\bin\b|-)?\s*(?P<{}>(?:19|20)\d\d)(?!\d(?!\d?:\d\d)))"

_DAY_FIRST = re.compile(
    rf"(?P<d1>{_DAY}){_ORD}(?:{_OF}{_MONTH.format('m1')}{_YEAR.format('y1')}?)?"
    rf"(?:{_TO}(?P<d2>(?:0?[1-9]|[12]\d|3[01])(?!\d)){_ORD}{_OF}{_MONTH.format('m2')}{_YEAR.format('y2')}?)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH.format('m1')}\s+(?P<d1>(?:0?[1-9]|[12]\d|3[01])(?!\d)){_ORD}"
    rf"(?:{_TO}(?:(?P<m2>[^\W\d_]{{3,12}})\.?\s+)?(?P<d2>(?:0?[1-9]|[12]\d|3[01])(?!\d)){_ORD})?"
    rf"{_YEAR.format('y1')}?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<c>(?:19|20)?\d\d)(?!\d)"
    r"(?:\s*[-–]\s*(?P<a2>\d{1,2})\.(?P<b2>\d{1,2})\.(?P<c2>(?:19|20)?\d\d)(?!\d))?"
)
_ISO = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
_CJK = re.compile(
    r"(?:((?:19|20)\d\d)\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?(?:\s?[-–至~〜]\s?(?:(\d{1,2})\s?[月월]\s?)?(\d{1,2}))?\s?[日일]"
)
YEAR = re.compile(r"(?<![\d/.-])(?:19[5-9]\d|20[0-4]\d)(?!\d|/\d)")


def _month(word: str | None) -> int | None:
    return _months().get(name_key(word)) if word else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _match(
    span: tuple[int, int], year: int | None, other_year: int | None, first: tuple[int, int], last: tuple[int, int]
) -> DateMatch | None:
    """The match of two (month, day) pairs; a span over the year's end begins in the year before."""
    stated = year or other_year
    if stated is None:
        return None
    end_year = other_year or stated
    begin_year = year or stated
    if (first[0], first[1]) > (last[0], last[1]) and begin_year == end_year:
        begin_year -= 1
    begin, end = _day(begin_year, *first), _day(end_year, *last)
    if begin is None or end is None or end < begin or (end - begin).days > 45:
        return None
    return DateMatch(*span, begin, end, True)


def find_dates(text: str, *, year: int | None = None) -> tuple[DateMatch, ...]:
    """The days and spans of days that *text* names, in order. Those without a year are dated in *year*,
    and left out where it is None."""
    found: list[DateMatch] = []
    taken: list[tuple[int, int]] = []

    def add(match: DateMatch | None, stated: bool) -> None:
        if match is None or any(match.start < end and start < match.end for start, end in taken):
            return
        found.append(match._replace(year_stated=stated))
        taken.append((match.start, match.end))

    if not any(map(str.isdigit, text)):
        return ()
    for m in _ISO.finditer(text):
        day = _day(int(m[1]), int(m[2]), int(m[3]))
        add(DateMatch(*m.span(), day, day, True) if day else None, True)
    if "." in text:
        for m in _NUMERIC.finditer(text):
            add(_numeric(m), True)
    for m in _DAY_FIRST.finditer(text):
        m1, m2 = _month(m["m1"]), _month(m["m2"])
        if m["d2"] and m2 is None:
            # "11 April 2011 to 35 members": the second half is not a day after all.
            shorter = _DAY_FIRST.match(text, m.start(), m.start("d2"))
            if shorter is None or not (m1 := _month(shorter["m1"])):
                continue
            m, m2 = shorter, None
        if m["d2"] is None and m1 is None:
            continue
        stated = bool(m["y1"] or m["y2"])
        y1 = int(m["y1"]) if m["y1"] else None
        y2 = int(m["y2"]) if m["y2"] else None
        if not stated:
            y1 = year
        if m["d2"] and m2:
            if m["m1"] and m1 is None:
                continue
            add(_match(_trim(m), y1, y2, (m1 or m2, int(m["d1"])), (m2, int(m["d2"]))), stated)
        elif m1:
            day_ = (m1, int(m["d1"]))
            add(_match(_trim(m), y1, None, day_, day_), stated)
    for m in _MONTH_FIRST.finditer(text):
        m1 = _month(m["m1"])
        if m1 is None:
            continue
        m2 = _month(m["m2"]) if m["m2"] else m1
        if m2 is None:
            continue
        stated = bool(m["y1"])
        y1 = int(m["y1"]) if stated else year
        first = (m1, int(m["d1"]))
        last = (m2, int(m["d2"])) if m["d2"] else first
        add(_match(_trim(m), y1, None, first, last), stated)
    if "月" in text or "월" in text:
        for m in _CJK.finditer(text):
            stated, month = bool(m[1]), int(m[2])
            y1 = int(m[1]) if m[1] else year
            last = (int(m[4]) if m[4] else month, int(m[5]) if m[5] else int(m[3]))
            add(_match(m.span(), y1, None, (month, int(m[3])), last), stated)
    return tuple(sorted(found))


def _trim(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.start() + len(match.group().rstrip(" .,"))


def _numeric(m: re.Match[str]) -> DateMatch | None:
    """Day, month, year with dots: the order of every country that writes dots."""

    def day(a: str, b: str, c: str) -> date | None:
        year = int(c) if len(c) == 4 else int(c) + (1900 if int(c) >= 50 else 2000)
        return _day(year, int(b), int(a))

    first = day(m["a"], m["b"], m["c"])
    last = day(m["a2"], m["b2"], m["c2"]) if m["a2"] else first
    if first is None or last is None or last < first:
        return None
    return DateMatch(*m.span(), first, last, True)


def years_in(text: str) -> tuple[tuple[int, int, int], ...]:
    """The four-digit years from 1950 to 2049 in *text*: (start, end, year)."""
    return tuple((m.start(), m.end(), int(m.group())) for m in YEAR.finditer(text))
