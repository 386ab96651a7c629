"""Typed items in the place of what a sentence names, for every field."""

from __future__ import annotations

from parsers.annotate import bodies, counts, members, named_together, offices, states
from parsers.annotate.items import Item, Kind, covered, put, tokens
from parsers.annotate.people import find_persons
from parsers.countries import NameMatch
from parsers.dates import find_dates, find_years
from parsers.marked_sentence import languages_of
from parsers.page import Page, Sentence
from parsers.regime import RegimeProfile
from parsers.remembered import remembered
from parsers.rules_file import LANGUAGES
from parsers.tables import yaml_rules
from parsers.when import years_of

__all__ = ["Item", "Kind", "annotated", "counted_items", "items_of", "languages_of", "setting_of", "with_people"]


# The text of a sentence, the states that it names, the regime of its page, the languages of its words, the page's year.
Setting = tuple[str, tuple[NameMatch, ...], RegimeProfile, tuple[str, ...], int | None]


def setting_of(page: Page, sentence: Sentence) -> Setting:
    """The arguments from which the items of *sentence* are made."""
    languages = languages_in(page, sentence.text)
    year = years_of(page).year if _has_digit(sentence.text) else None
    return sentence.text, page.mentions_in(sentence), page.regime, languages, year


def languages_in(page: Page, text: str) -> tuple[str, ...]:
    """The languages whose words count in a sentence of *page*."""
    language = page.document.language
    languages = languages_of(text, language)
    if language is not None and language not in LANGUAGES and "en" not in languages:
        # The words of languages without rules of their own stand among the English ones.
        languages = (*languages, "en")
    return languages


def annotated(page: Page, sentence: Sentence) -> tuple[Item, ...]:
    """The items of *sentence*."""
    return items_of(*setting_of(page, sentence))


@remembered
def items_of(
    text: str, mentions: tuple[NameMatch, ...], regime: RegimeProfile, languages: tuple[str, ...], year: int | None
) -> tuple[Item, ...]:
    """The items of a sentence that names the states *mentions*, on a page of *regime* that speaks in *year*."""
    items = _dated(text, mentions, languages, year)
    bodies.annotate(items, text, regime, languages)
    nouns = yaml_rules("annotations.yaml")["membership_nouns"]
    states.annotate_adjectives(items, frozenset(w for language in languages for w in nouns.get(language, ())))
    members.annotate(items, text, regime, languages)
    return tuple(items)


def counted_items(
    text: str, mentions: tuple[NameMatch, ...], regime: RegimeProfile, languages: tuple[str, ...], year: int | None
) -> tuple[Item, ...]:
    """The items of a sentence with what it counts: NUMBER and COUNT in the place of MEMBER."""
    items = _dated(text, mentions, languages, year)
    counts.annotate(items, text, regime)
    bodies.annotate(items, text, regime, languages)
    return tuple(items)


def with_people(
    text: str, mentions: tuple[NameMatch, ...], regime: RegimeProfile, languages: tuple[str, ...], year: int | None
) -> tuple[Item, ...]:
    """The items of a sentence with its PERSONs and its CHAIRs: a state that stands beside a person is part of him."""
    items = list(_worded(text, year))
    offices.set_apart(items, mentions)
    bodies.annotate(items, text, regime, languages)
    bodies.name_in_brackets(items)
    people = tuple(named_together.without_bodies(text, find_persons(text), items))
    named_together.annotate(items, text, people, mentions, languages)
    taken = [(item.start, item.end) for item in items if item.kind is Kind.PERSON]
    alone = tuple(m for m in mentions if not any(low < m.end and m.start < high for low, high in taken))
    states.annotate(items, text, alone, languages, (), dated=False)
    states.join_full_styles(items, languages)
    offices.annotate(items, languages)
    return tuple(items)


def _dated(text: str, mentions: tuple[NameMatch, ...], languages: tuple[str, ...], year: int | None) -> list[Item]:
    """The days and states of a sentence, between its words."""
    items = list(_worded(text, year))
    states.annotate(items, text, mentions, languages)
    return items


@remembered
def _worded(text: str, year: int | None) -> tuple[Item, ...]:
    """The words of a text, its days and years as one item each."""
    items = list(tokens(text))
    for day in find_dates(text, year_hint=year) if _has_digit(text) else ():
        at = covered(items, day.start, day.end)
        if at:
            put(items, *at, Item(Kind.DATE, day.start, day.end, text[day.start : day.end].lower()))
    for start, end, _ in find_years(text) if _has_digit(text) else ():
        at = covered(items, start, end)
        if at and at[1] - at[0] == 1 and items[at[0]].kind is Kind.NUMBER:
            items[at[0]] = items[at[0]]._replace(kind=Kind.DATE)
    return tuple(items)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
