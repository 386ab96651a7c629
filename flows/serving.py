"""Everything on one machine: Prefect's server, a worker, the deployments, a first run, and the site."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import IO

import requests

from flows.deploying import CHECKOUT, POOL, deploy, environment, prefect
from flows.errors import BadRequest
from flows.publishing import serve_site
from flows.settings import settings_from_environment
from sources import load_regimes

# A first start creates the server's database, measured at 25 s.
_PATIENCE = 180.0
_FAREWELL = 20.0


def serve_all(port: int, prefect_port: int, *, first: bool, say: Callable[[str], None]) -> None:
    """Start all of it on 127.0.0.1, say the addresses, and stop what was started when interrupted.

    Raises `BadRequest` where the server does not come up.
    """
    home = settings_from_environment().home
    home.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(home / "prefect"))
    os.environ |= {
        "PREFECT_API_URL": f"http://127.0.0.1:{prefect_port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    # A service is stopped by SIGTERM, a person's Ctrl-C is SIGINT: both end it in the same way.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as started:
        try:
            log = started.enter_context(open(home / "prefect.log", "ab"))
            server = _start(started, log, "server", "start", "--host", "127.0.0.1", "--port", str(prefect_port))
            _await(server, f"http://127.0.0.1:{prefect_port}/api/health")
            say(f"Prefect: http://127.0.0.1:{prefect_port}/ (its log: {home / 'prefect.log'})")
            deploy()
            _start(started, log, "worker", "start", "--pool", POOL, "--limit", "4")
            say("deployments are in place, and a worker waits for their hours")
            if first:
                for config in load_regimes():
                    prefect("deployment", "run", f"monitor/{config.regime}")
                say("a first run of each regime has begun")
            serve_site(None, port, say)
        except KeyboardInterrupt:
            pass
    say("stopped")


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
    """Ask it to end, and end it with all it started if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_FAREWELL)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def _await(server: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            if requests.get(address, timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.3)
    raise BadRequest(f"{address}: Prefect's server did not come up; read prefect.log, or choose another --prefect-port")
