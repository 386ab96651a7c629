"""The relations that the sentences of a page state, by the rules of a field."""

from __future__ import annotations

from collections.abc import Container

from parsers.annotate import items_of, languages_in, setting_of
from parsers.annotate.items import lows
from parsers.clauses import clauses
from parsers.countries import NameMatch
from parsers.page import Page, Sentence
from parsers.regime import RegimeProfile
from parsers.relate.match import Relation, relations
from parsers.relate.rules import rules_of
from parsers.remembered import remembered
from parsers.tables import json_table


class _Every:
    """Holds every name."""

    def __contains__(self, name: object) -> bool:
        return True


_EVERY = _Every()


def relations_in(page: Page, sentence: Sentence, field: str) -> tuple[Relation, ...]:
    """The relations of *field* that *sentence* states, clause by clause."""
    return _relations(*setting_of(page, sentence), field)


@remembered
def _relations(
    text: str,
    mentions: tuple[NameMatch, ...],
    regime: RegimeProfile,
    languages: tuple[str, ...],
    year: int | None,
    field: str,
) -> tuple[Relation, ...]:
    items = items_of(text, mentions, regime, languages, year)
    return tuple(r for clause in clauses(items, languages) for r in relations(rules_of(field), clause, languages))


def may_state(
    page: Page, sentence: Sentence, field: str, names: Container[str] = _EVERY, *, office: bool = True
) -> bool:
    """True if *sentence* holds every word of some pattern of *field* that rests on words, of the relations *names*;
    without *office*, of one that asks for no office."""
    text, rules = sentence.text, rules_of(field)
    return any(
        pattern.relation in names and (office or not pattern.office)
        for language in languages_in(page, text)
        for pattern in rules.held_by(_lemmas(text, language), language)
    )


@remembered
def _lemmas(text: str, language: str) -> frozenset[str]:
    """The lemmas of all words of *text*."""
    forms = json_table("word_forms.json").get(language, {})
    said = lows(text)
    return frozenset(said).union(*(forms[word] for word in said if word in forms))
