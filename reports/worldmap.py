"""The members of a regime on a map of the world, at a date that a reader chooses.

The shapes are those of `data/world.json`: Natural Earth (public domain) in the Equal Earth projection.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from parsers.countries import display_name
from reports.pictures import ACCENT, FAINT, LAND, Picture, joined, text
from storage.values import Membership

_DOT = 3.2


class _World(NamedTuple):
    width: int
    height: int
    paths: dict[str, str]
    dots: dict[str, tuple[int, int]]


@cache
def _world() -> _World:
    data = json.loads((files("reports") / "data" / "world.json").read_text(encoding="utf-8"))
    dots = {code: (at[0], at[1]) for code, at in data["dots"].items()}
    return _World(data["width"], data["height"], data["paths"], dots)


def world_map(memberships: Sequence[Membership], name: str, today: date, download: str) -> Picture:
    """The members as known today; each shape carries the days of its memberships, for the slider."""
    held: dict[str, list[Membership]] = defaultdict(list)
    for membership in memberships:
        held[membership.country].append(membership)
    world = _world()
    parts = [
        f'<path {_state(code, held.get(code, ()), today)} d="{path}" stroke="#ffffff" stroke-width="0.6">'
        f"<title>{_titled(code, held.get(code, ()))}</title></path>"
        for code, path in world.paths.items()
    ]
    parts += [
        f'<circle {_state(code, held[code], today)} cx="{x}" cy="{y}" r="{_DOT}" stroke="#ffffff" stroke-width="0.6">'
        f"<title>{_titled(code, held[code])}</title></circle>"
        for code, (x, y) in world.dots.items()
        if code in held
    ]
    drawn = world.paths.keys() | world.dots.keys()
    absent = sorted(display_name(code) for code in held if code not in drawn)
    members = sorted({display_name(m.country) for m in memberships if _belongs(m, today)})
    note = (
        "Shapes by Natural Earth, in the Equal Earth projection; where it draws a border is no judgement of this site."
    )
    if absent:
        note += f" Not on the map: {', '.join(absent)}."
    rows = tuple(
        (m.country, display_name(m.country), m.valid_from or "", m.valid_to or "", m.basis)
        for m in sorted(memberships, key=lambda m: (m.valid_from or date.min, m.country))
    )
    return Picture(
        "map", f"Members of {name} on a map", f"A map of the world with the {len(members)} members of {name}.", note,
        world.width, world.height, joined(parts), ("country", "name", "from", "to", "by"), rows, download, lettered=False,
    )  # fmt: skip


def first_year(memberships: Sequence[Membership], today: date) -> int:
    """The first year in which a member is known to have belonged."""
    return min((m.valid_from.year for m in memberships if m.valid_from), default=today.year)


def _belongs(membership: Membership, on: date) -> bool:
    begun = membership.valid_from is None or membership.valid_from <= on
    return begun and (membership.valid_to is None or on < membership.valid_to)


def _state(code: str, held: Sequence[Membership], today: date) -> str:
    """The attributes of a shape: its looks today, and the days by which the slider finds others."""
    now = [m for m in held if _belongs(m, today)]
    kind = ("member" if any(m.valid_from for m in now) else "undated") if now else "other"
    fill = {"member": ACCENT, "undated": FAINT, "other": LAND}[kind]
    spans = ";".join(f"{m.valid_from or ''}/{m.valid_to or ''}" for m in held)
    days = f' data-held="{text(spans)}"' if spans else ""
    return f'class="land {kind}" fill="{fill}"{days}'


def _titled(code: str, held: Sequence[Membership]) -> str:
    told = [
        ("since " + str(m.valid_from) if m.valid_from else "since a day not stated")
        + (f" until {m.valid_to}" if m.valid_to else "")
        for m in held
    ]
    return text(f"{display_name(code)}: {', '.join(told)}" if told else display_name(code))
