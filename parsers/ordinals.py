"""Numbers written as words, digits and Roman numerals."""

from __future__ import annotations

import re
from functools import cache

from parsers.names import name_key
from parsers.tables import yaml_table

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_UNITS += " seventeen eighteen nineteen"
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
_IRREGULAR["twelve"] = "twelfth"


def _ordinal_word(cardinal: str) -> str:
    head, _, last = cardinal.rpartition(" ")
    last = _IRREGULAR.get(last) or (last.removesuffix("y") + "ieth" if last.endswith("y") else last + "th")
    return f"{head} {last}".strip()


@cache
def _cardinals() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_UNITS.split())}
    for ten, name in _TENS.items():
        words[name] = ten
        words |= {f"{name} {unit}": ten + i for i, unit in enumerate(_UNITS.split()[1:10], 1)}
    below = dict(words)
    for hundred in ("one hundred", "a hundred"):
        words[hundred] = 100
        words |= {f"{hundred} and {word}": 100 + n for word, n in below.items() if n}
        words |= {f"{hundred} {word}": 100 + n for word, n in below.items() if n}
    for number, names in yaml_table("numbers.yaml")["cardinals"].items():
        words |= {name_key(name): number for name in names}
    return words


@cache
def _ordinals() -> dict[str, int]:
    words = {_ordinal_word(word): number for word, number in _cardinals().items() if number and word.isascii()}
    for number, names in yaml_table("numbers.yaml")["ordinals"].items():
        words |= {name_key(name): number for name in names}
    return words


def cardinal(text: str) -> int | None:
    """The number that *text*, whole, writes in digits or words: "34", "forty- eight", "achtundvierzig"."""
    key = name_key(text)
    return int(key) if key.isascii() and key.isdigit() and len(key) < 5 else _cardinals().get(key)


_DIGITS = re.compile(r"(\d{1,3})\s?(?:st|nd|rd|th|[ºª°.]|er|re|eme|e|a|o|го|я|е|ая|ое|ой)?", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def ordinal(text: str) -> int | None:
    """The rank that *text*, whole, writes: "25th", the slip "33nd", "twenty-fifth", "XVIII", "30-е", "8."."""
    text = text.strip()
    if match := _DIGITS.fullmatch(name_key(text).replace(" ", "")):
        return int(match[1]) or None
    if (found := _ordinals().get(name_key(text))) is not None:
        return found
    if text and _ROMAN.fullmatch(text):
        values = [_ROMAN_VALUES[letter] for letter in text]
        return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)) or None
    return None


def _alternation(words: dict[str, int]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"(?:[\s\-–‑]+)") for word in ordered)


@cache
def cardinal_pattern() -> str:
    """A pattern for a number in words, longest first; blanks and hyphens between its parts alike."""
    return _alternation({w: n for w, n in _cardinals().items() if n >= 2} | _accented("cardinals"))


@cache
def ordinal_pattern() -> str:
    """A pattern for an ordinal in digits with a suffix, in words, or in Roman numerals."""
    words = _alternation(_ordinals() | _accented("ordinals"))
    return rf"\d{{1,3}}\s?(?:st|nd|rd|th|[ºª°]|\.|ème|eme|-?[еяй]|-?[оа][йея]|-?го|e|a|o)(?!\w)|(?:{words})|[XVI]{{1,6}}(?!\w)"


def _accented(kind: str) -> dict[str, int]:
    """The words as the table writes them, for text that keeps its accents."""
    table = yaml_table("numbers.yaml")[kind]
    return {name.replace("-", " "): number for number, names in table.items() for name in names}
