"""PERSON: who is named, those who are named together as one item: "Ms A of Peru and Mr B of Chile"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.annotate.items import Item, Kind, covered, put
from parsers.annotate.people import Person
from parsers.annotate.titles import title_before
from parsers.countries import NameMatch
from parsers.tables import yaml_rules

_BODIES = frozenset((Kind.OWN, Kind.OTHER, Kind.SUBGROUP))
_AND = re.compile(
    r"\s*,?\s*(?:and|y|et|und|e|&|i|a|и|as well as|together with|along with|,)\s+(?:by\s+|of\s+)?(?:the\s+|el\s+|la\s+|le\s+|o\s+)?(?:his\s+\w+\s+)?"
)
_COMMA = re.compile(r"\s*,\s+(?:the\s+|el\s+|la\s+|le\s+|o\s+)?")
_SURNAME = re.compile(r"\s+(?:and|et|und|y|e)\s+([^\W\d_a-z][\w’'-]+)(?=\s+[a-z])")
_PLURAL = re.compile(r"(?:ers|ors|ies|ten|res|os)$")
_STATES_AND = re.compile(r"\s+(?:and|et|y|e|und|и)\s+(?:the\s+)?")
_IN_TURN = re.compile(r",?\s+respectively\b")


def annotate(
    items: list[Item], text: str, people: Sequence[Person], states: Sequence[NameMatch], languages: tuple[str, ...]
) -> None:
    """Put *people* into *items*."""
    chairs = yaml_rules("annotations.yaml")["presiding"]
    verbs = {w for language in languages for w in chairs["finite"].get(language, ())}
    agents = {w for language in languages for w in chairs["agents"].get(language, ())}
    for group in _groups(text, people, states):
        at = covered(items, group[0].low, group[-1].high)
        if at is None:
            continue
        behind = items[at[1]].low if at[1] < len(items) else ""
        before = [item.low for item in items[max(0, at[0] - 2) : at[0]]]
        parts = [group]
        if len(group) > 1 and behind in verbs and not agents.isdisjoint(before):
            # "was opened by A, and B was elected": two statements.
            parts = [group[:-1], group[-1:]]
        for part in reversed(parts):
            at = covered(items, part[0].low, part[-1].high)
            if at is not None:
                low = text[part[0].low : part[-1].high].lower()
                put(items, *at, Item(Kind.PERSON, part[0].low, part[-1].high, low, people=tuple(part)))


def _groups(text: str, people: Sequence[Person], states: Sequence[NameMatch]) -> Iterator[Sequence[Person]]:
    """The persons, those whom a text joins together."""
    group: list[Person] = []
    for person in (*people, None):
        glue = text[group[-1].high : person.low] if group and person is not None else ""
        if group and (person is None or person.low < group[-1].high or _AND.fullmatch(glue) is None):
            # "On behalf of A, B opened": a comma alone joins nobody.
            commas = all(_COMMA.fullmatch(text[a.high : b.low]) for a, b in pairwise(group))
            yield from ([one] for one in group) if commas and len(group) > 1 else [_with_others(text, group, states)]
            group = []
        if person is not None:
            group.append(person)


def _with_others(text: str, group: list[Person], states: Sequence[NameMatch]) -> Sequence[Person]:
    if len(group) == 1:
        group = [*group, *_second_surname(text, group[0])]
    return _told_apart(text, group, states)


def _second_surname(text: str, person: Person) -> Iterator[Person]:
    """The second of "Foreign Ministers Asselborn and Koenders", who shares the title of the first."""
    match = _SURNAME.match(text, person.end)
    plural = person.title is not None and _PLURAL.search(person.title.split(",")[0])
    if match is not None and plural and len(person.name.split()) == 1:
        start, end = match.span(1)
        yield person._replace(start=start, end=end, low=start, high=end, name=match[1])


def _told_apart(text: str, group: Sequence[Person], states: Sequence[NameMatch]) -> Sequence[Person]:
    """*group* with the states of a list behind its last person: each its own where the text says "respectively",
    none where it does not say whose is whose."""
    last = group[-1]
    if len(group) < 2 or last.country_span is None or last.country_span[0] < last.end:
        return group
    listed = [state for state in states if (state.start, state.end) == last.country_span]
    for state in states:
        if listed and state.start > listed[-1].end and _STATES_AND.fullmatch(text, listed[-1].end, state.start):
            listed.append(state)
    if len(listed) < 2 or any(person.country for person in group[:-1]):
        return group
    turn = _IN_TURN.match(text, listed[-1].end)
    high = turn.end() if turn else listed[-1].end
    if len(listed) != len(group) or turn is None:
        return [*group[:-1], last._replace(country=None, country_span=None, high=high)]
    told = [
        person._replace(country=state.code, country_span=(state.start, state.end))
        for person, state in zip(group, listed, strict=True)
    ]
    return [*told[:-1], told[-1]._replace(high=high)]


def without_bodies(text: str, people: Sequence[Person], items: Sequence[Item]) -> Iterator[Person]:
    """Those of *people* in whose names no body stands, without the titles that say what body they preside over."""
    bodies = [item for item in items if item.kind in _BODIES]
    for person in people:
        if any(b.start < person.end and person.start < b.end for b in bodies):
            continue
        yield _without_presidency(text, person, [b for b in bodies if b.kind is Kind.OWN], items)


def _without_presidency(text: str, person: Person, own: Sequence[Item], items: Sequence[Item]) -> Person:
    """*person* without the part of a title that names the chair of the page's own body: that is an office of its own."""
    span = person.title_span
    if span is None:
        return person
    offices = [i for i, item in enumerate(items) if span[0] <= item.start < span[1] and item.low in _presiding()]
    if not offices:
        return person
    at = items[offices[-1]]
    beside = [b for b in own if (b.end <= at.start and at.start - b.end < 3) or 0 <= b.start - at.end < 8]
    acting = {w for said in yaml_rules("annotations.yaml")["presiding"]["acting"].values() for w in said}
    if not beside and not any(item.low in acting for item in items[offices[-1] + 1 : offices[-1] + 3]):
        return person
    if span[0] >= person.end:
        before = title_before(text, person.start)
        title = " ".join(text[slice(*before)].split()) if before else None
        return person._replace(high=person.end, title=title, title_span=before)
    low = max([at.end, *(b.end for b in beside)])
    kept = [item for item in items if item.start >= low and item.end <= span[1] and item.kind is Kind.WORD]
    if not kept:
        return person._replace(low=person.start, title=None, title_span=None)
    begin = kept[0].start
    title = person.title[-(span[1] - begin) :] if person.title else None
    return person._replace(low=begin, title=title, title_span=(begin, span[1]))


def _presiding() -> frozenset[str]:
    table = yaml_rules("annotations.yaml")["presiding"]
    return frozenset(w for kind in ("nouns", "presidents") for said in table[kind].values() for w in said)
