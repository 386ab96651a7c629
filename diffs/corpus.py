"""What a regime's own statements teach about its words, as it was known when any of them was recorded."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from diffs.canonical import canonical
from diffs.units import words_of
from diffs.weights import Numbers, Weights, grams_of
from parsers.document import Document


class Corpus:
    """The words of a regime's statements, each with the records whose paragraphs said it for the first time.

    A record is compared by what was known when it was recorded: the statements up to it. Those that come later are
    not asked, so that a redline that was shown once is the same for ever.
    """

    def __init__(self, statements: Iterable[tuple[int, Document]] = ()) -> None:
        self._numbers = Numbers()
        self._records: dict[int, array[int]] = defaultdict(lambda: array("q"))
        self._said: set[str] = set()
        self.learn(statements)

    def learn(self, statements: Iterable[tuple[int, Document]]) -> None:
        """Learn from the regime's *statements*, each with the id of its record, in the order of the ids and after all
        that were learned before."""
        for record, document in statements:
            for block in document.readable:
                if (said := canonical(block.text)) in self._said:
                    continue
                self._said.add(said)
                for gram in grams_of([self._numbers[word] for word in words_of(said)]):
                    self._records[gram].append(record)

    def weights(self, record: int) -> Weights:
        """The weights that the statements up to *record* teach."""
        return Weights(self._numbers, lambda gram: bisect_right(self._records.get(gram, ()), record))
