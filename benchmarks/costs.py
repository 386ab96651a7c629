"""What a command costs, with every process that it begins: for the benchmarks that measure whole commands."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
# Seconds from one look at the processes to the next.
_EVERY = 0.2


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of processor time and the most MB at one moment, of all processes together
    (resident, shared pages counted in each)."""

    seconds: float
    processor: float
    megabytes: float


def run(
    command: list[str],
    env: dict[str, str],
    log: Path,
    beside: tuple[int, ...] = (),
) -> Cost:
    """What *command* cost, with the processes *beside* it counted in. Ends the program when it failed."""
    with open(log, "wb") as out:
        before = sum(_used(*beside)[0].values())
        begin = time.perf_counter()
        child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT)
        over = threading.Event()
        spent: dict[int, float] = {}
        held = [0]

        def look() -> None:
            while not over.wait(_EVERY):
                now, bytes_now = _used(child.pid, *beside)
                spent.update(now)
                held.append(bytes_now)

        watching = threading.Thread(target=look)
        watching.start()
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begin
        over.set()
        watching.join()
    child.returncode = code = os.waitstatus_to_exitcode(status)
    if code:
        sys.exit(f"{' '.join(command[-4:])}: exit code {code}\n{log.read_text(errors='replace')[-2000:]}")
    return Cost(seconds, sum(spent.values()) - before, max(used.ru_maxrss / 1024, max(held) / 2**20))


def _used(*pids: int) -> tuple[dict[int, float], int]:
    """Of these processes and their children: seconds of processor time so far by process id, and bytes resident."""
    spent: dict[int, float] = {}
    held = 0
    for pid in pids:
        with suppress(psutil.Error):
            process = psutil.Process(pid)
            for each in (process, *process.children(recursive=True)):
                with suppress(psutil.Error):
                    times = each.cpu_times()
                    spent[each.pid] = times.user + times.system
                    held += each.memory_info().rss
    return spent, held


def environment(home: Path, **more: str) -> dict[str, str]:
    """Ours, and nothing of the person's who measures."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PLENARYWATCH_", "PREFECT_", "DASK_"))}
    beside = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**kept, "PLENARYWATCH_HOME": str(home), "PYTHONPATH": beside, "DO_NOT_TRACK": "1", **more}


@contextmanager
def process(command: list[str], env: dict[str, str], log: Path) -> Iterator[int]:
    """A process beside, and its children, ended with the block."""
    with open(log, "ab") as out:
        child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield child.pid
    finally:
        with suppress(psutil.Error):
            for each in psutil.Process(child.pid).children(recursive=True):
                each.kill()
        child.kill()
        child.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
