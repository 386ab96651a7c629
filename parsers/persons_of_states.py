"""Persons whose state stands apart from their names: in a bracket behind the state, in a list of states, or behind "on behalf of"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.countries import NameMatch
from parsers.persons import Person

_NAMED_FOR = re.compile(
    r"[^.;(),]{0,60}?\(\s*(?:represented by\s+)?|[^.;(),]{0,30},?\s+(?:represented by|in the person of)\s+"
)
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_IN_TURN = re.compile(r",?\s+respectively\b")


def named_for(text: str, at: int, code: str, span: tuple[int, int], persons: Sequence[Person]) -> Person | None:
    """The person in a bracket behind what is said of a state up to *at*, as one of that state: "Hungary chaired
    the Plenary in 2021 (Ambassador Name)"; *code* and *span* are the state's. None where nobody is named."""
    lead = _NAMED_FOR.match(text, at)
    if lead is None:
        return None
    person = next((p for p in persons if lead.end() <= p.low <= lead.end() + 4), None)
    if person is None or person.country not in (None, code):
        return None
    return person if person.country else person._replace(country=code, country_span=span)


_ON_BEHALF = re.compile(r"[^.;]{0,60}?\bon behalf of (?:the )?")


def on_behalf(text: str, at: int, person: Person, states: Sequence[NameMatch]) -> Person:
    """*person* as one of the one state on whose behalf he takes an office, where the words behind *at* tell it."""
    lead = _ON_BEHALF.match(text, at) if person.country is None else None
    for i, state in enumerate(states):
        if lead is not None and state.start == lead.end():
            several = i + 1 < len(states) and _AND.fullmatch(text, state.end, states[i + 1].start)
            return person if several else person._replace(country=state.code, country_span=(state.start, state.end))
    return person


def told_apart(text: str, chain: Sequence[Person], states: Sequence[NameMatch]) -> Sequence[Person]:
    """*chain* with the states of a list behind its last person: each its own where the text says "respectively",
    none where it does not say whose is whose."""
    last = chain[-1]
    if len(chain) < 2 or last.country_span is None or last.country_span[0] < last.end:
        return chain
    listed = [state for state in states if (state.start, state.end) == last.country_span]
    for state in states:
        if listed and state.start > listed[-1].end and _AND.fullmatch(text, listed[-1].end, state.start):
            listed.append(state)
    if len(listed) < 2 or any(person.country for person in chain[:-1]):
        return chain
    if len(listed) != len(chain) or _IN_TURN.match(text, listed[-1].end) is None:
        return [*chain[:-1], last._replace(country=None, country_span=None)]
    return [
        person._replace(country=state.code, country_span=(state.start, state.end))
        for person, state in zip(chain, listed, strict=True)
    ]
