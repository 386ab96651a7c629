"""Who joined a regime when, and how many members it has had, year by year, as a picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from parsers.countries import display_name
from reports.pictures import ACCENT, PAPER, Picture, joined, label, rule, text
from storage.values import Membership

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _BOTTOM, _TOP = 720, 240, 40, 30, 28, 26
# No more than so many years are written under the line.
_TICKS = 9


class Year(Struct, frozen=True):
    """Who is stated to have come and gone by the end of a year, by name, and how many there were then. `exact`: a page
    gives the beginning of at least one of those who came, and does not only list them by then."""

    year: int
    came: tuple[str, ...]
    went: tuple[str, ...]
    members: int
    exact: bool = True

    @property
    def said(self) -> str:
        """The year in words."""
        came, went = ", ".join(self.came), ", ".join(self.went)
        parts = [f"{self.year}: {self.members} members", came and f"joined: {came}", went and f"left: {went}"]
        return "; ".join(filter(None, parts))


def by_year(memberships: Sequence[Membership]) -> tuple[Year, ...]:
    """Each year in which members came or went, and how many there were at its end.

    A member whose first day is not known counts from the beginning on.
    """
    came: dict[int, list[Membership]] = defaultdict(list)
    went: dict[int, list[Membership]] = defaultdict(list)
    for membership in memberships:
        if membership.valid_from:
            came[membership.valid_from.year].append(membership)
        if membership.valid_to:
            went[membership.valid_to.year].append(membership)
    count = sum(1 for m in memberships if m.valid_from is None)
    found = []
    for year in sorted(came.keys() | went.keys()):
        count += len(came[year]) - len(went[year])
        exact = not came[year] or any(m.basis != "stated" for m in came[year])
        found.append(Year(year, _names(came[year]), _names(went[year]), count, exact))
    return tuple(found)


def joining_timeline(memberships: Sequence[Membership], name: str, today: int, download: str) -> Picture | None:
    """A step line of the number of members up to the year *today*, or None with fewer than two years known."""
    years = by_year(memberships)
    if len(years) < 2:
        return None
    first, newest = years[0], years[-1]
    last = max(newest.year, today)
    top = _round_up(max(year.members for year in years))

    def x(year: int) -> float:
        return _LEFT + (year - first.year) / (last - first.year) * (_WIDTH - _LEFT - _RIGHT)

    def y(count: int) -> float:
        return _TOP + (1 - count / top) * (_HEIGHT - _BOTTOM - _TOP)

    path = f"M{x(first.year):.1f},{y(first.members):.1f}"
    path += joined(f"H{x(year.year):.1f}V{y(year.members):.1f}" for year in years[1:])
    path += f"H{x(last):.1f}"
    body = joined(
        [
            *(rule(_LEFT, y(n), _WIDTH - _RIGHT, y(n)) for n in (0, top // 2, top)),
            *(label(_LEFT - 8, y(n) + 4, n, anchor="end") for n in (0, top // 2, top)),
            *(label(x(year), _HEIGHT - 8, year) for year in _ticks(first.year, last)),
            f'<path class="step" d="{path}" fill="none" stroke="{ACCENT}" stroke-width="2.5"/>',
            *(_dot(x(year.year), y(year.members), year) for year in years),
            *(
                label(x(year.year), y(year.members) - 10, year.members, kind="name", size=13, weight=650)
                for year in (first, newest)
            ),
        ]
    )
    note = "By the earliest day for which each membership is stated."
    if not all(year.exact for year in years):
        note += " A hollow dot: only listed by then, joined perhaps before."
    return Picture(
        "timeline", f"Members of {name}, {first.year} to {last}",
        f"Members of {name}: {first.members} in {first.year}, {newest.members} since {newest.year}.",
        note, _WIDTH, _HEIGHT, body, ("year", "joined", "left", "members", "who joined", "who left"),
        tuple((y.year, len(y.came), len(y.went), y.members, ", ".join(y.came), ", ".join(y.went)) for y in years),
        download,
    )  # fmt: skip


def _dot(x: float, y: float, year: Year) -> str:
    kind, fill = ("dot", ACCENT) if year.exact else ("dot hollow", PAPER)
    return (
        f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{ACCENT}" stroke-width="2">'
        f"<title>{text(year.said)}</title></circle>"
    )


def _names(memberships: Sequence[Membership]) -> tuple[str, ...]:
    return tuple(sorted(display_name(m.country) for m in memberships))


def _round_up(most: int) -> int:
    """An even number of fives or tens at or above *most*, so that its half is whole."""
    step = 10 if most > 10 else 2
    return max(step, -(-most // step) * step)


def _ticks(first: int, last: int) -> list[int]:
    step = max(1, -(-(last - first) // (_TICKS - 1)))
    ticks = list(range(first, last + 1, step))
    if last - ticks[-1] < step / 2 and len(ticks) > 1:
        ticks.pop()
    return list(dict.fromkeys([*ticks, last]))
