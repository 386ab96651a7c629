"""The day or year of joining that a list gives beside a name."""

from __future__ import annotations

import re
from functools import cache

from parsers.dates import find_dates
from parsers.vocabulary import words

_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")
_BEHIND = re.compile(
    r"\s{0,2}[*†‡]{0,2}\s?(?:\((?P<aside>[^()]{4,40})\)"
    r"|[\s,:–—-]{0,3}(?P<bare>(?:since |joined |admitted )?(?:\d{1,2}[ .]\s?[^\W\d]{3,10}\.? ?)?(?:19|20)\d\d(?:-\d\d-\d\d)?)(?![\d]))"
)


def since_of(words_: str) -> str | None:
    """The ISO date that *words_* give, or the year where they give no whole date, or None."""
    year = _YEAR.search(words_)
    if year is None:
        return None
    days = [day for day in find_dates(words_) if day.year_stated and day.first == day.last]
    return days[0].first.isoformat() if days else year.group()


def since_behind(text: str, end: int) -> str | None:
    """The day or year directly behind a name that ends at *end*: "(1993)", "1997", "- 12 July 1996"."""
    match = _BEHIND.match(text, end)
    return since_of(match["aside"] or match["bare"]) if match else None


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(words('member_words', 'lists', 'joined'))})(?!\w)[^.;|]{{0,40}}?(?:19|20)\d\d",
        re.IGNORECASE,
    )


def since_told(text: str) -> str | None:
    """The day or year of joining that a line about a state tells in words: "Joined in 1996"."""
    match = _joined().search(text)
    return since_of(match.group()) if match else None
