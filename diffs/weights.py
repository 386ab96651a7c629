"""What a word says: little where a regime's statements always say it, much where few do."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count, pairwise

from diffs.canonical import canonical
from diffs.units import words_of
from diffs.vocabulary import function_words

# Words of form say next to nothing, however rare they are in a short text.
_OF_FORM = 0.1
# A pair of words is the first one's number and one above these bits, and the second one's below.
_BITS = 32
_LOW = (1 << _BITS) - 1


class Numbers(dict[str, int]):
    """A number for each word, given when it is first asked for; the words of form have the lowest."""

    def __init__(self, known: Mapping[str, int] | None = None) -> None:
        super().__init__(zip(sorted(function_words()), count()) if known is None else known)

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Weights:
    """Weights of words and of pairs of neighbouring words, learned from paragraphs and then fixed.

    A gram's weight is ``1 / (1 + ln n)`` where *n* paragraphs hold it. The number of all paragraphs is no part of
    it, so that a paragraph of other words changes no weight. *seen* tells *n* of a gram by the words' *numbers*.
    """

    def __init__(self, numbers: Numbers, seen: Callable[[int], int | None]) -> None:
        self.numbers = numbers
        self._known = _Known(seen)

    @classmethod
    def learned(cls, paragraphs: Iterable[str]) -> Weights:
        """The weights that *paragraphs* teach; one that is repeated word for word counts once."""
        numbers = Numbers()
        keys = dict.fromkeys(canonical(text) for text in paragraphs)
        return cls.of_grams(numbers, (grams_of([numbers[word] for word in words_of(key)]) for key in keys))

    @classmethod
    def of_grams(cls, numbers: Numbers, paragraphs: Iterable[Iterable[int]]) -> Weights:
        """The weights that paragraphs teach whose grams are known."""
        seen: Counter[int] = Counter()
        for found in paragraphs:
            seen.update(found)
        # A gram that stands in one paragraph weighs as much as one that stands in none.
        return cls(numbers, {gram: n for gram, n in seen.items() if n > 1}.get)

    def of(self, gram: int) -> float:
        """What *gram* weighs, above 0 and at most 1; one that was never seen weighs 1."""
        return self._known[gram]

    def total(self, found: Iterable[int]) -> float:
        """What grams weigh together, whatever the order they come in."""
        return math.fsum(map(self._known.__getitem__, found))


class _Known(dict[int, float]):
    """What each gram weighs that was asked for."""

    def __init__(self, seen: Callable[[int], int | None]) -> None:
        self._seen = seen

    def __missing__(self, gram: int) -> float:
        first, second = (gram >> _BITS) - 1, gram & _LOW
        form = second < _forms() and first < _forms()
        n = self._seen(gram) or 1
        if n == 1:
            # Most grams of a text stand there once: they are not worth holding.
            return _OF_FORM if form else 1.0
        weight = self[gram] = (_OF_FORM if form else 1.0) / (1 + math.log(n))
        return weight


def _forms() -> int:
    return len(function_words())


def grams_of(words: Sequence[int]) -> list[int]:
    """Words and their pairs of neighbours, each once, in the order they are met."""
    return list(dict.fromkeys([*words, *[(a + 1 << _BITS) | b for a, b in pairwise(words)]]))
