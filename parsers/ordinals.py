"""Numbers as statements write them: digits, words of seven languages and Roman numerals, cardinal or ordinal."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from parsers.lines import Letters, lowered
from parsers.number_words import number_words, spelt_numbers
from parsers.remembered import remembered
from parsers.vocabulary import plain


class NumberMatch(NamedTuple):
    """``text[start:end]`` is the number *value*; `ordinal` tells "the 25th" from "25"."""

    start: int
    end: int
    value: int
    ordinal: bool


@remembered
def find_numbers(
    text: str, start: int = 0, end: int | None = None, *, spelt: bool | None = None
) -> tuple[NumberMatch, ...]:
    """The numbers in ``text[start:end]``, in order: digits (with a suffix where they have one), words, Roman.

    *spelt* tells, where the caller knows it, that the text may hold one in words or Roman numerals, or holds none.
    Dates, years and decimals are not told from other numbers: ask only of a stretch where a number is meant.
    """
    stop = len(text) if end is None else end
    found: list[NumberMatch] = []
    reached = start
    spelt = _may_spell_one(text, start, stop) if spelt is None else spelt
    # Built when a number may be spelt: digits need none of them.
    first_words = _first_words() if spelt else frozenset()
    for token in (_TOKEN if spelt else _DIGITS).finditer(text, start, stop):
        said = token.group()
        if token.start() < reached or (said.isascii() and said.isalpha() and not _may_begin_one(said, first_words)):
            continue
        number = _digits(text, token, stop) if token.lastgroup == "digits" else _word(text, token, stop)
        if number is not None:
            found.append(number)
            reached = number.end
    return tuple(found)


def find_ordinals(text: str, start: int = 0, end: int | None = None) -> tuple[NumberMatch, ...]:
    """The ordinal numbers in ``text[start:end]``, in order."""
    return tuple(number for number in find_numbers(text, start, end) if number.ordinal)


def number_of(text: str) -> int | None:
    """The number that the whole of *text* says ("34", "thirty-four", "XXII", "vigésima"), or None."""
    stripped = text.strip()
    found = find_numbers(stripped)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(stripped)):
        return found[0].value
    return None


_TOKEN = re.compile(r"(?P<digits>(?<![\d.,/])\d{1,6})|(?P<word>[^\W\d_]+)")
_DIGITS = re.compile(r"(?P<digits>\d(?<![\d.,/]\d)\d{0,5})")
_WORDS_ON = re.compile(r"[^\W\d_]+")
_MAY_BE_ROMAN = re.compile(r"[CXLVI](?<![^\W\d_][CXLVI])[CXLVI]{0,7}(?![^\W\d_])")
_GAP = re.compile(r"[\s\-‐‑–­]{1,3}")
# "25th", "33nd" (wrong, and meant), "25 th" (a superscript taken apart), "22e", "16ª", "30-е", "8." before a word.
_SUFFIX = re.compile(
    r"(?:[\s-]?(?:st|nd|rd|th|TH|ST|ND|RD)|(?:ème|eme|ième|ieme|re|er|ère|e|nd|nde|ste|de)|\.?\s?[ºª°]|[oa](?=\s)"
    r"|-?\s?(?:ого|ое|ая|ый|ой|ом|го|му|ую|й|я|е|м|ю)|-(?:es?|ik|ter|ten|te)|\.(?=\s[^\W\d_]))(?![^\W\d_])|\s?[차회回届次]"
)
_ROMAN = re.compile(r"C?(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _may_begin_one(word: str, first_words: frozenset[str]) -> bool:
    return word.lower() in first_words or (word.isupper() and len(word) <= 8)


def _digits(text: str, token: re.Match[str], stop: int) -> NumberMatch | None:
    before = text[token.start() - 2 : token.start()]
    end, value = token.end(), int(token.group())
    if len(before) == 2 and before[1] == "第":
        return NumberMatch(token.start() - 1, end, value, True)
    suffix = _SUFFIX.match(text, end)
    if suffix is None or suffix.end() > stop + 4:
        return NumberMatch(token.start(), end, value, False)
    # The stop of "in 2004. The" ends a sentence; that of "8. Sitzung" makes an ordinal. Above 199 it is the former.
    if suffix.group() == "." and value > 199:
        return NumberMatch(token.start(), end, value, False)
    return NumberMatch(token.start(), suffix.end(), value, True)


def _word(text: str, token: re.Match[str], stop: int) -> NumberMatch | None:
    """The number whose first word is *token*, as many words as belong to it."""
    word = token.group()
    if word.isupper() and len(word) <= 8 and (roman := _roman(word)) is not None:
        return NumberMatch(token.start(), token.end(), roman, True)
    key = plain(word)
    if key not in _first_words():
        return None
    best: NumberMatch | None = None
    end, phrase, known = token.end(), key, number_words()
    for _ in range(_LONGEST_PHRASE):
        if (entry := known.get(phrase)) is not None:
            best = NumberMatch(token.start(), end, *entry)
        gap = _GAP.match(text, end)
        following = gap and _WORDS_ON.match(text, gap.end())
        if not following or following.start() >= stop:
            break
        phrase, end = f"{phrase} {plain(following.group())}", following.end()
    return best


def _roman(word: str) -> int | None:
    if not word or _ROMAN.fullmatch(word) is None:
        return None
    digits = [_ROMAN_DIGITS[c] for c in word]
    return sum(-d if any(later > d for later in digits[i + 1 :]) else d for i, d in enumerate(digits))


_LONGEST_PHRASE = 5


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.split(" ", 1)[0] for phrase in number_words())


@cache
def _signs() -> frozenset[str]:
    """Words of which a spelt number holds one, plain."""
    # "a" begins a number only before a hundred.
    return (_first_words() - {"a"}) | {"hundred"}


@cache
def letters_of_numbers() -> Letters:
    """What a text in small letters holds one of when a number may stand in it in words."""
    raw = {lowered(phrase.split(" ", 1)[0]) for _, _, phrase in spelt_numbers()}
    return Letters(word[:_TELLING] for word in (raw | _signs()) - {"a"})


# So many letters of the first word of a number tell it from most other words.
_TELLING = 5


def may_be_roman(text: str) -> bool:
    """Whether *text* may hold a number in Roman numerals."""
    return _MAY_BE_ROMAN.search(text) is not None


def _may_spell_one(text: str, start: int, stop: int) -> bool:
    """Whether a number may stand in words, or in Roman numerals, between *start* and *stop*; most texts hold none."""
    if _MAY_BE_ROMAN.search(text, start, stop):
        return True
    words = _WORDS_ON.findall(plain(text[start:stop]))
    return bool(words) and not _signs().isdisjoint(words)
