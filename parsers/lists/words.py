"""The words of ``rules/listing.yaml`` in a text: whose list it is, which bodies it names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from parsers.lines import lowered
from parsers.phrase_table import Hit, PhraseTable, Word, words_of
from parsers.tables import yaml_rules


class Body(NamedTuple):
    """A body named in a text: half-open span and its English name; none for the states of a union that a list does not
    name."""

    start: int
    end: int
    name: str


@cache
def _table() -> PhraseTable[str]:
    """Every phrase with what it tells: a role, or a kind of words."""
    rules = yaml_rules("listing.yaml")
    kinds: dict[str, Mapping[str, list[str]]] = {**rules["roles"]}
    kinds |= {kind: rules[kind] for kind in ("others", "behind", "part", "few", "offices", "joined")}
    return PhraseTable(
        (phrase, kind) for kind, by_language in kinds.items() for said in by_language.values() for phrase in said
    )


@cache
def _bodies() -> PhraseTable[str]:
    rules = yaml_rules("listing.yaml")
    named = {**rules["bodies"], **rules["organizations"]}
    unnamed = [*chain.from_iterable(rules["unions_states"].values()), *rules["no_organizations"]]
    return PhraseTable(
        [*((phrase, name) for name, said in named.items() for phrase in said), *((p, "") for p in unnamed)]
    )


def sits_with_members(name: str) -> bool:
    """True if the body *name* is an observer where it sits with the members, without a word that says so."""
    return name in yaml_rules("listing.yaml")["bodies"]


def is_party(name: str) -> bool:
    """True if the body *name* joins as states do."""
    return name in yaml_rules("listing.yaml")["parties"]


@cache
def _parts() -> frozenset[str]:
    return frozenset(
        word for said in yaml_rules("listing.yaml")["parts"].values() for phrase in said for word in phrase.split()
    )


class Told(NamedTuple):
    """The roles that the words of a text tell, in their order, and how many words it has."""

    hits: tuple[Hit[str], ...]
    words: tuple[Word, ...]

    def says(self, kind: str) -> bool:
        """True if one of the phrases of *kind* stands in the text."""
        return any(hit.means == kind for hit in self.hits)

    def last(self, *kinds: str) -> Hit[str] | None:
        """The phrase of *kinds* that ends last."""
        return max((hit for hit in self.hits if hit.means in kinds), key=lambda hit: hit.end, default=None)


@lru_cache(maxsize=1024)
def told(text: str) -> Told:
    """The phrases of all kinds in *text*."""
    words = words_of(lowered(text))
    return Told(tuple(_table().find(words)), words)


def is_part(text: str) -> bool:
    """True if *text* is the heading of a part of a list, or of a column: a region, a letter, "Country"."""
    words = words_of(lowered(text))
    letters = [word.low for word in words if word.low[0].isalpha()]
    return bool(letters) and (
        all(map(_parts().__contains__, letters)) or (len(text) <= 7 and all(len(x) == 1 for x in letters))
    )


def bodies_in(text: str) -> tuple[Body, ...]:
    """The bodies that *text* names, the longest name at each place; short ones in capitals alone."""
    words = words_of(lowered(text))
    found: list[Body] = []
    hits = sorted(_bodies().find(words), key=lambda hit: (hit.start, -hit.end))
    for hit in hits:
        start, end = words[hit.start].start, words[hit.end - 1].end
        said = text[start:end]
        if (found and start < found[-1].end) or (len(said) <= _SHORT and not said.isupper()):
            continue
        found.append(Body(start, end, hit.means))
    return tuple(found)


_SHORT = 6
