"""Places of meetings in running text: a city, its state, or a state alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from parsers.cities import CityMatch, city_named, find_cities, placed_before_country
from parsers.countries import NameMatch, country_of_demonym, find_countries
from parsers.remembered import remembered
from parsers.tables import yaml_table
from parsers.vocabulary import CAPITALS, words


class Place(NamedTuple):
    """A city or a state, or both: half-open spans into the text; `led` tells that a preposition of place stands
    before it ("in Oslo", "hosted by Latvia")."""

    start: int
    end: int
    city: str | None
    country: str
    city_span: tuple[int, int] | None
    country_span: tuple[int, int]
    led: bool


def places_in(text: str, *, slug: bool = False) -> tuple[Place, ...]:
    """The places named in *text*, in order: a city of the table, an unknown place right before its state's name,
    or a state that a preposition of place stands before."""
    return _find(text, slug=True) if slug else _places_of_text(text)


@remembered
def _places_of_text(text: str) -> tuple[Place, ...]:
    return _find(text, slug=False)


def _find(text: str, *, slug: bool) -> tuple[Place, ...]:
    countries = () if slug else find_countries(text)
    cities = list(find_cities(text, slug=slug))
    places: list[Place] = []
    taken: set[int] = set()
    for city in cities:
        # "Salvador" in "El Salvador", "Luxembourg" the state.
        if any(
            c.start <= city.start and city.end <= c.end and c.end - c.start > city.end - city.start for c in countries
        ):
            continue
        beside = _state_beside(text, city, countries)
        if beside is not None:
            taken.add(beside.start)
        country_span = (beside.start, beside.end) if beside else (city.start, city.end)
        end = beside.end if beside and beside.start >= city.end else city.end
        places.append(
            Place(
                city.start, end, city.city, city.country, (city.start, city.end), country_span, _led(text, city.start)
            )
        )
    for place in _before_provinces(text) if not slug else ():
        # "in Victoria, Australia" names the province, "in Ballarat, Victoria, Australia" the town.
        places = [p for p in places if p.end <= place.start or place.end <= p.start]
        taken.update(c.start for c in countries if place.start <= c.start < place.end)
        places.append(place)
    for country in countries:
        if country.start in taken or any(p.start <= country.start < p.end for p in places):
            continue
        span = placed_before_country(text, country.start)
        if span is not None and _is_place(text, span, countries):
            city_name = text[slice(*span)]
            city_name = city_name.title() if city_name.isupper() else city_name
            places.append(
                Place(
                    span[0],
                    country.end,
                    city_name,
                    country.code,
                    span,
                    (country.start, country.end),
                    _led(text, span[0]),
                )
            )
        else:
            places.append(
                Place(
                    country.start,
                    country.end,
                    None,
                    country.code,
                    None,
                    (country.start, country.end),
                    _led(text, country.start),
                )
            )
    return tuple(sorted(places))


def _before_provinces(text: str) -> Iterator[Place]:
    """The towns that stand before a part of a state: "in Moose Jaw, Saskatchewan", and its state where it follows."""
    if "," not in text:
        return
    for match in _town_before_province().finditer(text):
        code = _provinces()[match["province"]]
        state = next((c for c in find_countries(text[match.end() : match.end() + 40]) if c.start <= 2), None)
        if state is not None and state.code != code:
            continue
        span = (match.end() + state.start, match.end() + state.end) if state else match.span("province")
        known = city_named(match["town"])
        city = known[0] if known and known[1] == code else match["town"]
        yield Place(match.start("town"), span[1], city, code, match.span("town"), span, led=True)


@cache
def _provinces() -> dict[str, str]:
    return {name: code for code, names in yaml_table("provinces.yaml").items() for name in names}


@cache
def _town_before_province() -> re.Pattern[str]:
    leads = "|".join(words("plenary_words", "at"))
    names = "|".join(map(re.escape, sorted(_provinces(), key=len, reverse=True)))
    word = rf"[{CAPITALS}][\w'’-]+"
    return re.compile(rf"(?<!\w)(?:{leads})\s(?P<town>{word}(?:\s{word}){{0,2}}),\s(?P<province>{names})(?!\w)")


def without_own_places(text: str, names: tuple[str, ...]) -> str:
    """*text* with the places inside the regime's own *names* blanked, character by character: no plenary is in
    Lisbon because a "Lisbon Accord" holds it."""
    pattern = own_places(names)
    return text if pattern is None else pattern.sub(lambda m: "_" * len(m.group()), text)


@cache
def cities_of_names(names: tuple[str, ...]) -> frozenset[str | None]:
    """The cities in the regime's own *names*."""
    return frozenset(place.city for name in names for place in places_in(name))


_OF = ("of", "du", "de", "del", "di", "do")


@cache
def own_places(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds the places in *names* where a whole name stands; None where no name holds one."""
    found = []
    for name in names:
        for place in places_in(name):
            low, high = place.city_span or place.country_span
            if (low, high) != (0, len(name)):
                said = re.escape(name[low:high])
                found.append(rf"(?<={re.escape(name[:low])}){said}(?={re.escape(name[high:])})")
                # "The plenary of Wassenaar": short for the name.
                found.extend(rf"(?<=\b{lead} ){said}\b" for lead in _OF)
    return re.compile("|".join(found)) if found else None


def _state_beside(text: str, city: CityMatch, countries: tuple[NameMatch, ...]) -> NameMatch | None:
    """The mention of the city's own state that stands right behind the city: "Buenos Aires, Argentina"."""
    for country in countries:
        if country.code == city.country and 0 < country.start - city.end <= 24:
            between = text[city.end : country.start]
            if _BESIDE.fullmatch(between):
                return country
    return None


_BESIDE = re.compile(
    r"\s*[,(|–—-]?\s*(?:[A-Z]\w+,\s*)?(?:in\s+|en\s+)?(?:the\s+|der\s+|los\s+|les\s+|aux?\s+)?", re.IGNORECASE
)


# In a line of capitals the state behind a town stands in capitals too.
_SHOUTED = 8


def _is_place(text: str, span: tuple[int, int], countries: tuple[NameMatch, ...]) -> bool:
    """Whether the capitals at *span* can be a place: no state, no adjective of one, no known city."""
    name = text[slice(*span)]
    if any(c.start < span[1] and span[0] < c.end for c in countries):
        return False
    return (
        len(name) > 2
        and city_named(name) is None
        and country_of_demonym(name) is None
        and (not name.isupper() or text[span[1] : span[1] + _SHOUTED].isupper())
    )


def _led(text: str, start: int) -> bool:
    return _before_place().search(text, max(0, start - 28), start) is not None


@cache
def _before_place() -> re.Pattern[str]:
    leads = "|".join(words("plenary_words", "at"))
    article = r"(?:the\s+|la\s+|el\s+|der\s+|den\s+|les\s+|los\s+|city of\s+|lotyšské\s+|ciudad de\s+)?"
    return re.compile(rf"(?<!\w)(?:{leads})\s*{article}\Z", re.IGNORECASE)
