"""Names of states to ISO 3166 codes: exact, guarded, never by likeness.

Names come from `data/country_names.json` (made by `data/make_country_names.py`, with its sources); renamings,
successors and adjectives from `data/countries.yaml`. A name that no table holds stays unresolved: a wrong
state is worse than none.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from parsers.names import name_key, without_article
from parsers.tables import json_table, yaml_table

_END = ""
_Tree = dict[str, "str | _Tree"]


class NameMatch(NamedTuple):
    """A state named in a text: half-open character span, ISO 3166 code, and the name as it stands there."""

    start: int
    end: int
    code: str
    name: str


class Renaming(NamedTuple):
    """That a state took another name: both names, and the day from which the new one holds."""

    before: str
    after: str
    on: date


@cache
def _codes() -> dict[str, str]:
    return {key: code for code, keys in json_table("country_names.json").items() for key in keys}


@cache
def _tree() -> _Tree:
    """The names as a tree of words; the code stands under the empty word."""
    tree: _Tree = {}
    for key, code in _codes().items():
        node = tree
        for word in key.split():
            node = node.setdefault(word, {})  # type: ignore[assignment]
        node[_END] = code
    return tree


@cache
def _weak() -> frozenset[str]:
    return frozenset(name_key(name) for name in yaml_table("countries.yaml")["weak"])


_NOTE = re.compile(r"\s*(?:\(\s*the\s*\)|\[[^\]]*\]|[*†‡+¹²³⁴⁵⁶⁷⁸⁹⁰]+|(?<=\w)\d{1,2})\s*$", re.IGNORECASE)
_SWAPPED = re.compile(r"^([^,()]+)[,(]\s*([^,()]+?)\)?$")


def country_named(text: str) -> str | None:
    """The code of the state whose name *text* is, whole, or None.

    An article, a footnote's mark and an inverted form ("Korea, Republic of") do not matter; two or three
    letters count only as the abbreviations that stand in the table, in capitals.
    """
    text = text.strip(" \t\n.,;:•·–—-")
    while (shorter := _NOTE.sub("", text)) != text:
        text = shorter
    key = name_key(text)
    if len(key.replace(" ", "")) <= 3 and text.upper() != text:
        return None
    codes = _codes()
    found = codes.get(key) or codes.get(without_article(key))
    if found is None and (swapped := _SWAPPED.match(text)):
        found = codes.get(name_key(f"{swapped[2]} {swapped[1]}"))
    return found


_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ARABIC_PREFIX = re.compile(r"^(?:و|ل|ب|ف)(?=.{3})")
# What stands directly before or after a name that is then not the state: the regime called after a
# state, seas and gulfs, cities and parts of other states.
_NOT_BEFORE = re.compile(
    r"(?:\bNorthern|\bNew|\bGulf of|\bSea of|\bStrait of|\bBay of|\bState of|\bUniversity of|\bLower|\bUpper"
    r"|\bGroupe (?:de l['’]|d['’])?|\bGrupo (?:de )?|\bGruppe|\bGruppo) ?$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(r"\s+(?:Group|City|Tech|Street|Avenue|Road|House|Hotel)\b|\s?[Gg]ruppe")
_BEFORE_A_PERSON = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sir|Prof|Ambassador|Minister|Secretary|[A-Z])\.?|\b[A-Z][a-zé]+) $"
)
_AFTER_A_PERSON = re.compile(r" [A-Z][a-z]+")


def find_countries(text: str) -> tuple[NameMatch, ...]:
    """Every state that running *text* names, in order, the longest name winning; false friends left out."""
    found: list[NameMatch] = []
    tree = _tree()
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    i = 0
    while i < len(words):
        start, _, word = words[i]
        if word[0].islower() or word[0].isdigit():
            i += 1
            continue
        key = name_key(word)
        node = tree.get(key)
        if node is None and "\u0600" <= word[0] <= "\u06ff" and (prefix := _ARABIC_PREFIX.match(key)):
            node = tree.get(key[prefix.end() :])
        best, j = None, i
        while isinstance(node, dict):
            if _END in node:
                best = (j, str(node[_END]))
            j += 1
            if j >= len(words) or words[j][0] - words[j - 1][1] > 3 or "\n" in text[words[j - 1][1] : words[j][0]]:
                break
            node = node.get(name_key(words[j][2]))
        if best is None:
            i += 1
            continue
        last, code = best
        end = words[last][1]
        if _is_the_state(text, start, end, code, found):
            found.append(NameMatch(start, end, code, text[start:end]))
        i = last + 1
    if _CJK.search(text):
        found.extend(_find_unspaced(text))
        found.sort()
    return tuple(found)


def _is_the_state(text: str, start: int, end: int, code: str, earlier: list[NameMatch]) -> bool:
    name = text[start:end]
    if sum(letter.isalpha() for letter in name) <= 3 and not name.replace(".", "").replace(" ", "").isupper():
        return False
    if re.search(r"[,;:()\n|/]", name) and not name.rstrip(")").endswith(("of", "Rep.")):
        # Words parted by a comma are two names, unless the second part turns the first round.
        return name_key(name) in _codes() and "," in name
    before = text[max(0, start - 24) : start]
    if (match := _NOT_BEFORE.search(before)) and not (code == "KP" or match.group().lower().startswith("state of")):
        return False
    if _NOT_AFTER.match(text, end):
        return False
    if name_key(name) in _weak():
        after = _AFTER_A_PERSON.match(text, end)
        if after and not country_named(after.group()):
            return False
        if earlier and earlier[-1].end >= start - 14:
            return True
        if _BEFORE_A_PERSON.search(before) and not re.search(r"\b(?:In|And|With|For|From|To|The|By|Of) $", before):
            return False
        if name == "Island":
            return False
    return True


@cache
def _unspaced_names() -> re.Pattern[str]:
    names = sorted((key for key in _codes() if _CJK.search(key) and len(key) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def _find_unspaced(text: str) -> list[NameMatch]:
    return [NameMatch(m.start(), m.end(), _codes()[m.group()], m.group()) for m in _unspaced_names().finditer(text)]


@cache
def _demonyms() -> dict[str, str]:
    table = yaml_table("countries.yaml")["demonyms"]
    return {name_key(word): code for code, words in table.items() for word in words}


def country_of_demonym(text: str) -> str | None:
    """The code of the state whose people or things *text* says: "Belgian", "South Korean"."""
    key = name_key(text)
    demonyms = _demonyms()
    if key in demonyms:
        return demonyms[key]
    for ending in ("es", "e", "s", "en", "er", "a", "o", "em"):
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
