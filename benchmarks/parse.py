"""What a parse costs, beside BeautifulSoup's bare text and trafilatura on the same bytes in the same run.

``python benchmarks/parse.py`` times a page written for it (28 KB, a fifth of it text);
``--pages DIR`` times every file of a folder; ``--json`` prints ``{"pages": [...], "median": {...}}`` alone.
A figure is the best of several rounds, in milliseconds, warm. The parser remembers what it found in paragraphs
that it saw before, as it does when a page is looked at again; ``--fresh`` changes every paragraph of ours in every
round, so that nothing it remembers counts.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import trafilatura
from bs4 import BeautifulSoup

from parsers.errors import ParseError
from parsers.parse import parse
from sources import load_regimes, regime_named

MTCR = regime_named(load_regimes(), "mtcr").profile()
_PARTNERS = (
    "Argentina, Australia, Austria, Belgium, Brazil, Bulgaria, Canada, Czech Republic, Denmark, Finland, France, "
    "Germany, Greece, Hungary, Iceland, Ireland, Italy, Japan, Luxembourg, Netherlands, New Zealand, Norway, Poland, "
    "Portugal, Republic of Korea, Russian Federation, South Africa, Spain, Sweden, Switzerland, Turkey, Ukraine, "
    "United Kingdom and United States"
)
_STATEMENT = (
    "The Missile Technology Control Regime (MTCR) held its 25th Plenary in Buenos Aires from 11 to 15 April 2011, "
    "with Ambassador Roberto García Moritán in the chair. Delegations looked back on a year of work and agreed on "
    "what the next one is to bring.",
    f"The 34 Partners of the MTCR are: {_PARTNERS}.",
    "Delegations spoke of the spread of systems that can deliver weapons of mass destruction, in Northeast Asia, in "
    "South Asia and in the Middle East, and were concerned about missile activities of Iran and of the Democratic "
    "People's Republic of Korea.",
    "They recalled UNSCR 1540 and United Nations Security Council Resolutions 1874 (2009) and 1929 (2010), which "
    "every state has to carry out, and spoke of how their own export controls serve that end.",
    "Much of the week was given to technology that changes fast. Delegations were told of materials that are new in "
    "the market, of engines that small firms now build, and of navigation that a telephone carries; what this means "
    "for the lists was left to those who know the matter.",
    "The Technical Experts Meeting (TEM) had prepared amendments to the Equipment, Software and Technology Annex, "
    "and Partners agreed on them. They clarify entries on propellants and on composite structures, and come into "
    "force when each government has taken them over.",
    "The Information Exchange Meeting (IEM) heard reports on procurement, on front companies and on routes through "
    "ports that ask few questions; brokers and the transit of goods took up a day of it.",
    "The Licensing and Enforcement Experts Meeting (LEEM) compared cases. Customs officers told of consignments that "
    "were stopped, of papers that did not fit the goods, and of what a prosecutor needs to bring a case to court.",
    "How knowledge travels without a crate was a theme again: students, visits, and files sent by mail. Delegations "
    "found that intangible transfers are best met by talking to those who teach and to those who sell.",
    "The outgoing chair had visited Belarus, China, India, Kazakhstan and Thailand in the year before, and told of "
    "each. Partners thanked him, and asked the next chair to go on with it.",
    "Governments that are not Partners were again invited to follow the Guidelines of their own accord, and to "
    "tell the Point of Contact in Paris when they do.",
    "No consensus was reached on the applications for membership that had been received. They stay on the table.",
    "The MTCR was founded in 1987. It is an informal arrangement among states which share the aim that unmanned "
    "delivery systems for such weapons do not spread, and which bring their licensing of exports into line for it. "
    "It neither hinders space programmes nor trade that serves no such end.",
)


def written_page() -> bytes:
    """A statement in the shape of a ministry's page: 28 KB, of which its text is about a fifth."""
    content = "".join(f'<p class="body-text">{text}</p>\n' for text in _STATEMENT)

    def links(of: str, count: int) -> str:
        return "".join(
            f'<li class="menu-item menu-item--{of}"><a class="menu-link" href="/en/{of}/{n}"><span>{of} {n}</span></a></li>\n'
            for n in range(count)
        )

    menus = "".join(f'<div class="menu-column"><h4>{of}</h4><ul>{links(of, 24)}</ul></div>' for of in _MENUS)
    related = "".join(
        f'<div class="teaser"><a href="/en/news/{n}"><img src="/t/{n}.jpg" alt=""><h3>News item {n}</h3></a>'
        f"<p>What happened on day {n}, in one line.</p></div>\n"
        for n in range(12)
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Plenary of the Missile Technology Control '
        'Regime, Buenos Aires</title><meta property="article:published_time" content="2011-04-15">'
        '<link rel="stylesheet" href="/site.css"><script>window.site = {"lang": "en"};</script></head><body>'
        f'<header class="site-header"><div class="logo"><a href="/">Ministry</a></div><nav>{menus}</nav></header>'
        '<div class="breadcrumb"><ul><li><a href="/">Home</a></li><li><a href="/press">Press</a></li></ul></div>'
        '<main id="content"><h1>Plenary of the Missile Technology Control Regime, Buenos Aires</h1>'
        f'{content}</main><aside class="related">{related}</aside>'
        f'<footer class="site-footer"><nav><ul>{links("footer", 30)}</ul></nav><p>Imprint</p></footer></body></html>'
    ).encode()


_MENUS = ("ministry", "policy", "travel", "service", "press", "careers", "about")


def _fresh(body: bytes) -> Callable[[], object]:
    """A parse of *body* with another word in each of its paragraphs each time."""
    rounds = count()
    pieces = re.split(rb"(?<=[a-z])(?=[.](?:<|\s))", body)

    def work() -> object:
        mark = f" {_WORDS[next(rounds) % len(_WORDS)]}{next(rounds)}x".encode()
        return parse(mark.join(pieces), regime=MTCR)

    return work


_WORDS = ("again", "too", "there", "then")


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


def timed(name: str, body: bytes, rounds: int, *, fresh: bool) -> dict[str, str | int | float] | None:
    """The figures of one page, or None for one that is not readable."""
    try:
        parse(body, regime=MTCR)
    except ParseError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return None
    ours = _fresh(body) if fresh else partial(parse, body, regime=MTCR)
    return {
        "page": name,
        "bytes": len(body),
        "plenarywatch_ms": round(milliseconds(ours, rounds), 3),
        "beautifulsoup_text_ms": round(milliseconds(lambda: BeautifulSoup(body, "lxml").get_text(), rounds), 3),
        "trafilatura_ms": round(milliseconds(lambda: trafilatura.extract(body), rounds), 3),
    }


def main() -> None:
    """Time the pages that the command line names, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=Path, help="a folder of pages; without it, a page written for this")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--fresh", action="store_true", help="change every paragraph of ours in every round")
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
    rows = [row for name, body in bodies if (row := timed(name, body, given.rounds, fresh=given.fresh))]
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
