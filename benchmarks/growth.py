"""Growth of the time of a parse with the length of what is repeated on a page.

``python benchmarks/growth.py`` doubles each shape of `tests.builders.growing` until a parse takes ``--seconds`` of
processor time or the page is refused as too large, and prints the times of the last four sizes, and how many times
as long each of them took as the one before. A parse that is linear takes twice as long. Each is measured in a
process of its own, which has not seen the page, as the least of ``--rounds``; ``--json`` prints the figures alone.
It ends with 1 when a shape took more than 2.5 times as long for twice the length.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from parsers.errors import ParseError
from parsers.parse import parse
from sources import load_regimes, regime_named
from tests.builders.growing import SHAPES

MTCR = regime_named(load_regimes(), "mtcr").profile()
LINEAR = 2.5
_FIRST = 2_000
# A doubling of less than this says more of the machine than of the parser.
_TELLING = 0.04
_FORK = multiprocessing.get_context("fork")


def seconds(body: bytes, rounds: int) -> float | str:
    """Processor seconds of the quickest of *rounds* parses, each the first of its process; or why it is refused."""
    best: float | str = float("inf")
    for _ in range(rounds):
        ours, theirs = _FORK.Pipe(duplex=False)
        child = _FORK.Process(target=_measure, args=(body, theirs))
        child.start()
        theirs.close()
        took: float | str = ours.recv() if ours.poll(120) else 120.0
        child.kill()
        child.join()
        if isinstance(took, str):
            return took
        assert isinstance(best, float)
        best = min(best, took)
    return best


def _measure(body: bytes, pipe: Connection) -> None:
    begin = time.process_time()
    try:
        parse(body, regime=MTCR)
    except ParseError as error:
        pipe.send(type(error).__name__)
        return
    pipe.send(time.process_time() - begin)


def grown(name: str, enough: float, rounds: int, most: int) -> dict[str, object]:
    """The last four sizes of a shape, their seconds, and the growth of each on the one before."""
    taken: list[tuple[int, float]] = []
    refused = ""
    size = _FIRST
    while size <= most and (not taken or taken[-1][1] < enough):
        body = SHAPES[name](size)
        took = seconds(body, rounds)
        if isinstance(took, str):
            refused = f"{took} at {len(body)}"
            break
        taken.append((len(body), took))
        size *= 2
    last = taken[-4:]
    growth = [round(b / a, 2) for (_, a), (_, b) in itertools.pairwise(last) if b - a > _TELLING]
    return {
        "shape": name,
        "bytes": [length for length, _ in last],
        "seconds": [round(took, 4) for _, took in last],
        "growth": growth,
        "refused": refused,
    }


def main() -> int:
    """Measure the shapes that the command line names, or all, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shapes", nargs="*", help="names of shapes, or their first letters; without, all")
    options.add_argument("--seconds", type=float, default=0.5, help="a parse that takes as long is not doubled")
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--most", type=int, default=4_000_000, help="bytes of the longest page")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    # What is loaded and compiled at the first parse is not what grows.
    for shape in ("paragraphs that differ", "states that were visited"):
        parse(SHAPES[shape](4 * _FIRST), regime=MTCR)
    wanted = [name for name in SHAPES if not given.shapes or name.startswith(tuple(given.shapes))]
    rows = []
    for name in wanted:
        row = grown(name, given.seconds, given.rounds, given.most)
        rows.append(row)
        if not given.json:
            worst = max(row["growth"], default=0)  # type: ignore[call-overload]
            mark = "!" if worst > LINEAR else " "
            print(f"{mark} {name:36} {row['bytes'][-1] if row['bytes'] else 0:>9} B  "  # type: ignore[index]
                  f"{row['seconds']}  x {row['growth']}  {row['refused']}", flush=True)  # fmt: skip
    if given.json:
        print(json.dumps(rows))
    return int(any(growth > LINEAR for row in rows for growth in row["growth"]))  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
