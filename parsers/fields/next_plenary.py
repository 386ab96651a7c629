"""The plenary that a page announces beyond the one it reports."""

from __future__ import annotations

import re

from msgspec.structs import replace

from parsers.countries import country_named, country_of_demonym
from parsers.dates import find_years
from parsers.document import Role
from parsers.fields import plenary
from parsers.mentions import Mention, Time, mentions_of
from parsers.page import Found, Page, Span
from parsers.plenary_facts import facts_of
from parsers.record import Plenary
from parsers.stated import Stated
from parsers.vocabulary import CAPITALS
from parsers.when import Years, years_of


def read(page: Page) -> Found[Plenary] | None:
    """The next plenary, as far as *page* counts, places or dates it; None when it says nothing of it.

    A month or a year alone is no day and is left out.
    """
    years = years_of(page)
    reported = plenary.read(page)
    best: Stated | None = None
    for mention in mentions_of(page):
        if _is_later(mention, years, reported):
            mention = replace(mention, time=Time.AHEAD)
        if mention.time not in (Time.NEXT, Time.AHEAD) or mention.role is Role.ADDRESS:
            continue
        stated = _hosted(page, facts_of(mention, years))
        if mention.time is Time.AHEAD and (reported is None or _same(stated, reported.value)):
            continue
        if stated.weight > 0 and (best is None or stated.weight > best.weight):
            best = stated
    if best is None:
        return None
    value = Plenary(ordinal=best.ordinal, city=best.city, country=best.country, start=best.start, end=best.end)
    spans: tuple[Span, ...] = tuple(dict.fromkeys(span for part in best.parts.values() for span in part))
    return Found(value, spans, dict(best.parts))


def _is_later(mention: Mention, years: Years, reported: Found[Plenary] | None) -> bool:
    """Whether a plenary is told from the reported one by its year or its ordinal alone: "agreed to hold its 2019
    Plenary in Paris", "XV Plenary: Lisbon"."""
    if mention.time is not Time.CURRENT or mention.title or reported is None:
        return False
    if mention.ordinal is not None and reported.value.ordinal is not None:
        return mention.ordinal.value == reported.value.ordinal + 1
    held = reported.value.start or reported.value.end
    year = held.year if held else years.year
    named = _YEAR_OF.search(mention.sentence.text, max(0, mention.start - 24), mention.start)
    return named is not None and year is not None and int(named[1]) > year


_YEAR_OF = re.compile(r"\b((?:19|20)\d\d)(?:\s[A-Z]{2,5}|\s[A-Z]\w+\sGroup)?\s(?:annual\s)?\Z")
# Between the name of a state and "to host the plenary": "which has kindly offered", "for having agreed".
_OFFERS = re.compile(
    r"(?:\W|\b(?:which|who|has|had|have|was|is|for|its|their|the|generous\w*|kind\w*|s|offer\w*|invit\w*|agreed|agreement|decision|readiness|proposal|would|will|receive|welcome|stage"
    r"|to|in|for|be|been|ready|willing\w*|volunteered|intends?|again|also|and|having|regime|group|mtcr|nsg|hcoc|it|host\w*|hold\w*|organi[sz]\w+|convene"
    r"|next|following|chair|annual|a|of|\d{4}|accepted|announced|confirmed|that)\b)*\Z",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:host|hold|organi[sz]|invit|offer|conven|receiv|welcom|stag)", re.IGNORECASE)
_OFFER_OF = re.compile(r"\b([A-Z]\w+(?: [A-Z]\w+)?) (?:offer|invitation|proposal|readiness|decision|bid)\b")


def _hosted(page: Page, stated: Stated) -> Stated:
    """*stated* with the state that is to be its host, where no place is named: "Argentina will host the 2010
    Plenary", "the Swiss offer to host the next plenary"."""
    mention = stated.mention
    if stated.country is not None or mention is None:
        return stated
    sentence, low = mention.sentence, max(0, mention.start - 140)
    before = sentence.text[low : mention.start]
    if _WILL.search(before) is None:
        return stated
    hosts = [m for m in page.mentions_in(sentence) if low <= m.start and m.end <= mention.start]
    between = sentence.text[hosts[-1].end : mention.start] if hosts else ""
    if hosts and _OFFERS.fullmatch(between) and _WILL.search(between):
        return _in_state(stated, hosts[-1].code, sentence.span(hosts[-1].start, hosts[-1].end))
    offer = _OFFER_OF.search(before)
    code = country_of_demonym(offer[1]) or country_of_demonym(offer[1].split()[-1]) if offer else None
    if offer is None or code is None or _OFFERS.fullmatch(before, offer.end(1)) is None:
        return stated
    return _in_state(stated, code, sentence.span(low + offer.start(1), low + offer.end(1)))


def _in_state(stated: Stated, code: str, span: Span) -> Stated:
    """*stated* in the state that is to be its host, and in the town behind the plenary that no table knows."""
    parts, mention = stated.parts | {"country": (span,)}, stated.mention
    town = _TOWN.match(mention.sentence.text, mention.end) if mention is not None else None
    if mention is None or town is None or country_named(town[1]) is not None:
        return replace(stated, country=code, parts=parts)
    parts["city"] = (mention.sentence.span(*town.span(1)),)
    return replace(stated, country=code, city=town[1], parts=parts)


_TOWN = re.compile(
    rf"\s(?:in|at|à|en|em|a|в)\s([{CAPITALS}][\w'’-]{{2,}}(?:\s[{CAPITALS}][\w'’-]{{2,}})?)(?=[.,;]|\sin\s)"
)


def _same(stated: Stated, reported: Plenary) -> bool:
    """Whether what is said to lie ahead is the plenary that the page reports."""
    if stated.mention is not None and (years := find_years(stated.mention.part)):
        held = reported.start or reported.end
        if held is not None and min(year for _, _, year in years) > held.year:
            return False
    pairs = (
        (stated.ordinal, reported.ordinal), (stated.city, reported.city), (stated.country, reported.country),
        (stated.start, reported.start),
    )  # fmt: skip
    both = [(one, other) for one, other in pairs if one is not None and other is not None]
    return not both or all(one == other for one, other in both)
