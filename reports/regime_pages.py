"""A page a regime, and its map."""

from __future__ import annotations

from datetime import date

from parsers.countries import display_name
from parsers.record import OfficerRole
from reports.concerns import concerns_over_time
from reports.front import OF_SOURCES, newest_first
from reports.known import Regime
from reports.matrices import citations
from reports.pages import CHANGE_COLUMNS, Pages, change_row, named
from reports.pictures import Picture
from reports.timeline import by_year, joining_timeline
from reports.worldmap import first_year, world_map

_LATEST = 10
# A table of plenaries has the newest so many columns; the file beside it has all.
_COLUMNS = 40


def write_regime(regime: Regime, pages: Pages, today: date) -> None:
    """The regime's page, its map, and their data."""
    base, api = regime.id, f"regimes/{regime.id}"
    name = named(regime.id)
    statements = [(s.plenary, s.shown) for s in regime.statements]
    cited = citations(statements)
    citing = [plenary for plenary, version in statements if version.record.resolutions]
    timeline = joining_timeline(regime.memberships, name, today.year, f"../api/v1/{api}/members_by_year.csv")
    concerns = concerns_over_time(regime.statements, name, f"../api/v1/{api}/concerns.csv")
    chart = world_map(regime.memberships, name, today, f"../api/v1/{api}/memberships.csv")
    newest = [change for change in newest_first(regime.changes) if change.kind not in OF_SOURCES]
    pages.page(
        f"{base}/index.html", "regime.html",
        regime=regime.id, members=sorted(regime.members, key=lambda m: display_name(m.country)), plenaries=regime.plenaries[::-1],
        described=frozenset(s.plenary.label for s in regime.statements),
        citations=cited, citing=citing[-_COLUMNS:], dropped=max(0, len(citing) - _COLUMNS),
        first_cited={c.symbol: next(p for p, v in statements if p.label in c.plenaries) for c in cited},
        chairs=_chairs(regime), sources=regime.sources, changes=newest[:_LATEST], change_count=len(newest),
        timeline=timeline, concerns=concerns, asof=None,
    )  # fmt: skip
    pages.page(
        f"{base}/map.html", "map.html",
        regime=regime.id, map=chart, first=first_year(regime.memberships, today), last=today.year,
        members=regime.members, years=by_year(regime.memberships),
    )  # fmt: skip
    for picture in (timeline, concerns, chart):
        if picture is not None:
            pages.file(f"{base}/{picture.name}.svg", picture.file)
    _data(regime, pages, timeline, concerns, chart)


def _chairs(regime: Regime) -> dict[str, str]:
    """Who chaired each plenary, as far as its statement says."""
    found = {}
    for statement in regime.statements:
        chairs = [o for o in statement.shown.record.officers if o.role in (OfficerRole.CHAIR, OfficerRole.CO_CHAIR)]
        told = [", ".join(filter(None, (o.name, o.country and display_name(o.country)))) for o in chairs]
        found[statement.plenary.label] = "; ".join(dict.fromkeys(told))
    return found


def _data(regime: Regime, pages: Pages, *pictures: Picture | None) -> None:
    """The same as JSON and CSV."""
    api = f"regimes/{regime.id}"
    pages.json(f"{api}/members.json", regime.members)
    pages.json(f"{api}/memberships.json", regime.memberships)
    pages.json(f"{api}/plenaries.json", regime.plenaries)
    pages.csv(f"{api}/members.csv", ("country", "name", "since", "basis", "source"), (
        (m.country, m.name, m.valid_from, m.basis, m.url) for m in regime.members
    ))  # fmt: skip
    pages.csv(f"{api}/plenaries.csv", ("plenary", "city", "country", "from", "to", "versions"), (
        (p.label, p.city, p.country, p.start, p.end, len(p.records)) for p in regime.plenaries
    ))  # fmt: skip
    pages.csv(f"{api}/resolutions.csv", ("resolution", "plenary", "day"), (
        (r.symbol, s.plenary.label, s.plenary.start) for s in regime.statements for r in s.shown.record.resolutions
    ))  # fmt: skip
    pages.csv(f"{api}/changes.csv", CHANGE_COLUMNS, map(change_row, regime.changes))
    files = {"timeline": "members_by_year", "concerns": "concerns", "map": "memberships"}
    for picture in pictures:
        if picture is not None:
            pages.csv(f"{api}/{files[picture.name]}.csv", picture.columns, picture.rows)
