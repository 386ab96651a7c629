"""When members joined, as an SVG drawing with a text alternative; the same numbers stand in the page's table."""

from __future__ import annotations

from collections import Counter
from html import escape

from storage.values import Membership

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 720, 180, 36, 26, 14


def joining_timeline(members: tuple[Membership, ...], name: str) -> str | None:
    """A step line of the number of members over the years, or None with fewer than two years known."""
    years = Counter(m.valid_from.year for m in members if m.valid_from)
    if len(years) < 2:
        return None
    first, last = min(years), max(years)
    total = sum(years.values())
    count = 0
    points: list[tuple[float, float, int, int]] = []
    for year in range(first, last + 1):
        if year in years:
            count += years[year]
            points.append((_x(year, first, last), _y(count, total), year, count))
    path = f"M{points[0][0]:.1f},{_HEIGHT - _BOTTOM}"
    for x, y, _, _ in points:
        path += f"H{x:.1f}V{y:.1f}"
    path += f"H{_WIDTH - 10}"
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"><title>{year}: {count} members</title></circle>'
        for x, y, year, count in points
    )
    ticks = "".join(
        f'<text x="{_x(year, first, last):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{year}</text>'
        for year in _ticks(first, last)
    )
    said = f"Members of {escape(name)} by year of joining: from {points[0][3]} in {first} to {total} in {last}."
    return (
        f'<svg class="timeline" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{said}">'
        f'<line x1="{_LEFT}" y1="{_HEIGHT - _BOTTOM}" x2="{_WIDTH - 10}" y2="{_HEIGHT - _BOTTOM}"/>'
        f'<path d="{path}"/>{dots}{ticks}'
        f'<text x="{_LEFT - 6}" y="{_TOP + 4}" text-anchor="end">{total}</text>'
        f'<text x="{_LEFT - 6}" y="{_HEIGHT - _BOTTOM}" text-anchor="end">0</text></svg>'
    )


def _x(year: int, first: int, last: int) -> float:
    return _LEFT + (year - first) / max(1, last - first) * (_WIDTH - _LEFT - 30)


def _y(count: int, total: int) -> float:
    return _TOP + (1 - count / total) * (_HEIGHT - _BOTTOM - _TOP)


def _ticks(first: int, last: int) -> list[int]:
    step = max(1, (last - first) // 8)
    ticks = list(range(first, last + 1, step))
    if last - ticks[-1] < step / 2:
        ticks.pop()
    return [*ticks, last]
