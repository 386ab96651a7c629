"""The sentences of a page in small letters, joined so that one pass looks for many words in all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, MatchKind


def lowered(text: str) -> str:
    """*text* in lower case, each character where it was."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Lines:
    """Texts in small letters, in order; characters stay where they were."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.whole = lowered("\n".join(kept := [text.replace("\n", " ") for text in texts]))
        self._begins = [0, *accumulate(len(text) + 1 for text in kept)][: len(kept)]
        self._ends = [begin + len(text) for begin, text in zip(self._begins, kept, strict=True)]

    def __len__(self) -> int:
        return len(self._begins)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each text by itself."""
        return tuple(self.whole[begin:end] for begin, end in zip(self._begins, self._ends, strict=True))

    def at(self, place: int) -> int:
        """Which of the texts holds the character at *place* of `whole`."""
        return bisect_right(self._begins, place) - 1


class Letters:
    """Runs of small letters that are looked for all at once (Aho and Corasick, CACM 18 (1975) 333-340)."""

    def __init__(self, runs: Iterable[str]) -> None:
        self._runs = tuple(dict.fromkeys(runs))
        self._search = AhoCorasick(self._runs, matchkind=MatchKind.Standard) if self._runs else None

    def found(self, lines: Lines) -> dict[int, set[str]]:
        """The lines that hold one of the runs, in order, each with the runs it holds."""
        held: dict[int, set[str]] = {}
        if self._search is None:
            return held
        at = lines.at
        for run, begin, _ in self._search.find_matches_as_indexes(lines.whole, overlapping=True):
            held.setdefault(at(begin), set()).add(self._runs[run])
        return held

    def lines(self, lines: Lines) -> list[int]:
        """Which of the lines hold one of the runs, in order."""
        return list(self.found(lines))
