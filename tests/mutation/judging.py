"""A judge of mutants: a process with pytest and the libraries loaded, that forks once for each mutant.

``python -m tests.mutation.judging BASETEMP`` reads a line of JSON with the libraries to load, then one line for each
mutant, the tests to run and the seconds each takes without a mutant, and answers with a line: how it ended, and by
which test. It stops at the first test that fails; a test that takes far longer than it did hangs.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import sys
import time
import warnings
from typing import BinaryIO

import pytest

# A test may take so many times what it took, and so many seconds: the machine may be busy.
TIMES, SECONDS = 5, 20
_QUIET = 5


class _Progress:
    """Tells through a pipe which test runs, and which failed."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._tell("runs", nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._tell("failed", report.nodeid)

    def _tell(self, what: str, test: str) -> None:
        os.write(self.pipe, (json.dumps([what, test]) + "\n").encode())


def _run(tests: list[str], basetemp: str, pipe: int) -> None:
    """Run the tests in this process, which ends with them."""
    status = 70
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        status = pytest.main(
            ["-x", "-p", "no:cacheprovider", "-p", "no:xdist", f"--basetemp={basetemp}", *tests],
            plugins=[_Progress(pipe)],
        )
    finally:
        os._exit(int(status))


def judge(tests: list[tuple[str, float]], basetemp: str) -> tuple[str, str]:
    """How a mutant ended, "failed", "broken", "hung" or "survived", and the test that ran last."""
    seconds = dict(tests)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _run([test for test, _ in tests], basetemp, writing)
    os.close(writing)
    how, last = "survived", ""
    with os.fdopen(reading, "rb", buffering=0) as told:
        how, last = _watched(told, seconds)
    if how == "hung":
        _end(child)
        return how, last
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if how == "survived" and status != pytest.ExitCode.OK:
        # Nothing could be collected, or the process ended.
        how = "broken"
    return how, last


def _watched(told: BinaryIO, seconds: dict[str, float]) -> tuple[str, str]:
    how, last, rest = "survived", "", b""
    until = time.monotonic() + SECONDS * 3
    while True:
        ready, _, _ = select.select([told], [], [], max(until - time.monotonic(), 0))
        if not ready:
            return "hung", last
        read = told.read(65536)
        if not read:
            return how, last
        *lines, rest = (rest + read).split(b"\n")
        for line in lines:
            what, last = json.loads(line)
            how = "failed" if what == "failed" else how
            until = time.monotonic() + SECONDS + TIMES * seconds.get(last, 0.0)


def _end(child: int) -> None:
    """End a child and what it started; asked first, it takes down the database that its tests have up."""
    for asked in (signal.SIGINT, signal.SIGKILL):
        os.killpg(child, asked)
        until = time.monotonic() + _QUIET
        while time.monotonic() < until:
            if os.waitpid(child, os.WNOHANG)[0]:
                return
            time.sleep(0.05)


def main(basetemp: str) -> None:
    """Serve until there are no more lines."""
    libraries = json.loads(sys.stdin.readline())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in libraries:
            try:
                importlib.import_module(name)
            except Exception:  # a module that only its own package can import: loaded by those that need it
                continue
    for line in sys.stdin:
        print(json.dumps(judge(json.loads(line), basetemp)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
