"""States and bodies that a sentence says take part beside the members, or keep to the guidelines: the relations of
``rules/participation.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from parsers.annotate import Item, Kind, items_of, setting_of
from parsers.annotate.items import covered
from parsers.clauses import Clause, clauses
from parsers.countries import NameMatch
from parsers.lines import Letters
from parsers.lists.inline import bodies_of
from parsers.lists.items import LEAST
from parsers.lists.words import sits_with_members
from parsers.mentions import LONGEST_SENTENCE
from parsers.page import Found, Page, Sentence
from parsers.record import Participant
from parsers.relate.match import Relation, relations
from parsers.relate.rules import rules_of
from parsers.rules_file import LANGUAGES
from parsers.tables import json_table

_RULES = "participation"
# The classes of which a word stands in every sentence that calls a state an observer or an adherent.
_TELLING = ("observer", "observer_status", "capacity", "watch", "adherent", "adhere", "adherence")
# What joins two names of one list in a clause.
_JOINING = 4


@cache
def _letters() -> Letters:
    """The words of which one stands in every sentence that calls a state an observer or an adherent."""
    words: set[str] = set()
    for language in LANGUAGES:
        rows = (row for name in _TELLING for row in rules_of(_RULES).classes[name].get(language, ()))
        anchors = {max(filter(None, row), key=len) for row in rows}
        forms = json_table("word_forms.json").get(language, {})
        words |= anchors | {form for form, lemmas in forms.items() if anchors.intersection(lemmas)}
    return Letters(sorted(words))


def participants(page: Page, *names: str) -> list[Found[Participant]]:
    """The states and bodies of the relations *names* that the page's sentences state, in order."""
    return [
        Found(Participant(m.code or None, m.name), (sentence.span(m.start, m.end),))
        for sentence, relation in _relations(page)
        if relation.name in names
        for m in _with_joined(relation, bodies_alone=relation.name == "body")
    ]


def _relations(page: Page) -> tuple[tuple[Sentence, Relation], ...]:
    held = page.memo.get("participation")
    if not isinstance(held, tuple):
        held = page.memo["participation"] = tuple(_told(page))
    return held


def _told(page: Page) -> Iterator[tuple[Sentence, Relation]]:
    lines = set(_letters().lines(page.lines))
    for n, sentence in enumerate(page.sentences):
        named = [
            NameMatch(b.start - sentence.start, b.end - sentence.start, "", b.name)
            for b in bodies_of(page).get(sentence.block, ())
            if b.name and sentence.start <= b.start < sentence.start + len(sentence.text)
        ]
        if not (named or n in lines) or len(sentence.text) > LONGEST_SENTENCE or sentence.text.rstrip().endswith("?"):
            continue
        setting = setting_of(page, sentence)
        items, languages = list(items_of(*setting)), setting[3]
        for body in named:
            _put_body(items, body)
        for clause in clauses(items, languages):
            for relation in relations(rules_of(_RULES), clause, languages):
                if not (relation.name == "adherent" and _is_elsewhere(relation)):
                    yield sentence, relation


def _put_body(items: list[Item], body: NameMatch) -> None:
    """Put a body into *items*; one among the states of a list becomes one of its names."""
    at = covered(items, body.start, body.end)
    if at is None:
        return
    low, high = at
    if items[low].kind is Kind.COUNTRIES or items[low].names:
        items[low] = items[low]._replace(names=tuple(sorted((*items[low].names, body))))
    elif items[low].kind is not Kind.OWN:
        start, end = items[low].start, items[high - 1].end
        items[low:high] = [Item(Kind.BODY, start, end, body.name.lower(), (body,))]


def _is_elsewhere(relation: Relation) -> bool:
    """True if what is adhered to is something else than the guidelines: a treaty, a moratorium."""
    words = {row[0] for row in rules_of(_RULES).words["elsewhere"]["en"]}
    behind = relation.clause[relation.trigger[1] : relation.trigger[1] + 8]
    return any(item.low in words or item.kind is Kind.OTHER for item in behind)


def _with_joined(relation: Relation, *, bodies_alone: bool) -> list[NameMatch]:
    """The names of a relation, with those that the clause joins to them: "Chile, Peru and the European Commission"."""
    clause = relation.clause
    if relation.about is None:
        return []
    at = clause.index(relation.about)
    named = [*relation.about.names]
    for step in (-1, 1):
        named += _beyond(clause, at, step)
    return sorted(m for m in named if not (bodies_alone and (m.code or not sits_with_members(m.name))))


def _beyond(clause: Clause, at: int, step: int) -> Sequence[NameMatch]:
    found: list[NameMatch] = []
    gap = 0
    i = at + step
    while 0 <= i < len(clause) and gap <= _JOINING:
        item, before = clause[i], clause[i - step]
        if max(item.start, before.start) - min(item.end, before.end) > 1 or len(item.names) >= LEAST:
            # What the clause takes over from another, and a list that says what it lists in words of its own.
            break
        if item.names:
            found += item.names
            gap = 0
        elif item.low in _LINKS:
            gap += 1
        else:
            break
        i += step
    return found


_LINKS = frozenset((",", "(", ")", "and", "the", "et", "la", "le", "l", "und", "die", "der", "das", "y", "e", "el", "il", "o", "a", "и", "as", "well"))  # fmt: skip
