"""Which paragraphs may be one another: those that share rare words, found by an index, a few for each."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from operator import itemgetter

from diffs.likeness import Side
from diffs.weights import Weights

# A paragraph is looked for by its rarest grams alone; a gram that stands in many paragraphs finds none.
_RAREST, _TOO_COMMON = 16, 24
# How many partners each paragraph is compared with in full; those with less than this part of the best one's points are none.
MOST, _LESS = 4, 2


def candidates(
    left: Side, right: Side, free: tuple[Sequence[int], Sequence[int]], weights: Weights
) -> list[tuple[int, int]]:
    """Pairs of *free* paragraphs worth comparing, in order: no more than `MOST` times as many as paragraphs.

    Both sides are treated alike, so that the texts swapped give the pairs swapped.
    """
    known = {gram for a in free[0] for gram in left.in_order(a)}
    there = _index(right, free[1], known)
    here = _index(left, free[0], there)
    found: Counter[tuple[int, int]] = Counter()
    for a in free[0]:
        for gram in _rarest(left.in_order(a), here, there):
            for b in there[gram]:
                found[a, b] += _points(gram, weights)
    for b in free[1]:
        for gram in _rarest(right.in_order(b), here, there):
            for a in here[gram]:
                found[a, b] += _points(gram, weights)
    _add_neighbours(found, *free)
    return _few(found)


def _points(gram: int, weights: Weights) -> int:
    # Whole numbers add up to the same in any order.
    return round(weights.of(gram) * 1000)


def _index(side: Side, free: Iterable[int], known: Container[int]) -> dict[int, array[int]]:
    """Where the grams stand that are *known* to stand on the other side too; places beyond `_TOO_COMMON` left out."""
    index: dict[int, array[int]] = defaultdict(lambda: array("I"))
    for i in free:
        for gram in side.in_order(i):
            if gram in known and len(places := index[gram]) <= _TOO_COMMON:
                places.append(i)
    return index


def _rarest(found: Iterable[int], here: Mapping[int, array[int]], there: Mapping[int, array[int]]) -> list[int]:
    """Of grams that stand on both sides the few that stand in the fewest paragraphs."""
    common = [(len(here[gram]) + len(there[gram]), gram) for gram in found if gram in here]
    rare = [pair for pair in common if pair[0] <= _TOO_COMMON]
    # Of equally rare ones those that are met first: the number of a word is no reason.
    rare.sort(key=itemgetter(0))
    return [gram for _, gram in rare[:_RAREST]]


def _add_neighbours(found: Counter[tuple[int, int]], here: Sequence[int], there: Sequence[int]) -> None:
    """Paragraphs that no rare word finds, because all say the same: those at the same place."""
    known_a, known_b = {a for a, _ in found}, {b for _, b in found}
    for at, a in enumerate(here):
        for b in there[max(0, at - 2) : at + 3]:
            if a not in known_a or b not in known_b:
                found[a, b] += 1


def _few(found: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The pairs that are among the best of either of their paragraphs."""
    by_a: dict[int, list[tuple[int, int]]] = defaultdict(list)
    by_b: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (a, b), points in found.items():
        by_a[a].append((points, b))
        by_b[b].append((points, a))
    kept = {(a, b) for a, ranked in by_a.items() for b in _best(a, ranked)}
    kept |= {(a, b) for b, ranked in by_b.items() for a in _best(b, ranked)}
    return sorted(kept)


def _best(place: int, ranked: list[tuple[int, int]]) -> list[int]:
    ranked.sort(key=lambda pair: (-pair[0], abs(pair[1] - place), pair[1]))
    least = ranked[0][0] / _LESS
    return [other for points, other in ranked[:MOST] if points >= least]
