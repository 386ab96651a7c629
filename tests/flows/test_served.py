"""`report serve` as a person starts it: it shows what was decided since, and outlives a building that fails."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from diffs.change import ChangeKind, Status
from storage import Store
from tests.builders.comparing import NOON, a_record
from tests.builders.program import ROOT, Program
from tests.builders.stores import a_change, observed

_PATIENCE = 60.0


@contextmanager
def _serving(home: Path) -> Iterator[Callable[[], str]]:
    """The process; its next line on standard output, waited for."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from flows.cli import main; main()", "report", "serve", "--port", "0"],
        cwd=ROOT, env=os.environ | {"PLENARYWATCH_HOME": str(home)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    threading.Thread(target=lambda: [lines.put(line) for line in process.stdout or ()], daemon=True).start()
    try:
        yield lambda: lines.get(timeout=_PATIENCE)
        process.send_signal(signal.SIGINT)
        assert process.wait(_PATIENCE) == 0
        assert lines.empty()
    finally:
        process.kill()
        process.wait()


def _shows(address: str, words: str, *, gone: bool = False) -> bool:
    """Whether the page comes to have the words, or to be without them."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if (words in requests.get(address, timeout=10).text) is not gone:
            return True
        time.sleep(0.2)
    return False


@pytest.mark.slow
def test_a_decision_is_shown_and_a_building_that_fails_ends_nothing(program: Program) -> None:
    held = a_change(ChangeKind.MEMBER_LEFT, "IN", status=Status.HELD)
    told = "India is no longer on the list"
    with Store.open(f"sqlite:///{program.home / 'plenarywatch.sqlite'}") as store, store.writing() as w:
        observed(w, a_record())
        w.save_changes(w.begin_run("monitor", NOON), [held], None)
    site = program.home / "site"
    with _serving(program.home) as line:
        address = line().split()[0]
        assert _shows(f"{address}held.html", told)
        # A folder stands where the page should: the next building fails.
        (site / "held.html").unlink()
        (site / "held.html").mkdir()
        ran = program("review", "reject", held.key, "--why", "a parser's fault")
        assert ran.code == 0, ran.err
        assert "could not be built anew; what is there is served: " in line()
        assert requests.get(f"{address}index.html", timeout=10).ok
        (site / "held.html").rmdir()
        assert _shows(f"{address}held.html", told, gone=True)
        assert _shows(f"{address}index.html", told, gone=True)
