"""A permanent page a change, and the lists of all changes by the year in which they were seen."""

from __future__ import annotations

from collections import defaultdict

from diffs.change import Change, ChangeKind
from reports.comparing import Redlines
from reports.front import newest_first
from reports.known import Known, Statement
from reports.links import Addresses
from reports.pages import CHANGE_COLUMNS, Pages, change_row
from storage.values import Version

# A list of changes is a page of at most so many.
_LIST = 400
_QUOTES = 5

Edit = tuple[Statement, Version, Version]


def write_changes(known: Known, pages: Pages, addresses: Addresses, redlines: Redlines) -> None:
    """The page of each change, their lists, and both as JSON and CSV."""
    edits = {
        (after.url, before.text_hash, after.text_hash): (statement, before, after)
        for statement in known.statements
        for before, after in statement.edits
    }
    for change in known.changes:
        _page(change, pages, addresses, redlines, edits)
    _lists(known, pages)
    pages.json("changes.json", known.changes)
    pages.csv("changes.csv", CHANGE_COLUMNS, map(change_row, known.changes))


def _page(
    change: Change, pages: Pages, addresses: Addresses, redlines: Redlines, edits: dict[tuple[str, str, str], Edit]
) -> None:
    sides = change.evidence
    quoted = {
        "before": [(e.quote, addresses.evidence(change, False, i)) for i, e in enumerate(sides.before[:_QUOTES])],
        "after": [(e.quote, addresses.evidence(change, True, i)) for i, e in enumerate(sides.after[:_QUOTES])],
    }
    links = {
        "plenary": addresses.plenary(change.regime, change.plenary),
        "prior": addresses.plenary(change.regime, change.prior),
        "country": addresses.country(change.subject),
    }
    edit = None
    if change.kind is ChangeKind.STATEMENT_REVISED:
        edit = edits.get((change.url or "", str(change.before), str(change.after)))
    pair = [(v.id, v.text_hash) for v in edit[1:]] if edit else []

    def values() -> dict[str, object]:
        shown = redlines.between(edit[1], edit[2], "edited") if edit else None
        return {"change": change, "quoted": quoted, "links": links, "redline": shown, "statement": edit and edit[0]}

    pages.page_if(f"changes/{change.key}.html", "change.html", [change, quoted, links, pair], values)
    pages.json(f"changes/{change.key}.json", change)


def _lists(known: Known, pages: Pages) -> None:
    """Years are divided from their oldest change on, so that a new one alters the last page alone."""
    years: dict[int, list[Change]] = defaultdict(list)
    for change in reversed(newest_first(known.changes)):
        years[change.observed_at.year if change.observed_at else known.now.year].append(change)
    listed = {
        year: [(_name(year, at), own[at : at + _LIST]) for at in range(0, len(own), _LIST)]
        for year, own in sorted(years.items(), reverse=True)
    }
    pages.page("changes/index.html", "changes.html", years=listed, total=len(known.changes))
    for year, parts in listed.items():
        for at, (name, own) in enumerate(parts):
            pages.page(
                f"changes/{name}.html", "changes_of_year.html",
                year=year, changes=own[::-1], part=at + 1, parts=[n for n, _ in parts],
            )  # fmt: skip


def _name(year: int, at: int) -> str:
    return f"{year}-{at // _LIST + 1}" if at else str(year)
