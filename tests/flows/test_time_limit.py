"""A page that takes longer than its time limit is set aside with its reason, whichever command reads it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fetchers.verdict import Kind, Verdict
from flows import within
from flows.errors import BadRequest
from flows.readers import Readers
from flows.settings import page_seconds
from flows.within import parse_within
from parsers.errors import TookTooLong
from parsers.parsed import Parsed
from tests.builders.growing import SHAPES
from tests.builders.pages import MTCR
from tests.flows.test_readers import _answer

ROOT = Path(__file__).resolve().parents[2]
# Half a second of work and more, and far less time than that.
LONG = SHAPES["numbered points"](100_000) + SHAPES["states in a table"](1_000_000)
SHORT_LIMIT = "0.05"


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    within.end_idle()


def test_a_long_page_is_ended_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLENARYWATCH_PAGE_SECONDS", SHORT_LIMIT)
    with pytest.raises(TookTooLong, match=r"0\.05 s"):
        parse_within(LONG, regime=MTCR)
    monkeypatch.delenv("PLENARYWATCH_PAGE_SECONDS")
    assert parse_within(LONG, regime=MTCR).document.blocks


@pytest.mark.parametrize("sources", [3, 1000])
def test_a_run_sets_it_aside_and_reads_its_other_sources(monkeypatch: pytest.MonkeyPatch, sources: int) -> None:
    readers = Readers(sources)
    monkeypatch.setenv("PLENARYWATCH_PAGE_SECONDS", SHORT_LIMIT)
    verdict = readers.read(_answer(25, body=LONG))
    assert isinstance(verdict, Verdict)
    assert verdict.kind is Kind.UNREADABLE
    assert "0.05 s" in verdict.reason
    monkeypatch.delenv("PLENARYWATCH_PAGE_SECONDS")
    assert isinstance(readers.read(_answer(26)), Parsed)
    readers.close()


@pytest.mark.parametrize("command", ["parse", "ingest"])
def test_a_command_ends_in_one_line(tmp_path: Path, command: str) -> None:
    page = tmp_path / "long.html"
    page.write_bytes(LONG)
    environment = os.environ | {"PLENARYWATCH_PAGE_SECONDS": SHORT_LIMIT, "PLENARYWATCH_HOME": str(tmp_path / "home")}
    begin = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-m", "flows.cli", command, str(page), "--regime", "mtcr"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=100,
    )
    said = ran.stderr.decode().strip()
    assert ran.returncode == 2, said
    assert "ended after 0.05 s" in said
    assert "\n" not in said
    assert time.monotonic() - begin < 60


@pytest.mark.parametrize("text", ["soon", "0", "-1", "inf", "nan"])
def test_a_limit_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PLENARYWATCH_PAGE_SECONDS", text)
    with pytest.raises(BadRequest, match="PLENARYWATCH_PAGE_SECONDS"):
        page_seconds()
