"""What the tables know of names of states, and whether a string is such a name: exact, guarded, never by likeness.

Names come from `data/country_names.json`, made by `data/make_country_names.py` with its sources. A name that no
table holds stays unresolved: a wrong state is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache, lru_cache
from itertools import product
from typing import Union

from parsers.names import name_key, without_article
from parsers.tables import json_table, yaml_table

NameTree = dict[str, Union[str, "NameTree"]]
END = ""


@cache
def codes_by_name() -> dict[str, str]:
    """The code of each name, by the name's key; names that tables shorten are names too."""
    names = {key: code for code, keys in json_table("country_names.json").items() for key in keys}
    shorter: dict[str, str] = {}
    for key, code in names.items():
        for short in _shortened(key):
            if shorter.setdefault(short, code) != code:
                shorter[short] = ""
    return {key: code for key, code in shorter.items() if code and not _is_two(key, names)} | names


def _is_two(key: str, names: Container[str]) -> bool:
    """True if *key* is the names of two states: "serbia montenegro"."""
    words = key.split()
    return any(" ".join(words[:n]) in names and " ".join(words[n:]) in names for n in range(1, len(words)))


_MOST_SHORTENED = 5


def _shortened(key: str) -> Iterator[str]:
    """*key* with each of the words that tables shorten in full and shortened: "dem rep of the congo"."""
    table = yaml_table("countries.yaml")["abbreviated"]
    words = key.replace(" and the ", " and ").split()
    options = [(word, *table.get(word, ())) for word in words]
    if 0 < sum(len(option) > 1 for option in options) <= _MOST_SHORTENED and len(words) > 1:
        for said in product(*options):
            short = " ".join(filter(None, said))
            if " " in short and short != key:
                yield short


@cache
def name_tree() -> NameTree:
    """The names as a tree of words; the code stands under the empty word."""
    tree: NameTree = {}
    for key, code in codes_by_name().items():
        node = tree
        for word in key.split():
            node = node.setdefault(word, {})  # type: ignore[assignment]
        node[END] = code
    return tree


@cache
def words_of_state(kind: str) -> frozenset[str]:
    """What a state calls itself before its name, as keys: its ``forms`` ("republic"), their ``qualities``
    ("federal"), and the ``links`` to the name ("of")."""
    return frozenset(str(yaml_table("countries.yaml")["states_call_themselves"][kind]).split())


_ISLANDS = re.compile(r" isl?$")
_LINKS = ("", "of ", "of the ", "de ", "du ", "del ", "da ", "do ")
_NOTE = re.compile(
    r"\s*(?:\(\s*the\s*\)|\[[^\]]*\]|\(\s*(?:note )?\d{1,2}\s*\)|[*†‡§+¹²³⁴⁵⁶⁷⁸⁹⁰]+|(?<=[^\W\d])\d{1,2})\s*$",
    re.IGNORECASE,
)
_SWAPPED = re.compile(r"^([^,()]+)[,(]\s*([^,()]+?)\)?$")
_TWICE = re.compile(r"^([^/()]+?)\s*(?:/\s*([^/()]+)|\(([^()]+)\))$")


@lru_cache(maxsize=4096)
def country_named(text: str) -> str | None:
    """The code of the state whose name *text* is, whole, or None.

    An article, a footnote's mark, an inverted form ("Korea, Republic of"), the form of state ("Kingdom of
    Spain") and the same name told twice ("Republic of Korea (ROK)") do not matter; two or three letters count
    only as the abbreviations that stand in the table, in capitals.
    """
    text = text.strip(" \t\n\xa0.,;:•·–—-") if not text.rstrip().endswith(".") else text.strip(" \t\n\xa0,;:•·–—-.")
    while (shorter := _NOTE.sub("", text)) != text:
        text = shorter
    if not text or len(text) > 120:
        return None
    key = name_key(text)
    if len(key.replace(" ", "")) <= 3 and text.upper() != text:
        return None
    codes = codes_by_name()
    found = codes.get(key) or codes.get(without_article(key)) or codes.get(_ISLANDS.sub(" islands", key))
    if found is None and (swapped := _SWAPPED.match(text)):
        found = _turned_round(swapped[1], swapped[2])
    if found is None and (twice := _TWICE.match(text)):
        one, other = country_named(twice[1]), country_named(twice[2] or twice[3])
        found = one if one == other else None
    return found or _under_its_form(key)


def _turned_round(name: str, form: str) -> str | None:
    """The state whose form is told behind its name: "Korea, Republic of", "Congo, Dem. Rep.", "Bahamas, The"."""
    codes = codes_by_name()
    said, turned = name_key(name), name_key(form)
    whole = (codes.get(f"{turned} {link}{said}") for link in _LINKS)
    if found := next(filter(None, whole), None):
        return found
    # A democratic republic may be another one than the state that bears the name today.
    return codes.get(said) if is_form(form) and not turned.startswith("dem") else None


def is_form(text: str) -> bool:
    """True if *text* is what tables turn behind a name and nothing else: "Republic of", "Fed. Sts.", "The"."""
    known = words_of_state("forms") | words_of_state("qualities") | words_of_state("links")
    words = name_key(text).split()
    return bool(words) and known.union(yaml_table("countries.yaml")["turned"]).issuperset(words)


def _under_its_form(key: str) -> str | None:
    """The state whose name is what remains of *key* without the form of state before it."""
    forms, links = words_of_state("forms"), words_of_state("links")
    words = without_article(key).split()
    at, seen = 0, False
    while at < len(words) - 1:
        seen = seen or words[at] in forms
        if not (words[at] in forms or words[at] in words_of_state("qualities") or (seen and words[at] in links)):
            break
        at += 1
    return codes_by_name().get(" ".join(words[at:])) if seen and at else None
