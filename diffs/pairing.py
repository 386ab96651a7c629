"""Which paragraphs became which: equals, then the assignment of all others that is best as a whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from diffs.anchors import anchors
from diffs.assignment import assign
from diffs.candidates import candidates
from diffs.groups import Group
from diffs.likeness import Side, likeness, own_weights
from diffs.order import in_order
from diffs.splitting import joined
from diffs.units import Unit
from diffs.weights import Numbers, Weights

# From this likeness on two paragraphs are one another wherever they stand; from the lower one on where they stand at
# the same place between others that are. Measured: docs/decisions/0003-redlines.md.
LEAST_ANYWHERE, LEAST_IN_PLACE = 0.5, 0.3


def paired(before: Sequence[Unit], after: Sequence[Unit], weights: Weights | None = None) -> list[Group]:
    """The groups of paragraphs that are one another, in the order of the earlier text.

    Without *weights* the two texts teach their own.
    """
    pairs = anchors(before, after)
    if len(pairs) == len(before) == len(after):
        return sorted(Group((a,), (b,)) for a, b in pairs.items())
    numbers = Numbers(weights.numbers if weights else None)
    left, right = Side(before, numbers), Side(after, numbers)
    taken = set(pairs.values())
    free = [u.index for u in before if u.index not in pairs], [u.index for u in after if u.index not in taken]
    if weights is None:
        weights = own_weights(left, right, numbers)
    likely = _likely(left, right, free, weights)
    pairs.update(_assigned(likely, LEAST_ANYWHERE, len(left) + len(right)))
    # A part of a cut paragraph is told before it can be taken for another of the same place.
    groups = joined(left, right, pairs, weights)
    weak = _in_place(likely, groups)
    groups += [Group((a,), (b,)) for a, b in _assigned(weak, LEAST_IN_PLACE, len(left) + len(right))]
    return sorted(groups)


def _likely(
    left: Side, right: Side, free: tuple[Sequence[int], Sequence[int]], weights: Weights
) -> dict[tuple[int, int], float]:
    """The likeness of each pair of *free* paragraphs that may be one another."""
    if not (free[0] and free[1]):
        return {}
    worth = candidates(left, right, free, weights)
    found = {(a, b): likeness(left, a, right, b, weights, LEAST_IN_PLACE) for a, b in worth}
    return {pair: like for pair, like in found.items() if like > LEAST_IN_PLACE}


def _assigned(likely: Mapping[tuple[int, int], float], least: float, size: int) -> list[tuple[int, int]]:
    # Likeness decides; between equals the least displacement does, squared so that no two pairs cross for nothing.
    scale = size**3
    gains = {pair: round((like - least) * 1_000_000) for pair, like in likely.items()}
    return assign({(a, b): gain * scale - (a - b) ** 2 for (a, b), gain in gains.items() if gain > 0})


def _in_place(likely: Mapping[tuple[int, int], float], groups: Sequence[Group]) -> dict[tuple[int, int], float]:
    """Of *likely* the pairs of lone paragraphs that stand between the same paragraphs on both sides."""
    used_a = {i for group in groups for i in group.before}
    used_b = {i for group in groups for i in group.after}
    lone = {(a, b): like for (a, b), like in likely.items() if a not in used_a and b not in used_b}
    if not lone:
        return {}
    # Of equally heavy orders each direction may choose another: both must have chosen it.
    there, back = _stayed(groups), _stayed([Group(g.after, g.before) for g in groups])
    stayed = sorted(group for group in there if Group(group.after, group.before) in back)
    firsts_a, firsts_b = [g.before[0] for g in stayed], [g.after[0] for g in stayed]
    return {(a, b): like for (a, b), like in lone.items() if bisect_left(firsts_a, a) == bisect_left(firsts_b, b)}


def _stayed(groups: Sequence[Group]) -> set[Group]:
    """The groups that are in the same order on both sides."""
    listed = sorted(groups, key=lambda group: group.after)
    kept = in_order([group.before[0] for group in listed], [len(g.before) + len(g.after) for g in listed])
    return {listed[at] for at in kept}
