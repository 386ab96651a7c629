"""The day or year of joining that a list gives beside a name."""

from __future__ import annotations

import re

from parsers.dates import find_dates, month_number
from parsers.document import Block, Role
from parsers.lists.words import told

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


def since_told(text: str) -> str | None:
    """The day or year of joining that a line about a state tells in words: "Joined in 1996"."""
    if not _YEAR.search(text):
        return None
    words = told(text)
    for hit in words.hits:
        if hit.means == "joined":
            behind = _CLAUSE_ENDS.split(text[words.words[hit.end - 1].end :], maxsplit=1)[0]
            year = _YEAR.search(behind)
            if year is not None and year.start() <= _FAR:
                return since_of(behind[: year.end()])
    return None


_CLAUSE_ENDS = re.compile(r"[.;|]")
# So many characters behind the word for joining a year may stand.
_FAR = 40


def day_told(block: Block) -> str | None:
    """The day, month or year that a line between two names says alone, or as that of joining."""
    text = block.text.strip()
    if block.role in (Role.META, Role.ADDRESS) or len(text) > 60 or not any(c.isdigit() for c in text):
        return None
    return since_of(text) if is_date(text) or _JOINED.match(text) else None


_JOINED = re.compile(
    r"\W*(?:(?:date|year) of )?(?:join\w*|accession|accede\w*|admi\w+|member(?:ship)?|partner|participant|subscri\w+|since)\b\D{0,20}[\d .]*(?:[^\W\d]{3,10} )?(?:19|20)\d\d\W*\Z",
    re.IGNORECASE,
)


def is_date(cell: str) -> bool:
    """Whether a cell holds a day, a month or a year and nothing else."""
    match = _DATE_CELL.match(cell)
    if match is None:
        return False
    said = [
        word for word in _LETTERS.findall(match["before"] or "") if word.lower() not in ("st", "nd", "rd", "th", "de")
    ]
    return len(said) <= 1 and all(month_number(word) is not None for word in said)


_DATE_CELL = re.compile(r"^\W*(?P<before>[^|]{0,24}?)(?:19|20)\d\d\*?\W*$|^[\d\s*./-]+$")
_LETTERS = re.compile(r"[^\W\d_]+")
