"""What checking a thousand pages costs: a first look, again with nothing changed, again with ten changed.

``python benchmarks/check.py`` serves written pages of 28 KB on loopback from a process of its own and checks them
with ``plenarywatch monitor --direct`` and with webchanges (of the environment, or named by ``--webchanges PATH``):
the same pages, the same server, the same run, one after the other. Beside them stands the floor: requests alone,
8 threads, nothing kept. ``--server plain`` answers without validators, so that every page is sent whole every time;
by default both kinds of server are measured. Times are wall times of whole processes in seconds, the least of
``--rounds``; memory is the most that each held with its children, in MB. ``--json`` prints the figures alone.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.costs import Cost, run
from benchmarks.pages import written_page

# What the project holds itself to, as parts of webchanges' own figure in the same run.
GOALS = {"first look": (1 / 4, None), "nothing changed": (1 / 8, 1 / 4), "10 changed": (1 / 8, 1 / 4)}
THREADS = 8


# The server, in a process of its own


def page_of(number: int, edition: int) -> bytes:
    """Page *number*: a sentence of its own, which every edition words otherwise."""
    own = f"<p>Item {number} of the agenda was discussed in session {number % 7 + 1}, edition {edition}.</p></main>"
    return written_page().replace(b"</main>", own.encode(), 1)


class Site(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as little of it as three clients need."""

    pages: dict[bytes, tuple[bytes, bytes, bytes]]
    validators: bool

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.waiting = b""

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            head, self.waiting = self.waiting[:end], self.waiting[end + 4 :]
            self.transport.write(self.answer(head))

    def answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1]
        held = self.pages.get(path)
        if held is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        etag, whole, short = held
        return short if self.validators and etag in head else whole


def serve(pipe: Connection, count: int, validators: bool) -> None:
    """Serve until told to stop; a number that comes through *pipe* rewords so many pages."""

    def put(number: int, edition: int) -> None:
        body = page_of(number, edition)
        etag = b'"' + hashlib.sha256(body).hexdigest()[:16].encode() + b'"'
        kept = b"ETag: " + etag + b"\r\n" if validators else b""
        whole = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + kept
        whole += b"Content-Length: %d\r\n\r\n" % len(body) + body
        short = b"HTTP/1.1 304 Not Modified\r\n" + kept + b"\r\n"
        Site.pages[b"/page-%d" % number] = (etag, whole, short)

    async def main() -> None:
        loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        server = await loop.create_server(Site, "127.0.0.1", 0)
        editions = 0

        def told() -> None:
            nonlocal editions
            word = pipe.recv()
            if word is None:
                stop.set()
                return
            editions += 1
            for number in range(word):
                put(number, editions)
            pipe.send(True)

        loop.add_reader(pipe.fileno(), told)
        pipe.send(server.sockets[0].getsockname()[1])
        await stop.wait()

    Site.validators, Site.pages = validators, {}
    for number in range(count):
        put(number, 0)
    asyncio.run(main())


# The three that check


def plenarywatch(folder: Path, port: int, count: int) -> tuple[Callable[[], Cost], Callable[[], str]]:
    """Checks with us, and what the last check told."""
    config = folder / "bench.yaml"
    sources = "".join(
        f"  - {{id: page-{n}, kind: statement, url: 'http://127.0.0.1:{port}/page-{n}'}}\n" for n in range(count)
    )
    config.write_text(f"regime: bench\nname: Missile Technology Control Regime\nsources:\n{sources}")
    env = {k: v for k, v in os.environ.items() if not k.startswith("PLENARYWATCH_")}
    env |= {"PLENARYWATCH_HOME": str(folder / "home")}
    log = folder / "plenarywatch.json"
    command = [sys.executable, "-c", "from flows.cli import main; main()", "monitor", "--direct", "--json"]
    command += ["--config", str(config), "--allow-private", "127.0.0.1"]

    def told() -> str:
        outcomes = [source["outcome"] for source in json.loads(log.read_text())["sources"]]
        return ", ".join(f"{outcomes.count(kind)} {kind}" for kind in sorted(set(outcomes)))

    return lambda: run(command, env, log), told


def webchanges(program: str, folder: Path, port: int, count: int) -> Callable[[], Cost]:
    """Checks with webchanges: its text of a page, compared as it does by default, reported to standard output."""
    jobs = folder / "jobs.yaml"
    jobs.write_text(
        "---\n".join(
            f"name: page {n}\nurl: http://127.0.0.1:{port}/page-{n}\nfilter: [html2text]\n" for n in range(count)
        )
    )
    (folder / "webchanges.yaml").write_text("report:\n  stdout:\n    enabled: true\n    color: false\n")
    command = [program, "--jobs", str(jobs), "--config", str(folder / "webchanges.yaml")]
    command += ["--database", str(folder / "snapshots.db"), "--hooks", str(folder / "hooks.py")]
    env = os.environ | {"HOME": str(folder)}
    return lambda: run(command, env, folder / "webchanges.log")


_FLOOR = """
import sys, threading, requests
from concurrent.futures import ThreadPoolExecutor
from requests.adapters import HTTPAdapter
port, count, threads = map(int, sys.argv[1:])
local = threading.local()
def get(n):
    if not hasattr(local, "session"):
        local.session = requests.Session()
    return len(local.session.get(f"http://127.0.0.1:{port}/page-{n}").content)
with ThreadPoolExecutor(threads) as pool:
    assert min(pool.map(get, range(count))) > 1000
"""


def floor(folder: Path, port: int, count: int) -> Cost:
    """requests alone: every page got whole, nothing kept."""
    command = [sys.executable, "-c", _FLOOR, str(port), str(count), str(THREADS)]
    return run(command, dict(os.environ), folder / "floor.log")


def measure(count: int, rounds: int, program: str | None, validators: bool) -> dict[str, dict[str, object]]:
    """Of each kind of check the cost of each checker."""
    figures: dict[str, dict[str, object]] = {}

    def keep(kind: str, who: str, cost: Cost) -> None:
        held = figures.setdefault(kind, {}).get(who)
        best = min(held.seconds, cost.seconds) if isinstance(held, Cost) else cost.seconds
        most = max(held.megabytes, cost.megabytes) if isinstance(held, Cost) else cost.megabytes
        figures[kind][who] = Cost(best, cost.processor, most)

    for _ in range(rounds):
        ours, theirs = multiprocessing.Pipe()
        server = multiprocessing.get_context("fork").Process(target=serve, args=(theirs, count, validators))
        server.start()
        try:
            port = ours.recv()
            with tempfile.TemporaryDirectory() as home:
                folder = Path(home)
                check, told = plenarywatch(folder, port, count)
                other = webchanges(program, folder, port, count) if program else None
                for kind in GOALS:
                    if kind == "10 changed":
                        ours.send(10)
                        ours.recv()
                    keep(kind, "plenarywatch", check())
                    figures[kind]["told"] = told()
                    if other is not None:
                        keep(kind, "webchanges", other())
                    keep(kind, "requests alone", floor(folder, port, count))
        finally:
            ours.send(None)
            server.join()
    return figures


def shown(kind: str, found: dict[str, object]) -> str:
    """One line a kind of check: the figures, and whether the goals are met."""
    ours, other, least = found["plenarywatch"], found.get("webchanges"), found["requests alone"]
    assert isinstance(ours, Cost)
    assert isinstance(least, Cost)
    line = f"{kind:16} plenarywatch {ours.seconds:6.2f} s {ours.megabytes:5.0f} MB"
    if isinstance(other, Cost):
        line += f"   webchanges {other.seconds:6.2f} s {other.megabytes:5.0f} MB"
    line += f"   requests alone {least.seconds:5.2f} s   ({found['told']})"
    if not isinstance(other, Cost):
        return line
    for name, goal, part in (
        ("time", GOALS[kind][0], ours.seconds / other.seconds),
        ("memory", GOALS[kind][1], ours.megabytes / other.megabytes),
    ):
        if goal is not None:
            line += (
                f"\n{'':16} {name} {part:.3f} of webchanges', goal {goal:.3f}: {'met' if part <= goal else 'MISSED'}"
            )
    return line


def main() -> None:
    """Measure, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--server", choices=("validators", "plain", "both"), default="both")
    beside = shutil.which("webchanges", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    options.add_argument("--webchanges", default=beside, help="its program; 'none' leaves it out")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    program = None if given.webchanges == "none" else given.webchanges
    if program is None:
        print("webchanges is left out; pip install webchanges elsewhere and name it by --webchanges", file=sys.stderr)
    kinds = ("validators", "plain") if given.server == "both" else (given.server,)
    result: dict[str, dict[str, dict[str, object]]] = {}
    for kind in kinds:
        result[kind] = measure(given.pages, given.rounds, program, kind == "validators")
        if not given.json:
            print(
                f"{given.pages} pages of {len(page_of(0, 0)):,} bytes; a server {'with' if kind == 'validators' else 'without'} validators"
            )
            for name, found in result[kind].items():
                print(shown(name, found))
    if given.json:
        as_figures = {
            "default": lambda cost: {"seconds": round(cost.seconds, 3), "megabytes": round(cost.megabytes, 1)}
        }
        print(json.dumps(result, **as_figures))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
