"""Regions of the world as texts name them: "the Middle East", "South and North East Asia".

Their names stand in ``data/concerns.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from parsers.page import Page
from parsers.phrases import Held, Phrases
from parsers.tables import yaml_table

# "South and North East Asia", "South, East and Central Asia" name two and three.
_JOINED = re.compile(
    r"(?<!Middle )(?<!Near )\b((?:(?:North[- ]?East|South[- ]?East|Northeast|Southeast|South|East|North|Central|West)(?:, | and |, and ))+)((?:North[- ]?East|South[- ]?East|Northeast|Southeast|South|East|Central|West)) Asia\b",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"North[- ]?East|South[- ]?East|Northeast|Southeast|South|East|North|Central|West", re.IGNORECASE
)


@cache
def _regions() -> tuple[tuple[str, ...], Phrases]:
    table: dict[str, list[str]] = yaml_table("concerns.yaml")["regions"]
    return tuple(table), Phrases(*([rf"(?<!\w){re.escape(form)}(?!\w)" for form in forms] for forms in table.values()))


def _regions_on(page: Page) -> Held:
    held = page.memo.get("regions")
    if not isinstance(held, Held):
        held = page.memo["regions"] = _regions()[1].on(page.lines)
    return held


def regions_in(page: Page, line: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """The regions that a sentence names outside the stretches *taken*: half-open span and name."""
    text = page.sentences[line].text
    names, _ = _regions()
    taken = list(taken)
    for joined in _JOINED.finditer(text) if " asia" in page.lines.texts[line] else ():
        for match in _DIRECTION.finditer(text, *joined.span(1)):
            direction = match.group().replace("-", "").replace(" ", "").capitalize()
            if f"{direction} Asia" in yaml_table("concerns.yaml")["regions"]:
                yield match.start(), match.end(), f"{direction} Asia"
        taken.append(joined.span(1))
    found = [(m.start(), -m.end(), names[kind]) for kind, m in _regions_on(page).matches(line)]
    # The longest at a place wins: "Southeast Asia" holds no "east Asia".
    for start, negative_end, name in sorted(found):
        if not any(begin < -negative_end and start < end for begin, end in taken):
            yield start, -negative_end, name
            taken.append((start, -negative_end))
