"""OWN, OTHER and SUBGROUP: the bodies that a sentence names, told apart by the page's regime.

A regime is known by the names that it declares, by a word of them that no other body has, and by its head noun alone
("the Group", "le Groupe"). Others are known by ``rules/assertion.yaml``, or by the shape of their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.annotate.items import Item, Kind, covered, put
from parsers.arabic import is_arabic, is_prefixed
from parsers.assertion_rules import Says, rules
from parsers.countries import country_of_demonym
from parsers.dates import month_number
from parsers.names import name_key
from parsers.page_words import plain_words
from parsers.phrase_table import words_of
from parsers.regime import RegimeProfile
from parsers.remembered import remembered
from parsers.tables import yaml_rules

# Of a word of a name so many letters are the same in most languages: "Australie", "Wassenaarskich".
_STEM = 6
# A word of a name that is so long may end in other letters where it stands in a sentence: "Australischen", "Группу".
_INFLECTED, _ENDING = 5, 3
_SHORTEST = 3
# What Arabic names are looked up by: prefixes are written onto their first words.
_ARABIC = "ar"
_ARTICLES = frozenset(("the", "la", "le", "les"))


class Names(NamedTuple):
    """By what a regime is told: whole names without their small words, by how the first begins; those of the other
    regimes that are known; stems of its own; and its head nouns in every language."""

    whole: Mapping[str, tuple[tuple[str, ...], ...]]
    others: Mapping[str, tuple[tuple[str, ...], ...]]
    stems: frozenset[str]
    heads: frozenset[str]
    words: frozenset[str]


class _Table(NamedTuple):
    """The words of ``rules/annotations.yaml`` by which bodies are told."""

    heads: tuple[frozenset[str], ...]
    all_heads: frozenset[str]
    any_body: frozenset[str]
    compounds: tuple[str, ...]
    foreign: frozenset[str]
    known: frozenset[str]
    links: frozenset[str]
    of: frozenset[str]
    regimes_of: frozenset[str]
    weekdays: frozenset[str]
    chairs: frozenset[str]
    german: frozenset[str]
    plain: tuple[str, ...]
    before_names: frozenset[str]
    no_bodies: frozenset[str]


@cache
def _table() -> _Table:
    table = yaml_rules("annotations.yaml")
    heads = tuple(frozenset(w for forms in row.values() for w in forms) for row in table["heads"].values())
    any_body = frozenset(table["any_body"])
    return _Table(
        heads,
        any_body.union(*heads),
        any_body,
        tuple(table["compounds"]),
        frozenset(table["foreign_heads"]),
        frozenset(table["known"]),
        frozenset(table["links"]),
        frozenset(table["of"]),
        frozenset(table["regimes_of"]),
        frozenset(table["weekdays"]),
        frozenset(table["chairs"]),
        frozenset(table["german_articles"]),
        tuple(table["plain_heads"]),
        frozenset(table["before_names"]),
        frozenset(table["no_bodies"]) | plain_words("ministries"),
    )


@lru_cache(maxsize=64)
def names_of(regime: RegimeProfile) -> Names:
    """By what *regime* is told in a text."""
    table = _table()
    links = {name_key(link) for link in table.links}
    said, others = (
        {tuple(w for w in name_key(name).split() if w not in links) for name in names} - {()}
        for names in ((*regime.names, regime.name, regime.id), filter(_tells, regime.others))
    )
    words = {word for name in said for word in name}
    heads = table.any_body.union(*(row for row in table.heads if words & {name_key(head) for head in row}))
    common = {w[:_STEM] for w in yaml_rules("annotations.yaml")["common_words"]}
    common |= {name_key(head)[:_STEM] for head in table.all_heads}
    stems = {w[:_STEM] for w in words if len(w) >= _STEM - 1 and w[:_STEM] not in common}
    return Names(_by_beginning(said), _by_beginning(others - said), frozenset(stems), heads, frozenset(words))


def _tells(name: str) -> bool:
    """True if *name* tells a body wherever it stands: "AG" and "WA" are much else."""
    return " " in name or len(name) >= _SHORTEST


def _by_beginning(names: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The longest of *names* first, by how they begin."""
    whole: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in sorted(names, key=lambda n: (len(n), n)):
        begins = _ARABIC if is_arabic(name[0]) else name[0][: _INFLECTED - 1]
        whole[begins] = (name, *whole.get(begins, ()))
    return whole


def annotate(items: list[Item], text: str, regime: RegimeProfile, languages: tuple[str, ...]) -> None:
    """Put the bodies that *text* names into *items*."""
    names = names_of(regime)
    _whole_names(items, names.whole, Kind.OWN)
    _whole_names(items, names.others, Kind.OTHER)
    _cued(items, text, languages)
    _by_shape(items, names, german="de" in languages)
    _heads(items, names)
    if regime.name != regime.id.upper() and not text.isupper():
        _abbreviated(items)


def _whole_names(items: list[Item], names: Mapping[str, tuple[tuple[str, ...], ...]], kind: Kind) -> None:
    """The *names* that regimes declare, in whatever case and with whatever small words between theirs, as *kind*."""
    links = _table().links
    at = 0
    while at < len(items):
        item = items[at]
        key = name_key(item.low) if item.kind in (Kind.WORD, Kind.NUMBER) and item.low not in links else ""
        for name in names.get(_ARABIC if is_arabic(key) else key[: _INFLECTED - 1], ()):
            end = _end_of(items, at, name, links)
            if end and (len(name) > 1 or "capital" in item.traits):
                put(items, at, end, Item(kind, item.start, items[end - 1].end, " ".join(name)))
                break
        at += 1


def _end_of(items: Sequence[Item], at: int, name: Sequence[str], links: frozenset[str]) -> int:
    """Behind the last item of *name* that begins at the item *at*; 0 where it does not stand there."""
    held = 0
    while at < len(items):
        item = items[at]
        at += 1
        if item.low in links and held:
            continue
        for word in name_key(item.low).split() if item.kind in (Kind.WORD, Kind.NUMBER) else ("",):
            if held == len(name) or not _is_form(word, name[held]):
                return 0
            held += 1
        if held == len(name):
            return at
    return 0


def _is_form(word: str, of: str) -> bool:
    """True if *word* is *of*, or *of* with another ending, or in Arabic with prefixes."""
    if word == of:
        return True
    if is_arabic(of):
        return is_prefixed(word, of)
    same = max(_INFLECTED - 1, len(of) - _ENDING)
    return len(of) >= _INFLECTED and word[:same] == of[:same] and abs(len(word) - len(of)) <= _ENDING


def _cued(items: list[Item], text: str, languages: tuple[str, ...]) -> None:
    for language in languages:
        for low, high, says in _phrases_in(text, language):
            at = covered(items, low, high)
            if at and not any(item.kind in _NAMED for item in items[slice(*at)]):
                kind = Kind.SUBGROUP if says is Says.SUBGROUP else Kind.OTHER
                start, end = items[at[0]].start, items[at[1] - 1].end
                put(items, *at, Item(kind, start, end, text[start:end].lower(), (), items[at[0]].traits))


@remembered
def _phrases_in(text: str, language: str) -> tuple[tuple[int, int, Says], ...]:
    """Where the phrases stand that name another body or a subgroup, and which of the two."""
    words = words_of(text)
    hits = rules().bodies.get(language, rules().bodies["en"]).find(words)
    return tuple((words[hit.start].start, words[hit.end - 1].end, hit.means) for hit in hits)


_NAMED = frozenset((Kind.OWN, Kind.OTHER, Kind.SUBGROUP, Kind.COUNTRIES, Kind.OFFICE, Kind.PERSON))


def _by_shape(items: list[Item], names: Names, *, german: bool) -> None:
    """Runs of words in capitals that hold the head noun of a body: the regime's where they share a word of its own."""
    table = _table()
    i = 0
    while i < len(items):
        if not _capital(items[i]) or items[i].low in table.chairs:
            i += 1
            continue
        end = i + 1
        head = next((item.low for item in items[i : i + 3] if item.low not in table.links | table.german), "")
        links = table.links - table.german if german and head not in table.all_heads else table.links
        while end < len(items) and (
            (_capital(items[end]) and items[end].low not in table.chairs)
            or (items[end].low in links and end + 1 < len(items) and _capital_or_link(items, end, links))
        ):
            end += 1
        if i == 0 and end > 2 and items[1].low in table.links and _is_own_head(items[2:end], names):
            # "Today in the Group": the first word has its capital from where it stands.
            i += 1
            continue
        run = items[i:end]
        lows = [item.low for item in run]
        heads = [low for low in lows if low in table.all_heads or low in table.foreign]
        # "Task Force", where the regime is the Action Task Force.
        said = {name_key(low) for low in lows if low not in links}
        part = len(said) > 1 and said <= names.words and not names.heads.isdisjoint(lows)
        own = part or any(name_key(low)[:_STEM] in names.stems for low in lows)
        if len(run) > 1 and heads and (own or len([r for r in run if _capital(r)]) > 1):
            only_head = [low for low in lows if low not in links | table.german and low not in table.all_heads]
            if not own and not only_head and lows[-1].startswith(table.plain) and lows[-1] not in names.heads:
                i = end
                continue
            kind = Kind.OWN if own or not only_head else Kind.OTHER
            put(items, i, end, Item(kind, run[0].start, run[-1].end, " ".join(lows)))
            i += 1
            continue
        if own and len(run) == 1 and run[0].kind is Kind.WORD and country_of_demonym(lows[0]) is None:
            put(items, i, end, Item(Kind.OWN, run[0].start, run[-1].end, lows[0]))
        i = end


def _is_own_head(items: Sequence[Item], names: Names) -> bool:
    """True if *items* are no more than a head noun of the regime and small words."""
    words = [item.low for item in items if item.low not in _table().links]
    return bool(words) and all(word in names.heads for word in words)


def name_in_brackets(items: list[Item]) -> None:
    """Make the regime's own what its name in brackets stands behind: "Grupo de Proveedores Nucleares (NSG)"."""
    for i in range(len(items) - 2):
        if items[i].kind is Kind.OTHER and items[i + 1].low == "(" and items[i + 2].kind is Kind.OWN:
            items[i] = items[i]._replace(kind=Kind.OWN)


def _capital(item: Item) -> bool:
    return item.kind in (Kind.WORD, Kind.OTHER) and "capital" in item.traits


def _capital_or_link(items: Sequence[Item], at: int, links: frozenset[str]) -> bool:
    after = items[at + 1]
    if items[at].low in _ARTICLES and _capital(items[at - 1]):
        # "in Brussels the Conference" is no name.
        return False
    if after.low in _table().weekdays or month_number(after.low):
        return False
    return _capital(after) or (after.low in links and at + 2 < len(items) and _capital(items[at + 2]))


def _heads(items: list[Item], names: Names) -> None:
    """Names of one word: a head noun alone ("the Group", "al Grupo"), and an abbreviation."""
    table = _table()
    others = tuple(ending for ending in table.compounds if ending not in names.heads or ending in table.any_body)
    for i, item in enumerate(items):
        if item.kind is not Kind.WORD:
            continue
        capital = "capital" in item.traits
        if item.low in names.heads:
            kind = Kind.OTHER if capital and _is_of_another(items, i, names) else Kind.OWN
            items[i] = item._replace(kind=kind)
        elif (
            item.low in table.foreign
            or (capital and item.low.endswith(others) and item.low not in others)
            or (item.low in table.known and capital)
            or (item.low in table.all_heads and capital and not item.low.startswith(table.plain))
        ):
            items[i] = item._replace(kind=Kind.OTHER)


def _abbreviated(items: list[Item]) -> None:
    """Abbreviations behind an article or a preposition name other bodies, where the regime's own are known: "the TSC"."""
    table = _table()
    for i, item in enumerate(items):
        if item.kind is Kind.WORD and "abbreviation" in item.traits and len(item.low) >= _SHORTEST:
            before = items[i - 1].low if i else ""
            if before in table.links | table.before_names and item.low not in table.no_bodies:
                items[i] = item._replace(kind=Kind.OTHER)


def _is_of_another(items: Sequence[Item], at: int, names: Names) -> bool:
    """True if a word for any body is the first of a name that is not the regime's: "Régime de contrôle des …"."""
    table = _table()
    if items[at].low not in table.any_body:
        return False
    behind = items[at + 1 : at + 3]
    if not behind or behind[-1].kind is not Kind.WORD:
        return False
    named = behind[0].low in table.of or behind[0].low in table.regimes_of
    return named and not any(name_key(item.low)[:_STEM] in names.stems for item in items[at + 1 : at + 8])
