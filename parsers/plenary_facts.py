"""What one mention of a plenary states of it: its ordinal, its place, its days."""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from parsers.dates import find_days, find_years
from parsers.document import Role
from parsers.mentions import Mention, Time
from parsers.page import Span
from parsers.plenary_days import dated
from parsers.plenary_place import place_of
from parsers.stated import Stated, placed
from parsers.when import Years


def facts_of(mention: Mention, years: Years, published: tuple[date, Span] | None = None) -> Stated:
    """The ordinal, place and days that *mention* states; *years* dates the days without a year. "Today" is the
    day of *published*."""
    sentence = mention.sentence
    stated = Stated(mention)
    if mention.time is not Time.NEXT and _of_another_year(mention, years):
        return stated
    if mention.ordinal is not None:
        span = sentence.span(mention.ordinal.start, mention.ordinal.end)
        stated = replace(stated, ordinal=mention.ordinal.value, parts={"ordinal": (span,)})
    place = place_of(mention)
    if place is not None:
        stated = placed(stated, sentence, place)
    return dated(stated, mention, years, published)


def _of_another_year(mention: Mention, years: Years) -> bool:
    """Whether the text says of this plenary that it was in a year which is not the page's: "in 1992 the first
    regular plenary was in Warsaw", "the 2014 Plenary"."""
    if mention.title or mention.role is Role.ADDRESS:
        return False
    part = mention.part
    named = [year for start, _, year in find_years(part) if not _FOUNDED_IN.search(part, 0, start)]
    if not named or find_days(part):
        return False
    if years.year is None:
        # "The first was in 1991, that of 1992 in Lima": a page without a year that tells of two is history.
        return len(set(named)) > 1
    if mention.time is Time.AHEAD and min(named) > years.year:
        return False
    return years.year not in named


_FOUNDED_IN = re.compile(r"\b(?:since|founded|established|created|formed|until)\s(?:in\s)?\Z", re.IGNORECASE)
