"""What a parse costs, beside BeautifulSoup's bare text and trafilatura on the same bytes in the same run.

``python benchmarks/parse.py`` times a page written for it (28 KB, a fifth of it text);
``--pages DIR`` times every file of a folder; ``--json`` prints ``{"pages": [...], "median": {...}}`` alone.
A figure is the best of several rounds, in milliseconds, warm.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import trafilatura
from bs4 import BeautifulSoup

from parsers.errors import ParseError
from parsers.parse import parse
from parsers.regime import RegimeProfile

MTCR = RegimeProfile(
    id="mtcr",
    name="Missile Technology Control Regime",
    names=("Missile Technology Control Regime", "MTCR"),
    members_called=("Partners", "Partner Countries", "members"),
)
_PAGE_BYTES = 28_000
_PARTNERS = (
    "Argentina, Australia, Austria, Belgium, Brazil, Bulgaria, Canada, Czech Republic, Denmark, Finland, France, "
    "Germany, Greece, Hungary, Iceland, Ireland, Italy, Japan, Luxembourg, Netherlands, New Zealand, Norway, Poland, "
    "Portugal, Republic of Korea, Russian Federation, South Africa, Spain, Sweden, Switzerland, Turkey, Ukraine, "
    "United Kingdom and United States"
)
_STATEMENT = (
    "The Missile Technology Control Regime (MTCR) held its 25th Plenary in Buenos Aires from 11 to 15 April 2011, "
    "with Ambassador Roberto García Moritán in the chair.",
    f"The 34 Partners of the MTCR are: {_PARTNERS}.",
    "Delegations spoke of proliferation in Northeast Asia, in South Asia and in the Middle East, and were concerned "
    "about missile activities of Iran and of the Democratic People's Republic of Korea.",
    "They recalled UNSCR 1540 and United Nations Security Council Resolutions 1874 (2009) and 1929 (2010).",
    "The outgoing chair had visited Belarus, China, India, Kazakhstan and Thailand in the year before.",
    "The Licensing and Enforcement Experts Meeting (LEEM), the Information Exchange Meeting (IEM) and the Technical "
    "Experts Meeting (TEM) reported; Partners agreed on amendments to the Equipment, Software and Technology Annex.",
    "No consensus was reached on the applications for membership that had been received.",
)


def written_page() -> bytes:
    """A statement in the shape of a ministry's page: 28 KB, of which its text is about a fifth."""
    filler = (
        "Partners discussed catch-all controls, brokering, transit and transshipment, and how transfers of "
        "intangible technology are to be watched by licensing offices and by customs."
    )
    paragraphs = [*_STATEMENT, *(f"{filler} This was item {n} of the agenda." for n in range(2, 20))]
    content = "".join(f'<p class="body-text">{text}</p>\n' for text in paragraphs)
    menu = "".join(
        f'<li class="menu-item menu-item-{n}"><a class="menu-link" href="/en/section-{n}/">Section {n}</a></li>\n'
        for n in range(120)
    )
    head = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Plenary of the Missile Technology Control '
        'Regime, Buenos Aires</title><meta property="article:published_time" content="2011-04-15"></head><body>'
        f'<header class="site-header"><nav><ul>{menu}</ul></nav></header>'
        '<main id="content"><h1>Plenary of the Missile Technology Control Regime, Buenos Aires</h1>'
    )
    tail = '</main><footer class="site-footer"><p>Imprint</p></footer>'
    room = _PAGE_BYTES - len((head + content + tail).encode())
    script = "<script>" + "var tracked = true; " * (room // 20) + "</script></body></html>"
    return (head + content + tail + script).encode()


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The quickest of *rounds* runs of *work*, after two that warm it."""
    work()
    work()
    best = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best * 1000


def timed(name: str, body: bytes, rounds: int) -> dict[str, str | int | float] | None:
    """The figures of one page, or None for one that is not readable."""
    try:
        parse(body, regime=MTCR)
    except ParseError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return None
    return {
        "page": name,
        "bytes": len(body),
        "plenarywatch_ms": round(milliseconds(lambda: parse(body, regime=MTCR), rounds), 3),
        "beautifulsoup_text_ms": round(milliseconds(lambda: BeautifulSoup(body, "lxml").get_text(), rounds), 3),
        "trafilatura_ms": round(milliseconds(lambda: trafilatura.extract(body), rounds), 3),
    }


def main() -> None:
    """Time the pages that the command line names, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=Path, help="a folder of pages; without it, a page written for this")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    bodies = [("written page", written_page())]
    if given.pages:
        if not given.pages.is_dir():
            options.error(f"{given.pages} is no folder; give one that holds pages")
        bodies = [
            (path.name, path.read_bytes())
            for path in sorted(given.pages.iterdir())
            if path.is_file() and path.suffix.lower() in (".html", ".htm", ".xhtml", ".txt", ".md")
        ]
    rows = [row for name, body in bodies if (row := timed(name, body, given.rounds))]
    columns = ("plenarywatch_ms", "beautifulsoup_text_ms", "trafilatura_ms")
    median = {c: round(statistics.median(float(row[c]) for row in rows), 3) for c in columns} if rows else {}
    if given.json:
        print(json.dumps({"pages": rows, "median": median}))
        return
    for row in rows:
        print(f"{row['page']:40} {row['bytes']:>8} B  " + "  ".join(f"{c} {row[c]}" for c in columns))
    print("median  " + "  ".join(f"{name} {value}" for name, value in median.items()))


if __name__ == "__main__":
    main()
