"""Persons as statements name them: a name, the honours and offices around it, and the state these tell.

A name is a run of words in capitals, small particles between them ("de la", "van der"), of which none is an
office, a body, a month, a state or a city; a single word counts as a name only behind a title. The state is what
the text says beside the name and never a guess.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.annotate.states_of_people import country_after, country_before, country_beside, country_in
from parsers.annotate.titles import INITIAL, ends_sentence, is_no_name, office_after, title_before, token_key, words_of
from parsers.cities import city_named
from parsers.countries import country_named, find_countries
from parsers.names import name_key
from parsers.remembered import remembered
from parsers.vocabulary import CAPITALS, words


class Person(NamedTuple):
    """A person in a text: `start` and `end` bound the name, `low` and `high` all that is said of him; the spans of
    the title and of the state are None where the text gives none."""

    start: int
    end: int
    low: int
    high: int
    name: str
    title: str | None
    title_span: tuple[int, int] | None
    country: str | None
    country_span: tuple[int, int] | None


@remembered
def find_persons(text: str) -> tuple[Person, ...]:
    """The persons named in *text*, in order."""
    found: list[Person] = []
    cores = [core for run in _RUN.finditer(text) if (core := _core(text, *run.span())) is not None]
    for i, core in enumerate(cores):
        person = _described(text, *core, cores[i + 1] if i + 1 < len(cores) else None)
        if person is not None and not (found and person.start < found[-1].high):
            found.append(_behind(text, person, found[-1].high) if found else person)
    return tuple(found)


# Before the title of the next, an article is no longer: "l'ambasciatrice".
_ARTICLE = 4
# What may stand between a person and the title of the next.
_BETWEEN = re.compile(r"[\s,]*(?:(?:and|et|y|e|und|и)\s+)?(?:the\s+)?")


def _behind(text: str, person: Person, high: int) -> Person:
    """*person* with the part of the title alone that stands behind the person before, who ends at *high*."""
    if person.low >= high or person.title_span is None:
        return person
    gap = _BETWEEN.match(text, high)
    low = min(gap.end() if gap else high, person.start)
    span = (low, person.title_span[1]) if person.title_span[0] < high else person.title_span
    title = " ".join(text[slice(*span)].split()).strip(" ,") if span[0] < span[1] else None
    country = country_in(text, span, last=False) if title else None
    code, place = (country[0], country[3] or (country[1], country[2])) if country else (None, None)
    if person.country_span is not None and person.country_span[0] >= high:
        code, place = person.country, person.country_span
    return person._replace(
        low=low, title=title or None, title_span=span if title else None, country=code, country_span=place
    )


_WORD = rf"(?:(?:[{CAPITALS}]\.){{2,}}|[{CAPITALS}][\w'’´`‘]*(?:[-‐‑][\w'’´`]+)*\.?)"
_PARTICLES = "|".join(sorted(words("person_words", "particles")[0].split(), key=len, reverse=True))
_RUN = re.compile(
    rf"(?<![\w'’.-])(?:(?:d|D|O|L|l|dall|dell|all)['’´])?{_WORD}(?:\s+(?:(?:{_PARTICLES})\s+){{0,3}}(?:(?:d|l)['’´])?{_WORD})*"
)
_TOKEN = re.compile(r"[^\s,()]+")


# "Coutinho Júnior": the end of a name, and a rank before one.
_YOUNGER = re.compile(r"[JS][uúe]nior")


def _core(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The part of a run of capitals that can be a name, titles and other words cut off both ends; None without one."""
    tokens = [(start + m.start(), start + m.end(), m.group()) for m in _TOKEN.finditer(text[start:end])]
    stop = next((i + 1 for i, t in enumerate(tokens) if ends_sentence(t[2])), len(tokens))
    tokens = tokens[:stop]
    states = find_countries(text[start:end]) if len(tokens) > 2 else ()
    titles = [
        i
        for i, (low, high, token) in enumerate(tokens)
        if (is_no_name(token) and not (i > 1 and high == tokens[-1][1] and _YOUNGER.fullmatch(token)))
        or any(start + s.start <= low and high <= start + s.end + 2 * token.endswith(("'s", "’s")) for s in states)
    ]
    # The "E." of "Anna E. Name" is no half of "H. E.".
    last_title = max(
        (i for i in titles if not (i and i - 1 not in titles and INITIAL.fullmatch(tokens[i][2]))), default=-1
    )
    # "Ambassador Name", but also "Name Ambassador": the longer side of the last title is the name.
    after = tokens[last_title + 1 :]
    if not after:
        before: list[tuple[int, int, str]] = []
        for token in tokens:
            if is_no_name(token[2]):
                if len(before) > 1:
                    break
                before = []
            else:
                before.append(token)
        after = before
    while after and (token_key(after[-1][2]) in words_of("letters") or name_key(after[-1][2]) in words_of("particles")):
        after.pop()
    while after and (name_key(after[0][2]) in words_of("particles") and after[0][2].islower()):
        after.pop(0)
    if not after:
        return None
    low, high = after[0][0], after[-1][1]
    name = text[low:high]
    trimmed = re.sub(r"['’´]s?$|[.,;:]+$", "", name) if not INITIAL.fullmatch(after[-1][2]) else name
    high = low + len(trimmed)
    if not _can_be_name(trimmed):
        return None
    return low, high


def _can_be_name(name: str) -> bool:
    if len(name) < 2 or country_named(name) or (len(name.split()) > 1 and city_named(name)):
        return False
    return any(c.islower() for c in name) or len(name.split()) > 1 or len(name) > 4


_POSSESSIVE = re.compile(r".*['’]s\s+(?=\S)")


def _own_title(text: str, title: tuple[int, int] | None) -> tuple[int, int] | None:
    """A title without the state or the officer that it belongs to: "Denmark's Minister", "the Minister's Advisor"."""
    owner = _POSSESSIVE.match(text, *title) if title else None
    return (owner.end(), title[1]) if owner and title else title


_OF_STATE = re.compile(r"\s+(?:of|de|del|da|do|di|der|du)(?:\s+(?:the|la|el))?\s+\Z")


def _without_state(text: str, title: tuple[int, int] | None) -> tuple[int, int] | None:
    """A title before a name without the state at its end: "Minister of Defence of Norway Ole Dahl"."""
    named = find_countries(text[slice(*title)]) if title else ()
    if not title or not named or title[0] + named[-1].end != title[1]:
        return title
    link = _OF_STATE.search(text, title[0], title[0] + named[-1].start)
    # "President of Peru" is a title with its state, or none.
    return (title[0], link.start()) if link and " " in text[title[0] : link.start()] else title


def _described(text: str, start: int, end: int, after: tuple[int, int] | None) -> Person | None:
    """The person whose name stands at *start* to *end*, or None where it cannot be told from another capital; *after*
    is where the next name stands."""
    title = title_before(text, start)
    office, high = office_after(text, end)
    if office is not None and after is not None and after[1] <= high and " " in text[slice(*after)]:
        titled = title_before(text, after[0])
        if titled is not None and titled[0] - office[0] <= _ARTICLE:
            # "On behalf of Minister Name, Ambassador Name opened": another person, no office.
            office, high = None, end
    country = country_after(text, high) or (country_after(text, end) if office is None else None)
    country = country or (country_beside(text, end) if office is None else None)
    if country is not None:
        high = max(high, country[2])
    single = len(text[start:end].split()) == 1
    if single and (title is None or city_named(text[start:end]) or _JOINED_ON.search(text, max(0, start - 8), start)):
        return None
    chosen = _own_title(text, office or _without_state(text, title))
    low = title[0] if title else start
    if country is None and (country := country_before(text, low)) is not None:
        low = country[1]
    if country is None:
        country = country_in(text, office, last=True) or country_in(text, title, last=False)
    name = re.sub(r"[´`‘]", "'", " ".join(text[start:end].split()))
    words_ = " ".join(text[slice(*chosen)].split()).strip(" ,") if chosen else None
    code, span = (country[0], (country[1], country[2])) if country else (None, None)
    if country and country[3]:
        span = country[3]
    return Person(start, end, low, high, name, words_ or None, chosen, code, span)


# "Minister of Trade and Worship", "of the Republic of Korea": the last word of an office, not a name.
_JOINED_ON = re.compile(r"\b(?:of|for|and|the|to|in|on|at|et|und)\s+\Z")
