"""A permanent page a change, and the lists of all changes by the year in which they were seen."""

from __future__ import annotations

import re
from collections import defaultdict

from diffs.change import Change, ChangeKind
from diffs.facts import say_wording
from parsers.countries import display_name
from reports.comparing import Redlines
from reports.front import newest_first
from reports.known import Known
from reports.links import Addresses
from reports.pages import CHANGE_COLUMNS, Pages, change_row
from reports.passages import Passages

# A list of changes is a page of at most so many.
_LIST = 400
_TERM = re.compile(r"[a-z]+(_[a-z]+)+")


def write_changes(known: Known, pages: Pages, addresses: Addresses, passages: Passages, redlines: Redlines) -> None:
    """The page of each change, their lists, and both as JSON and CSV."""
    for change in known.changes:
        _page(change, pages, addresses, passages, redlines)
    _lists(known, pages)
    pages.json("changes.json", known.changes)
    pages.csv("changes.csv", CHANGE_COLUMNS, map(change_row, known.changes))


def _page(change: Change, pages: Pages, addresses: Addresses, passages: Passages, redlines: Redlines) -> None:
    before, after = passages.side(change, False), passages.side(change, True)
    links = {
        "plenary": addresses.plenary(change.regime, change.plenary),
        "prior": addresses.plenary(change.regime, change.prior),
        "country": addresses.country(change.subject),
    }
    edit = passages.edit(change)
    pair = [(v.id, v.text_hash) for v in edit] if edit else []
    where = [addresses.passage(found) for found in (*before, *after)]

    def values() -> dict[str, object]:
        # The values of an edit are the hashes of its texts: what they say stands in the redline.
        hashes = change.kind is ChangeKind.STATEMENT_REVISED
        return {
            "change": change,
            "sides": (
                ("Before", () if hashes else _told(change.before), before),
                ("After", () if hashes else _told(change.after), after),
            ),
            "links": links,
            "redline": redlines.between(*edit, "edited") if edit else None,
            "wording": [say_wording(fact) for fact in change.wording],
        }

    pages.page_if(f"changes/{change.key}.html", "change.html", [change, before, after, where, links, pair], values)
    pages.json(f"changes/{change.key}.json", change)


def _told(value: object) -> tuple[tuple[str, str], ...]:
    """One side's value as (name, words) pairs; the name of a value that stands alone is empty."""
    if isinstance(value, dict):
        return tuple((str(k).replace("_", " "), _words(v)) for k, v in value.items() if v not in (None, [], ""))
    return () if value is None else (("", _words(value)),)


def _words(value: object) -> str:
    """A JSON value in words; codes of states by their names, our own terms without their underscores."""
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    words = ", ".join(display_name(part) for part in str(value).split(", "))
    return words.replace("_", " ") if _TERM.fullmatch(words) else words


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
