"""What a parse costs, beside BeautifulSoup's bare text and trafilatura on the same bytes in the same run.

``python benchmarks/parse.py`` times pages that nobody has seen: a new one in every round, 35 to 45 KB with a site's
furniture, its sentences new; the figure is the median of the rounds. ``--pages DIR`` times every file of a folder, the
best of several rounds, warm: the parser remembers what it found in paragraphs that it saw before, as it does when a page
is looked at again; ``--fresh`` puts a new word into every paragraph in every round, so that nothing it remembers counts.
``--json`` prints ``{"pages": [...], "median": {...}}`` alone. Figures are in milliseconds of processor time.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import trafilatura
from bs4 import BeautifulSoup

from benchmarks.pages import unseen_page
from parsers.errors import ParseError
from parsers.parse import parse
from sources import load_regimes, regime_named

MTCR = regime_named(load_regimes(), "mtcr").profile()
# Rounds before the first that counts, in which tables are read and patterns compiled.
_WARM = 2
_WORDS = ("again", "too", "there", "then")
_READERS: dict[str, Callable[[bytes], object]] = {
    "plenarywatch_ms": lambda body: parse(body, regime=MTCR),
    "beautifulsoup_text_ms": lambda body: BeautifulSoup(body, "lxml").get_text(),
    "trafilatura_ms": trafilatura.extract,
}


def marked(body: bytes, number: int) -> bytes:
    """*body* with another word in each of its paragraphs for each *number*."""
    word = f" {_WORDS[number % len(_WORDS)]}{number}x".encode()
    return word.join(re.split(rb"(?<=[a-z])(?=[.](?:<|\s))", body))


def _same(body: bytes, _: int) -> bytes:
    return body


def timed(
    name: str, body_of: Callable[[int], bytes], rounds: int, middle: Callable[[Sequence[float]], float]
) -> dict[str, str | int | float] | None:
    """The figures of one page, of which `body_of` gives the bytes of each round; None for one that is not readable."""
    taken: dict[str, list[float]] = {reader: [] for reader in _READERS}
    for number in range(rounds + _WARM):
        body = body_of(number)
        for reader, read in _READERS.items():
            begin = time.process_time()
            try:
                read(body)
            except ParseError as error:
                print(f"{name}: {error}", file=sys.stderr)
                return None
            if number >= _WARM:
                taken[reader].append((time.process_time() - begin) * 1000)
    return {"page": name, "bytes": len(body), **{reader: round(middle(times), 3) for reader, times in taken.items()}}


def main() -> None:
    """Time the pages that the command line names, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=Path, help="a folder of pages; without it, pages that nobody has seen")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument(
        "--fresh", action="store_true", help="change every paragraph of a folder's pages in every round"
    )
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    if given.pages is None:
        found = [timed("unseen pages", lambda n: unseen_page(n + time.time_ns()), given.rounds, statistics.median)]
    elif not given.pages.is_dir():
        options.error(f"{given.pages} is no folder; give one that holds pages")
    else:
        bodies = (
            (path.name, path.read_bytes())
            for path in sorted(given.pages.iterdir())
            if path.is_file() and path.suffix.lower() in (".html", ".htm", ".xhtml", ".txt", ".md")
        )
        found = [
            timed(name, partial(marked, body) if given.fresh else partial(_same, body), given.rounds, min)
            for name, body in bodies
        ]
    rows = [row for row in found if row]
    median = {c: round(statistics.median(float(row[c]) for row in rows), 3) for c in _READERS} if rows else {}
    if given.json:
        print(json.dumps({"pages": rows, "median": median}))
        return
    for row in rows:
        print(f"{row['page']:40} {row['bytes']:>8} B  " + "  ".join(f"{c} {row[c]}" for c in _READERS))
    print("median  " + "  ".join(f"{name} {value}" for name, value in median.items()))


if __name__ == "__main__":
    main()
