"""Who held an office at the plenary: chairs, openers, outgoing and incoming chairs.

The words for an office are found first (``data/officer_words.yaml``); the person or the state right behind or right
before them holds it. A state that chairs and a person who chairs for it are one officer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.annotate import Kind, annotated
from parsers.countries import NameMatch, country_of_demonym
from parsers.fields import plenary
from parsers.mentions import Time, mentions_at
from parsers.officer_rules import (
    Rule,
    is_ahead,
    may_name_officers,
    of_other_body,
    of_subgroup,
    states_by_adjective,
)
from parsers.officers_joined import Ahead, incoming, joined, officer_of
from parsers.page import Found, Page, Sentence
from parsers.persons import Person, find_persons
from parsers.persons_of_states import named_for, on_behalf, told_apart
from parsers.plenary_facts import facts_of
from parsers.record import Officer, OfficerRole
from parsers.signatories import signatories
from parsers.speakers import who_speaks
from parsers.stated import Stated, agree
from parsers.when import years_of

_CHAIRS = (OfficerRole.CHAIR, OfficerRole.CO_CHAIR)


def read(page: Page) -> list[Found[Officer]]:
    """Each officer once: a person with the title and state that the text gives him, or a state alone; `parts` keyed
    ``name``, ``title`` and ``country``. Chairs of groups below the plenary, and of other plenaries, are left out."""
    found: list[Found[Officer]] = []
    for sentence, said in may_name_officers(page):
        if not _of_other_plenary(page, sentence):
            found.extend(_in_sentence(page, sentence, said))
    found.extend(who_speaks(page))
    return [*joined(found), *signatories(page)]


def _of_other_plenary(page: Page, sentence: Sentence) -> bool:
    """Whether the sentence speaks of another plenary than the page's."""
    mentions = [m for m in mentions_at(page, sentence) if m.time is Time.CURRENT and not m.title]
    reported = plenary.read(page) if mentions else None
    if reported is None:
        return False
    value, years = reported.value, years_of(page)
    main = Stated(None, value.ordinal, value.city, value.country, value.start, value.end)
    stated_by = {span.block: span for part in reported.parts.values() for span in part}
    here = stated_by.get(sentence.block)
    if here is not None and sentence.start <= here.start < sentence.start + len(sentence.text):
        return False
    return any(not agree(main, facts_of(mention, years)) for mention in mentions)


def _next_plenary_in(page: Page, sentence: Sentence) -> int | None:
    """Where the sentence begins to speak of the next plenary, and of no other: who chairs that one is to come."""
    here = mentions_at(page, sentence)
    return here[0].start if here and all(m.time is Time.NEXT for m in here) else None


def _in_sentence(page: Page, sentence: Sentence, said: list[tuple[Rule, re.Match[str]]]) -> Iterator[Found[Officer]]:
    text = sentence.text
    persons: tuple[Person, ...] | None = None
    states: tuple[NameMatch, ...] = ()
    taken: list[tuple[int, int, bool]] = []
    own = (page.regime.name, *page.regime.names)
    nxt = _next_plenary_in(page, sentence)
    for rule, match in said:
        start, end = match.span()
        if any(low < end and start < high and behind is rule.behind for low, high, behind in taken):
            continue
        if rule.role is not OfficerRole.OPENED_BY and (
            of_subgroup(text, start, end) or of_other_body(text, start, end, own)
        ):
            continue
        if persons is None:
            persons, states = _persons(page, sentence), page.mentions_in(sentence)
        if "thanked" in match.group() and of_subgroup(
            text, max(text.rfind(mark, 0, start) for mark in ".;") + 1, start
        ):
            continue
        officers = list(_holders(rule, sentence, start, end, persons, states))
        if rule.role is OfficerRole.CHAIR and nxt is not None and nxt < start:
            officers = [incoming(o) for o in officers]
        elif rule.role is OfficerRole.CHAIR and is_ahead(text, start, end, years_of(page)):
            officers = [Ahead(o.value, o.spans, o.parts) for o in officers]
        if officers:
            taken.append((start, end, rule.behind))
            yield from officers
    for state in states_by_adjective(text):
        if state.joint or not any(low <= state.start < high for low, high, _ in taken):
            span = sentence.span(state.start, state.end)
            role = OfficerRole.OUTGOING_CHAIR if _THANKED.search(text) else state.role
            ahead = nxt is not None and nxt < state.start and state.role is OfficerRole.CHAIR
            if role is not state.role:
                continue
            if persons is None:
                persons = _persons(page, sentence)
            if person := named_for(text, state.end, state.code, (state.start, state.end), persons):
                chair = officer_of(role, sentence, person)
            else:
                chair = Found(Officer(role, None, None, state.code), (span,), {"country": (span,)})
            yield incoming(chair) if ahead else chair


def _persons(page: Page, sentence: Sentence) -> tuple[Person, ...]:
    """The persons of *sentence*; a name that a body's stands in is no person's: "Deputy Director of the IAEA"."""
    found = find_persons(sentence.text)
    if not found:
        return found
    bodies = [i for i in annotated(page, sentence) if i.kind in (Kind.OWN, Kind.OTHER, Kind.SUBGROUP)]
    return tuple(p for p in found if not any(b.start < p.end and p.start < b.end for b in bodies))


_THANKED = re.compile(r"\b(?:thanks|thanked|thank|gratitude|appreciation)\b")
# What may stand between the words for an office and the person: nothing that begins another statement.
_ONLY_SMALL = re.compile(
    r"(?:[\s,:;(–—-]|(?:dall|dell|all|[dlL])['’]|the|The|its|a|el|la|le|las|los|o|of|by|to|as|was|is|the\s+\w+|H\.|both|also|Regime|by\s+the|Foreign|also\s+by|de|von|par|por|with|je|then"
    r"|on\s+behalf\s+of|MTCR|NSG|HCoC|AG|WA|ZC|for|der|dem|durch|Plenary|year|(?:joint|former|two)\s+(?:Co-?)?[Cc]hairs?)*",
)
_BREAKS = re.compile(
    r"[;]|\bby\b|\b(?:chaired|opened|welcomed|inaugurated|thanks?|thanked|elected|which|where|after|while|said|congratulat\w+|from)\b|\.\s"
)


def _holders(
    rule: Rule, sentence: Sentence, start: int, end: int, persons: tuple[Person, ...], states: tuple[NameMatch, ...]
) -> Iterator[Found[Officer]]:
    """Who holds the role of *rule* where its words stand at *start* to *end* of *sentence*."""
    text = sentence.text
    role = _co_chair(rule.role, text, start, end)
    near: list[NameMatch] = []
    if rule.behind:
        chain = _chain(text, persons, _first_behind(text, end, persons))
    else:
        chain = _chain_before(text, start, persons)
        near = _states_before(text, start, states)
        if chain and near and near[0].start > max(p.high for p in chain):
            # "Minister A will open the meeting – Germany takes over the chair": the nearer of the two holds it.
            chain = []
    if chain:
        if len(chain) == 1 and chain[0].country is None:
            chain = [_by_adjective(text, start, end, chain[0])]
            if role is not OfficerRole.OPENED_BY:
                chain = [on_behalf(text, end, chain[0], states)]
        yield from (officer_of(role, sentence, person) for person in told_apart(text, chain, states))
        return
    if role is OfficerRole.OPENED_BY:
        return
    named = _states_behind(text, end, states) if rule.behind else near
    for state in named:
        span = sentence.span(state.start, state.end)
        person = named_for(text, max(end, state.end), state.code, (state.start, state.end), persons)
        if person is not None and len(named) == 1:
            yield officer_of(role, sentence, person)
        else:
            yield Found(Officer(role, None, None, state.code), (span,), {"country": (span,)})


_CAPITAL = re.compile(r"[A-Z]\w+")


def _by_adjective(text: str, start: int, end: int, person: Person) -> Person:
    """*person* with the state that the words for his office hold: "the outgoing Finnish chair, Ms Name"."""
    for word in _CAPITAL.finditer(text, start, end):
        if (code := country_of_demonym(word.group())) is not None:
            return person._replace(country=code, country_span=word.span())
    return person


def _co_chair(role: OfficerRole, text: str, start: int, end: int) -> OfficerRole:
    co = re.search(r"\bco-?\s?chair|\b[Cc]o-[Cc]hair", text[max(0, start - 4) : end])
    return OfficerRole.CO_CHAIR if role is OfficerRole.CHAIR and co else role


def _first_behind(text: str, end: int, persons: tuple[Person, ...]) -> int | None:
    for i, person in enumerate(persons):
        if person.start >= end:
            gap = text[end : max(end, person.low)]
            return i if len(gap) <= 48 and _ONLY_SMALL.fullmatch(gap) else None
    return None


def _chain(text: str, persons: tuple[Person, ...], first: int | None) -> list[Person]:
    """The persons that are named together from the *first* on: "Mr A of X and Ms B of Y"."""
    if first is None:
        return []
    chain = [persons[first]]
    for person in persons[first + 1 :]:
        glue = text[chain[-1].high : person.low]
        if _AND.fullmatch(glue) is None:
            break
        chain.append(person)
    if len(chain) == 1:
        chain += _second_surname(text, chain[0])
    return chain


_AND = re.compile(
    r"\s*,?\s*(?:and|y|et|und|e|&|i|a|и|as well as|together with|,)\s+(?:by\s+|of\s+)?(?:the\s+|el\s+|la\s+|le\s+)?(?:his\s+\w+\s+)?"
)
_SURNAME = re.compile(r"\s+(?:and|et|und|y|e)\s+([^\W\d_a-z][\w’'-]+)(?=\s+[a-z])")


def _second_surname(text: str, person: Person) -> list[Person]:
    """The second of "Foreign Ministers Asselborn and Koenders", who shares the title of the first."""
    match = _SURNAME.match(text, person.end)
    plural = person.title is not None and re.search(r"(?:ers|ors|ies|ten|res|os)$", person.title.split(",")[0])
    if match is None or not plural or len(person.name.split()) > 1:
        return []
    start, end = match.span(1)
    return [person._replace(start=start, end=end, low=start, high=end, name=match[1])]


def _chain_before(text: str, start: int, persons: tuple[Person, ...]) -> list[Person]:
    """The persons whom the words at *start* are said of."""
    before = [person for person in persons if person.end <= start]
    if not before:
        return []
    last = before[-1]
    gap = text[min(max(last.high, last.end), start) : start]
    if len(gap) < 60 and _AND_ALSO.search(gap):
        gap = ""
    if len(gap) > 90 or _BREAKS.search(gap) or (len(gap) > 40 and gap.count(",") > 2):
        extra = _second_surname(text, last)
        gap = text[extra[-1].end : start] if extra else "by"
        if _BREAKS.search(gap):
            return []
    first = len(before) - 1
    while first and _AND.fullmatch(text[before[first - 1].high : before[first].low]):
        first -= 1
    return _chain(text, tuple(before), first)


# "opened the Plenary and chaired it": one subject of two verbs.
_AND_ALSO = re.compile(
    r"^,?\s+(?:opened|chaired|welcomed|inaugurated)\s[^.;,]{0,40}\band\s+\Z"
    r"|^,?\s+(?:opened|inaugurated)\s(?:[^.;,A-Z]|Plenary|Meeting|Session|Regime|MTCR|NSG|HCoC|AG|WA|ZC){0,50}\Z|^,?\s*(?:chairing)\s[^.;,]{0,30},\s*\Z"
)


def _states_behind(text: str, end: int, states: tuple[NameMatch, ...]) -> list[NameMatch]:
    found: list[NameMatch] = []
    at = end
    for state in states:
        if state.start < at:
            continue
        gap = text[at : state.start]
        fits = _ONLY_SMALL.fullmatch(gap) is not None if not found else _AND.fullmatch(gap) is not None
        # "succeeding Poland, and Sweden was elected": another sentence.
        if found and _DOES.match(text, state.end):
            break
        if len(gap) > 24 or not fits or re.match(r"['’]s?\s", text[state.end : state.end + 3]):
            break
        found.append(state)
        at = state.end
    return found


_DOES = re.compile(r"\s(?:was|were|is|are|will|has|had|took|takes|assum\w+)\b")


def _states_before(text: str, start: int, states: tuple[NameMatch, ...]) -> list[NameMatch]:
    before = [state for state in states if state.end <= start]
    if not before:
        return []
    # "Norway will host the next Plenary and take over the chair": one subject of two verbs.
    gap = _WHICH.sub(" ", _HOSTS_AND.sub(" ", text[before[-1].end : start]))
    small = re.fullmatch(r"[\s,]*(?:\([A-Z]{2,5}\)\s*)?(?:[\w-]+[\s,]+){0,4}", gap)
    led = _LED.search(text[max(0, before[-1].start - 24) : before[-1].start])
    if led and led[1] == "with" and text.startswith(("in the", "as "), start):
        led = None
    if small is None or _NO_STATE.search(gap) or _BREAKS.search(gap) or led:
        return []
    first = len(before) - 1
    while first and _AND.fullmatch(text[before[first - 1].end : before[first].start]):
        first -= 1
    return before[first:]


_WHICH = re.compile(r"\A(?:\s\([A-Z]{2,5}\))?,\s+which\s+(?:currently\s+|now\s+|has\s+|had\s+|also\s+)*\Z")
_HOSTS_AND = re.compile(r"\A\s(?:will|would|is to) (?:host|hold|organi[sz]e) [^.;,]{1,60}\band\s")
_NO_STATE = re.compile(r"[A-Z]\w+|\b(?:is|was|were|in|on|at)\b.*\b(?:in|on|at)\b")
_LED = re.compile(r"\b(in|from|of|with|for|against|to|by|about|visit(?:ed)?)\s+(?:the\s+)?$")
