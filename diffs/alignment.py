"""The longest run of tokens that two texts share, in bounded time and memory however long they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from diffs.order import in_order

# The exact alignment takes a bit for each pair of tokens: 16 MB at this product, which two texts of 11,000 tokens reach.
MOST_CELLS = 128_000_000


class Run(NamedTuple):
    """``a[a1:a2] == b[b1:b2]`` where `same`; else what stands in the one against what stands in the other."""

    same: bool
    a1: int
    a2: int
    b1: int
    b2: int


def runs(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """*a* against *b* as runs that are the same and runs that differ, in turn, covering both."""
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(key, len(numbers)) for key in a]
    right = [numbers.setdefault(key, len(numbers)) for key in b]
    return joined(run for run in _exact(left, right, 0, 0, 0) if run.a1 < run.a2 or run.b1 < run.b2)


def joined(found: Iterable[Run]) -> list[Run]:
    """*found* with neighbours that are both the same, or both not, as one run."""
    done: list[Run] = []
    for run in found:
        if done and done[-1].same == run.same:
            done[-1] = Run(run.same, done[-1].a1, run.a2, done[-1].b1, run.b2)
        else:
            done.append(run)
    return done


def _exact(a: Sequence[int], b: Sequence[int], at: int, bt: int, tries: int) -> Iterator[Run]:
    """The runs of two pieces that begin at *at* and *bt* of their texts."""
    head = 0
    least = min(len(a), len(b))
    while head < least and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < least - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    yield Run(True, at, at + head, bt, bt + head)
    yield from _middle(a[head : len(a) - tail], b[head : len(b) - tail], at + head, bt + head, tries)
    yield Run(True, at + len(a) - tail, at + len(a), bt + len(b) - tail, bt + len(b))


def _middle(a: Sequence[int], b: Sequence[int], at: int, bt: int, tries: int) -> Iterator[Run]:
    if not a or not b:
        yield Run(False, at, at + len(a), bt, bt + len(b))
    elif len(a) * len(b) <= MOST_CELLS:
        for op in Indel.opcodes(a, b):
            yield Run(op.tag == "equal", at + op.src_start, at + op.src_end, bt + op.dest_start, bt + op.dest_end)
    elif tries < len(_SHINGLES):
        # Too long for the exact way: what stands once on both sides parts the text into pieces that are not.
        last_a = last_b = 0
        for i, j in [*_anchors(a, b, _SHINGLES[tries]), (len(a), len(b))]:
            if i < last_a or j < last_b:
                continue
            yield from _exact(a[last_a:i], b[last_b:j], at + last_a, bt + last_b, tries + 1)
            last_a, last_b = i, j
    else:
        yield Run(False, at, at + len(a), bt, bt + len(b))


# How many tokens in a row must be unlike all others, tried in this order.
_SHINGLES = (1, 4, 12)


def _anchors(a: Sequence[int], b: Sequence[int], size: int) -> list[tuple[int, int]]:
    here, there = _once(a, size), _once(b, size)
    pairs = sorted((i, there[key]) for key, i in here.items() if key in there)
    kept = in_order([j for _, j in pairs], [1] * len(pairs))
    return [pair for at, pair in enumerate(pairs) if at in kept]


def _once(items: Sequence[int], size: int) -> dict[Hashable, int]:
    keys = [tuple(items[i : i + size]) for i in range(len(items) - size + 1)]
    count = Counter(keys)
    return {key: i for i, key in enumerate(keys) if count[key] == 1}
