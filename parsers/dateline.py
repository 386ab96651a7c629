"""The dateline that opens a text, and the agency or office that it names: "SEOUL (AFP) - ", "Wien, 3. Juni (apa) –"."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.cities import city_named, find_cities
from parsers.countries import country_named, find_countries
from parsers.dates import find_days, month_number
from parsers.head import is_dated, is_place, without_dates
from parsers.names import name_key
from parsers.page import Page
from parsers.page_words import plain_words


class Dateline(NamedTuple):
    """The agency or the office that the dateline opening a text names, with its span."""

    name: str
    start: int
    end: int


_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-ŽА-ЯЁ][^()/]{1,45}?)\s?(?:\((?P<round>[^()\d]{2,30})\)|/(?P<slash>[^()/\d]{2,30})/)(?P<rest>[^()–—:]{0,22}?\s?[–—:.-]|\s[A-Z][a-z]{2,8}\.? \d\d?, \d{4}|$)"
)
_AGENCY = re.compile(r"agen|press|news|wire|агент|novosti|новости", re.IGNORECASE)
_DATELINE_DOT = re.compile(
    r"(?P<place>[A-ZА-ЯЁ][A-ZА-ЯЁ' -]{2,25})[.,]\s(?P<agency>[A-ZА-ЯЁ]{3,}[A-ZА-ЯЁ -]*?)\s[–—-]\s"
)


def dateline(page: Page, text: str) -> Dateline | None:
    """The agency or office in the dateline with which *text* opens: "SEOUL (AFP) - ", "Wien, 3. Juni (apa) –"."""
    # "date 2017-01-11 ISLAMABAD, Jan 11 (APP): …"
    lead = next(
        (day for day in find_days(text[:_BEFORE]) if not text[: day.start].strip() or is_dated(text[: day.start])), None
    )
    begin = lead.end if lead else 0
    begin += len(text[begin:]) - len(text[begin:].lstrip(" ,-–—|"))
    if match := _DATELINE_DOT.match(text, begin):
        return Dateline(match["agency"], *match.span("agency"))
    opening, closed, rest = text[begin : begin + _AGENCY_LINE].partition(")")
    if opening.startswith("(") and closed and opening[1:].isupper() and rest.lstrip()[:1] in ("-", "–", "—"):
        return Dateline(opening[1:], begin + 1, begin + len(opening))
    place, mark, rest = text[begin : begin + _AGENCY_LINE].replace("|", "-", 1).replace("–", "-", 1).partition("-")
    name = next((name for name in plain_words("agencies") if rest.strip().split(" ")[0] == name), None)
    if name is not None and mark and len(place.split()) <= _PLACE:
        at = text.index(name, begin + len(place))
        return Dateline(name, at, at + len(name))
    match = _DATELINE.match(text, begin)
    if match is None:
        return None
    group = "round" if match["round"] else "slash"
    name = match[group].strip()
    own = {name_key(n) for n in (page.regime.name, *page.regime.names)}
    place = without_dates(match["place"]).strip(" ,.")
    if name_key(name) in own or country_named(name) or city_named(name) or month_number(name):
        return None
    if " " in name and not name.isupper() and not _AGENCY.search(name):
        return None
    if not match["rest"] and not (lead and is_place(place)):
        return None
    known = is_place(place) or find_cities(place) or find_countries(place) or place.isupper()
    return Dateline(name, *match.span(group)) if known and len(place.split()) <= 5 else None


# How far behind the begin of a line an agency's name may stand, and of how many words a place is.
_AGENCY_LINE, _PLACE = 40, 3
# How far from the beginning a day may stand that is none of the dateline's: "date 2017-01-11".
_BEFORE = 30


def is_ministry(name: str) -> bool:
    """True if *name*, an abbreviation in a dateline, is that of a ministry."""
    return name.lower() in plain_words("ministries")
