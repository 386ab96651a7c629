"""Numbers as statements write them: digits, words of seven languages and Roman numerals, cardinal or ordinal.

The words of 0 to 199 are composed once from the pieces in ``data/number_words.yaml``; looking one up is one
step in a dictionary. No regime has met 200 times, and none has 200 members that a page spelt out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from parsers.lines import Letters, lowered
from parsers.remembered import remembered
from parsers.vocabulary import plain, table


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
    first_words = _first_words()
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
    r"(?:[\s-]?(?:st|nd|rd|th|TH|ST|ND|RD)|(?:ème|eme|ième|ieme|re|er|ère|e|nd|nde|ste|de)|\s?[ºª°]|[oa](?=\s)"
    r"|-?\s?(?:ого|ое|ая|ый|ой|ом|го|му|ую|й|я|е|м|ю)|-(?:es?|ik|ter|ten|te)|\.(?=\s[^\W\d_]))(?![^\W\d_])"
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
    end, phrase, known = token.end(), key, _number_words()
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
    return frozenset(phrase.split(" ", 1)[0] for phrase in _number_words())


@cache
def _signs() -> frozenset[str]:
    """Words of which a spelt number holds one, plain."""
    # "a" begins a number only before a hundred.
    return (_first_words() - {"a"}) | {"hundred"}


@cache
def letters_of_numbers() -> Letters:
    """What a text in small letters holds one of when a number may stand in it in words."""
    raw = {lowered(phrase.split(" ", 1)[0]) for language in _LANGUAGES for _, _, phrase in language()}
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
    return not _signs().isdisjoint(_WORDS_ON.findall(plain(text[start:stop])))


@cache
def _number_words() -> dict[str, tuple[int, bool]]:
    """Every spelt number of 0 to 199: the words, plain and parted by blanks, to (value, ordinal)."""
    found: dict[str, tuple[int, bool]] = {}
    for language in _LANGUAGES:
        for value, ordinal, phrase in language():
            found.setdefault(plain(phrase).replace("-", " "), (value, ordinal))
    return found


_Entries = Iterator[tuple[int, bool, str]]


def _forms(language: str, key: str) -> list[list[str]]:
    entry = table("number_words")[language]
    values = entry.get(key, []) if isinstance(entry, dict) else []
    return [str(forms).split() for forms in values]


def _listed(language: str, key: str, ordinal: bool, first: int = 0, step: int = 1) -> _Entries:
    for i, forms in enumerate(_forms(language, key)):
        for form in forms:
            yield first + i * step, ordinal, form


def _composed(
    tens: list[list[str]], units: list[list[str]], ordinal: bool, joints: Iterable[str], first_ten: int = 20
) -> _Entries:
    """Tens before units: ``forty`` + ``-`` + ``two``."""
    for (i, ten), (unit, forms) in product(enumerate(tens), enumerate(units[:10])):
        for ten_form, form, joint in product(ten, forms, joints):
            if unit:
                yield first_ten + 10 * i + unit, ordinal, f"{ten_form}{joint}{form}"


def _hundreds(entries: Iterable[tuple[int, bool, str]], prefixes: Iterable[str]) -> _Entries:
    """The same numbers below 100 again, with a hundred before them."""
    listed = list(entries)
    yield from listed
    for prefix, (value, ordinal, phrase) in product(prefixes, listed):
        if 0 < value < 100:
            yield 100 + value, ordinal, f"{prefix} {phrase}"


def _english() -> _Entries:
    units, tens = _forms("en", "units"), _forms("en", "tens")

    def below_hundred() -> _Entries:
        yield from _listed("en", "units", False)
        yield from _listed("en", "tens", False, 20, 10)
        yield from _composed(tens, units, False, " ")
        yield from _listed("en", "ordinal_units", True)
        yield from _listed("en", "ordinal_tens", True, 20, 10)
        yield from _composed(tens, _forms("en", "ordinal_units"), True, " ")

    prefixes = [f"{one}hundred{joint}" for one in ("one ", "a ") for joint in ("", " and")]
    yield from _hundreds(below_hundred(), prefixes)
    yield from ((100, False, "one hundred"), (100, False, "a hundred"), (100, True, "hundredth"))


def _french() -> _Entries:
    def below_hundred() -> _Entries:
        for key, ordinal in (("units", False), ("ordinal_units", True)):
            units = _forms("fr", key)
            # "unième" stands only behind a ten: "vingt et unième".
            behind = [*units[:1], ["unième"], ["deuxième"], *units[3:]] if ordinal else units
            yield from _listed("fr", key, ordinal)
            yield from _listed("fr", "ordinal_tens" if ordinal else "tens", ordinal, 20, 10)
            for i, ten in enumerate(_forms("fr", "tens")):
                for unit in range(1, 20 if i == 4 else 10):
                    for form in behind[unit]:
                        yield 20 + 10 * i + unit, ordinal, f"{ten[0]} {form}"
                        yield 20 + 10 * i + unit, ordinal, f"{ten[0]} et {form}"
            for unit in range(1, 20):
                for form in behind[unit]:
                    yield 80 + unit, ordinal, f"quatre vingt {form}"
        yield from ((80, False, "quatre vingts"), (80, True, "quatre vingtième"), (70, True, "soixante dixième"))

    yield from _hundreds(below_hundred(), ["cent"])
    yield from ((100, False, "cent"), (100, True, "centième"))


def _german() -> _Entries:
    units, tens = _forms("de", "units"), _forms("de", "tens")
    endings = [form for forms in _forms("de", "ordinal_endings") for form in forms]

    def below_hundred() -> _Entries:
        yield from _listed("de", "units", False)
        yield from _listed("de", "tens", False, 20, 10)
        for (i, ten), (unit, forms) in product(enumerate(tens), enumerate(units[:10])):
            for ten_form in ten:
                value, compound = 20 + 10 * i + unit, f"{forms[0]}und{ten_form}" if unit else ten_form
                yield value, False, compound
                yield from ((value, True, f"{compound}st{ending}") for ending in endings)
        for value, _, stem in _listed("de", "ordinal_units", True):
            yield from ((value, True, stem + ending) for ending in endings)

    listed = list(below_hundred())
    yield from listed
    for value, ordinal, phrase in listed:
        yield from ((100 + value, ordinal, hundred + phrase) for hundred in ("hundert", "einhundert"))
    yield from ((100, False, "hundert"), (100, False, "einhundert"))


def _spanish() -> _Entries:
    def below_hundred() -> _Entries:
        units = _forms("es", "units")
        yield from _listed("es", "units", False)
        yield from _listed("es", "tens", False, 30, 10)
        yield from _composed(_forms("es", "tens"), units, False, [" y "], 30)
        ordinals = _forms("es", "ordinal_units")
        yield from _listed("es", "ordinal_units", True)
        yield from _listed("es", "ordinal_tens", True, 20, 10)
        yield from _composed(_forms("es", "ordinal_tens"), ordinals, True, [" "])
        yield from _composed([["décimo", "décima"]], ordinals, True, [" "], 10)
        yield from _composed(_forms("es", "ordinal_glued_tens"), ordinals, True, [""])

    yield from _hundreds(below_hundred(), ["ciento"])
    yield from ((100, False, "cien"), (100, True, "centésimo"), (100, True, "centésima"))


def _portuguese() -> _Entries:
    def below_hundred() -> _Entries:
        yield from _listed("pt", "units", False)
        yield from _listed("pt", "tens", False, 20, 10)
        yield from _composed(_forms("pt", "tens"), _forms("pt", "units"), False, [" e "])
        ordinals = _forms("pt", "ordinal_units")
        yield from _listed("pt", "ordinal_units", True)
        yield from _listed("pt", "ordinal_tens", True, 20, 10)
        yield from _composed([ordinals[10], *_forms("pt", "ordinal_tens")], ordinals, True, [" "], 10)

    yield from _hundreds(below_hundred(), ["cento e"])
    yield from ((100, False, "cem"), (100, True, "centésimo"), (100, True, "centésima"))


def _italian() -> _Entries:
    units, tens = _forms("it", "units"), _forms("it", "tens")
    cardinals: list[tuple[int, str]] = [(v, form) for v, _, form in _listed("it", "units", False)]
    for i, ten in enumerate(tens):
        cardinals.append((20 + 10 * i, ten[0]))
        for unit in range(1, 10):
            stem = ten[0][:-1] if unit in (1, 8) else ten[0]
            cardinals.append((20 + 10 * i + unit, stem + (units[unit][1] if unit == 1 else units[unit][0])))
    cardinals += [(100 + value, f"cento{form}") for value, form in cardinals if value] + [(100, "cento")]
    yield from ((value, False, form) for value, form in cardinals)
    yield from _listed("it", "ordinal_units", True)
    for value, form in cardinals:
        if value > 10:
            # The last vowel falls, save that of tre and sei: ventesimo, ventitreesimo, ventiseiesimo.
            stem = form if form.endswith(("tre", "sei")) else form[:-1]
            yield from ((value, True, f"{stem}esim{ending}") for ending in "oa")


def _russian() -> _Entries:
    endings = [form for forms in _forms("ru", "ordinal_endings") for form in forms]
    stems, ten_stems, tens = _forms("ru", "ordinal_stems"), _forms("ru", "ordinal_ten_stems"), _forms("ru", "tens")
    ordinals = [[stem + ending for stem, ending in product(forms, endings)] for forms in stems]

    def below_hundred() -> _Entries:
        yield from _listed("ru", "units", False)
        yield from _listed("ru", "tens", False, 20, 10)
        yield from _composed(tens, _forms("ru", "units"), False, " ")
        yield from ((value, True, form) for value, forms in enumerate(ordinals) for form in forms)
        for i, forms in enumerate(ten_stems):
            yield from ((20 + 10 * i, True, stem + ending) for stem, ending in product(forms, endings))
        yield from _composed(tens, ordinals, True, " ")

    yield from _hundreds(below_hundred(), ["сто", "ста"])
    yield from ((100, False, "сто"), (100, False, "ста"))


def _dutch() -> _Entries:
    yield from _listed("nl", "ordinal_units", True)


_LANGUAGES = (_english, _french, _german, _spanish, _portuguese, _italian, _russian, _dutch)
