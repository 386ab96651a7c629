"""A real Prefect server with real workers, a line to it that can be cut, and a host of many pages."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 600.0

Found = dict[str, object]


def until(held: Callable[[], object], what: str) -> None:
    """Wait until *held*; *what* names it where that takes too long."""
    end = time.monotonic() + _PATIENCE
    while not held():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.5)


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=2).ok
    except requests.RequestException:
        return False


def kill(running: subprocess.Popen[bytes]) -> None:
    """End a process and all it started, whatever session they took: the power goes."""
    try:
        children = psutil.Process(running.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        children = []
    running.send_signal(signal.SIGKILL)
    for child in children:
        with suppress(psutil.NoSuchProcess):
            child.kill()
    running.wait()


def a_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class Engine:
    """A Prefect server of the tests' own, and what is asked of it."""

    def __init__(self, folder: Path) -> None:
        self.port = a_free_port()
        self.api = f"http://127.0.0.1:{self.port}/api"
        self.folder = folder
        # On a busy machine the server's SQLite is locked for a while, and it says so: 503.
        again = Retry(total=10, backoff_factor=1.0, status_forcelist=[503], allowed_methods=None)
        self.http = requests.Session()
        self.http.mount("http://", HTTPAdapter(max_retries=again))

    @contextmanager
    def running(self) -> Iterator[Engine]:
        """The server, up."""
        with self.process("server", "start", "--host", "127.0.0.1", "--port", str(self.port)):
            until(lambda: answers(f"{self.api}/health"), "the server comes up")
            yield self

    def environment(self, **more: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PLENARYWATCH_", "PREFECT_"))}
        return (
            kept
            | {
                "PREFECT_HOME": str(self.folder / "prefect"),
                "PREFECT_API_URL": self.api,
                "PREFECT_LOGGING_TO_API_ENABLED": "false",
                "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
                "PREFECT_WORKER_QUERY_SECONDS": "2",
                "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
                "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "2",
                "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "2",
                "DO_NOT_TRACK": "1",
                "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
            }
            | more
        )

    @contextmanager
    def process(self, *arguments: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
        """A command of Prefect's, killed in the end."""
        with open(self.folder / "prefect.log", "ab") as log:
            running = subprocess.Popen(
                [sys.executable, "-m", "prefect", *arguments],
                cwd=ROOT, env=self.environment(**more), stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            yield running
        finally:
            kill(running)

    @contextmanager
    def worker(self, home: Path, limit: int | None = 1, **more: str) -> Iterator[subprocess.Popen[bytes]]:
        """A worker on our pool, with a home of its own, that runs *limit* flows at a time, or as many as there are."""
        settings = {"PLENARYWATCH_HOME": str(home)} | more
        at_most = () if limit is None else ("--limit", str(limit))
        with self.process("worker", "start", "--pool", "plenarywatch", *at_most, **settings) as running:
            yield running

    def ask(self, path: str, **body: object) -> list[Found]:
        """What the server lists under *path*."""
        answer = self.http.post(f"{self.api}/{path}", json=body, timeout=_PATIENCE)
        answer.raise_for_status()
        found = answer.json()
        return found["events"] if isinstance(found, dict) else found

    def deployment(self, name: str) -> Found:
        """A deployment by the names of its flow and its own, such as ``monitor/mtcr``."""
        answer = self.http.get(f"{self.api}/deployments/name/{name}", timeout=_PATIENCE)
        answer.raise_for_status()
        found: Found = answer.json()
        return found

    def start(self, name: str, **parameters: object) -> requests.Response:
        """Ask for a run of a deployment with *parameters* beside its own, as a person does."""
        path = f"{self.api}/deployments/{self.deployment(name)['id']}/create_flow_run"
        return self.http.post(path, json={"parameters": parameters, "state": {"type": "SCHEDULED"}}, timeout=_PATIENCE)

    def run(self, name: str, **parameters: object) -> str:
        """The id of a run asked for."""
        answer = self.start(name, **parameters)
        answer.raise_for_status()
        return str(answer.json()["id"])

    def state(self, run: str) -> tuple[str, str]:
        """A run's state: its name and its message."""
        answer = self.http.get(f"{self.api}/flow_runs/{run}", timeout=_PATIENCE)
        answer.raise_for_status()
        state = answer.json()["state"]
        return state["name"], state["message"] or ""

    def set_state(self, run: str, **state: object) -> None:
        body = {"state": state, "force": True}
        self.http.post(f"{self.api}/flow_runs/{run}/set_state", json=body, timeout=_PATIENCE).raise_for_status()

    def ended(self, run: str) -> tuple[str, str]:
        """The state in which a run ends."""
        until(lambda: self.state(run)[0] in ("Completed", "Failed", "Crashed", "Cancelled"), f"run {run} ends")
        return self.state(run)

    def of(self, name: str) -> list[Found]:
        """The runs of a deployment."""
        return self.ask("flow_runs/filter", deployments={"id": {"any_": [self.deployment(name)["id"]]}})

    def events(self, name: str) -> list[Found]:
        return self.ask("events/filter", filter={"event": {"name": [name]}}, limit=50)


class Line:
    """A line to a port of this machine that can be cut: a server that has gone, for whoever uses the line alone."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)

    def cut(self) -> None:
        """Refuse connections, and break those that stand."""
        # A thread that waits in accept holds the socket open until it is woken.
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


class ManyPages:
    """A host of so many statements, each asked for counted with its moment. A page says what its number says, and
    what was added to it."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.asked: list[tuple[str, float]] = []
        self.added: dict[str, str] = {}
        pages = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                number = self.path.strip("/")
                pages.asked.append((number, time.monotonic()))
                found = number.isdigit()
                if found:
                    time.sleep(seconds)
                body = (
                    f"<html><head><title>Statement {number}</title></head><body><main><h1>Statement {number}</h1>"
                    f"<p>The members of the group met for their plenary number {number} and spoke of transfers of "
                    f"goods, of licences, and of the work of the year to come.</p>{pages.added.get(number, '')}"
                    "</main></body></html>"
                ).encode()
                with suppress(OSError):
                    self.send_response(200 if found else 404)
                    self.send_header("Content-Type", "text/html; charset=utf-8")
                    self.end_headers()
                    self.wfile.write(body if found else b"")

            def log_message(self, format: str, *args: object) -> None:
                """Counted, not printed."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def numbers(self) -> list[str]:
        """The pages that were asked for, in order, without robots.txt."""
        return [number for number, _ in self.asked if number.isdigit()]

    def declared(self, folder: Path, regime: str, numbers: Sequence[int]) -> Path:
        """A regime's declaration that names these pages."""
        path = folder / f"{regime}.yaml"
        lines = [f"  - {{id: s{n}, kind: statement, url: 'http://{self.host}/{n}'}}" for n in numbers]
        path.write_text(f"regime: {regime}\nname: {regime.upper()}\nsources:\n" + "\n".join(lines) + "\n")
        return path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> ManyPages:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
