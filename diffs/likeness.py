"""How alike two paragraphs are, from 0 to 1."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from diffs.units import Unit, words_of
from diffs.weights import Numbers, Weights, grams_of

# The parts of likeness: rare words shared, words in their order, the same letters, the same role on the page.
_RARE, _ORDER, _LETTERS, _ROLE = 0.55, 0.25, 0.15, 0.05
# Longer paragraphs are compared by rare words alone: the cost of order grows with the product of words.
_MOST_WORDS = 20_000
# What is made of the words of so many paragraphs is held at once: they are compared with few others, most of them near.
_HELD = 1024


class Side:
    """One text's paragraphs with what comparisons of them need, found when it is first asked for.

    Words are held as numbers, which both sides of a comparison share; what is made of them is held for a few
    paragraphs at a time, so that a text's length costs next to no memory.
    """

    def __init__(self, units: Sequence[Unit], numbers: Numbers) -> None:
        self.units = units
        self._numbers = numbers
        self._words: dict[int, array[int]] = {}
        self._totals: dict[int, float] = {}
        self.grams = lru_cache(_HELD)(lambda i: frozenset(self.in_order(i)))
        self.letters = lru_cache(_HELD)(self._letters_of)

    def __len__(self) -> int:
        return len(self.units)

    def words(self, i: int) -> array[int]:
        """The words of paragraph *i* in their order."""
        found = self._words.get(i)
        if found is None:
            numbers = self._numbers
            found = self._words[i] = array("I", [numbers[word] for word in words_of(self.units[i].key)])
        return found

    def in_order(self, i: int) -> list[int]:
        """The words and pairs of words of paragraph *i*, each once, as they are met; `grams` is their set."""
        return grams_of(self.words(i))

    def total(self, i: int, weights: Weights) -> float:
        """What the grams of paragraph *i* weigh together."""
        found = self._totals.get(i)
        if found is None:
            found = self._totals[i] = weights.total(self.grams(i))
        return found

    def _letters_of(self, i: int) -> frozenset[str]:
        """The runs of five characters of paragraph *i*."""
        text = f" {self.units[i].key.lower()} "
        return frozenset([text[at : at + 5] for at in range(max(1, len(text) - 4))])


def own_weights(left: Side, right: Side, numbers: Numbers) -> Weights:
    """The weights that two texts teach by themselves."""
    once = {u.key: (side, u.index) for side in (left, right) for u in side.units}
    return Weights.of_grams(numbers, (side.in_order(i) for side, i in once.values()))


def shared(a: frozenset[int], b: frozenset[int], weights: Weights) -> float:
    """What the grams weigh that both have."""
    return weights.total(a & b)


def containment(left: Side, i: int, right: Side, j: int, weights: Weights) -> float:
    """How much of what the lesser of two paragraphs says, by weight of its rare words, the other says too."""
    least = min(left.total(i, weights), right.total(j, weights))
    return shared(left.grams(i), right.grams(j), weights) / least if least else 0.0


def likeness(left: Side, i: int, right: Side, j: int, weights: Weights, least: float = 0.0) -> float:
    """How alike paragraph *i* of one side and *j* of the other are: 0 for no rare word in common, 1 for the same.

    Below *least* it may be told as 0, as soon as it is known.
    """
    rare = min(1.0, containment(left, i, right, j, weights))
    if not rare:
        return 0.0
    one, two = left.units[i], right.units[j]
    role = (one.role is two.role) / 2 + (one.label == two.label) / 2
    if _together(rare, 1.0, 1.0, role) < least:
        return 0.0
    a, b = left.words(i), right.words(j)
    if max(len(a), len(b)) > _MOST_WORDS:
        return _together(rare, rare, rare, role)
    order = Indel.normalized_similarity(a, b)
    if _together(rare, order, 1.0, role) < least:
        return 0.0
    some, other = left.letters(i), right.letters(j)
    letters = len(some & other) / math.sqrt(len(some) * len(other))
    return _together(rare, order, letters, role)


def _together(rare: float, order: float, letters: float, role: float) -> float:
    return _RARE * rare + _ORDER * order + _LETTERS * letters + _ROLE * role
