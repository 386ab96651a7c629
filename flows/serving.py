"""Everything on one machine: Prefect's server, a worker, the deployments, a first run, and the site."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

import psutil
import requests

from flows.deploying import CHECKOUT, POOL, deploy, environment
from flows.errors import BadRequest
from flows.publishing import serve_site
from flows.settings import settings_from_environment
from sources import load_regimes

# A first start creates the server's database, measured at 25 s on two idle cores and at more than 180 s on two that
# ten processes wanted. A server that fails is seen at once.
_PATIENCE = 600.0
# Seconds in which a run closes its records, and those in which a process of Prefect's ends after that. A service is
# given 90 for all of it (docs/operations.md).
_FAREWELL = 35.0
_AT_LAST = 20.0


def serve_all(
    port: int,
    prefect_port: int,
    *,
    first: bool,
    say: Callable[[str], None],
    config: Path | None = None,
    private: Sequence[str] = (),
) -> None:
    """Start all of it on 127.0.0.1, say the addresses, and stop what was started when interrupted.

    *config* and *private* are `flows.deploying.deploy`'s. Raises `BadRequest` for a home that is served already, a
    port that is taken, and where the server does not come up.
    """
    regimes = load_regimes(config)
    home = settings_from_environment().home
    home.mkdir(parents=True, exist_ok=True)
    api = f"http://127.0.0.1:{prefect_port}/api"
    os.environ.setdefault("PREFECT_HOME", str(home / "prefect"))
    os.environ |= {"PREFECT_API_URL": api, "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    with ExitStack() as started:
        started.enter_context(_alone_in(home))
        _is_free(prefect_port, "--prefect-port")
        if port:
            _is_free(port, "--port")
        log = started.enter_context(open(home / "prefect.log", "ab"))
        started.callback(say, "stopped")
        try:
            say("starting; the first time takes a minute")
            server = _start(started, log, "server", "start", "--host", "127.0.0.1", "--port", str(prefect_port))
            _await(server, f"{api}/health", home / "prefect.log")
            say(f"Prefect: http://127.0.0.1:{prefect_port}/ (its log and the runs': {home / 'prefect.log'})")
            deploy(config, private)
            work = ("worker", "start", "--pool", POOL, "--limit", "2")
            worker = _start(started, log, *work)
            say("deployments are in place, and a worker waits for their hours")
            if first:
                from prefect.deployments import run_deployment

                for regime in regimes:
                    run_deployment(f"monitor/{regime.regime}", timeout=0)
                say("a first run of each regime has begun")

            def look_after() -> None:
                nonlocal worker
                if server.poll() is not None:
                    raise BadRequest(f"Prefect's server ended by itself; {log.name} says why")
                if worker.poll() is not None:
                    say(f"the worker ended by itself, and another is started; {log.name} says why")
                    worker = _start(started, log, *work)

            serve_site(None, port, say, look_after)
        except KeyboardInterrupt:
            pass
        say("stopping")


@contextmanager
def _alone_in(home: Path) -> Iterator[None]:
    """Hold the home: two servers over one of Prefect's databases would each start every run."""
    with open(home / "serve.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BadRequest(f"{home}: is served already; stop that one, or set another PLENARYWATCH_HOME") from None
        yield


def _is_free(port: int, option: str) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise BadRequest(
                f"port {port}: cannot be listened on ({error.strerror}); choose another with {option}"
            ) from None


def _start(started: ExitStack, log: IO[bytes], *arguments: str) -> subprocess.Popen[bytes]:
    """One of Prefect's own processes, in a group of its own, ended when *started* closes."""
    process = subprocess.Popen(  # noqa: S603 (our own words, no shell)
        [sys.executable, "-m", "prefect", *arguments],
        cwd=CHECKOUT, env=environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        start_new_session=True,
    )  # fmt: skip
    started.callback(_stop, process)
    return process


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the runs under it to end, then itself, and end what is left of them, also if somebody cannot wait.

    A worker that ends leaves its runs alone, each in a session of its own; one that is asked while the worker and the
    server stand closes its records and is told to the server as crashed.
    """
    runs: set[psutil.Process] = set()
    try:
        while new := _under(process) - runs:
            runs |= new
            for run in new:
                with suppress(psutil.NoSuchProcess):
                    run.terminate()
            psutil.wait_procs(new, _FAREWELL)
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_AT_LAST)
    finally:
        for run in runs | _under(process):
            with suppress(psutil.NoSuchProcess):
                run.kill()
        process.kill()
        process.wait()


def _under(process: subprocess.Popen[bytes]) -> set[psutil.Process]:
    """All that *process* started and that still runs."""
    try:
        return set(psutil.Process(process.pid).children(recursive=True))
    except psutil.NoSuchProcess:
        return set()


def _await(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            if requests.get(address, timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.3)
    raise BadRequest(f"{address}: Prefect's server did not come up; {log} says why")
