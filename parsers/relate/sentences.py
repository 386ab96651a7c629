"""The relations that the sentences of a page state, by the rules of a field."""

from __future__ import annotations

from functools import cache

from parsers.annotate import items_of, setting_of
from parsers.clauses import clauses
from parsers.countries import NameMatch
from parsers.lines import Letters
from parsers.page import Page, Sentence
from parsers.regime import RegimeProfile
from parsers.relate.match import Relation, relations
from parsers.relate.rules import rules_of
from parsers.remembered import remembered
from parsers.rules_file import LANGUAGES
from parsers.tables import json_table


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


@cache
def letters_of(field: str) -> Letters:
    """The words of which one stands in every sentence that states a relation of *field*."""
    words: set[str] = set()
    for language in LANGUAGES:
        patterns = (p.anchors.get(language) for p in rules_of(field).patterns)
        anchors = {word for sets in patterns if sets for word in sets[0]}
        forms = json_table("word_forms.json").get(language, {})
        words |= anchors | {form for form, lemmas in forms.items() if anchors.intersection(lemmas)}
    return Letters(tuple(sorted(words)))
