"""Who reads a run's pages: the run's own process, or processes beside it, one of which may be lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from fetchers.result import FetchResult
from fetchers.verdict import Kind, Verdict
from flows import readers
from flows.errors import RunOver
from flows.judging import Answer, judge
from flows.readers import Readers
from flows.within import end_idle
from tests.builders.pages import REGIMES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (
    "<html><head><title>Plenary</title></head><body><main><h1>Plenary {n}</h1><p>The Partners of the Missile Technology "
    "Control Regime held their {n}th Plenary Meeting in Oslo from 4 to 6 June 2014, and spoke of brokering, of transit "
    "and of the launch of missiles. {more}</p></main></body></html>"
)


def _answer(number: int, more: str = "", body: bytes | None = None) -> Answer:
    url = f"https://mtcr.example/{number}"
    result = FetchResult(
        url=url,
        final_url=url,
        fetched_at=datetime(2026, 5, 4, tzinfo=UTC),
        status=200,
        content_type="text/html",
        body=body or PAGE.format(n=number, more=more).encode(),
    )
    return Answer(result, REGIMES["mtcr"])


@pytest.fixture(autouse=True)
def no_other_reader() -> None:
    """End the processes that read long pages for tests before."""
    end_idle()


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Readers]:
    """Readers of a run over many sources, on a machine with processors enough."""
    monkeypatch.setattr(readers, "processors", lambda: 3)
    found = Readers(1000)
    yield found
    found.close()


def _children() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children():
        # One that was killed may go between the list and the question.
        with suppress(psutil.NoSuchProcess):
            if "flows.beside" in child.cmdline():
                found.append(child)
    return found


def _killing(pids: set[int], after: int) -> None:
    """Kill the next processes that read, so many of them, as one that takes all memory is."""
    end = time.monotonic() + 60
    while len(pids) < after and time.monotonic() < end:
        for child in _children():
            if child.pid not in pids:
                child.kill()
                pids.add(child.pid)


def test_a_run_over_few_sources_or_on_one_processor_reads_in_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for sources, many in ((20, 8), (1000, 1)):
        monkeypatch.setattr(readers, "processors", lambda many=many: many)
        assert Readers(sources).read(_answer(25)) == judge(_answer(25))
        assert not _children()


def test_processes_beside_read_what_this_one_would(beside: Readers) -> None:
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(beside.read, [_answer(n) for n in range(20, 32)]))
    assert len(_children()) == 2
    assert found == [judge(_answer(n)) for n in range(20, 32)]
    beside.close()
    assert not _children()


def test_what_stands_in_a_pages_place_is_told_by_a_process_beside_too(beside: Readers) -> None:
    verdict = beside.read(_answer(25, body=b"%PDF-1.7 torn"))
    assert isinstance(verdict, Verdict)
    assert verdict == judge(_answer(25, body=b"%PDF-1.7 torn"))


def test_a_page_whose_process_is_lost_is_read_by_another(beside: Readers) -> None:
    killed: set[int] = set()
    killer = threading.Thread(target=_killing, args=(killed, 1))
    killer.start()
    assert beside.read(_answer(25)) == judge(_answer(25))
    killer.join()
    assert len(killed) == 1


def test_a_page_that_is_too_much_twice_is_set_aside_and_takes_no_other_with_it(beside: Readers) -> None:
    killed: set[int] = set()
    killer = threading.Thread(target=_killing, args=(killed, 2))
    killer.start()
    verdict = beside.read(_answer(25))
    killer.join()
    assert isinstance(verdict, Verdict)
    assert verdict.kind is Kind.UNREAD
    assert beside.read(_answer(26)) == judge(_answer(26))


def test_what_waits_when_a_run_is_broken_off_is_not_read(beside: Readers) -> None:
    beside.read(_answer(25))
    (child,) = _children()
    child.suspend()
    with ThreadPoolExecutor(9) as threads:
        waiting = [threads.submit(beside.read, _answer(n)) for n in range(30, 38)]
        threads.submit(beside.close).result()
        refused = [error for w in waiting if (error := w.exception()) is not None]
    assert refused
    assert all(isinstance(error, RunOver) for error in refused)
    assert not _children()
    with pytest.raises(RunOver):
        beside.read(_answer(25))


SCRIPT = """
from flows import readers
from tests.flows.test_readers import _answer
print("begins")
reading = readers.Readers(1000)
reading._beside = True
print(type(reading.read(_answer(25))).__name__)
(process,) = reading._begun
print(process._process.pid, flush=True)
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_persons_script_is_run_once_and_no_process_outlives_it(tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    script.write_text(SCRIPT)
    ran = subprocess.run(
        [sys.executable, script], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True
    )
    *told, pid = ran.stdout.decode().split()
    assert told == ["begins", "Parsed"], ran.stderr.decode()
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(pid)).wait(timeout=60)
