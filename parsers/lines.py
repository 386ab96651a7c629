"""The sentences of a page in small letters, joined so that one pass looks for many words in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from threading import Lock
from typing import ClassVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind


def lowered(text: str) -> str:
    """*text* in lower case, each character where it was."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Lines:
    """Texts in small letters, in order; characters stay where they were."""

    def __init__(self, texts: Iterable[str]) -> None:
        kept = [text.replace("\n", " ") for text in texts]
        self.whole = lowered("\n".join(kept))
        self._ends = [end - 1 for end in accumulate(len(text) + 1 for text in kept)]
        self._searched: _Search | None = None
        self._held: list[set[str]] = []

    def __len__(self) -> int:
        return len(self._ends)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each text by itself."""
        return tuple(self.whole.split("\n")) if self._ends else ()

    def held(self, searched: _Search) -> list[set[str]]:
        """The runs of *searched* that stand in each of the texts."""
        if self._searched is not searched:
            self._searched, self._held = searched, searched.held(self.whole, self._ends)
        return self._held


class _Search:
    """An automaton for many runs of letters (Aho and Corasick, CACM 18 (1975) 333-340)."""

    def __init__(self, runs: Iterable[str]) -> None:
        self._runs = tuple(runs)
        # Small enough to stay in the cache of the processor, which a faster one with a table a state is not.
        self._automaton = AhoCorasick(self._runs, MatchKind.Standard, implementation=Implementation.ContiguousNFA)

    def held(self, whole: str, ends: list[int]) -> list[set[str]]:
        held: list[set[str]] = [set() for _ in ends]
        line, runs = 0, self._runs
        # Matches come in the order of their ends, and no run goes over the end of a line.
        for number, _, end in self._automaton.find_matches_as_indexes(whole, overlapping=True):
            while end > ends[line]:
                line += 1
            held[line].add(runs[number])
        return held


class Letters:
    """Runs of small letters that are looked for all at once, together with those of every other `Letters`."""

    _known: ClassVar[dict[str, None]] = {}
    _search: ClassVar[_Search | None] = None
    _lock: ClassVar[Lock] = Lock()

    def __init__(self, runs: Iterable[str]) -> None:
        self._runs = frozenset(runs)
        with Letters._lock:
            if not Letters._known.keys() >= self._runs:
                Letters._known.update(dict.fromkeys(sorted(self._runs)))
                Letters._search = None

    @classmethod
    def _all(cls) -> _Search:
        with cls._lock:
            if cls._search is None:
                cls._search = _Search(cls._known)
            return cls._search

    def found(self, lines: Lines) -> dict[int, frozenset[str]]:
        """The lines that hold one of the runs, in order, each with the runs it holds."""
        own = self._runs
        return {line: own & runs for line, runs in enumerate(lines.held(self._all())) if not own.isdisjoint(runs)}

    def lines(self, lines: Lines) -> list[int]:
        """Which of the lines hold one of the runs, in order."""
        own = self._runs
        return [line for line, runs in enumerate(lines.held(self._all())) if not own.isdisjoint(runs)]
