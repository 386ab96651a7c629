"""What a page states of its plenary beside the sentences that name it: datelines, "It was held in …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.dates import find_days
from parsers.mentions import LONGEST_SENTENCE, Mention
from parsers.page import Page, Sentence, sentences_of
from parsers.places import Place, cities_of_names, places_in, without_own_places
from parsers.plenary_days import ISSUED, SPOKEN, any_of_kind
from parsers.stated import Stated, placed, with_days
from parsers.when import Years


def datelines(page: Page, years: Years) -> Iterator[Stated]:
    """The lines beside the text that place and date the plenary: "Ottawa, Canada, September 25-28, 2001", or the
    place and day under the title of its statement, "Vienna, Austria, December 12, 2003"."""
    readable = page.readable
    names = (page.regime.name, *page.regime.names)
    above, place_above = "", None
    for place, (index, block) in enumerate(readable):
        text, heading_above, above = block.text, above, block.text
        last_place, place_above = place_above, _place_alone(index, text, names) if place < 14 else None
        if len(text) > 130 and place < 14:
            # A dateline that its paragraph goes on from: "Vienna, 6-7 June 2016. The Chair …".
            text = sentences_of(index, text)[0].text
        if not (place < 14 or place >= len(readable) - 3) or len(text) > 130 or _DIGIT.search(text) is None:
            continue
        days = [d for d in map(years.resolve, find_days(text)) if d is not None]
        sentence = Sentence(index, 0, text)
        cities = [p for p in places_in(without_own_places(text, names)) if p.city]
        if ranges := [d for d in days if d.first != d.last]:
            stated = with_days(Stated(), sentence, ranges[0], "start", "end")
            if cities:
                yield placed(stated, sentence, cities[0])
            else:
                # A line of the place alone over that of the days.
                yield placed(stated, *last_place) if last_place else stated
        elif cities and cities[0].start == 0 and len(days) == 1 and is_title_of_statement(heading_above):
            yield placed(with_days(Stated(), sentence, days[0], "end"), sentence, cities[0])


def _place_alone(index: int, text: str, names: tuple[str, ...]) -> tuple[Sentence, Place] | None:
    """The place that a line names and nothing else: "BUENOS AIRES, ARGENTINA"."""
    if len(text) > 60 or _DIGIT.search(text):
        return None
    placed = [p for p in places_in(without_own_places(text, names)) if p.city]
    whole = len(placed) == 1 and placed[0].start == 0 and len(text) - placed[0].end <= 1
    return (Sentence(index, 0, text), placed[0]) if whole else None


def city_of_dateline(page: Page) -> Stated | None:
    """The city of the dateline that a page begins with, which "here" means: "Lima, 3 May 2010"."""
    for index, block in page.readable[:_DATELINES]:
        text = block.text[:_LONGEST_DATELINE]
        places = places_in(text)
        if places and places[0].start == 0 and places[0].city and find_days(text):
            return placed(Stated(), Sentence(index, 0, text), places[0])
    return None


# How many lines a page has above its text, and how long its dateline is.
_DATELINES, _LONGEST_DATELINE = 8, 60


def is_title_of_statement(text: str) -> bool:
    return len(text) < 90 and ISSUED.search(text) is not None and SPOKEN.search(text) is None


_DIGIT = re.compile(r"\d")
_CONTINUED = re.compile(
    r"(?:It|This|The (?:meeting|session|event|gathering|conference)|Elle|La (?:réunion|reunión|sesión)"
    r"|Die (?:Tagung|Sitzung)"
    r"|Das Treffen|A reunião|Заседание)\b"
)


_WHEN_THEY_MET = re.compile(r"\b(?:when|where|as) they (?:met|gathered|convened) in\b", re.IGNORECASE)


def told_beside(page: Page, years: Years, mentions: tuple[Mention, ...]) -> Iterator[Stated]:
    """What sentences state that do not name the plenary: "It was co-hosted in Paris", "From 17 to 21 October the
    member states will negotiate in Montreux"."""
    named = {(m.sentence.block, m.sentence.start) for m in mentions}
    for sentence in page.sentences:
        if (sentence.block, sentence.start) in named or sentence.block > 30 or len(sentence.text) > LONGEST_SENTENCE:
            continue
        continued = _CONTINUED.match(sentence.text) is not None or _WHEN_THEY_MET.search(sentence.text) is not None
        if not continued and _DIGIT.search(sentence.text) is None:
            continue
        days = [d for d in map(years.resolve, find_days(sentence.text)) if d is not None and d.first != d.last]
        if (
            not (days or continued)
            or any_of_kind("next").search(sentence.text)
            or any_of_kind("previous").search(sentence.text)
        ):
            continue
        own = (page.regime.name, *page.regime.names)
        places = [p for p in _places_beside(sentence.text, own) if p.led]
        if not places or not (days or any_of_kind("held").search(sentence.text)):
            continue
        stated = placed(Stated(), sentence, places[0])
        yield with_days(stated, sentence, days[0], "start", "end") if days else stated


def _places_beside(text: str, names: tuple[str, ...]) -> list[Place]:
    """The cities that *text* names, but for one in the regime's own *names* where nobody meets: there it was founded."""
    own = cities_of_names(names) if any_of_kind("meets").search(text) is None else ()
    return [p for p in places_in(without_own_places(text, names)) if p.city is not None and p.city not in own]


def city_spoken_of(page: Page) -> Stated | None:
    """The one city where the page, more than once, says that it happens ("I welcome you all to Oslo", under the
    dateline "Oslo, 23 June 2005"); None where it is none or several."""
    seen: dict[str, list[tuple[Sentence, Place]]] = {}
    names = (page.regime.name, *page.regime.names)
    for sentence in page.sentences[:60]:
        for place in _places_beside(sentence.text[:LONGEST_SENTENCE], names):
            seen.setdefault(str(place.city), []).append((sentence, place))
    often = [found for found in seen.values() if len(found) > 1 and any(place.led for _, place in found)]
    if len(often) != 1:
        return None
    sentence, place = next((s, p) for s, p in often[0] if p.led)
    return placed(Stated(), sentence, place)
