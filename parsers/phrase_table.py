"""Phrases of words that are found in a text as words, all in one pass, each with what it means.

A phrase is words parted by blanks. A word ``visit*`` stands for any ending, ``*ed`` for any beginning, ``..`` for a few
words, ``was/were`` for either, ``<number>`` for a number and ``<count>`` for one of two digits or more. A word in small letters is not found in a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

# The words that a gap may hold, and the marks that it does not cross.
_GAP, _STOPS = 8, frozenset(".;:?!")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?|\d+|[^\w\s]")
# Of a headline more words have capitals than of any sentence, German ones included.
_HEADLINE = 0.7
# How many letters of a word its phrases are looked up by.
_KEY = 2


class Word(NamedTuple):
    """A word, a number or a mark of a text: ``text[start:end]`` with a straight apostrophe, in small letters; `named`
    tells that it is written as a name is, with a capital inside a sentence."""

    start: int
    end: int
    low: str
    capital: bool
    named: bool


class Hit(NamedTuple, Generic[T]):
    """A phrase found: the words from *start* to *end*, half-open, and what it means."""

    start: int
    end: int
    means: T


class _Pattern(NamedTuple):
    text: str
    named: bool
    kind: str


def words_of(text: str) -> tuple[Word, ...]:
    """The words and marks of *text* in order. In a headline no word counts as a name."""
    found = list(_WORD.finditer(text))
    letters = [m.group() for m in found if m.group()[0].isalpha()]
    headline = len(letters) > 2 and sum(w[0].isupper() for w in letters) > _HEADLINE * len(letters)
    words: list[Word] = []
    for m in found:
        said = m.group()
        capital = said[0].isupper()
        opens = not words or words[-1].low in _OPENERS
        low = said.lower().replace("’", "'")
        words.append(Word(m.start(), m.end(), low, capital, capital and not opens and not headline))
    return tuple(words)


_OPENERS = frozenset('.;:?!"“„«(–—|')


class PhraseTable(Generic[T]):
    """Phrases and what each means; `find` takes time that grows with the words, not with the phrases."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_key: dict[str, list[tuple[tuple[_Pattern, ...], T]]] = {}
        self._by_ending: list[tuple[tuple[_Pattern, ...], T]] = []
        self._by_number: list[tuple[tuple[_Pattern, ...], T]] = []
        for phrase, means in phrases:
            # "was/were cancelled" is two phrases.
            for words in product(*(word.split("/") for word in phrase.split())):
                self._add(tuple(map(_pattern, words)), means)

    def _add(self, patterns: tuple[_Pattern, ...], means: T) -> None:
        first = patterns[0]
        if first.kind in ("is", "begins"):
            self._by_key.setdefault(first.text[:_KEY], []).append((patterns, means))
        else:
            (self._by_ending if first.kind == "ends" else self._by_number).append((patterns, means))

    def find(self, words: Sequence[Word]) -> Iterator[Hit[T]]:
        """Every phrase that stands in *words*, in the order of their beginnings."""
        for i, word in enumerate(words):
            tried = self._by_number if word.low[0].isdigit() else self._by_ending
            for patterns, means in (*self._by_key.get(word.low[:_KEY], ()), *tried):
                end = _end(words, i, patterns, 0)
                if end is not None:
                    yield Hit(i, end, means)


def _pattern(word: str) -> _Pattern:
    low, named = word.lower().replace("’", "'"), word[:1].isupper()
    if word == "..":
        return _Pattern("", False, "gap")
    if word in ("<number>", "<count>"):
        return _Pattern("", False, word)
    if word.endswith("*"):
        return _Pattern(low[:-1], named, "begins")
    if word.startswith("*"):
        return _Pattern(low[1:], named, "ends")
    return _Pattern(low, named, "is")


def _end(words: Sequence[Word], at: int, patterns: tuple[_Pattern, ...], next_: int) -> int | None:
    """Where the *patterns* from *next_* on end when they begin at the word *at*; None where they do not stand there."""
    for i in range(next_, len(patterns)):
        if patterns[i].kind == "gap":
            for skipped in range(_GAP + 1):
                end = _end(words, at + skipped, patterns, i + 1)
                if end is not None:
                    return end
                if at + skipped >= len(words) or words[at + skipped].low in _STOPS:
                    return None
            return None
        if at >= len(words) or not _fits(words[at], patterns[i]):
            return None
        at += 1
    return at


def _fits(word: Word, pattern: _Pattern) -> bool:
    if pattern.kind in ("<number>", "<count>"):
        return word.low.isdigit() and (len(word.low) > 1 or pattern.kind == "<number>")
    if word.named if not pattern.named else not word.capital:
        return False
    if pattern.kind == "begins":
        return word.low.startswith(pattern.text)
    return word.low.endswith(pattern.text) if pattern.kind == "ends" else word.low == pattern.text
