"""The index of the site's search: what there is, by name, and every paragraph of the statements.

It is a script of its own and no JSON, for a page that is read from a file may load scripts, but fetch nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from diffs.display import shown
from diffs.sentence import say
from parsers.countries import alpha3
from parsers.document import READABLE
from reports.known import Known
from reports.matrices import Country
from reports.pages import Pages, called, clipped

# What the script of the search page calls them.
_ENTRIES, _TEXTS = "PLENARYWATCH_ENTRIES", "PLENARYWATCH_TEXTS"

Entry = tuple[str, str, str, str]


def write_search(known: Known, countries: tuple[Country, ...], pages: Pages) -> None:
    """The search page and its index."""
    pages.page("search.html", "search.html", countries=countries)
    pages.file("search-entries.js", _script(_ENTRIES, list(_entries(known, countries))))
    pages.file("search-texts.js", _script(_TEXTS, list(_texts(known))))


def _entries(known: Known, countries: tuple[Country, ...]) -> Iterator[Entry]:
    """Kind, title, address, and further words by which it is found."""
    for regime in known.regimes:
        yield "regime", called(regime.id), f"{regime.id}/index.html", regime.id
    for row in countries:
        names = " ".join({m.name for m in row.memberships.values()} - {row.name})
        yield "country", row.name, f"countries/{row.code}.html", f"{row.code} {alpha3(row.code) or ''} {shown(names)}"
    for s in known.statements:
        place = f", {shown(s.plenary.city)}" if s.plenary.city else ""
        people = " ".join(o.name for o in s.shown.record.officers if o.name)
        cited = " ".join(r.symbol for r in s.shown.record.resolutions)
        yield (
            "plenary", f"{called(s.plenary.regime)}, plenary {s.plenary.label}{place}",
            f"{s.plenary.regime}/plenary-{s.plenary.label}.html",
            shown(f"{s.plenary.regime} {s.plenary.start or ''} {people} {cited}"),
        )  # fmt: skip
    for view in known.sources:
        name = f"{view.source.regime.upper()} · {shown(view.source.name)}"
        yield "source", clipped(name), f"coverage.html#source-{view.source.id}", shown(view.source.url)
    for change in reversed(known.changes):
        day = change.observed_at.date().isoformat() if change.observed_at else ""
        yield "change", clipped(shown(say(change))), f"changes/{change.key}.html", day


def _texts(known: Known) -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
    """Each statement's title and address, and its paragraphs by their number."""
    for s in known.statements:
        blocks = s.shown.document.blocks
        yield (
            f"{called(s.plenary.regime)}, plenary {s.plenary.label}",
            f"{s.plenary.regime}/plenary-{s.plenary.label}.html",
            [(i, shown(block.text)) for i, block in enumerate(blocks) if block.role in READABLE and block.text],
        )


def _script(name: str, value: object) -> str:
    """A script that sets one name. JSON is JavaScript since ECMAScript 2019, the line separators included."""
    return f"window.{name}={msgspec.json.encode(value).decode()};\n"
