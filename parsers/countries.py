"""States by their ISO 3166 codes: whose name a string is, which a text names, and how each is called.

Names live in `country_names`, mentions in running text in `country_mentions`; renamings, successors and
adjectives in `data/countries.yaml`.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.country_mentions import NameMatch, find_countries
from parsers.country_names import country_named
from parsers.names import name_key
from parsers.tables import json_table, yaml_table

__all__ = [
    "NameMatch",
    "Renaming",
    "alpha3",
    "country_named",
    "country_of_demonym",
    "display_name",
    "find_countries",
    "is_historic",
    "renamings",
    "successors",
]


class Renaming(NamedTuple):
    """That a state took another name: both names, and the day from which the new one holds."""

    before: str
    after: str
    on: date


@cache
def _demonyms() -> dict[str, str]:
    table = yaml_table("countries.yaml")["demonyms"]
    return {name_key(word): code for code, words in table.items() for word in words}


# Of adjectives in the languages of statements; the table gives stems of those that are bent.
_ENDINGS = tuple(name_key(e) for e in ("es", "e", "s", "en", "er", "a", "o", "em", "n", "as", "os", "i", "ий", "ого", "ому", "им", "ая", "ой", "ую", "ое", "ом", "ие", "их"))  # fmt: skip


@lru_cache(maxsize=8192)
def country_of_demonym(text: str) -> str | None:
    """The code of the state whose people or things *text* says: "Belgian", "South Korean"."""
    key = name_key(text)
    demonyms = _demonyms()
    if key in demonyms:
        return demonyms[key]
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) > 5 and (code := demonyms.get(key.removesuffix(ending))):
            return code
    return None


def display_name(code: str) -> str:
    """The English short name of a state, or the code itself when it is none of ours."""
    row = json_table("country_table.json").get(code)
    return row[0] if row else code


def alpha3(code: str) -> str | None:
    """The ISO 3166-1 alpha-3 code, or None for a former state."""
    row = json_table("country_table.json").get(code)
    return (row[1] or None) if row else None


def renamings(code: str) -> tuple[Renaming, ...]:
    """The names a state has put off, oldest first."""
    rows = yaml_table("countries.yaml")["renamed"].get(code, ())
    return tuple(Renaming(row["from"], row["to"], row["on"]) for row in rows)


def successors(code: str) -> tuple[str, ...]:
    """The states that came after a former one; empty for one that exists."""
    row = yaml_table("countries.yaml")["successors"].get(code)
    return tuple(row["states"]) if row else ()


def is_historic(code: str) -> bool:
    """Whether the state no longer exists."""
    return code in yaml_table("countries.yaml")["successors"]
