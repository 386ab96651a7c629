"""Paragraphs that were cut in two or three, or put together: known by what the lone neighbour adds."""

from __future__ import annotations

from collections.abc import Mapping

from diffs.groups import Group
from diffs.likeness import Side, shared
from diffs.weights import Weights

# A neighbour belongs to the cut paragraph when most of what it says was said there, and what it says there is not
# said by the part that is already paired: measured on the generated edits of benchmarks/redline.py.
_LEAST_SAID, _LEAST_GAIN, _LEAST_WORDS = 0.4, 0.12, 4
_MOST_PARTS = 3


def joined(left: Side, right: Side, pairs: Mapping[int, int], weights: Weights) -> list[Group]:
    """*pairs* as groups, with the lone neighbours that are parts of a cut or of a joined paragraph."""
    lone_left = frozenset(range(len(left))) - pairs.keys()
    lone_right = frozenset(range(len(right))) - frozenset(pairs.values())
    splits = _parts(left, right, pairs, lone_right, weights) if lone_right else []
    turned = {b: a for a, b in pairs.items()}
    merges = _parts(right, left, turned, lone_left, weights) if lone_left else []
    proposals = [(gain, Group((a,), parts)) for gain, a, parts in splits]
    proposals += [(gain, Group(parts, (b,))) for gain, b, parts in merges]
    proposals.sort(key=lambda p: (-p[0], sum(p[1].before) + sum(p[1].after), len(p[1].before) + len(p[1].after)))
    used_a: set[int] = set()
    used_b: set[int] = set()
    found: list[Group] = []
    for _, group in proposals:
        if used_a.isdisjoint(group.before) and used_b.isdisjoint(group.after):
            found.append(group)
            used_a.update(group.before)
            used_b.update(group.after)
    found += [Group((a,), (b,)) for a, b in pairs.items() if a not in used_a and b not in used_b]
    return sorted(found)


def _parts(
    whole: Side, parts: Side, pairs: Mapping[int, int], lone: frozenset[int], weights: Weights
) -> list[tuple[float, int, tuple[int, ...]]]:
    """Each paragraph of *whole* that two or three neighbours of *parts* make up, with the gain over its pair alone."""
    found: list[tuple[float, int, tuple[int, ...]]] = []
    for a, b in pairs.items():
        if b - 1 not in lone and b + 1 not in lone:
            continue
        said = whole.grams(a)
        total = whole.total(a, weights)
        members: tuple[int, ...] = (b,)
        covered, gained = said & parts.grams(b), 0.0
        while len(members) < _MOST_PARTS:
            best: tuple[float, int] | None = None
            for other in (members[0] - 1, members[-1] + 1):
                if other not in lone or len(parts.words(other)) < _LEAST_WORDS:
                    continue
                grams = parts.grams(other)
                own = parts.total(other, weights)
                if not own or shared(grams, said, weights) / own < _LEAST_SAID:
                    continue
                gain = weights.total((grams & said) - covered) / total
                if gain >= _LEAST_GAIN and (best is None or gain > best[0]):
                    best = (gain, other)
            if best is None:
                break
            gained += best[0]
            covered |= parts.grams(best[1]) & said
            members = tuple(sorted((*members, best[1])))
        if len(members) > 1:
            found.append((gained, a, members))
    return found
