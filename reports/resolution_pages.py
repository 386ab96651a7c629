"""The matrix of resolutions and statements, over all regimes."""

from __future__ import annotations

from reports.known import Known
from reports.matrices import resolutions
from reports.pages import Pages


def write_resolutions(known: Known, pages: Pages) -> None:
    """Which regime's statements cite which resolution, since when; a regime's own page has a column a statement."""
    rows = resolutions((s.plenary, s.shown) for s in known.statements)
    places = {(s.plenary.regime, s.plenary.label): s.plenary for s in known.statements}
    pages.page("resolutions.html", "resolutions.html", regimes=known.ids, rows=rows, places=places)
    pages.json("resolutions.json", rows)
    pages.csv("resolutions.csv", ("resolution", "regime", "plenary", "city", "start"), (
        (row.symbol, regime, label, place.city, place.start and place.start.isoformat())
        for row in rows for regime, labels in row.plenaries.items() for label in labels
        for place in (places[regime, label],)
    ))  # fmt: skip
