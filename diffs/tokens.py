"""Text as the tokens that a redline keeps whole: a country, a date, a resolution, a number with its unit, a word."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

from msgspec import Struct

from diffs.canonical import canonical
from diffs.vocabulary import function_words, units
from parsers.countries import find_countries
from parsers.dates import find_days


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    FORM = "form"
    MARK = "mark"
    ACRONYM = "acronym"
    NUMBER = "number"
    DATE = "date"
    COUNTRY = "country"
    RESOLUTION = "resolution"


class Token(Struct, frozen=True, gc=False):
    """``text[start:end]`` and what it compares by: `key` is its canonical form, so that another kind of quote or
    dash is no change. White space stands between tokens and is in none."""

    start: int
    end: int
    kind: Kind
    key: str


_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# Characters without a width are white space to a reader.
_GAP = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PIECE = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|[{_CJK}]|(?:[^\W{_CJK}]|_)+(?:[{_GAP}'’‘`´ʼ.,/‐‑–-]+(?:[^\W{_CJK}]|_)+)*|[^\s{_GAP}]"
)
# In plain ASCII the same pieces are found twice as fast.
_PIECE_ASCII = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:['`.,/-]+\w+)*|\S", re.ASCII)
_RESOLUTION = re.compile(
    r"(?:\b(?:S/RES/|UNSC\s?Rs?\.?\s?|UN\s?SCRs?\s?|SCRs?\s)\s?\d{1,4}(?:\s?\((?:19|20)\d\d\))?)|\b\d{3,4}\s?\((?:19|20)\d\d\)"
)
_DIGIT = re.compile(r"\d")


@cache
def _number() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])\d+(?:[.,]\d+)*(?:\s?{units()}(?!\w)|(?:st|nd|rd|th)\b)?", re.IGNORECASE)


def _atoms(text: str) -> list[tuple[int, int, Kind]]:
    """The spans of *text* that are one token each whatever characters they hold, in order, none over another."""
    found: list[tuple[int, int, Kind]] = [(c.start, c.end, Kind.COUNTRY) for c in find_countries(text)]
    if _DIGIT.search(text):
        found += [(d.start, d.end, Kind.DATE) for d in find_days(text)]
        found += [(*m.span(), Kind.RESOLUTION) for m in _RESOLUTION.finditer(text)]
        found += [(*m.span(), Kind.NUMBER) for m in _number().finditer(text)]
    # Of two that begin together the longer, of two that overlap the earlier.
    found.sort(key=lambda atom: (atom[0], -atom[1]))
    kept: list[tuple[int, int, Kind]] = []
    reach = 0
    for start, end, kind in found:
        if start >= reach and end > start:
            kept.append((start, end, kind))
            reach = end
    return kept


def tokens(text: str) -> list[Token]:
    """The tokens of *text*, in order; together with the white space between them they are all of it."""
    found: list[Token] = []
    at = 0
    for start, end, kind in _atoms(text):
        if start < at:
            continue
        found.extend(_pieces(text, at, start))
        found.append(Token(start, end, kind, canonical(text[start:end])))
        at = end
    found.extend(_pieces(text, at, len(text)))
    return found


def _pieces(text: str, start: int, end: int) -> list[Token]:
    pieces = (_PIECE_ASCII if text.isascii() else _PIECE).finditer(text, start, end)
    return [Token(m.start(), m.end(), *_known(m.group())) for m in pieces]


@lru_cache(1 << 16)
def _known(said: str) -> tuple[Kind, str]:
    """What a piece of text is, and what it compares by."""
    key = canonical(said)
    if not any(map(str.isalnum, said)):
        return Kind.MARK, key
    if said.lower() in function_words():
        return Kind.FORM, key
    if len(said) > 1 and said.isupper() and not said.isdigit():
        return Kind.ACRONYM, key
    return Kind.NUMBER if said.isdigit() else Kind.WORD, key
