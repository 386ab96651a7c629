"""Phrases of words that are found in a text as words, all in one pass, each with what it means.

A phrase is words parted by blanks. A word ``visit*`` stands for any ending, ``*ed`` for any beginning, ``..`` for a few
words, ``was/were`` for either, ``<number>`` for a number and ``<count>`` for one of two digits or more. A word in small letters is not found in a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from parsers.arabic import VOWEL_SIGNS, bare, is_arabic, without_prefix
from parsers.remembered import remembered

T = TypeVar("T")

# The words that a gap may hold, and the marks that it does not cross.
_GAP, _STOPS = 8, frozenset(".;:?!")
_WORD = re.compile(rf"[^\W\d_]+(?:[{VOWEL_SIGNS}]+[^\W\d_]*)*(?:-[^\W\d_]+)*['’]?|\d+|[^\w\s]")
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


def lows_of(text: str) -> list[str]:
    """The words and marks of *text* in order, in small letters."""
    return _WORD.findall(bare(text.lower().replace("’", "'")))


@remembered
def words_of(text: str) -> tuple[Word, ...]:
    """The words and marks of *text* in order. In a headline no word counts as a name."""
    found = [(*m.span(), m.group()) for m in _WORD.finditer(text)]
    letters = sum(said[0].isalpha() for _, _, said in found)
    headline = letters > 2 and sum(said[0].isupper() for _, _, said in found) > _HEADLINE * letters
    words: list[Word] = []
    opens = True
    for start, end, said in found:
        # A vowel sign that stands alone is a word of its own.
        low = bare(said.lower().replace("’", "'")) or said
        capital = said[0].isupper()
        words.append(Word(start, end, low, capital, capital and not opens and not headline))
        opens = low in _OPENERS
    return tuple(words)


_OPENERS = frozenset('.;:?!"“„«(–—|')


class _Node(Generic[T]):
    """What may follow the words that led here, and what they mean if nothing has to."""

    __slots__ = ("gap", "means", "named", "other", "small")

    def __init__(self) -> None:
        self.small: dict[str, _Node[T]] = {}
        self.named: dict[str, _Node[T]] = {}
        self.other: list[tuple[_Pattern, _Node[T]]] = []
        self.gap: _Node[T] | None = None
        self.means: list[tuple[int, T]] = []


class PhraseTable(Generic[T]):
    """Phrases and what each means; `find` takes time that grows with the words, not with the phrases."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        # Of phrases that begin alike one walk finds all; those whose first word may end in any way are looked up
        # by its first letters.
        self._root: _Node[T] = _Node()
        self._by_beginning: dict[str, list[tuple[_Pattern, _Node[T]]]] = {}
        self._by_number: list[tuple[_Pattern, _Node[T]]] = []
        size = 0
        for phrase, means in phrases:
            # "was/were cancelled" is two phrases.
            for words in product(*(word.split("/") for word in phrase.split())):
                node = self._root
                for pattern in map(_pattern, words):
                    node = self._next(node, pattern)
                node.means.append((size, means))
                size += 1

    def _next(self, node: _Node[T], pattern: _Pattern) -> _Node[T]:
        if pattern.kind == "gap":
            node.gap = node.gap or _Node()
            return node.gap
        if pattern.kind == "is":
            return (node.named if pattern.named else node.small).setdefault(pattern.text, _Node())
        other = node.other
        if node is self._root and pattern.kind == "begins":
            other = self._by_beginning.setdefault(pattern.text[:_KEY], [])
        elif node is self._root and pattern.kind != "ends":
            other = self._by_number
        known = next((after for said, after in other if said == pattern), None)
        if known is None:
            known = _Node()
            other.append((pattern, known))
        return known

    def find(self, words: Sequence[Word]) -> Iterator[Hit[T]]:
        """Every phrase that stands in *words*, in the order of their beginnings."""
        small, named, beginning = self._root.small, self._root.named, self._by_beginning
        for i, word in enumerate(words):
            low = word.low
            found: dict[int, Hit[T]] = {}
            if not word.named and (node := _following(small, low)) is not None:
                _walk(words, i, i + 1, node, found)
            if word.capital and (node := named.get(low)) is not None:
                _walk(words, i, i + 1, node, found)
            others = self._by_number if low[0].isdigit() else self._root.other
            for pattern, node in (*beginning.get(low[:_KEY], ()), *others):
                if _fits(word, pattern):
                    _walk(words, i, i + 1, node, found)
            for place in sorted(found):
                yield found[place]


def _following(nodes: Mapping[str, _Node[T]], low: str) -> _Node[T] | None:
    """The node behind the word *low*, in Arabic without the prefixes that are written onto it."""
    node = nodes.get(low)
    if node is None and is_arabic(low):
        return next((nodes[word] for _, word in without_prefix(low, article=True) if word in nodes), None)
    return node


def _walk(words: Sequence[Word], start: int, at: int, node: _Node[T], found: dict[int, Hit[T]]) -> None:
    """Put into *found*, by its place in the table, every phrase that goes on from *node* with the word *at*."""
    for place, means in node.means:
        found.setdefault(place, Hit(start, at, means))
    if node.gap is not None:
        for here in range(at, min(at + _GAP, len(words)) + 1):
            _walk(words, start, here, node.gap, found)
            if here < len(words) and words[here].low in _STOPS:
                break
    if at == len(words):
        return
    word = words[at]
    if not word.named and (after := _following(node.small, word.low)) is not None:
        _walk(words, start, at + 1, after, found)
    if word.capital and (after := node.named.get(word.low)) is not None:
        _walk(words, start, at + 1, after, found)
    for pattern, after in node.other:
        if _fits(word, pattern):
            _walk(words, start, at + 1, after, found)


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


def _fits(word: Word, pattern: _Pattern) -> bool:
    if pattern.kind in ("<number>", "<count>"):
        return word.low.isdigit() and (len(word.low) > 1 or pattern.kind == "<number>")
    if word.named if not pattern.named else not word.capital:
        return False
    if pattern.kind == "begins":
        return word.low.startswith(pattern.text)
    return word.low.endswith(pattern.text) if pattern.kind == "ends" else word.low == pattern.text
