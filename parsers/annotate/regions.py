"""REGION: the regions of the world that a sentence names: "the Middle East", "South and North East Asia"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from parsers.annotate.items import Item, Kind, put
from parsers.tables import yaml_rules


@cache
def _names() -> Mapping[tuple[str, ...], str]:
    """Each name as its words, with the region's own name."""
    table: dict[str, list[str]] = yaml_rules("annotations.yaml")["regions"]
    return {tuple(form.replace("'", " ").split()): name for name, forms in table.items() for form in forms}


def annotate(items: list[Item]) -> None:
    """Put the regions that are named into *items*; each has its own name as its trait."""
    _joined(items)
    longest = max(map(len, _names()))
    for i in range(len(items)):
        lows = tuple(item.low for item in items[i : i + longest])
        for size in range(len(lows), 0, -1):
            name = _names().get(lows[:size])
            if name and items[i].kind is Kind.WORD and (size > 1 or "capital" in items[i].traits):
                _put(items, i, i + size, name)
                break


def _joined(items: list[Item]) -> None:
    """The regions of "South, East and Central Asia", all but the last."""
    directions = yaml_rules("annotations.yaml")["directions"]
    last: str | None = None
    for i in range(len(items) - 1, -1, -1):
        item, behind = items[i], items[i + 1].low if i + 1 < len(items) else ""
        if item.low == "asia":
            last = "Asia"
        elif last and item.low in directions and (i == 0 or items[i - 1].low not in ("middle", "near")):
            size = 2 if item.low in ("north", "south") and behind == "east" else 1
            name = f"{directions[item.low]}{'east' if size == 2 else ''} {last}"
            if items[i + size].low in (",", "and") and name in yaml_rules("annotations.yaml")["regions"]:
                _put(items, i, i + size, name)
        elif item.low not in (",", "and") and item.kind is not Kind.REGION:
            last = None


def _put(items: list[Item], low: int, high: int, name: str) -> None:
    start, end = items[low].start, items[high - 1].end
    put(items, low, high, Item(Kind.REGION, start, end, name.lower(), (), frozenset((name,))))
