"""The matrix of countries and regimes, and a page a country."""

from __future__ import annotations

from reports.known import Known
from reports.matrices import Country
from reports.pages import Pages
from reports.quotes import anchors
from storage.values import Membership


def write_countries(known: Known, rows: tuple[Country, ...], pages: Pages) -> None:
    """Every country that is on record, with the evidence of its memberships and of where statements name it."""
    targets = {
        (s.plenary.regime, s.plenary.label, pointer): target
        for s in known.statements
        for pointer, target in anchors(s.shown.record).items()
    }
    past: dict[str, list[Membership]] = {}
    for regime in known.regimes:
        for membership in regime.memberships:
            if membership.valid_to is not None:
                past.setdefault(membership.country, []).append(membership)
    regimes = known.ids
    pages.page("matrix.html", "matrix.html", regimes=regimes, rows=rows)
    for row in rows:
        pages.page(
            f"countries/{row.code}.html", "country.html",
            regimes=regimes, country=row, targets=targets, past=past.get(row.code, ()),
        )  # fmt: skip
        pages.json(f"countries/{row.code}.json", row)
    pages.json("countries.json", rows)
    pages.csv("matrix.csv", ("country", "name", *regimes), (
        (row.code, row.name, *(_since(row.memberships.get(regime)) for regime in regimes)) for row in rows
    ))  # fmt: skip
    pages.csv("mentions.csv", ("country", "name", "regime", "plenary", "as"), (
        (row.code, row.name, m.regime, m.plenary, m.part) for row in rows for m in row.mentions
    ))  # fmt: skip


def _since(membership: Membership | None) -> str:
    """The day in a cell of the matrix, "member" where no day is known, empty for a country that is none."""
    if membership is None:
        return ""
    return membership.valid_from.isoformat() if membership.valid_from else "member"
