"""The best way to pair two sets when only some pairs are possible, and staying alone is always possible.

Sparse minimum-cost matching by successive shortest paths. scipy has one, for dense matrices; the blocks here have a
handful of edges a node, and the package would weigh more than all others together.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

# Blocks larger than this are cut at their weakest edges: the cost of a block grows with its square.
LARGEST_BLOCK = 240


def blocks(edges: Mapping[tuple[int, int], int]) -> list[list[tuple[int, int]]]:
    """*edges* as groups that share no node, each no larger than `LARGEST_BLOCK` nodes.

    Edges join the blocks from the heaviest down; one that would make a block too large is left out.
    """
    root: dict[int, int] = {}
    size: dict[int, int] = {}

    def find(node: int) -> int:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    kept: list[tuple[int, int]] = []
    # Nodes of the right side are told from the left's by their sign.
    for a, b in sorted(edges, key=lambda e: (-edges[e], e[0] + e[1], abs(e[0] - e[1]), e)):
        left, right = find(a), find(-b - 1)
        if left != right:
            together = size.get(left, 1) + size.get(right, 1)
            if together > LARGEST_BLOCK:
                continue
            root[right] = left
            size[left] = together
        kept.append((a, b))
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for edge in sorted(kept):
        found[find(edge[0])].append(edge)
    return list(found.values())


def assign(edges: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The pairs of the largest sum of gains, each node in one at most; *edges* holds each possible pair's gain,
    above 0, over leaving both alone."""
    found: list[tuple[int, int]] = []
    for block in blocks(edges):
        found.extend(_best({edge: edges[edge] for edge in block}))
    return sorted(found)


def _best(edges: dict[tuple[int, int], int]) -> Iterable[tuple[int, int]]:
    if len(edges) == 1:
        return list(edges)
    matching = _Matching(edges)
    for a in matching.costs:
        matching.add(a)
    return [(a, b) for a, b in matching.mate.items() if b >= 0]


class _Matching:
    """A cheapest matching that grows by one node of the left at a time (Dijkstra on reduced costs)."""

    def __init__(self, edges: dict[tuple[int, int], int]) -> None:
        highest = max(edges.values())
        self.costs: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (a, b), gain in sorted(edges.items()):
            self.costs[a].append((b, highest - gain))
        for a, possible in self.costs.items():
            # A node of its own to stay alone with: as dear as a pair that gains nothing.
            possible.append((-a - 1, highest))
        self.mate: dict[int, int] = {}
        self._partner: dict[int, int] = {}
        self._left: dict[int, int] = defaultdict(int)
        self._right: dict[int, int] = defaultdict(int)

    def add(self, start: int) -> None:
        """Give *start* a partner, along the cheapest path that moves others on."""
        reached: dict[int, int] = {}
        done: dict[int, int] = {}
        back: dict[int, int] = {}
        tree = {start: 0}
        queue: list[tuple[int, int]] = []
        a, far = start, 0
        while True:
            for b, cost in self.costs[a]:
                if b in done:
                    continue
                reach = far + cost - self._left[a] - self._right[b]
                if b not in reached or reach < reached[b]:
                    reached[b], back[b] = reach, a
                    heapq.heappush(queue, (reach, b))
            far, b = heapq.heappop(queue)
            while b in done:
                far, b = heapq.heappop(queue)
            done[b] = far
            if b not in self._partner:
                break
            a = self._partner[b]
            tree[a] = far
        for node, distance in tree.items():
            self._left[node] += far - distance
        for node, distance in done.items():
            self._right[node] -= far - distance
        while True:
            a = back[b]
            self._partner[b] = a
            if a == start:
                self.mate[a] = b
                return
            self.mate[a], b = b, self.mate[a]
