"""A real Prefect server, real process workers, the deployments of prefect.yaml: what a schedule does.

Slow: a server takes half a minute to come up, and each flow run is a process of its own.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from flows.demo.server import DemoServer
from storage import Store
from tests.flows.conftest import ROOT, Program

pytestmark = pytest.mark.slow
_PATIENCE = 120.0


def _until(held: Callable[[], object], what: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not held():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.5)


class Engine:
    """A Prefect server of the tests' own, and workers on it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.api = f"http://127.0.0.1:{free.getsockname()[1]}/api"
        self.folder = folder
        self.log = open(folder / "prefect.log", "ab")  # noqa: SIM115 (closed by the fixture)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PLENARYWATCH_", "PREFECT_"))}
        return (
            kept
            | {
                "PREFECT_HOME": str(self.folder / "prefect"),
                "PREFECT_API_URL": self.api,
                "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
                "PREFECT_WORKER_QUERY_SECONDS": "2",
                "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
                "DO_NOT_TRACK": "1",
                "PLENARYWATCH_CHECKOUT": str(ROOT),
                "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
            }
            | more
        )

    def prefect(self, *arguments: str, **more: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *arguments],
            cwd=ROOT, env=self.environment(**more), capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    @contextmanager
    def process(self, *arguments: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
        running = subprocess.Popen(
            [sys.executable, "-m", "prefect", *arguments],
            cwd=ROOT, env=self.environment(**more), stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip
        try:
            yield running
        finally:
            _kill(running)

    def ask(self, path: str, **body: object) -> list[dict[str, object]]:
        answer = requests.post(f"{self.api}/{path}", json=body, timeout=20)
        answer.raise_for_status()
        found = answer.json()
        return found["events"] if isinstance(found, dict) else found

    def runs(self, state: str) -> list[dict[str, object]]:
        return [run for run in self.ask("flow_runs/filter") if run["state_type"] == state]


def _kill(running: subprocess.Popen[bytes]) -> None:
    """End a process and all it started, whatever session they took: the power goes."""
    import psutil

    try:
        children = psutil.Process(running.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        children = []
    running.send_signal(signal.SIGKILL)
    for child in children:
        if child.is_running():
            child.kill()
    running.wait()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = Engine(tmp_path_factory.mktemp("engine"))
    port = made.api.rsplit(":", 1)[1].split("/")[0]
    with made.process("server", "start", "--host", "127.0.0.1", "--port", port):
        _until(lambda: _answers(f"{made.api}/health"), "the server comes up")
        yield made
    made.log.close()


def _answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=2).ok
    except requests.RequestException:
        return False


class ManyPages:
    """A host of so many statements, each asked for counted with its moment."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.asked: list[tuple[str, float]] = []
        pages = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pages.asked.append((self.path, time.monotonic()))
                time.sleep(seconds)
                number = self.path.strip("/")
                body = (
                    f"<html><head><title>Statement {number}</title></head><body><main><h1>Statement {number}</h1>"
                    f"<p>The members of the group met for their plenary number {number} and spoke of transfers of "
                    "goods, of licences, and of the work of the year to come.</p></main></body></html>"
                ).encode()
                found = number.isdigit()
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body if found else b"")

            def log_message(self, format: str, *args: object) -> None:
                """Counted, not printed."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def declared(self, folder: Path, regime: str, numbers: range) -> Path:
        path = folder / f"{regime}.yaml"
        lines = [f"  - {{id: s{n}, kind: statement, url: '{self.address}/{n}'}}" for n in numbers]
        path.write_text(f"regime: {regime}\nname: {regime.upper()}\nsources:\n" + "\n".join(lines) + "\n")
        return path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _store(home: Path) -> Store:
    return Store.open(f"sqlite:///{home / 'plenarywatch.sqlite'}")


_LOOPBACK = 'allow_private=["127.0.0.1"]'


def test_a_scheduled_run_alerts_once_publishes_the_site_and_sends_its_event(
    engine: Engine, program: Program, site: DemoServer, config: Path
) -> None:
    first = program("monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--direct")
    assert first.code == 0, first.err
    deployed = program("deploy", env=engine.environment())
    assert deployed.code == 0, deployed.err
    engine.prefect(
        "--no-prompt", "deploy", "-n", "monitor/mtcr", "--param", f"config={config}", "--param", _LOOPBACK,
    )  # fmt: skip
    engine.prefect("deployment", "schedule", "create", "monitor/mtcr", "--interval", "15")
    site.day = 1
    with engine.process("worker", "start", "--pool", "plenarywatch", PLENARYWATCH_HOME=str(program.home)):
        _until(
            lambda: len([r for r in engine.runs("COMPLETED") if dict(r["parameters"]).get("config")]) >= 2,  # type: ignore[call-overload]
            "two scheduled runs complete",
        )
        _until((program.home / "site" / "index.html").exists, "the site is published when a run has ended")
        _until(lambda: _events(engine, "plenarywatch.resolution.cited"), "the alert's event arrives")
    engine.prefect("deployment", "schedule", "clear", "monitor/mtcr", "-y")
    lines = (program.home / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    with _store(program.home) as store, store.reading() as r:
        raised = r.alerts()
    assert "resolution_cited" in {a.change.kind.value for a in raised}
    assert len(lines) == len(raised) == len({a.change.key for a in raised})
    told = Counter(
        str(dict(e["resource"])["prefect.resource.id"]) for e in _events(engine, "plenarywatch.resolution.cited")
    )  # type: ignore[call-overload]
    assert set(told.values()) == {1}


def _events(engine: Engine, name: str) -> list[dict[str, object]]:
    return engine.ask("events/filter", filter={"event": {"name": [name]}}, limit=50)


@pytest.mark.fault("J2")
def test_a_worker_killed_in_the_middle_loses_nothing_and_the_next_run_repeats_nothing(
    engine: Engine, program: Program, tmp_path: Path
) -> None:
    pages = ManyPages(0.1)
    config = pages.declared(tmp_path, "kx", range(1, 61))
    engine.prefect("work-pool", "create", "--type", "process", "killed")
    engine.prefect(
        "--no-prompt", "deploy", "-n", "monitor/zc", "--pool", "killed",
        "--param", f"config={config}", "--param", _LOOPBACK, "--param", 'regimes=["kx"]',
    )  # fmt: skip
    with engine.process("worker", "start", "--pool", "killed", PLENARYWATCH_HOME=str(program.home)) as worker:
        engine.prefect("deployment", "run", "monitor/zc")
        _until(lambda: len(pages.asked) >= 20, "the run is in its middle")
        _kill(worker)
    with _store(program.home) as store, store.reading() as r:
        assert [run.state for run in r.runs()] == ["running"]
        assert 0 < len(r.versions("kx")) < 60
    ran = program(
        "monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--json",
        "--now", "2100-01-01T00:00:00Z", env=engine.environment(),
    )  # fmt: skip
    pages.close()
    assert ran.code == 0, ran.err
    with _store(program.home) as store, store.reading() as r:
        assert len(r.versions("kx")) == 60
        assert Counter(run.state for run in r.runs()) == {"completed": 1, "crashed": 1}
    assert program("verify").code == 0
