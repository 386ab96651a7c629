"""How many members a regime has had, year by year, as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from reports.pictures import ACCENT, Picture, joined, label, rule, text
from storage.values import Membership

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _BOTTOM, _TOP = 720, 220, 40, 24, 28, 16
# No more than so many years are written under the line.
_TICKS = 9


class Year(Struct, frozen=True):
    """What is stated to have happened by the end of a year."""

    year: int
    joined: int
    left: int
    members: int


def by_year(memberships: Sequence[Membership]) -> tuple[Year, ...]:
    """Each year in which members came or went, and how many there were at its end.

    A member whose first day is not known counts from the beginning on.
    """
    came = Counter(m.valid_from.year for m in memberships if m.valid_from)
    went = Counter(m.valid_to.year for m in memberships if m.valid_to)
    count = sum(1 for m in memberships if m.valid_from is None)
    found = []
    for year in sorted(came.keys() | went.keys()):
        count += came[year] - went[year]
        found.append(Year(year, came[year], went[year], count))
    return tuple(found)


def joining_timeline(memberships: Sequence[Membership], name: str, download: str) -> Picture | None:
    """A step line of the number of members over the years, or None with fewer than two years known."""
    years = by_year(memberships)
    if len(years) < 2:
        return None
    first, last, most = years[0], years[-1], max(year.members for year in years)
    top = _round_up(most)

    def x(year: int) -> float:
        return _LEFT + (year - first.year) / (last.year - first.year) * (_WIDTH - _LEFT - _RIGHT)

    def y(count: int) -> float:
        return _TOP + (1 - count / top) * (_HEIGHT - _BOTTOM - _TOP)

    path = f"M{x(first.year):.1f},{y(first.members):.1f}"
    path += joined(f"H{x(year.year):.1f}V{y(year.members):.1f}" for year in years[1:])
    said = f"Members of {name}: {first.members} in {first.year}, {last.members} in {last.year}."
    body = joined(
        [
            *(rule(_LEFT, y(n), _WIDTH - _RIGHT, y(n)) for n in (0, top // 2, top)),
            *(label(_LEFT - 8, y(n) + 4, n, anchor="end") for n in (0, top // 2, top)),
            *(label(x(year), _HEIGHT - 8, year) for year in _ticks(first.year, last.year)),
            f'<path class="step" d="{path}" fill="none" stroke="{ACCENT}" stroke-width="2.5"/>',
            *(
                f'<circle class="dot" cx="{x(year.year):.1f}" cy="{y(year.members):.1f}" r="4" fill="{ACCENT}">'
                f"<title>{text(f'{year.year}: {year.members} members')}</title></circle>"
                for year in years
            ),
        ]
    )
    return Picture(
        "timeline", f"Members of {name}", said,
        "Members by the earliest day for which their membership is stated.",
        _WIDTH, _HEIGHT, body, ("year", "joined", "left", "members"),
        tuple((year.year, year.joined, year.left, year.members) for year in years), download,
    )  # fmt: skip


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
