"""Days and ranges of days in running text, in the languages that statements are written in.

Every date that is not all digits has a number beside the name of a month, so the search walks the numbers of a
text, which are few, and reads a date only there: the cost grows with the numbers, not with the text.
General date parsers were tried and not taken: they read "13-15 April 2011" as a day of 2013.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from parsers.days import DASHES, FIRST_YEAR, LAST_YEAR, DateMatch, DayMatch, full_year
from parsers.numeric_dates import numeric_date
from parsers.remembered import remembered
from parsers.vocabulary import plain, table, words

__all__ = ["DateMatch", "DayMatch", "find_dates", "find_days", "find_years", "month_number"]


def find_dates(text: str, *, year_hint: int | None = None) -> tuple[DateMatch, ...]:
    """All days and ranges of days in *text*, in order; those without a year only with a *year_hint*."""
    found = (match.resolve(year_hint) for match in find_days(text))
    return tuple(match for match in found if match is not None)


def find_days(text: str, *, slug: bool = False) -> tuple[DayMatch, ...]:
    """All days and ranges of days in *text*, in order, with or without a year.

    With *slug* the text is an address, where hyphens, underscores and plus signs stand for blanks.
    """
    return _days_of_address(_SLUG_BLANK.sub(lambda m: "-" * len(m.group()), text)) if slug else _days_of_text(text)


def _days_of_address(text: str) -> tuple[DayMatch, ...]:
    return _find(text, slug=True)


@remembered
def _days_of_text(text: str) -> tuple[DayMatch, ...]:
    return _find(text, slug=False)


def _find(text: str, *, slug: bool) -> tuple[DayMatch, ...]:
    found: list[DayMatch] = []
    reached = 0
    worded: bool | None = None
    for number in (_NUMBER_OF_SLUG if slug else _NUMBER).finditer(text):
        if number.start() < reached:
            continue
        match = numeric_date(text, number.start(), number.end())
        if match is None:
            worded = _names_a_month(text) if worded is None else worded
            match = _worded(text, number.start(), reached, slug) if worded else None
        if match is not None:
            found.append(match)
            reached = match.end
    return tuple(found)


def find_years(text: str) -> tuple[tuple[int, int, int], ...]:
    """The plausible years that stand alone in *text*, each as (start, end, year)."""
    return tuple((m.start(), m.end(), int(m.group())) for m in _YEAR.finditer(text))


@lru_cache(maxsize=8192)
def month_number(word: str) -> int | None:
    """The month, 1 to 12, that *word* names in any of the languages, or None."""
    return _months().get(plain(word.rstrip(".")))


@cache
def _months() -> dict[str, int]:
    return {
        plain(form): int(number)
        for language in table("months").values()
        if isinstance(language, dict)
        for number, forms in language.items()
        for form in str(forms).split()
    }


@cache
def _symbols() -> dict[str, str]:
    """What a word inside a date stands for: ``-`` a range, ``&`` two days, blank nothing."""
    kinds = (("filler", " "), ("weekday", " "), ("join", "&"), ("range", "-"))
    return {plain(word): symbol for key, symbol in kinds for word in words("date_words", key)}


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(plain(word) for word in words("date_words", "suffix"))


_NUMBER = re.compile(r"\d(?<![\d.,/:A-Za-z]\d)(?<![^\W_]-\d)\d{0,5}")
_NUMBER_OF_SLUG = re.compile(r"(?<!\d)\d{1,6}(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19[4-9]\d|20\d\d)(?!\d)")
_SLUG_BLANK = re.compile(r"%20|%2B|[_+]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_WORD_BEFORE = re.compile(r"([^\W\d_]{3,12})\.?,?[\s-]{0,3}\Z")
_TOKEN = re.compile(
    r"[\s\u200e\u200f]{0,3}(?:(?P<number>\d+)|(?P<word>[^\W\d_]+)"
    rf"|(?P<dash>[{DASHES}/]{{1,3}})|(?P<mark>[.,&+'’´ºª°](?!\n)))"
)
# A day, its month and year where they stand behind it; more days; and the same for the month before the day.
_DAY_FIRST = re.compile(r"D(?:,?M(?:,?Y)?)?(?:(?:,|-&?|,?&)D(?:,?M(?:,?Y)?)?)*")
_MONTH_FIRST = re.compile(r"MD(?:,?Y)?(?:(?:,|-|,?&)M?D(?:,?Y)?)*")
_LONGEST_DATE = 24


class _Token(NamedTuple):
    """A piece of a date: ``D`` a day's number, ``M`` a month, ``Y`` a year, ``-`` ``&`` ``,`` what joins days."""

    symbol: str
    value: int
    start: int
    end: int


class _Day(NamedTuple):
    """A day of a date with the `joint` before it; `own_month` tells "11 April" from the 11 of "11 to 15 April"."""

    day: int
    month: int | None
    year: int | None
    joint: str
    own_month: bool
    start: int
    end: int


def _worded(text: str, at: int, floor: int, slug: bool) -> DayMatch | None:
    """The date with a month's name whose first number stands at *at*, in either order; None if there is none."""
    before = _WORD_BEFORE.search(text, max(floor, at - 16), at)
    if before is not None and _is_month(before.group(1), text, before.start(1)):
        match = _read(_tokens(text, before.start(1), slug), _MONTH_FIRST)
        if match is not None:
            return match
    return _read(_tokens(text, at, slug), _DAY_FIRST)


def _names_a_month(text: str) -> bool:
    return any(map(month_number, _WORD.findall(text)))


def _is_month(word: str, text: str, start: int) -> bool:
    # "may" in lower case is the verb, save in an address, where "-" stands before it.
    return month_number(word) is not None and (word != "may" or text[start - 1 : start] == "-")


def _tokens(text: str, at: int, slug: bool) -> list[_Token]:
    """The pieces of a date from *at* on, up to the first thing that no date holds."""
    tokens: list[_Token] = []
    while len(tokens) < _LONGEST_DATE and (match := _TOKEN.match(text, at)) is not None:
        token = _token(text, match, tokens)
        if token is None:
            break
        at = token.end
        beside = tokens[-1].symbol if tokens else ""
        if token.symbol == "-" and beside == ",":
            # "Monday, June 3, to Friday, June 7": the commas part nothing.
            tokens[-1] = token
        elif token.symbol != " " and not (token.symbol == "," and beside == "-"):
            tokens.append(token)
    if slug:
        tokens = [token for i, token in enumerate(tokens) if not _is_slug_blank(tokens, i)]
    return tokens


def _token(text: str, match: re.Match[str], so_far: list[_Token]) -> _Token | None:
    kind = match.lastgroup or ""
    piece, start, end = match.group(kind), match.start(kind), match.end()
    if kind == "number":
        return _number(text, piece, start, so_far)
    if kind == "dash":
        return _Token("-", 0, start, end)
    if kind == "mark":
        symbol = {"&": "&", "+": "&", ",": ","}.get(piece, " ")
        return _Token(symbol, 0, start, end)
    # A month comes first: "mai" and "mars" are no small words anywhere, "e", "a" and "do" no months.
    if _is_month(piece, text, start):
        return _Token("M", month_number(piece) or 0, start, end)
    if so_far and so_far[-1].symbol == "D" and text[so_far[-1].end : start].strip("-. ") == "":
        glued = text[so_far[-1].end : start] in ("", "-", ".") or piece in ("st", "nd", "rd", "th")
        if glued and plain(piece) in _suffixes():
            return _Token(" ", 0, start, end)
    symbol = _symbols().get(plain(piece), "")
    return _Token(symbol, 0, start, end) if symbol else None


def _number(text: str, piece: str, start: int, so_far: list[_Token]) -> _Token | None:
    if len(piece) > 6:
        return None
    value, end = int(piece), start + len(piece)
    if len(piece) <= 2:
        if text[start - 1 : start] in ("'", "’") and so_far and so_far[-1].symbol in "MD":
            return _Token("Y", full_year(value), start, end)
        if text[end : end + 1] in (":", "%") and text[end + 1 : end + 2].isdigit():
            return None
        return _Token("D", value, start, end) if 1 <= value <= 31 else None
    # A clock glued to the year: "6 October 202115:40".
    if len(piece) in (5, 6) and text[end : end + 1] in (":", "h"):
        value, end = int(piece[:4]), start + 4
    return _Token("Y", value, start, end) if FIRST_YEAR <= value <= LAST_YEAR else None


def _is_slug_blank(tokens: list[_Token], i: int) -> bool:
    """Whether the hyphen at *i* of an address stands for a blank: it is a range's dash only before a day, after
    another day or after the month (or year) of one."""
    if tokens[i].symbol != "-":
        return False
    before = tokens[i - 1].symbol if i else ""
    after = tokens[i + 1].symbol if i + 1 < len(tokens) else ""
    day_before = any(token.symbol == "D" for token in tokens[:i])
    return not (after == "D" and (before == "D" or (before in "MY" and day_before)))


def _read(tokens: list[_Token], order: re.Pattern[str]) -> DayMatch | None:
    """The date or range that *tokens* begin with, in one of the two orders."""
    matched = order.match("".join(token.symbol for token in tokens))
    if matched is None:
        return None
    days = _one_range(_days(tokens[: matched.end()], month_leads=order is _MONTH_FIRST))
    if not days or days[0].month is None or days[-1].month is None:
        return None
    first, last = days[0], days[-1]
    year, first_year = last.year, first.year
    if first is last or year is None:
        year, first_year = year or first_year, None
    start, end = min(day.start for day in days), max(day.end for day in days)
    return DayMatch(start, end, (days[0].month, first.day), (days[-1].month, last.day), year, first_year)


def _days(tokens: list[_Token], *, month_leads: bool) -> list[_Day]:
    """The days of *tokens*, each with the month that holds for it: in ``11 to 15 April`` the first has the
    month of the next, in ``April 11 to 15`` the second that of the one before."""
    days: list[_Day] = []
    joint, leading = "", None
    for token in tokens:
        if token.symbol == "D":
            month, start = (leading.value, leading.start) if leading else (None, token.start)
            days.append(_Day(token.value, month, None, joint, month is not None, start, token.end))
            joint, leading = "", None
        elif token.symbol == "M" and (month_leads or not days):
            leading = token
        elif token.symbol == "M":
            days[-1] = days[-1]._replace(month=token.value, own_month=True, end=token.end)
        elif token.symbol == "Y":
            days[-1] = days[-1]._replace(year=token.value, end=token.end)
        else:
            joint = token.symbol if joint in ("", ",") else joint
    if month_leads:
        for i in range(1, len(days)):
            days[i] = days[i]._replace(month=days[i].month or days[i - 1].month)
        return days
    while days and days[-1].month is None:
        days.pop()
    for i in range(len(days) - 2, -1, -1):
        days[i] = days[i]._replace(month=days[i].month or days[i + 1].month)
    return days


def _one_range(days: list[_Day]) -> list[_Day]:
    """Those first of *days* that belong together: a range, or a run of days joined by commas and "and"."""
    taken = days[:1]
    for i, (before, day) in enumerate(pairwise(days), start=1):
        if day.joint == ",":
            # "11 April, 12 May" are two dates; "15, 16 and 17 October" is one run.
            later = days[i + 1] if i + 1 < len(days) else None
            if later is None or later.joint == "-" or before.year is not None:
                break
        dated = before.own_month or before.year is not None
        two_dates = day.joint == "&" and dated and day.own_month and not _adjacent(before, day)
        if two_dates or (len(taken) > 1 and taken[-1].joint == "-"):
            break
        taken.append(day)
    return taken


def _adjacent(before: _Day, day: _Day) -> bool:
    """Whether the two days, each with its own month, can be one meeting ("31 May and 1 June")."""
    if before.month is None or day.month is None:
        return False
    months = (day.month - before.month) % 12
    return (months == 0 and 0 < day.day - before.day <= 7) or (months == 1 and before.day >= 24 and day.day <= 7)
