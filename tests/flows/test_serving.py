"""`plenarywatch serve`, stopped in the middle of a run as a terminal and as a service stop it. Slow: it starts a Prefect
server and a worker."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from tests.builders.engine import ROOT, ManyPages, a_free_port, kill, until
from tests.flows.test_overlapping import closed, stored

pytestmark = pytest.mark.slow

# A terminal's processes hear Ctrl-C, also where those of this one were started to overhear it.
_HEAR = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"


@contextmanager
def serving(home: Path, config: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """`plenarywatch serve` as a process group of its own, killed in the end."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PLENARYWATCH_", "PREFECT_"))}
    arguments = ["serve", "--port", "0", "--prefect-port", str(a_free_port())]
    arguments += ["--config", str(config), "--allow-private", "127.0.0.1", *more]
    running = subprocess.Popen(
        [sys.executable, "-c", f"{_HEAR}; from flows.cli import main; main()", *arguments],
        cwd=ROOT, env=kept | {"PLENARYWATCH_HOME": str(home)}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield running
    finally:
        kill(running)


def started(running: subprocess.Popen[str], *what: str) -> list[psutil.Process]:
    """What *running* has started, and of it what has these words in its command."""
    if running.poll() is not None:
        pytest.fail(f"ended with {running.returncode}: {running.communicate()}", pytrace=False)
    below = psutil.Process(running.pid).children(recursive=True)
    with suppress(psutil.NoSuchProcess):
        return [each for each in below if set(what) <= set(each.cmdline())]
    return []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=lambda sign: sign.name)
def test_what_serves_ends_with_all_it_started_and_leaves_no_run_open(tmp_path: Path, sign: signal.Signals) -> None:
    home = tmp_path / "home"
    with ManyPages(0.3) as pages:
        with serving(home, pages.declared(tmp_path, "kx", range(1, 301))) as running:
            until(lambda: started(running) and len(pages.numbers) >= 5, "the first run is in its middle")
            below = started(running)
            # A terminal tells all of its foreground, a service its first process.
            os.killpg(running.pid, sign) if sign == signal.SIGINT else running.send_signal(sign)
            said, complained = running.communicate(timeout=200)
        assert len(pages.numbers) < 300
    assert (running.returncode, complained) == (0, "")
    assert said.endswith("stopping\nstopped\n"), said
    assert len(below) >= 3
    assert psutil.wait_procs(below, timeout=10)[1] == []
    with stored(home) as store, store.reading() as r:
        assert closed(r) == {"crashed": 1}
    with sqlite3.connect(home / "prefect" / "prefect.db") as prefect:
        states = {state for (state,) in prefect.execute("SELECT state_type FROM flow_run WHERE start_time IS NOT NULL")}
    assert states == {"CRASHED"}


def test_a_worker_that_is_lost_is_started_again_and_a_server_that_is_lost_ends_it(tmp_path: Path) -> None:
    with ManyPages() as pages:
        config = pages.declared(tmp_path, "kx", range(1, 3))
    with serving(tmp_path / "home", config, "--no-first-run") as running:
        until(lambda: started(running, "worker", "start"), "the worker is there")
        (first,) = started(running, "worker", "start")
        first.kill()
        until(lambda: started(running, "worker", "start") not in ([], [first]), "there is another worker")
        (server,) = started(running, "server", "start")
        server.kill()
        said, complained = running.communicate(timeout=200)
    assert running.returncode == 2
    assert "the worker ended by itself, and another is started" in said
    assert complained.startswith("plenarywatch: Prefect's server ended by itself; ")
    assert complained.count("\n") == 1
