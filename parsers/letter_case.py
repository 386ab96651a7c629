"""Words that stand in capitals, written as they are in a sentence: "CHILE JOINS THE GROUP" as "Chile joins the Group".

Every letter keeps its place, so that a span of the one is a span of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from parsers.cities import find_cities
from parsers.countries import find_countries
from parsers.dates import month_number
from parsers.document import READABLE, Block, Document
from parsers.names import name_key
from parsers.regime import RegimeProfile
from parsers.tables import json_table, words_of_tables, yaml_rules

# So many words in capitals in a row, of which one in two has so many letters, are a headline or a shout; fewer may be
# abbreviations.
_WORDS, _LONG = 3, 4
_WORD = re.compile(r"[^\W\d_]+")
_IN_BRACKETS = re.compile(r"\([^\W\d_]{2,8}\)")
# Of a state's names and of words that no table knows, those that are no longer are abbreviations.
_STATE_ABBREVIATION, _SHORT = 3, 4
_STOPS, _MARKS, _NEAR = frozenset(".!?:;|\n–—"), " \"“„«'(", 6
_VOWELS = frozenset("aeiouyаеиоуыэюя")


def with_natural_case(document: Document, regime: RegimeProfile) -> Document:
    """*document* with every run of words in capitals in natural letters, offset for offset."""
    if not any(True for block in document.blocks if block.role in READABLE for _ in _runs(block.text)):
        return document
    said = frozenset(
        word
        for block in document.blocks
        if block.role in READABLE
        for word in _WORD.findall(block.text)
        if word.islower()
    )
    blocks = [_natural(block, regime, said) if block.role in READABLE else block for block in document.blocks]
    return msgspec.structs.replace(document, blocks=tuple(blocks))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The spans of words in capitals that stand in a row."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if word.group().isupper():
            run.append(word)
            continue
        if _is_headline(run):
            yield run[0].start(), run[-1].end()
        run = []
    if _is_headline(run):
        yield run[0].start(), run[-1].end()


def _is_headline(run: list[re.Match[str]]) -> bool:
    long = sum(len(word.group()) >= _LONG for word in run)
    return len(run) >= _WORDS and long * 2 >= len(run) and long > 1


def _natural(block: Block, regime: RegimeProfile, said: frozenset[str]) -> Block:
    text, written, at = block.text, "", 0
    for start, end in _runs(text):
        # A line without a sentence's end is a title, which writes all but its small words large.
        title = start == 0 and text[end:].strip(" .)") == "" and not text.rstrip().endswith(".")
        opens = _opens(text, start)
        written += text[at:start] + "".join(_written(text[start:end], regime, said, opens=opens, title=title))
        at = end
    return msgspec.structs.replace(block, text=written + text[at:]) if at else block


def _opens(text: str, start: int) -> bool:
    """True if a sentence begins at *start*."""
    before = text[max(0, start - _NEAR) : start].rstrip(_MARKS)
    return before[-1] in _STOPS if before else start <= _NEAR


def _written(shout: str, regime: RegimeProfile, said: frozenset[str], *, opens: bool, title: bool) -> Iterator[str]:
    """The parts of *shout*, each word with its letters as they are elsewhere."""
    spans = (match[:2] for match in (*find_countries(shout), *find_cities(shout)))
    named = {word.start() for span in spans for word in _WORD.finditer(shout, *span)}
    large = _large_spans(shout.lower())
    kept = {match.start() + 1 for match in _IN_BRACKETS.finditer(shout)}
    own = _own_words(regime)
    at, titled = 0, False
    for word in _WORD.finditer(shout):
        start, end = word.span()
        yield shout[at:start]
        at = end
        token, low = word.group(), word.group().lower()
        link = low in _words("links")
        name = start in named and not link
        unknown = not link and low not in said and low not in _vocabulary()
        if low in own:
            token = own[low]
        elif (
            len(low) == len(token)
            and start not in kept
            and not _is_abbreviation(low, name)
            and not (unknown and not titled and len(low) <= _SHORT)
        ):
            first = opens if start == 0 else _opens(shout, start)
            is_large = name or first or start in large or _is_of_calendar(low) or (unknown and titled)
            token = low[0].upper() + low[1:] if is_large or (title and not link) else low
        yield token
        titled = start in large or (titled and token[0].isupper())
    yield shout[at:]


def _is_of_calendar(low: str) -> bool:
    return month_number(low) is not None or low in _words("weekdays")


def _large_spans(low: str) -> frozenset[int]:
    """Beginnings of the words that a text in small letters writes large: titles, and the words of a name up to its head
    ("the Licensing and Enforcement Experts' Meeting")."""
    found = {word.start() for phrase in _large().finditer(low) for word in _WORD.finditer(low, *phrase.span())}
    words = list(_WORD.finditer(low))
    for i, word in enumerate(words):
        if word.group() not in _words("heads_of_names"):
            continue
        first = i
        while (
            first
            and i - first < 6
            and (words[first - 1].group() not in _words("links") or words[first - 1].group() == "and")
        ):
            if low[words[first - 1].end() : words[first].start()].strip(" '’s-"):
                break
            first -= 1
        if first and first < i and words[first - 1].group() in _words("links"):
            found.update(word.start() for word in words[first : i + 1] if word.group() not in _words("links"))
    return frozenset(found)


def _is_abbreviation(low: str, of_state: bool) -> bool:
    if of_state and len(low) <= _STATE_ABBREVIATION:
        return True
    return low in _words("known") or (len(low) > 1 and not _VOWELS.intersection(name_key(low)))


@lru_cache(maxsize=64)
def _own_words(regime: RegimeProfile) -> dict[str, str]:
    """The words of the regime's names and of its word for members, as it writes them."""
    said = (regime.name, *regime.names, *regime.members_called)
    return {word.lower(): word for name in said for word in _WORD.findall(name) if not word.islower()}


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(yaml_rules("annotations.yaml")[key])


@cache
def _large() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_words('large'), key=len, reverse=True)))})\b")


@cache
def _vocabulary() -> frozenset[str]:
    """The words that the tables write small, and their forms."""
    forms = {form for table in json_table("word_forms.json").values() for form in table}
    return frozenset(forms | {word for word in words_of_tables() if word.islower()})
