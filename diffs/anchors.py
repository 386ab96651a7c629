"""Paragraphs that are the same on both sides: once each, or as a class of equals matched in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from diffs.units import Unit


def anchors(before: Sequence[Unit], after: Sequence[Unit]) -> dict[int, int]:
    """The index after of each paragraph before whose canonical text stands on both sides.

    Texts that stand once on each side come first (Heckel 1978); equals beside them, read onwards and backwards, go
    with them; what is left of a class of equals is matched in its order.
    """
    here, there = _places(before), _places(after)
    partner: dict[int, int] = {
        places[0]: there[key][0] for key, places in here.items() if len(places) == 1 and len(there.get(key, ())) == 1
    }
    taken = set(partner.values())
    for step, start in ((1, (-1, -1)), (-1, (len(before), len(after)))):
        # A pair that is found is itself an anchor for the one beyond it.
        waiting = [start, *sorted(partner.items(), reverse=step < 0)]
        for a, b in waiting:
            a, b = a + step, b + step
            while (
                0 <= a < len(before)
                and 0 <= b < len(after)
                and a not in partner
                and b not in taken
                and before[a].key == after[b].key
            ):
                partner[a] = b
                taken.add(b)
                a, b = a + step, b + step
    for key, places in here.items():
        free = [a for a in places if a not in partner]
        partner.update(zip(free, [b for b in there.get(key, ()) if b not in taken], strict=False))
    return partner


def _places(units: Sequence[Unit]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for unit in units:
        found[unit.key].append(unit.index)
    return found
