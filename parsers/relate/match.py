"""Patterns against clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.annotate.items import Item, Kind
from parsers.clauses import Clause
from parsers.relate.rules import Element, Pattern, Rules
from parsers.tables import json_table

# What no gap passes over.
_STOPS = frozenset(".;:?!")
_ENDS = frozenset((".", "!", ")"))
_OFFICES = frozenset((Kind.CHAIR, Kind.PRESIDENT))
_REFLEXIVE = frozenset(("se", "si", "s", "sich"))
# How many items a gap between the words of a class may hold, and how far before a relation its "unless" is looked for.
_WITHIN, _BEFORE = 14, 10


class Relation(NamedTuple):
    """A pattern found in a clause: its items from *start* to *end*, those that name its trigger, the item that it is
    about (states, where the rules do not say otherwise), and the items that stand in a role."""

    pattern: Pattern
    clause: Clause
    start: int
    end: int
    trigger: tuple[int, int]
    about: Item | None
    roles: tuple[tuple[str, int], ...] = ()

    @property
    def states(self) -> Item | None:
        """The states that the relation is about."""
        return self.about

    @property
    def name(self) -> str:
        return self.pattern.relation


class _Found(NamedTuple):
    end: int
    about: Item | None
    trigger: tuple[int, int] | None
    roles: tuple[tuple[str, int], ...] = ()


Lemmas = Sequence[frozenset[str]]


def lemmas_of(clause: Sequence[Item], language: str) -> list[frozenset[str]]:
    """The lemmas of each item in *language*: the word as it stands, and those of which it is a form."""
    forms = json_table("word_forms.json").get(language, {})
    return [
        frozenset((item.low, *forms.get(item.low, ()))) if item.kind in (Kind.WORD, Kind.MARK) else frozenset()
        for item in clause
    ]


def relations(rules: Rules, clause: Clause, languages: Sequence[str]) -> Iterator[Relation]:
    """Every relation that a clause states, one match a pattern and a beginning."""
    kinds = frozenset(item.kind for item in clause)
    for language in languages:
        lemmas = lemmas_of(clause, language)
        patterns = rules.held_by(frozenset().union(*lemmas), language, kinds)
        barred = _barred(rules, clause, language) if patterns else frozenset()
        for pattern in patterns:
            for start in _starts(clause, lemmas, pattern.elements[0], language):
                found = _match(clause, lemmas, pattern.elements, 0, start, language, barred, rules.about, first=True)
                if found is not None and not _is_kept_off(rules, pattern, clause, lemmas, start, found, language):
                    low, high = found.trigger or (start, found.end)
                    if low and clause[low - 1].low in _REFLEXIVE:
                        # "se adhirió": one verb, of which the pronoun is no word of its own.
                        low -= 1
                    yield Relation(pattern, clause, start, found.end, (low, high), found.about, found.roles)


def _starts(clause: Clause, lemmas: Lemmas, first: Element, language: str) -> Sequence[int]:
    """The items at which a pattern whose first element is *first* may begin."""
    if first.negated or first.maybe or first.ends:
        return range(len(clause))
    if first.kinds:
        return [i for i, item in enumerate(clause) if item.kind in first.kinds]
    begun = first.words.get(language, {}).keys()
    return [i for i, words in enumerate(lemmas) if not words.isdisjoint(begun)]


def _barred(rules: Rules, clause: Clause, language: str) -> frozenset[int]:
    """The items that no gap passes over: what denies."""
    denials = {row[0] for row in rules.words.get("denials", {}).get(language, ())}
    return frozenset(i for i, item in enumerate(clause) if item.low in denials)


def _is_kept_off(
    rules: Rules, pattern: Pattern, clause: Clause, lemmas: Lemmas, start: int, found: _Found, language: str
) -> bool:
    """True if a word that the relation's "unless" names stands before what it rests on."""
    rows = rules.unless.get(pattern.relation, {}).get(language, ())
    end = found.trigger[0] if found.trigger else start
    low = max(0, min(start, end) - _BEFORE)
    return any(
        row[0] in lemmas[i] and any(True for _ in _words(clause, lemmas, row[1:], i + 1))
        for row in rows
        for i in range(low, end)
    )


def _match(
    clause: Clause,
    lemmas: Lemmas,
    elements: Sequence[Element],
    at: int,
    i: int,
    language: str,
    barred: frozenset[int],
    about: frozenset[Kind],
    first: bool = False,
) -> _Found | None:
    """The match of the elements from *at* on with the items from *i* on, if any."""
    if at == len(elements):
        return _Found(i, None, None)
    element = elements[at]
    gap = 0 if first else element.gap
    for skipped in range(gap + 1):
        here = i + skipped
        if skipped and (here > len(clause) or here - 1 in barred or not _may_skip(clause, here - 1, about)):
            break
        for end in _ends(clause, lemmas, element, here, language):
            rest = _match(clause, lemmas, elements, at + 1, end, language, barred, about)
            if rest is None:
                continue
            named = rest.about
            if not element.kinds.isdisjoint(about) and not element.negated and end > here:
                named = named or clause[here]
            trigger = (here, end) if element.trigger and end > here else rest.trigger
            role = element.role or ("office" if element.kinds and element.kinds <= _OFFICES else None)
            roles = ((role, here), *rest.roles) if role and not element.negated and end > here else rest.roles
            return _Found(rest.end, named, trigger, roles)
    return None


def _may_skip(clause: Clause, i: int, about: frozenset[Kind]) -> bool:
    return i < len(clause) and clause[i].kind not in about and clause[i].low not in _STOPS


def _ends(clause: Clause, lemmas: Lemmas, element: Element, i: int, language: str) -> Sequence[int]:
    """The ends that *element* may have when it begins at the item *i*."""
    if element.ends:
        ends: Sequence[int] = (i,) if i >= len(clause) or clause[i].low in _ENDS else ()
    elif i >= len(clause):
        ends = ()
    elif element.kinds:
        ends = (i + 1,) if clause[i].kind in element.kinds and element.traits <= clause[i].traits else ()
    else:
        begun = element.words.get(language, {})
        rows = [row for word in lemmas[i] for row in begun.get(word, ())]
        # In the order of the rules, whichever of its lemmas the word is.
        ends = [end for row in sorted(rows) for end in _words(clause, lemmas, row.words, i + 1)] if rows else ()
    if element.negated:
        return () if ends else (i,)
    return (*ends, i) if element.maybe else ends


def _words(clause: Clause, lemmas: Lemmas, row: Sequence[str | None], i: int) -> Iterator[int]:
    if not row:
        yield i
        return
    word, rest = row[0], row[1:]
    if word is None:
        for here in range(i, min(i + _WITHIN, len(clause))):
            yield from _words(clause, lemmas, rest, here)
            if clause[here].low in _STOPS:
                return
    elif i < len(clause) and word in lemmas[i]:
        yield from _words(clause, lemmas, rest, i + 1)
