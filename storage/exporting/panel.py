"""The country-year panel: a status a state and year, in the codes of the Correlates of War IGO data.

A state counts for a year when it belonged on any day of it. What is not known is *missing*, never "none": a
list shows that a state belonged by then, and says nothing of the years before.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct

from storage.values import Membership, Version

# Pevehouse, Nordstrom, McManus and Jamison, "Tracking Organizations in the World: The Correlates of War IGO
# Version 3.0 datasets", Journal of Peace Research 57 (2020): the codes of the country-year data.
NONE, MEMBER, ASSOCIATE, OBSERVER, MISSING, NOT_IN_EXISTENCE = 0, 1, 2, 3, -9, -1


class Cell(Struct, frozen=True):
    regime: str
    country: str
    year: int
    status: int


def status_by_year(held: Iterable[Membership], versions: Iterable[Version], *, until: int) -> Iterator[Cell]:
    """Each state that was ever named with a regime, from the regime's first year to *until*.

    A regime whose first year nobody wrote down begins with the first day that is known of it.
    """
    members: dict[str, dict[str, list[Membership]]] = {}
    for m in held:
        members.setdefault(m.regime, {}).setdefault(m.country, []).append(m)
    others = _others(versions)
    for regime in sorted(members.keys() | others.keys()):
        known = members.get(regime, {})
        states = sorted(known.keys() | others.get(regime, {}).keys())
        days = [m.valid_from for rows in known.values() for m in rows if m.valid_from]
        days += [date(year, 1, 1) for roles in others.get(regime, {}).values() for year in roles]
        began = _first_years("regimes.csv").get(regime)
        first_known = min(days, default=date(until, 1, 1)).year
        for country in states:
            for year in range(began or first_known, until + 1):
                status = _status(known.get(country, []), others.get(regime, {}).get(country, {}), year, first_known)
                if year < _first_years("states.csv").get(country, 0):
                    status = NOT_IN_EXISTENCE
                yield Cell(regime, country, year, status)


def _status(rows: list[Membership], roles: dict[int, int], year: int, first_known: int) -> int:
    first, last = date(year, 1, 1), date(year, 12, 31)
    for m in rows:
        if (m.valid_from is None or m.valid_from <= last) and (m.valid_to is None or m.valid_to > first):
            return MEMBER
    if year in roles:
        return roles[year]
    first_row = min(rows, key=lambda m: m.valid_from or date.min, default=None)
    if first_row is None or first_row.valid_from is None:
        return NONE if year >= first_known else MISSING
    if year < first_row.valid_from.year:
        # A stated day of joining says that it did not belong before; a list does not.
        return MISSING if first_row.basis == "stated" else NONE
    return NONE


def _others(versions: Iterable[Version]) -> dict[str, dict[str, dict[int, int]]]:
    """Regime, country, year: the code of an observer or an adherent, in the year of the page that lists it."""
    found: dict[str, dict[str, dict[int, int]]] = {}
    for v in versions:
        if v.held:
            continue
        day = v.record.plenary.end or v.record.plenary.start or v.record.published or v.observed_at.date()
        for code, people in ((ASSOCIATE, v.record.adherents), (OBSERVER, v.record.observers)):
            for p in people:
                if p.country:
                    found.setdefault(v.regime, {}).setdefault(p.country, {})[day.year] = code
    return found


@cache
def _first_years(name: str) -> dict[str, int]:
    with open(Path(__file__).parent / name, encoding="utf-8", newline="") as file:
        return {row["id"]: int(row["year"]) for row in csv.DictReader(file)}
