"""What stayed in its order and what moved: the heaviest run of pairs in the same order on both sides."""

from __future__ import annotations

from collections.abc import Sequence


def in_order(places: Sequence[int], weights: Sequence[int]) -> frozenset[int]:
    """The indexes of the heaviest increasing run of *places*; of equally heavy ones one that is always the same.

    *places* are all different. A Fenwick tree of best runs makes it n log n.
    """
    rank = {place: at for at, place in enumerate(sorted(places), 1)}
    size = len(places)
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    back = [-1] * size
    for i, place in enumerate(places):
        top, at = (0, -1), rank[place] - 1
        while at:
            top = max(top, best[at], key=lambda run: run[0])
            at &= at - 1
        back[i] = top[1]
        run = (top[0] + weights[i], i)
        at = rank[place]
        while at <= size:
            if best[at][0] < run[0]:
                best[at] = run
            at += at & -at
    end, at = (0, -1), size
    while at:
        end = max(end, best[at], key=lambda run: run[0])
        at &= at - 1
    kept: set[int] = set()
    i = end[1]
    while i >= 0:
        kept.add(i)
        i = back[i]
    return frozenset(kept)
