"""Every state that running text names: the longest name wins, and false friends are refused."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from parsers.arabic import is_arabic, without_prefix
from parsers.country_names import END, NameTree, codes_by_name, country_named, name_tree, words_of_state
from parsers.names import name_key
from parsers.remembered import remembered
from parsers.tables import yaml_table


class NameMatch(NamedTuple):
    """A state named in a text: half-open character span, ISO 3166 code, and the name as it stands there."""

    start: int
    end: int
    code: str
    name: str


# Names begin with a capital, or with a letter of a script that has none.
# In plain ASCII they are found many times faster.
_BEGINS = re.compile(r"(?<![^\W_])[^\W\d_a-zß-öø-ÿа-яё][^\W_]*")
_BEGINS_ASCII = re.compile(r"[A-Z](?<![A-Za-z0-9][A-Z])[A-Za-z0-9]*")
_NEXT = re.compile(r"(?![^\n]{0,2}\n)[\W_]{1,3}([^\W_]+)")
_GLUED_DIGITS = re.compile(r"(?<=[^\W\d_])\d{1,2}$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@remembered
def find_countries(text: str) -> tuple[NameMatch, ...]:
    """Every state that running *text* names, in order; false friends left out.

    The form of state belongs to the name ("Republic of Bulgaria"), a footnote's digits glued to it do not.
    """
    found: list[NameMatch] = []
    tree = name_tree()
    past = 0
    plain = text.isascii()
    for word in (_BEGINS_ASCII if plain else _BEGINS).finditer(text):
        said = word.group()
        node = tree.get(said.lower()) if plain else None
        if plain and node is None and not said[-1].isdigit():
            continue
        if word.start() < past or said[0].islower():
            continue
        if isinstance(node, dict) and len(node) == 1 and isinstance(only := node.get(END), str):
            # A name of one word with which no longer one begins.
            end, code = word.end(), only
        elif (named := _longest(text, word, tree)) is not None:
            end, code = named
        else:
            continue
        past = end
        if _is_the_state(text, word.start(), end, code, found):
            begin = _with_its_form(text, word.start(), found[-1].end if found else 0)
            if is_arabic(said):
                begin += _prefix(text[begin:end])
            found.append(NameMatch(begin, end, code, text[begin:end]))
    if not plain and _CJK.search(text):
        spaced = tuple(found)
        found.extend(match for match in _find_unspaced(text) if not _overlaps(match, spaced))
        found.sort()
    return tuple(found)


def _prefix(name: str) -> int:
    """The length of what is written onto an Arabic name."""
    known, key = codes_by_name(), name_key(name)
    if key in known:
        return 0
    return next((length for length, bare in without_prefix(key, article=False) if bare in known), 0)


def _overlaps(match: NameMatch, others: Sequence[NameMatch]) -> bool:
    """True if *match* shares a character with one of *others*, which stand in their order."""
    behind = bisect_left(others, match.end, key=attrgetter("start"))
    return behind > 0 and others[behind - 1].end > match.start


def _longest(text: str, word: re.Match[str], tree: NameTree) -> tuple[int, str] | None:
    """Where the longest name ends that begins with *word*, and its code."""
    at, best = word, None
    group: int = 0
    node: NameTree | str | None = tree
    while isinstance(node, dict):
        said = at.group(group)
        key = name_key(said)
        child = node.get(key)
        end = at.end()
        if child is None and group == 0 and is_arabic(said):
            child = next((node[name] for _, name in without_prefix(key, article=False) if name in node), None)
        if child is None and said[-1].isdigit() and (digits := _GLUED_DIGITS.search(said)):
            child = node.get(name_key(said[: digits.start()]))
            end -= len(digits.group())
        if not isinstance(child, dict):
            break
        if END in child:
            if not (at is not word and text.startswith(f" {word.group()}", end)):
                # "Congo, Democratic Republic of the Congo" is two names, not one turned round.
                best = (_with_bracket(text, word.start(), end), str(child[END]))
            if len(child) == 1:
                break
        following = _NEXT.match(text, at.end())
        if following is None:
            break
        node, at, group = child, following, 1
    return best


def _with_bracket(text: str, start: int, end: int) -> int:
    """*end*, behind the bracket that a name such as "Korea (Republic of)" closes with."""
    return end + 1 if text[end : end + 1] == ")" and "(" in text[start:end] else end


_BEFORE = re.compile(r"([^\W_]+)[ '’-]{1,2}\Z")


def _with_its_form(text: str, start: int, low: int) -> int:
    """Where the form of state before a name begins ("Kingdom of", "Republik"), or *start* where there is none."""
    if text[start - 2 : start] in (", ", "; "):
        return start
    forms, qualities, links = (words_of_state(kind) for kind in ("forms", "qualities", "links"))
    begin, at = start, start
    for _ in range(6):
        before = _BEFORE.search(text, max(low, at - 20), at)
        if before is None:
            break
        key = name_key(before.group(1))
        at = before.start()
        capital = before.group(1)[0].isupper()
        if key in forms and (capital or begin != start):
            begin = at if capital else begin
        elif key in qualities and begin != start and capital:
            begin = at
        elif key not in links and key not in qualities and not (key == "s" and begin != start):
            break
    return begin


# What stands directly before or after a name that is then not the state: the regime called after a
# state, seas and gulfs, cities and parts of other states.
_NOT_BEFORE = re.compile(
    r"(?:\bNorthern|\bNew|\bGulf of|\bSea of|\bStrait of|\bBay of|\bUniversity of|\bBank of|\bLower|\bUpper|\bLake"
    r"|\bAmerican|\bDutch|\bFrench|\bNetherlands|\bSouth|\bNorth|\bEast"
    r"|\bGroupe (?:de l['’]|d['’])?|\bGrupo (?:de )?|\bGruppe|\bGruppo) ?$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\s+(?:Group|City|Tech|Institute of Technology|Street|Avenue|Road|House|Hotel|Sea|Canal|Strait|River|Valley)\b|\s?[Gg]ruppe"
)
_CLOSES = frozenset((",", ".", ";", ":", ")", ""))
# Behind one of these a name stands by itself.
_PARTS = (", ", "; ", ": ", "(", "/", " and ", " the ")
_US_GEORGIA = re.compile(r"(?:\b(?:Atlanta|Savannah|Augusta|Athens), |\b[Ss]tate of )$")
_BEFORE_A_PERSON = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sir|Prof|Ambassador|Minister|Secretary|President|[A-Z])\.?|\b[A-Z][a-zé]+) $"
)
_NO_NAME_BEFORE = re.compile(r"\b(?:In|And|With|For|From|To|The|By|Of|Both|Only|Thus|Then|Today|While|Members?) $")
_AFTER_A_PERSON = re.compile(r" [A-Z][a-z]+")
_PARTED = re.compile(r"[,;:()\n|/]")


@cache
def _weak() -> frozenset[str]:
    return frozenset(name_key(name) for name in yaml_table("countries.yaml")["weak"])


def _is_the_state(text: str, start: int, end: int, code: str, earlier: list[NameMatch]) -> bool:
    name = text[start:end]
    if len(name) <= 6 and len(_letters(name)) <= 3 and not (_letters(name).isupper() or is_arabic(name)):
        return False
    if not name.isalpha() and _PARTED.search(name) and not name.rstrip(")").endswith(("of", "Rep.", "the")):
        # Words parted by a comma are two names, unless the second part turns the first round.
        return name_key(name) in codes_by_name() and ("," in name or name.endswith(")"))
    before = text[max(0, start - 24) : start]
    if code != "KP" and not before.endswith(_PARTS) and _NOT_BEFORE.search(before):
        return False
    if text[end : end + 1] not in _CLOSES and _NOT_AFTER.match(text, end):
        return False
    if name_key(name) in _weak():
        if code == "GE" and _US_GEORGIA.search(before):
            return False
        after = _AFTER_A_PERSON.match(text, end)
        if after and not country_named(after.group()):
            return False
        if earlier and earlier[-1].end >= start - 14:
            return True
        if _BEFORE_A_PERSON.search(before) and not _NO_NAME_BEFORE.search(before):
            return False
        if name == "Island":
            return False
    return True


def _letters(name: str) -> str:
    return name.replace(".", "").replace(" ", "")


@cache
def _unspaced_names() -> re.Pattern[str]:
    names = sorted((key for key in codes_by_name() if _CJK.search(key) and len(key) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def _find_unspaced(text: str) -> list[NameMatch]:
    codes = codes_by_name()
    return [NameMatch(m.start(), m.end(), codes[m.group()], m.group()) for m in _unspaced_names().finditer(text)]
