"""Variants of a sentence by rule: it says the same, or the same of other states and years."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from parsers.countries import find_countries
from parsers.language import language_of

# States whose English names have neither an article nor a namesake, each swapped with the one behind it.
_SWAPPED = (
    "Argentina", "Bulgaria", "Chile", "Denmark", "Estonia", "Finland", "Ghana", "Hungary", "Iceland", "Jamaica", "Kenya",
    "Latvia", "Malta", "Norway", "Oman", "Peru", "Qatar", "Romania", "Sweden", "Tunisia", "Uruguay", "Zambia",
)  # fmt: skip
_JOINED = re.compile(r" (and|et|und|y|и) ")
_WITH = {"and": "together with", "et": "ainsi que", "und": "sowie", "y": "así como", "и": "а также"}
_YEAR = re.compile(r"(?<![\d/§])(19[89]\d|20[0-4]\d)(?![\d/s])")
_LEADING = re.compile(
    r"^((?:At|In|On|During|After|Before) [^,.;:]{3,60}), ((?:the|a|an|[A-Z]\w+)\b[^\n]*?)\.$", re.IGNORECASE
)


class Variant(NamedTuple):
    """A text, and what the table's short form of its value is there."""

    text: str
    stated: str


def wrapped(text: str, stated: str) -> Variant | None:
    """The text broken at 72 columns, as a mail or an old site has it."""
    lines = [textwrap.fill(line, 72, break_long_words=False, break_on_hyphens=False) for line in text.split("\n\n")]
    return Variant("\n\n".join(lines), stated) if any("\n" in line for line in lines) else None


def joined_with(text: str, stated: str) -> Variant | None:
    """ "A together with B" where the text says "A and B" of two states."""
    names = find_countries(text)
    between = {(a.end, b.start) for a, b in pairwise(names)}

    def other(match: re.Match[str]) -> str:
        return f" {_WITH[match[1]]} " if match.span() in between else match[0]

    changed = _JOINED.sub(other, text)
    return Variant(changed, stated) if changed != text else None


def in_capitals(text: str, stated: str) -> Variant | None:
    """The text in capitals."""
    return Variant(text.upper(), stated) if not text.isupper() else None


def of_other_states(text: str, stated: str) -> Variant | None:
    """The text with other states in it, one for one."""
    names = find_countries(text)
    if not names or any(match.name not in _SWAPPED for match in names):
        return None
    to = dict(zip(_SWAPPED, (*_SWAPPED[1:], _SWAPPED[0]), strict=True))
    changed, at = "", 0
    for match in names:
        changed += text[at : match.start] + to[match.name]
        at = match.end
    codes = {_code(name): _code(to[name]) for name in _SWAPPED}
    return Variant(changed + text[at:], re.sub(r"\b[A-Z]{2}\b", lambda m: codes.get(m[0], m[0]), stated))


def _code(name: str) -> str:
    (match,) = find_countries(name)
    return match.code


def of_other_years(text: str, stated: str) -> Variant | None:
    """The text four years later."""
    later = lambda said: _YEAR.sub(lambda m: str(int(m[1]) + 4), said)  # noqa: E731
    return Variant(later(text), later(stated)) if later(text) != text and "02-29" not in stated else None


def turned(text: str, stated: str) -> Variant | None:
    """ "Norway chaired it, at the Plenary." for "At the Plenary, Norway chaired it." """
    match = _LEADING.match(text)
    if match is None or ". " in text:
        return None
    first, rest = match[1], match[2]
    return Variant(f"{rest[0].upper()}{rest[1:]}, {first[0].lower()}{first[1:]}.", stated)


# What denies a sentence, or asks whether it is so, by its language.
_NOT_STATED = {
    "en": ("It is not true that {}.", "Reports that {} are false.", "Did it happen that {}?"),
    "fr": ("Il est faux que {}.", "Est-il vrai que {} ?"),
    "de": ("Es trifft nicht zu, dass {}.",),
    "es": ("No es cierto que {}.", "¿Es cierto que {}?"),
    "pt": ("Não é verdade que {}.",),
    "it": ("Non è vero che {}.",),
    "ru": ("Неверно, что {}.", "Правда ли, что {}?"),
}


def not_stated(text: str) -> list[str]:
    """The one sentence *text* denied and asked; none for a text of several, or of another language."""
    plain = text.endswith(".") and "\n" not in text and not any(stop in text for stop in (". ", "? ", "; "))
    return [said.format(text[:-1]) for said in _NOT_STATED.get(language_of(text) or "", ())] if plain else []


# What a rule says nothing of: the state of a city, the year of a resolution, and the page's own words.
NOT_OF = {
    "of_other_states": {"plenary", "next_plenary", "title", "publisher"},
    "of_other_years": {"resolutions", "title"},
}
VARIANTS: dict[str, Callable[[str, str], Variant | None]] = {
    f.__name__: f for f in (wrapped, joined_with, in_capitals, of_other_states, of_other_years, turned)
}
