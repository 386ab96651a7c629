"""What a word says: little where a regime's statements always say it, much where few do."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from diffs.canonical import canonical
from diffs.units import words_of
from diffs.vocabulary import function_words

# Words of form say next to nothing, however rare they are in a short text.
_OF_FORM = 0.1


class _Known(dict[str, float]):
    """What each gram weighs that was asked for."""

    def __init__(self, seen: Counter[str]) -> None:
        self._seen = seen

    def __missing__(self, gram: str) -> float:
        weight = 1 / (1 + math.log(max(1, self._seen[gram])))
        if all(word in function_words() for word in gram.split(" ")):
            weight *= _OF_FORM
        self[gram] = weight
        return weight


class Weights:
    """Weights of words and of pairs of neighbouring words, learned from paragraphs and then fixed.

    A gram's weight is ``1 / (1 + ln n)`` where *n* paragraphs hold it. The number of all paragraphs is no part of
    it, so that a paragraph of other words changes no weight.
    """

    def __init__(self, seen: Counter[str]) -> None:
        self._known = _Known(seen)

    @classmethod
    def learned(cls, paragraphs: Iterable[str]) -> Weights:
        """The weights that *paragraphs* teach; one that is repeated word for word counts once."""
        keys = dict.fromkeys(canonical(text) for text in paragraphs)
        return cls.of_grams(grams(key) for key in keys)

    @classmethod
    def of_grams(cls, paragraphs: Iterable[frozenset[str]]) -> Weights:
        """The weights that paragraphs teach whose `grams` are known."""
        seen: Counter[str] = Counter()
        for found in paragraphs:
            seen.update(found)
        return cls(seen)

    def of(self, gram: str) -> float:
        """What *gram* weighs, above 0 and at most 1; one that was never seen weighs 1."""
        return self._known[gram]

    def total(self, found: Iterable[str]) -> float:
        """What grams weigh together, whatever the order they come in."""
        return math.fsum(map(self._known.__getitem__, found))


def grams(key: str) -> frozenset[str]:
    """The words of a canonical text and its pairs of neighbouring words."""
    return grams_of(words_of(key))


def grams_of(words: Sequence[str]) -> frozenset[str]:
    """Words and their pairs of neighbours. Each gram is held once in memory, however many paragraphs have it."""
    return frozenset(words).union([sys.intern(f"{a} {b}") for a, b in pairwise(words)])
