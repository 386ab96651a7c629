"""OWN, OTHER and SUBGROUP: the bodies that a sentence names, told apart by the page's regime.

A regime is known by the names that it declares, by a word of them that no other body has, and by its head noun alone
("the Group", "le Groupe"). Others are known by ``rules/assertion.yaml``, or by the shape of their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers.annotate.items import Item, Kind, covered, put
from parsers.assertion_rules import Cue, Reach, Says, rules
from parsers.countries import country_of_demonym
from parsers.dates import month_number
from parsers.names import name_key
from parsers.phrase_table import words_of
from parsers.regime import RegimeProfile
from parsers.tables import yaml_rules

# Of a word of a name so many letters are the same in most languages: "Australie", "Wassenaarskich".
_STEM = 6
_LINKS = frozenset(
    [
        "of",
        "for",
        "on",
        "the",
        "and",
        "against",
        "to",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "da",
        "do",
        "di",
        "del",
        "della",
        "dei",
        "der",
        "des",
        "von",
        "für",
        "e",
        "y",
        "et",
        "к",
        "по",
        "о",
    ]
)


_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


class Names(NamedTuple):
    """By what a regime is told: whole names as keys of words, stems of its own, its head nouns in every language."""

    whole: tuple[tuple[str, ...], ...]
    stems: frozenset[str]
    heads: frozenset[str]
    all_heads: frozenset[str]
    foreign: frozenset[str]
    known: frozenset[str]


@lru_cache(maxsize=64)
def names_of(regime: RegimeProfile) -> Names:
    """By what *regime* is told in a text."""
    table = yaml_rules("annotations.yaml")
    said = {*regime.names, regime.name, regime.id}
    whole = sorted({tuple(name_key(n).split()) for n in said}, key=len, reverse=True)
    words = {w for name in whole for w in name}
    heads, every = set(table["any_body"]), set(table["any_body"])
    for forms in table["heads"].values():
        listed = {form for language in forms.values() for form in language}
        every |= listed
        if words & {name_key(f) for f in listed}:
            heads |= listed
    common = {w[:_STEM] for w in table["common_words"]} | {name_key(h)[:_STEM] for h in every}
    stems = {w[:_STEM] for w in words if len(w) >= _STEM - 1 and w[:_STEM] not in common}
    return Names(
        tuple(whole),
        frozenset(stems),
        frozenset(heads),
        frozenset(every),
        frozenset(table["foreign_heads"]),
        frozenset(table["known"]),
    )


def annotate(items: list[Item], text: str, regime: RegimeProfile, languages: tuple[str, ...]) -> None:
    """Put the bodies that *text* names into *items*."""
    names = names_of(regime)
    _whole_names(items, names)
    _cued(items, text, languages)
    _by_shape(items, names)
    _heads(items, names, languages)


def _whole_names(items: list[Item], names: Names) -> None:
    keys = [name_key(item.low) if item.kind in (Kind.WORD, Kind.NUMBER) else "" for item in items]
    i = 0
    while i < len(items):
        for name in names.whole:
            if tuple(keys[i : i + len(name)]) == name and (len(name) > 1 or "capital" in items[i].traits):
                end = i + len(name)
                found = Item(Kind.OWN, items[i].start, items[end - 1].end, " ".join(name))
                put(items, i, end, found)
                keys[i:end] = [""]
                break
        i += 1


def _cued(items: list[Item], text: str, languages: tuple[str, ...]) -> None:
    words = words_of(text)
    for language in languages:
        for hit in rules().phrases.get(language, rules().phrases["en"]).find(words):
            means = hit.means
            if not isinstance(means, Cue) or means.reach is not Reach.OBJECT:
                continue
            at = covered(items, words[hit.start].start, words[hit.end - 1].end)
            if at and not any(item.kind in _NAMED for item in items[slice(*at)]):
                kind = Kind.SUBGROUP if means.says is Says.SUBGROUP else Kind.OTHER
                start, end = items[at[0]].start, items[at[1] - 1].end
                put(items, *at, Item(kind, start, end, text[start:end].lower(), (), items[at[0]].traits))


_NAMED = frozenset((Kind.OWN, Kind.OTHER, Kind.SUBGROUP, Kind.COUNTRIES, Kind.OFFICE))


def _by_shape(items: list[Item], names: Names) -> None:
    """Runs of words in capitals that hold the head noun of a body: the regime's where they share a word of its own."""
    i = 0
    while i < len(items):
        if not _capital(items[i]):
            i += 1
            continue
        end = i + 1
        while end < len(items) and (
            _capital(items[end]) or (items[end].low in _LINKS and end + 1 < len(items) and _capital_or_link(items, end))
        ):
            end += 1
        run = items[i:end]
        lows = [item.low for item in run]
        heads = [low for low in lows if low in names.all_heads or low in names.foreign]
        own = any(name_key(low)[:_STEM] in names.stems for low in lows)
        if len(run) > 1 and heads and (own or len([r for r in run if _capital(r)]) > 1):
            only_head = [low for low in lows if low not in _LINKS and low not in names.all_heads]
            kind = Kind.OWN if own or not only_head else Kind.OTHER
            put(items, i, end, Item(kind, run[0].start, run[-1].end, " ".join(lows)))
            i += 1
            continue
        if own and len(run) == 1 and run[0].kind is Kind.WORD and country_of_demonym(lows[0]) is None:
            put(items, i, end, Item(Kind.OWN, run[0].start, run[-1].end, lows[0]))
        i = end


def _capital(item: Item) -> bool:
    return item.kind in (Kind.WORD, Kind.OTHER) and "capital" in item.traits


def _capital_or_link(items: Sequence[Item], at: int) -> bool:
    after = items[at + 1]
    if after.low in _DAYS or month_number(after.low):
        return False
    return _capital(after) or (after.low in _LINKS and at + 2 < len(items) and _capital(items[at + 2]))


def _heads(items: list[Item], names: Names, languages: tuple[str, ...]) -> None:
    """What one word tells: a head noun alone ("the Group", "al Grupo"), and an abbreviation. One that no table knows is
    the regime's in another language than English, in which it has a name of its own."""
    for i, item in enumerate(items):
        if item.kind is not Kind.WORD:
            continue
        capital = "capital" in item.traits
        if item.low in names.heads:
            items[i] = item._replace(kind=Kind.OWN)
        elif (
            item.low in names.foreign
            or item.low.endswith(_COMPOUNDS)
            or (item.low in names.known and capital)
            or (item.low in names.all_heads and capital and item.low[:4] not in ("grou", "grup", "груп"))
        ):
            items[i] = item._replace(kind=Kind.OTHER)
        elif "abbreviation" in item.traits and "en" not in languages:
            items[i] = item._replace(kind=Kind.OWN)


_COMPOUNDS = ("übereinkommen", "vertrag", "konvention")
