"""The static site: pages for people, JSON and CSV beside them, readable from a file and offline."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reports.change_pages import write_changes
from reports.comparing import Redlines
from reports.country_pages import write_countries
from reports.cross_check import write_cross_check
from reports.feeds import as_atom, as_json, feeds
from reports.folder import SiteFolder
from reports.front import write_coverage, write_front
from reports.groups import Table, packaged
from reports.known import Known, all_known
from reports.links import addresses
from reports.matrices import countries
from reports.metrics import NAME, as_metrics
from reports.pages import Pages
from reports.passages import Passages
from reports.plenary_pages import write_plenaries
from reports.regime_pages import write_regime
from reports.resolution_pages import write_resolutions
from reports.searching import write_search
from reports.texts import write_texts
from storage import Store


def build(store: Store, folder: Path, now: datetime, groups: Table | None = None) -> Path:
    """Write the site of everything *store* holds into *folder*, as at *now*; the path of its front page.

    *groups* are the country groups to check memberships against; default: the packaged ones. Raises `CannotWrite`.
    """
    with SiteFolder(folder) as out, store.reading() as r:
        _write(all_known(r, now), out, groups or packaged(), Redlines(r.corpus))
        out.write(NAME, as_metrics(r))
    return folder / "index.html"


def _write(known: Known, out: SiteFolder, groups: Table, redlines: Redlines) -> None:
    rows = countries(
        {regime.id: regime.members for regime in known.regimes}, [(s.plenary, s.shown) for s in known.statements]
    )
    passages = Passages(known)
    there = addresses(known, frozenset(row.code for row in rows), passages)
    pages = Pages(out, known.ids, there, passages)
    write_front(known, pages)
    write_coverage(known, pages)
    for regime in known.regimes:
        write_regime(regime, pages, known.seen.date())
        write_plenaries(regime, pages, redlines)
    write_countries(known, rows, pages)
    write_resolutions(known, pages)
    write_changes(known, pages, there, passages, redlines)
    write_texts(there, pages)
    write_cross_check(known, groups, pages)
    write_search(known, rows, pages)
    for feed in feeds(known.changes, known.ids):
        pages.file(f"feeds/{feed.name}.atom", as_atom(feed, known.seen))
        pages.file(f"feeds/{feed.name}.json", as_json(feed))
    pages.static()
