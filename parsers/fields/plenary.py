"""The plenary that a page reports: its ordinal, its place, its first and its last day.

The first sentence that counts, dates or places a plenary, and not the next or an earlier one, says which plenary
it is; what it leaves out is taken from mentions that cannot mean another, from titles and datelines, and last
from the page's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from parsers.dates import find_years
from parsers.document import Role
from parsers.fields import published
from parsers.mentions import Time, mentions_of
from parsers.page import Found, Page, Span
from parsers.plenary_beside import city_of_dateline, city_spoken_of, datelines, told_beside
from parsers.plenary_days import any_of_kind
from parsers.plenary_facts import facts_of
from parsers.record import Plenary
from parsers.stated import Stated, agree, filled
from parsers.tables import yaml_rules
from parsers.when import years_of


def read(page: Page) -> Found[Plenary] | None:
    """The plenary of *page*, `parts` keyed ``ordinal``, ``city``, ``country``, ``start`` and ``end``; None when
    the page reports none. Found once for all that ask."""
    if "plenary" not in page.memo:
        page.memo["plenary"] = _read(page)
    known = page.memo["plenary"]
    return known if isinstance(known, Found) else None


def _read(page: Page) -> Found[Plenary] | None:
    years = years_of(page)
    day = published.read(page)
    mentions = mentions_of(page)
    candidates = [
        facts_of(mention, years, (day.value, day.spans[0]) if day else None)
        for mention in mentions
        if mention.time in (Time.CURRENT, Time.AHEAD)
    ]
    main = _main(candidates)
    beside: tuple[Stated, ...] = ()
    if main is None or not main.complete:
        beside = tuple(told_beside(page, years, mentions))
        main = main or _goes_on(candidates, beside) or _meeting_of_regime(page, beside) or _held_here(candidates)
    if main is None:
        return None
    for other in chain(_in_order_of_trust(candidates, main), datelines(page, years), beside):
        if main.complete:
            return _found(main)
        if agree(main, other):
            main = filled(main, other)
    if main.country is None and _HERE.search(main.mention.part if main.mention else ""):
        here = city_of_dateline(page)
        main = filled(main, here) if here is not None else main
    if main.country is None and (city := city_spoken_of(page)) is not None:
        main = filled(main, city)
    return _found(main)


def _held_here(candidates: Iterable[Stated]) -> Stated | None:
    """The plenary that a page only says is held "here"."""
    for stated in candidates:
        mention = stated.mention
        if (
            mention is not None
            and stated.readable
            and not (mention.title or mention.weak)
            and _HERE.search(mention.part)
        ):
            return stated
    return None


_HERE = re.compile(r"\b(?:here|aquí|aqui|здесь|in this (?:city|capital)|dans cette ville|en esta ciudad)\b")


def _main(candidates: list[Stated]) -> Stated | None:
    """What the page says first and says fully; of half statements the fullest."""
    titled = next((c for c in candidates if c.titled and c.readable and c.city), None)
    in_text = [c for c in candidates if c.mention is not None and not c.mention.title and c.readable]
    for time in (Time.CURRENT, Time.AHEAD):
        for candidate in in_text:
            if candidate.time is time and candidate.full:
                # The heading says which plenary the page is about, where the text goes on to another.
                return titled if titled and titled.country != candidate.country and candidate.country else candidate
    stated = [c for c in candidates if c.weight > 0]
    best = max(stated, key=lambda c: c.weight, default=None)
    if best is None and any(c.titled for c in candidates):
        # A title that only says "plenary": the text may still place and date it.
        return Stated()
    return best


def _goes_on(candidates: list[Stated], beside: Iterable[Stated]) -> Stated | None:
    """What the sentence behind a bare "the Plenary" says: "It was held in Busan from 17 to 21 October"."""
    blocks = {c.mention.sentence.block for c in candidates if c.mention is not None and not c.mention.weak}
    return next((told for told in beside if told.parts["city"][0].block in blocks), None)


def _meeting_of_regime(page: Page, told: Iterable[Stated]) -> Stated | None:
    """What a page without a word for the plenary says of a meeting of the regime: days, a city, its name."""
    names = (page.regime.name, *page.regime.names)
    below = yaml_rules("annotations.yaml")["groups_below"]
    for stated in told:
        text = page.sentence_of(stated.parts["city"][0]).text
        met = stated.start is not None or (any_of_kind("meets").search(text) and not find_years(text))
        if met and any(name in text for name in names) and not any(group in text.lower() for group in below):
            return stated
    return None


def _in_order_of_trust(candidates: list[Stated], main: Stated) -> Iterable[Stated]:
    """The other mentions: titles, then the text in its order, then the page's own title, then its address."""

    def rank(candidate: Stated) -> int:
        mention = candidate.mention
        if mention is None or mention.role is Role.ADDRESS:
            return 3
        return 2 if mention.role is Role.META else int(not mention.title)

    return sorted((c for c in candidates if c is not main), key=rank)


def _found(stated: Stated) -> Found[Plenary] | None:
    value = Plenary(
        ordinal=stated.ordinal, city=stated.city, country=stated.country, start=stated.start, end=stated.end
    )
    if value == Plenary():
        return None
    spans: tuple[Span, ...] = tuple(dict.fromkeys(span for part in stated.parts.values() for span in part))
    return Found(value, spans, dict(stated.parts))
