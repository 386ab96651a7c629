"""Dates all in digits, or in the signs of Chinese, Japanese and Korean."""

from __future__ import annotations

import re

from parsers.days import DASHES, FIRST_YEAR, LAST_YEAR, DayMatch, full_year

_DOTTED = re.compile(
    rf"(\d{{1,2}})\.(?:\s?(\d{{1,2}})\.(?:\s?(\d{{4}}|\d\d)(?!\d))?)?\s?(?:[{DASHES}]|bis|to|al?|до|по)\s?"
    r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)(?!\d|\.\d)"
)
_DOTTED_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d(?=\d\d:)|\d{4}(?!\d)|\d\d(?!\d))(?!\.\d)")
# What stands behind the first number of any of these.
_BEHIND = frozenset(".-/年년")
_BEHIND_A_BLANK = frozenset((" 年", " 년"))
_ISO = re.compile(r"((?:19|20)\d\d)([-/.])(\d\d?)\2(\d\d?)(?!\d)")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_CJK = re.compile(
    r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]?"
    rf"(?:\s?[{DASHES}至到から부터]{{1,2}}\s?(?:(\d{{1,2}})\s?[月월]\s?)?(\d{{1,2}})\s?[日일号]?)?"
)


def numeric_date(text: str, at: int, end: int) -> DayMatch | None:
    """The date all in digits, or in Chinese, Japanese or Korean signs, whose first number is ``text[at:end]``."""
    if text[end : end + 1] not in _BEHIND and text[end : end + 2] not in _BEHIND_A_BLANK:
        return None
    for pattern, read in _NUMERIC:
        match = pattern.match(text, at)
        if match is not None and (found := read(match)) is not None:
            return found
    return None


def _made(
    match: re.Match[str], first: tuple[int, int], last: tuple[int, int], year: int, first_year: int | None = None
) -> DayMatch | None:
    year = full_year(year)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= first[0] <= 12 and 1 <= last[0] <= 12):
        return None
    end = match.start() + len(match.group().rstrip())
    found = DayMatch(match.start(), end, first, last, year, full_year(first_year) if first_year else None)
    return found if found.resolve() else None


def _dotted(match: re.Match[str]) -> DayMatch | None:
    day1, month1, year1, day2, month2, year2 = (int(g) if g else 0 for g in match.groups())
    return _made(match, (month1 or month2, day1), (month2, day2), year2, year1 or None)


def _dotted_day(match: re.Match[str]) -> DayMatch | None:
    day, month, year = (int(g) for g in match.groups())
    return _made(match, (month, day), (month, day), year)


def _iso(match: re.Match[str]) -> DayMatch | None:
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    return _made(match, (month, day), (month, day), year)


def _slashed(match: re.Match[str]) -> DayMatch | None:
    """03/10/1994 could be read both ways and is not guessed; 25/10/1994 and 10/25/1994 can be read one way."""
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    if one == two or one > 12:
        return _made(match, (two, one), (two, one), year)
    return _made(match, (one, two), (one, two), year) if two > 12 else None


def _cjk(match: re.Match[str]) -> DayMatch | None:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    last = (int(match[4] or month), int(match[5])) if match[5] else (month, day)
    return _made(match, (month, day), last, year)


_NUMERIC = (
    (_ISO, _iso),
    (_DOTTED, _dotted),
    (_DOTTED_DAY, _dotted_day),
    (_SLASHED, _slashed),
    (_CJK, _cjk),
)
