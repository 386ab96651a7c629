"""A run ends in time: its requests at their deadline, and all of it when a person or a service manager says so."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.builders.dripping import SHAPES, Dripping, dripping
from tests.builders.program import ROOT, Program

_DIRECT = ("--direct",)


@pytest.fixture
def servers() -> Iterator[Mapping[str, Dripping]]:
    """A server of each shape."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(dripping(name)) for name in SHAPES}


def _declared(folder: Path, *urls: str) -> Path:
    path = folder / "jx.yaml"
    sources = "".join(f"  - {{id: s{n}, kind: statement, url: '{url}'}}\n" for n, url in enumerate(urls))
    path.write_text(f"regime: jx\nname: Joint Export Group\nsources:\n{sources}", encoding="utf-8")
    return path


def _started(
    program: Program, declared: Path, *more: str, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """`plenarywatch monitor` in an interpreter of its own, which a signal can be sent to."""
    command = ["monitor", "--config", str(declared), "--allow-private", "127.0.0.1", *more]
    return subprocess.Popen(
        [sys.executable, "-c", "from flows.cli import main; main()", *command],
        cwd=ROOT, env=program.surroundings(env), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _records(program: Program) -> list[tuple[str, str, bool]]:
    with closing(sqlite3.connect(program.home / "plenarywatch.sqlite")) as database:
        return database.execute("SELECT state, detail, ended_at IS NOT NULL FROM runs").fetchall()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("times", [1, 3], ids=["once", "again and again"])
def test_a_signal_ends_a_run_with_its_record_closed_whatever_servers_do(
    program: Program, tmp_path: Path, servers: Mapping[str, Dripping], number: int, times: int
) -> None:
    run = _started(program, _declared(tmp_path, *(server.url for server in servers.values())), *_DIRECT)
    first = list(servers.values())[:8]
    assert all(server.asked.wait(60) for server in first)
    for _ in range(times):
        run.send_signal(number)
    # The servers would go on for ten minutes, and a request is given one.
    assert run.wait(50) == 130
    assert _records(program) == [("crashed", "broken off by KeyboardInterrupt", 1)]
    assert all(server.left.wait(30) for server in first)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("more", [_DIRECT, ()], ids=["direct", "engine"])
def test_a_signal_ends_a_run_within_five_seconds(
    program: Program, tmp_path: Path, servers: Mapping[str, Dripping], number: int, more: tuple[str, ...]
) -> None:
    declared = _declared(tmp_path, *(server.url for server in servers.values()))
    run = _started(program, declared, *more, env={"PREFECT_HOME": str(tmp_path / "prefect")})
    assert all(server.asked.wait(90) for server in list(servers.values())[:8])
    begin = time.monotonic()
    run.send_signal(number)
    code = run.wait(60)
    took = time.monotonic() - begin
    assert (code, [(state, ended) for state, _, ended in _records(program)]) == (130, [("crashed", 1)])
    assert took < 5


@pytest.mark.slow
@pytest.mark.fault("A7")
def test_a_fetch_takes_a_minute_and_no_longer_whatever_its_server_does(program: Program, tmp_path: Path) -> None:
    shapes = ("headers", "100 Continue", "a chunk size", "trailers", "a body", "a header", "chunks", "nothing")
    with ExitStack() as stack:
        urls = [stack.enter_context(dripping(name, pause=0.5)).url for name in shapes]
        declared = _declared(tmp_path, *urls)
        begin = time.monotonic()
        ran = program("monitor", "--config", str(declared), "--allow-private", "127.0.0.1", "--direct", "--json")
        took = time.monotonic() - begin
    assert ran.code == 1
    assert isinstance(ran.json, dict)
    errors = [o["error"] for o in ran.json["sources"]]
    assert len(errors) == len(shapes)
    # One that says nothing at all is left sooner (20 s for a byte), and asked again within the minute.
    assert all("not complete within 60 s" in error or "not answered in time" in error for error in errors)
    assert 55 < took < 70
