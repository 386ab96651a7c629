"""Versions derived again and history taken in by a Dask cluster: real scheduler, real workers, really killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from pytest_httpserver import HTTPServer

from flows.demo.server import SITE
from parsers.record import to_json
from storage import Store
from storage import tables as t
from tests.builders.engine import Engine, until
from tests.builders.program import ROOT, Program, Ran
from tests.builders.stores import read_by_an_older_parser
from tests.flows.test_backfill import REGIME, STATES, WebArchive, page
from tests.flows.test_keeping import memberships, one_left

STATEMENT = SITE / "day-1/press/25th-plenary-meeting-buenos-aires-argentina-11-15-april-2011.html"


def on(address: str) -> dict[str, str]:
    """The settings that send work to the scheduler at *address*."""
    return {"PLENARYWATCH_TASK_RUNNER": "dask", "PLENARYWATCH_DASK_ADDRESS": address}


class Cluster:
    """A scheduler on loopback, and the workers that were started on it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.folder = folder
        self.running: list[subprocess.Popen[bytes]] = []
        self._start("import distributed.cli.dask_scheduler as d; d.main()", "--port", self.address.rsplit(":", 1)[1])

    def worker(self, first: str = "") -> subprocess.Popen[bytes]:
        """A worker of one thread; *first* is what its process does before it is one."""
        code = f"{first}\nimport distributed.cli.dask_worker as d; d.main()"
        return self._start(
            code, self.address, "--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder / "dask")
        )

    def _start(self, code: str, *arguments: str) -> subprocess.Popen[bytes]:
        env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}
        with open(self.folder / "dask.log", "ab") as log:
            started = subprocess.Popen(
                [sys.executable, "-c", code, "--host", "127.0.0.1", "--no-dashboard", *arguments],
                cwd=self.folder, env=env, stdout=log, stderr=log,
            )  # fmt: skip
        self.running.append(started)
        return started

    def close(self) -> None:
        for each in reversed(self.running):
            each.kill()
            each.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    yield made
    made.close()


def filled(program: Program, tmp_path: Path, count: int) -> None:
    """So many versions of one statement, each with its number in it, that another parser read."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(count):
        text = STATEMENT.read_text(encoding="utf-8").replace("</p>", f" Paper {n}.</p>", 1)
        (pages / f"page-{n}.html").write_text(text, encoding="utf-8")
    assert program("ingest", str(pages), "--regime", "mtcr").code == 0
    read_by_an_older_parser(program.home)


@contextmanager
def store_of(program: Program) -> Iterator[Store]:
    with Store.open(f"sqlite:///{program.home / 'plenarywatch.sqlite'}") as store:
        yield store


def read_by_older(program: Program) -> int:
    with store_of(program) as store, store.reading() as r:
        return sum(row.parser == "older" for row in r.session.query(t.Record))


def records(program: Program) -> list[bytes]:
    with store_of(program) as store, store.reading() as r:
        return [to_json(version.record) for version in r.versions()]


@pytest.mark.slow
def test_two_workers_derive_what_one_process_does(program: Program, cluster: Cluster, tmp_path: Path) -> None:
    filled(program, tmp_path, 30)
    cluster.worker()
    cluster.worker()
    ran = program("reparse", "--all", "--json", env=on(cluster.address))
    assert ran.code == 0, ran.err
    assert isinstance(ran.json, dict)
    assert (ran.json["read"], ran.json["failed"]) == (30, [])
    assert read_by_older(program) == 0
    on_cluster = records(program)
    assert program("reparse", "--all", "--workers", "1", "--json").json["same"] == 30  # type: ignore[index]
    assert records(program) == on_cluster
    assert program("verify").code == 0


@pytest.mark.slow
def test_two_processes_and_a_cluster_leave_the_memberships_as_they_were(
    program: Program, cluster: Cluster, tmp_path: Path
) -> None:
    config = one_left(program, tmp_path)
    before = memberships(program)
    cluster.worker()
    for env in ({}, on(cluster.address)):
        read_by_an_older_parser(program.home)
        ran = program("reparse", "--workers", "2", "--config", str(config), "--json", env=env)
        assert ran.code == 0, ran.err
        assert isinstance(ran.json, dict)
        assert (ran.json["updated"], ran.json["changed"]) == (2, [])
        assert memberships(program) == before


KILLS_ITSELF = """
import os, signal, flows.keeping as k
one, done = k.read_again, []
def read_again(profiles, page):
    done.append(page)
    if len(done) > 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return one(profiles, page)
k.read_again = read_again
"""
"""A worker whose power goes in the middle of a batch."""


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_a_batch_loses_nothing(
    program: Program, cluster: Cluster, tmp_path: Path
) -> None:
    filled(program, tmp_path, 30)
    dying = cluster.worker(KILLS_ITSELF)
    with joining(cluster, when=lambda: dying.poll() is not None):
        ran = program("reparse", "--json", env=on(cluster.address))
    assert ran.code == 0, ran.err
    assert dying.wait() == -signal.SIGKILL
    assert isinstance(ran.json, dict)
    assert (ran.json["read"], ran.json["failed"]) == (30, [])
    assert read_by_older(program) == 0
    assert program("verify").code == 0


@pytest.mark.slow
def test_a_scheduler_that_is_gone_is_one_line_and_the_next_run_goes_on(
    program: Program, cluster: Cluster, tmp_path: Path
) -> None:
    filled(program, tmp_path, 10)
    (scheduler,) = cluster.running
    cluster.worker(KILLS_ITSELF.replace("os.getpid()", str(scheduler.pid)).replace("> 5", "== 5"))
    ran = program("reparse", env=on(cluster.address))
    assert scheduler.poll() is not None
    assert ran.code == 2
    assert [line for line in ran.err.splitlines() if line.startswith("plenarywatch: the processes that read are gone")]
    assert read_by_older(program) == 10
    assert program("reparse").code == 0
    assert read_by_older(program) == 0


ABIDING = """
import time, psutil
from flows.cluster import pool
if __name__ == "__main__":
    with pool(2) as readers:
        readers.submit(time.sleep, 600), readers.submit(time.sleep, 600)
        while len(found := psutil.Process().children(recursive=True)) < 3:
            time.sleep(0.1)
        time.sleep(2)
        print(*(child.pid for child in found), flush=True)
        time.sleep(600)
"""


@pytest.mark.slow
def test_processes_end_with_the_one_they_work_for(tmp_path: Path) -> None:
    script = tmp_path / "abiding.py"
    script.write_text(ABIDING)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    giving = subprocess.Popen([sys.executable, str(script)], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    assert giving.stdout is not None
    workers = [psutil.Process(int(pid)) for pid in giving.stdout.readline().split()]
    giving.kill()
    giving.wait()
    gone, left = psutil.wait_procs(workers, timeout=60)
    assert (len(gone) >= 2, left) == (True, [])


@contextmanager
def joining(cluster: Cluster, when: Callable[[], bool]) -> Iterator[None]:
    """Within the block a worker joins the cluster as soon as *when* holds."""
    import threading

    def join() -> None:
        end = time.monotonic() + 200
        while not when() and time.monotonic() < end:
            time.sleep(0.2)
        cluster.worker()

    thread = threading.Thread(target=join, daemon=True)
    thread.start()
    yield
    thread.join(timeout=5)


@pytest.mark.slow
def test_a_flow_on_a_server_shows_what_the_cluster_does_as_tasks(
    program: Program, cluster: Cluster, engine: Engine, tmp_path: Path
) -> None:
    filled(program, tmp_path, 10)
    cluster.worker()
    cluster.worker()
    env = engine.environment(PLENARYWATCH_HOME=str(program.home), **on(cluster.address))
    command = [sys.executable, "-c", "from flows.chores import reparse; print(reparse(return_state=True).name)"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=500, check=False)
    assert done.stdout.strip() == "Completed", done.stderr
    assert read_by_older(program) == 0

    def told() -> set[tuple[object, str]]:
        tasks = engine.ask("task_runs/filter")
        return {(task["state_type"], str(task["name"])[:10]) for task in tasks}

    until(lambda: ("COMPLETED", "read-pages") in told(), "the pieces are seen as tasks")


@pytest.mark.slow
def test_history_is_read_by_a_cluster_as_it_is_here(
    program: Program, cluster: Cluster, httpserver: HTTPServer, tmp_path: Path
) -> None:
    archive = WebArchive(httpserver)
    archive.captures = {
        f"20{n:02}0101000000": (200 if n != 15 else 404, page(*STATES[: 5 + n % 3])) for n in range(8, 20)
    }
    archive.captures["20300101000000"] = (200, "<html><title>Just a moment...</title>Checking your browser</html>")
    config = tmp_path / "demo.yaml"
    config.write_text(REGIME)
    cluster.worker()
    cluster.worker()
    arguments = ["backfill", "--regime", "demo", "--cdx", archive.cdx, "--config", str(config)]
    arguments += ["--allow-private", archive.host, "--json"]
    here = program(*arguments)
    there = Program(tmp_path / "there")
    ran = there(*arguments, env=on(cluster.address))
    assert outcomes(ran) == outcomes(here)
    assert {"baseline", "changed", "failed", "quarantined"} <= {outcome for _, outcome in outcomes(ran)}
    assert records(there) == records(program)


def outcomes(ran: Ran) -> list[tuple[str, str]]:
    assert isinstance(ran.json, dict), ran.err
    return [(o["url"], o["outcome"]) for o in ran.json["sources"]]


@pytest.mark.slow
def test_a_worker_of_another_version_is_refused_by_name(program: Program, cluster: Cluster) -> None:
    cluster.worker("import parsers.version; parsers.version.PARSER = 'last year’s'")
    ran = program("reparse", env=on(cluster.address))
    assert ran.code == 2
    assert "reads as parser last year’s, this process as" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.slow
def test_a_scheduler_without_workers_and_none_at_all_are_one_line(program: Program, cluster: Cluster) -> None:
    for address in (cluster.address, "tcp://127.0.0.1:9", "nonsense://x"):
        ran = program("reparse", env=on(address))
        assert ran.code == 2
        assert ran.err.startswith(f"plenarywatch: PLENARYWATCH_DASK_ADDRESS={address}: ")
        assert ran.err.count("\n") == 1
