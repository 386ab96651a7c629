"""What more versions and more sources may cost, counted in work: requests, statements, steps of the database.

The large sizes are measured by ``benchmarks/storage.py`` and ``benchmarks/scale.py``.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import event

from benchmarks.storage import BEGAN, fill, write
from flows.outcome import MonitorSummary
from flows.running import run_directly
from flows.watch import open_watch
from storage import Store
from storage.searching import search


class Pages:
    """Statements on loopback with validators; every request is counted."""

    def __init__(self) -> None:
        asked: Counter[str] = Counter()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked[self.path] += 1
                number = self.path.removeprefix("/page-")
                body = f"<h1>Statement {number}</h1><p>The plenary of 2011 spoke of licences for exports.</p>".encode()
                if not number.isdigit():
                    self.answer(404, b"")
                elif self.headers["If-None-Match"]:
                    self.answer(304, b"")
                else:
                    self.answer(200, body)

            def answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("ETag", f'"{self.path}"')
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Counted, not printed."""

        self.asked = asked
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def declared(self, path: Path, count: int) -> Path:
        address = f"http://127.0.0.1:{self.server.server_port}"
        lines = [f"  - {{id: page-{n}, kind: statement, url: '{address}/page-{n}'}}\n" for n in range(count)]
        path.write_text(f"regime: many\nname: Many\nsources:\n{''.join(lines)}")
        return path


@pytest.fixture
def pages() -> Iterator[Pages]:
    made = Pages()
    yield made
    made.server.shutdown()
    made.server.server_close()


def checked(config: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[MonitorSummary, int]:
    """A run over all sources of *config*, and how many statements it sent to the database once it was open."""
    monkeypatch.setenv("PLENARYWATCH_HOME", str(home))
    sent = 0

    def count(*_: object) -> None:
        nonlocal sent
        sent += 1

    with open_watch(config=config, allow_private=("127.0.0.1",)) as watch:
        event.listen(watch.store.engine, "before_cursor_execute", count)
        summary = run_directly(watch, watch.sources())
    return summary, sent


@pytest.mark.fault("L8")
def test_sources_that_are_due_at_once_are_asked_once_each_and_cost_no_statement_each(
    pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {}
    for count in (20, 80):
        config, home = pages.declared(tmp_path / f"{count}.yaml", count), tmp_path / f"home-{count}"
        first, _ = checked(config, home, monkeypatch)
        assert Counter(o.outcome for o in first.sources) == {"baseline": count}
        pages.asked.clear()
        again, sent[count] = checked(config, home, monkeypatch)
        assert Counter(o.outcome for o in again.sources) == {"not_modified": count}
        assert pages.asked == Counter({f"/page-{n}": 1 for n in range(count)} | {"/robots.txt": 1})
    assert sent[20] == sent[80]


def steps(store: Store, work: Callable[[], object]) -> int:
    """The steps that SQLite's machine takes for *work*: the same on every computer."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    def watched(connection: object, *_: object) -> None:
        connection.set_progress_handler(step, 1)  # type: ignore[attr-defined]

    event.listen(store.engine.pool, "checkout", watched)
    try:
        work()
    finally:
        event.remove(store.engine.pool, "checkout", watched)
    return taken


@pytest.mark.fault("L1")
def test_four_times_the_versions_make_no_question_and_no_version_dearer(tmp_path: Path) -> None:
    work: dict[int, dict[str, int]] = {}
    with Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        for begin, size in ((0, 1000), (1000, 4000)):
            fill(store, begin, size)

            def as_of() -> None:
                with store.reading() as r:
                    r.members("r00", as_of=date(2001, 5, 1), known_at=BEGAN + timedelta(minutes=900))

            def found(size: int = size) -> None:
                assert len(search(store, f"word{size // 2 + 1}")) == 1

            def written(size: int = size) -> None:
                with store.writing() as w:
                    write(w, w.begin_run("test", BEGAN), 100_001 + size, random.Random(size))

            work[size] = {f.__name__: steps(store, f) for f in (as_of, found, written)}
    for name, before in work[1000].items():
        assert 0 < work[4000][name] <= 2 * before, work
