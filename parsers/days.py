"""What a date in a text is, before and after its year is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

DASHES = "-‐‑‒–—―−~～"
# No regime is older than the Zangger Committee's first talks; a "year" outside is another number.
FIRST_YEAR, LAST_YEAR = 1945, 2099
# Longer than any plenary and its experts' meetings: two dates further apart are not one range.
_LONGEST = timedelta(days=45)


class DateMatch(NamedTuple):
    """A day or a range of days: ``text[start:end]`` states *first* to *last* (both included)."""

    start: int
    end: int
    first: date
    last: date
    year_stated: bool


class DayMatch(NamedTuple):
    """A day or range as written; days are (month, day), and the year of either end may not be stated."""

    start: int
    end: int
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None
    first_year: int | None = None

    def resolve(self, year_hint: int | None = None) -> DateMatch | None:
        """The days in the stated year, else in *year_hint*; None without a year, or for a day no month has.

        A range that would end before it begins crosses New Year: its first day is in the year before.
        """
        year = self.year or year_hint
        if year is None:
            return None
        first_year = self.first_year or (year - 1 if self.first > self.last else year)
        try:
            first, last = date(first_year, *self.first), date(year, *self.last)
        except ValueError:
            return None
        if not timedelta(0) <= last - first <= _LONGEST:
            return None
        return DateMatch(self.start, self.end, first, last, self.year is not None)


def full_year(year: int) -> int:
    """The year that two digits stand for: 61 to 99 are of the last century, and a full year is itself."""
    return year if year > 99 else year + (1900 if year > 60 else 2000)
