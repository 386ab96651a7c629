"""Where a paragraph was cut: the piece of it that each of its parts was made from."""

from __future__ import annotations

from collections.abc import Sequence

from diffs.alignment import runs
from diffs.tokens import tokens
from parsers.page import sentences_of


def cuts(whole: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Half-open spans of *whole*, one for each of *parts*, that follow each other and cover it."""
    a = tokens(whole)
    keys: list[str] = []
    ends: list[int] = []
    for part in parts:
        keys.extend(t.key for t in tokens(part))
        ends.append(len(keys))
    shared = [
        (run.a1 + k, run.b1 + k) for run in runs([t.key for t in a], keys) if run.same for k in range(run.a2 - run.a1)
    ]
    sentences = [s.start for s in sentences_of(0, whole)]
    bounds = [0]
    for end in ends[:-1]:
        low = a[last].end if (last := max((i for i, j in shared if j < end), default=-1)) >= 0 else 0
        high = a[first].start if (first := min((i for i, j in shared if j >= end), default=-1)) >= 0 else len(whole)
        # What neither part has goes with the sentence it stands in.
        between = [s for s in sentences if low <= s <= high]
        bounds.append(max(bounds[-1], between[0] if between else high))
    return list(zip(bounds, [*bounds[1:], len(whole)], strict=True))
