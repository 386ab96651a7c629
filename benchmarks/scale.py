"""What more pages, sources and processes cost: deriving versions again, runs with and without the engine.

``python benchmarks/scale.py`` measures, each in processes of its own and printed as it is had:

*reparse*  versions that an older parser read are derived again by ``plenarywatch reparse`` in one process, in two, and
           on a Dask cluster of a scheduler and two workers on this machine: versions a second, the most memory that
           all its processes held together in MB (resident, shared pages counted in each), and at the largest of
           ``--sizes`` the rate and the memory as parts of those at the smallest.
*monitor*  ``--sources`` pages on loopback that have not changed, checked by ``plenarywatch monitor`` as a Prefect flow
           of a server that runs, and with ``--direct``; the rounds take turns, the least time of each counts.
*due*      10,000 sources due at once, ``--direct``: a first look, then nothing changed; requests that were made.

Name one or more of them to measure these alone. ``--json`` prints the figures alone. A page is a statement of 3 KB.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import shutil
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec
import zstandard
from sqlalchemy import insert

from benchmarks.check import serve
from benchmarks.costs import Cost, environment, free_port, process, run
from benchmarks.pages import STATEMENT
from benchmarks.parse import MTCR
from parsers.document import document_from_json
from parsers.parse import parse
from parsers.record import to_json
from storage import FolderArchive, Store
from storage import tables as t
from storage.indexing import index_words

BEGAN = datetime(2000, 1, 1, tzinfo=UTC)
PROGRAM = [sys.executable, "-c", "from flows.cli import main; main()"]
GOAL = 5.0
"""Seconds that the engine may add to a run over a thousand sources."""


# Versions to derive again


def body_of(number: int) -> bytes:
    """Statement *number*: it shares most of its paragraphs with the others, as the statements of a regime do."""
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in STATEMENT[:7])
    own = f"<p>Paper {_mark(number)} of the archive was before the delegations, and they took note of it.</p>"
    return f"<html><head><title>Plenary</title></head><body><main><h1>Plenary</h1>{text}{own}</main></body></html>".encode()


def _mark(number: int) -> str:
    return f"{number:08}"


_MARK = _mark(0)


def fill(home: Path, size: int) -> None:
    """A store of so many versions as an older parser left it, each with its blob: of three versions one has another
    text and other facts in it than the present parser reads, as after an upgrade that mends a reader."""
    model = parse(body_of(0), regime=MTCR, url=f"https://example.org/{_MARK}")
    same = msgspec.structs.replace(model.record, parser="older")
    other = msgspec.structs.replace(same, topics=(), resolutions=same.resolutions[1:])
    shorter = msgspec.structs.replace(model.document, blocks=model.document.blocks[1:])
    texts = [msgspec.json.encode(document).decode() for document in (shorter, model.document)]
    facts = [to_json(record).decode() for record in (other, same)]
    archive = FolderArchive(home / "archive")
    with Store.open(f"sqlite:///{home / 'plenarywatch.sqlite'}") as store:
        with store.writing() as w:
            run = w.begin_run("benchmark", BEGAN)
            source = w.found_source("mtcr", "pages", "statement", "https://example.org/0", baseline=True, now=BEGAN).id
            plenary = w.plenary_of(same)
        for begin in range(1, size + 1, 1000):
            blobs, fetches, records = [], [], []
            numbers = range(begin, min(size + 1, begin + 1000))
            for n in numbers:
                body, url, now = body_of(n), f"https://example.org/{_mark(n)}", BEGAN + timedelta(minutes=n)
                sha256, kind = _put(archive.folder, body), int(n % 3 > 0)
                blobs.append({"sha256": sha256, "size": len(body), "first_seen": now})
                fetches.append(
                    {"id": n, "run_id": run, "source_id": source, "url": url, "final_url": url, "hops": "[]",
                     "status": 200, "verdict": "good", "headers": "{}", "sha256": sha256, "fetched_at": now,
                     "elapsed": 0.0}
                )  # fmt: skip
                records.append(
                    {"id": n, "source_id": source, "fetch_id": n, "sha256": sha256, "regime": "mtcr",
                     "plenary_id": plenary.id if plenary else None, "kind": same.kind.value,
                     "title": same.title, "published": same.published, "url": url, "text_hash": "older", "held": False, "parser": "older",
                     "record": facts[kind], "document": texts[kind].replace(_MARK, _mark(n)), "observed_at": now}
                )  # fmt: skip
            with store.writing() as w:
                connection = w.session.connection()
                for table, rows in ((t.Blob, blobs), (t.Fetch, fetches), (t.Record, records)):
                    connection.execute(insert(table), rows)
                for row in records[-begin % 3 :: 3]:
                    index_words(connection, int(row["id"]), document_from_json(row["document"]))


def _put(folder: Path, body: bytes) -> str:
    """A blob as the archive has it, without its syncs: filling is not what is measured."""
    sha256 = hashlib.sha256(body).hexdigest()
    path = folder / sha256[:2] / f"{sha256}.zst"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zstandard.compress(body))
    return sha256


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A Dask scheduler and two workers on loopback: its address and their process ids."""
    address = f"tcp://127.0.0.1:{free_port()}"
    dask, log = [sys.executable, "-m", "distributed.cli.dask_scheduler"], folder / "dask.log"
    work = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    work += ["--host", "127.0.0.1", "--local-directory", str(folder / "dask"), "--no-nanny"]
    dask += ["--host", "127.0.0.1", "--port", address.rsplit(":", 1)[1], "--no-dashboard"]
    env = environment(folder)
    with process(dask, env, log) as scheduler, process(work, env, log) as one, process(work, env, log) as two:
        yield address, (scheduler, one, two)


def reparse(sizes: list[int], folder: Path) -> Iterator[dict[str, object]]:
    """A row a size and a way of doing it, each on a fresh copy of the database; then the growth of each way."""
    rates: dict[str, list[Cost]] = {}
    for size in sizes:
        home = folder / f"home-{size}"
        home.mkdir()
        fill(home, size)
        shutil.copy(home / "plenarywatch.sqlite", folder / "older.sqlite")
        for way in ("1 process", "2 processes", "Dask, 2 workers"):
            shutil.copy(folder / "older.sqlite", home / "plenarywatch.sqlite")
            command = [*PROGRAM, "reparse", "--json", "--workers", "1" if way == "1 process" else "2"]
            log = folder / "reparse.json"
            if way.startswith("Dask"):
                with cluster(folder) as (address, beside):
                    env = environment(home, PLENARYWATCH_TASK_RUNNER="dask", PLENARYWATCH_DASK_ADDRESS=address)
                    cost = run(command, env, log, beside)
            else:
                cost = run(command, environment(home), log)
            told = json.loads(log.read_text())
            if (told["read"], told["updated"], told["failed"]) != (size, size, []):
                sys.exit(f"{way}: {told['read']} read and {told['updated']} updated of {size}")
            rates.setdefault(way, []).append(cost)
            yield {"versions": size, "by": way, "seconds": round(cost.seconds, 1),
                   "processor": round(cost.processor, 1), "a_second": round(size / cost.seconds),
                   "a_processor_second": round(size / cost.processor), "megabytes": round(cost.megabytes)}  # fmt: skip
        shutil.rmtree(home)
    for way, costs in rates.items():
        first, last = costs[0], costs[-1]
        yield {"growth": f"{sizes[0]} to {sizes[-1]} versions", "by": way,
               "rate": round(sizes[-1] / last.seconds / (sizes[0] / first.seconds), 2),
               "processor_a_version": round(last.processor / sizes[-1] / (first.processor / sizes[0]), 2),
               "memory": round(last.megabytes / first.megabytes, 2)}  # fmt: skip


# Runs over many sources


@contextmanager
def site(count: int) -> Iterator[int]:
    """Pages with validators on loopback, served by a process of its own: the port."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("fork").Process(target=serve, args=(theirs, count, True))
    server.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        server.join()


def declared(folder: Path, port: int, count: int) -> Path:
    """Regimes of fifty sources each, together so many: a folder of their files."""
    path = folder / "regimes"
    path.mkdir()
    for number, begin in enumerate(range(0, count, 50)):
        pages = range(begin, min(count, begin + 50))
        lines = [f"  - {{id: page-{n}, kind: statement, url: 'http://127.0.0.1:{port}/page-{n}'}}\n" for n in pages]
        head = f"regime: bench{number}\nname: Missile Technology Control Regime\nsources:\n"
        (path / f"bench{number}.yaml").write_text(head + "".join(lines))
    return path


@contextmanager
def prefect_server(folder: Path) -> Iterator[dict[str, str]]:
    """A Prefect server on loopback: the settings that lead to it."""
    port = free_port()
    told = {"PREFECT_API_URL": f"http://127.0.0.1:{port}/api", "PREFECT_LOGGING_LEVEL": "WARNING"}
    env = environment(folder, PREFECT_HOME=str(folder / "prefect"), PREFECT_SERVER_ANALYTICS_ENABLED="false")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with process(command, env, folder / "prefect.log"):
        end = time.monotonic() + 180
        while True:
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2).close()
                break
            if time.monotonic() > end:
                sys.exit(f"the Prefect server does not come up; see {folder / 'prefect.log'}")
            time.sleep(0.5)
        yield told


def check(folder: Path, config: Path, *more: str, **env: str) -> tuple[Cost, str]:
    """What one run cost, and its outcomes counted."""
    log = folder / "monitor.json"
    command = [*PROGRAM, "monitor", "--json", "--config", str(config), "--allow-private", "127.0.0.1", *more]
    cost = run(command, environment(folder / "home", **env), log)
    outcomes = Counter(source["outcome"] for source in json.loads(log.read_text())["sources"])
    return cost, ", ".join(f"{n} {outcome}" for outcome, n in sorted(outcomes.items()))


def monitor(count: int, rounds: int, folder: Path) -> Iterator[dict[str, object]]:
    """The engine's runs beside the direct ones, in turns, and what the engine adds."""
    best: dict[str, Cost] = {}
    with site(count) as port, prefect_server(folder) as server:
        config = declared(folder, port, count)
        check(folder, config, "--direct")
        for _ in range(rounds):
            for way, more, settings in (("--direct", ("--direct",), {}), ("the engine", (), server)):
                cost, told = check(folder, config, *more, **settings)
                yield {"sources": count, "by": way, "seconds": round(cost.seconds, 2),
                       "processor": round(cost.processor, 2), "megabytes": round(cost.megabytes), "told": told}  # fmt: skip
                best[way] = min(best.get(way, cost), cost, key=lambda c: c.seconds)
    adds = best["the engine"].seconds - best["--direct"].seconds
    yield {"the engine adds": round(adds, 2), "goal": GOAL, "is": "met" if adds < GOAL else "MISSED"}


def due(count: int, folder: Path) -> Iterator[dict[str, object]]:
    """So many sources due at once."""
    with site(count) as port:
        config = declared(folder, port, count)
        for kind in ("first look", "nothing changed"):
            cost, told = check(folder, config, "--direct")
            yield {"due at once": count, "check": kind, "seconds": round(cost.seconds, 1),
                   "processor": round(cost.processor, 1), "a_second": round(count / cost.seconds), "megabytes": round(cost.megabytes), "told": told}  # fmt: skip


def main() -> None:
    """Measure, and print each figure when it is had."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", nargs="*", help="of reparse, monitor and due; all without a word")
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    options.add_argument("--sources", type=int, default=1000)
    options.add_argument("--due", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    chosen = given.what or ["reparse", "monitor", "due"]
    if unknown := set(chosen) - {"reparse", "monitor", "due"}:
        options.error(f"{', '.join(sorted(unknown))}: choose of reparse, monitor and due")
    figures: dict[str, list[dict[str, object]]] = {}
    for what in chosen:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if what == "reparse":
                rows = reparse(sorted(given.sizes), folder)
            elif what == "monitor":
                rows = monitor(given.sources, given.rounds, folder)
            else:
                rows = due(given.due, folder)
            for row in rows:
                figures.setdefault(what, []).append(row)
                if not given.json:
                    print(f"{what:8} " + "  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    if given.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
