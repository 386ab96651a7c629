"""History from a real pywb server on loopback, that holds WARCs made here, one of them written by our own export.

pywb's requirements do not stand beside Prefect's: ``pip install pywb`` in an environment of its own, and name the
folder of its programs by ``PYWB_BIN`` where it is not on the path.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.builders.program import Program
from tests.fetchers.test_saved import a_warc
from tests.flows.test_backfill import REGIME, STATES, page

BIN = os.environ.get("PYWB_BIN") or os.environ["PATH"]
WAYBACK, MANAGER = shutil.which("wayback", path=BIN), shutil.which("wb-manager", path=BIN)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (WAYBACK and MANAGER), reason="pywb is missing: pip install pywb elsewhere, set PYWB_BIN"),
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "demo.yaml"
    path.write_text(REGIME)
    return path


@contextmanager
def _serving(folder: Path, *warcs: Path) -> Iterator[str]:
    """The address of pywb's collection of these WARCs."""
    folder.mkdir()
    for command in (["init", "past"], ["add", "past", *map(str, warcs)]):
        subprocess.run([str(MANAGER), *command], cwd=folder, check=True, capture_output=True, timeout=120)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/past"
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(
            [str(WAYBACK), "-b", "127.0.0.1", "-p", str(port)], cwd=folder, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _until(lambda: requests.get(f"{address}/cdx", params={"url": "x.example"}, timeout=5).ok)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            if done():
                return
        except requests.RequestException:
            pass
        time.sleep(0.2)
    raise AssertionError("pywb did not come up")


def _taken(program: Program, address: str, config: Path, *more: str) -> list[tuple[object, object]]:
    ran = program(
        "backfill", "--regime", "demo", "--cdx", f"{address}/cdx", "--config", str(config), "--allow-private",
        "127.0.0.1", "--json", *more,
    )  # fmt: skip
    assert isinstance(ran.json, dict), ran
    return [(one["outcome"], one["error"]) for one in ran.json["sources"]]


def _records(program: Program, config: Path) -> list[tuple[str, int]]:
    found = program("records", "demo", "--config", str(config), "--json").json
    assert isinstance(found, list)
    return [(str(r["observed_at"])[:19], len(r["record"]["members"])) for r in found]


def test_captures_of_pywb_are_versions_of_their_times(program: Program, config: Path, tmp_path: Path) -> None:
    url = "https://mtcr.example/partners"
    warc = a_warc(
        tmp_path / "crawl.warc.gz",
        {"url": url, "at": "2009-01-01T00:00:00Z", "body": page(*STATES[:5]).encode()},
        {"url": url, "at": "2011-04-18T12:30:15Z", "body": page(*STATES[:6]).encode()},
        {"url": url, "at": "2012-01-01T00:00:00Z", "status": "404 Not Found"},
        {"url": url, "at": "2013-01-01T00:00:00Z", "body": page(*STATES).encode()},
    )
    with _serving(tmp_path / "pywb", warc) as address:
        assert _taken(program, address, config, "--since", "2011") == [("baseline", None), ("changed", None)]
        assert _taken(program, address, config) == [("baseline", None)]
        assert _taken(program, address, config) == []
    assert _records(program, config) == [
        ("2009-01-01T00:00:00", 5),
        ("2011-04-18T12:30:15", 6),
        ("2013-01-01T00:00:00", 7),
    ]
    assert program("verify", "--json").code == 0
    assert program("alerts", "list", "--json").json == []


def test_pywb_replays_what_we_export(program: Program, config: Path, tmp_path: Path) -> None:
    file = tmp_path / "partners.html"
    for year, states in ((2009, STATES[:5]), (2011, STATES)):
        file.write_text(page(*states))
        ran = program(
            "ingest", str(file), "--regime", "demo", "--url", "https://mtcr.example/partners", "--config", str(config),
            "--observed-at", f"{year}-01-01T00:00:00Z",
        )  # fmt: skip
        assert ran.code == 0, ran
    ran = program("export", "--format", "warc", "--out", str(tmp_path / "out"))
    assert ran.code == 0, ran
    with _serving(tmp_path / "pywb", tmp_path / "out" / "plenarywatch.warc.gz") as address:
        elsewhere = Program(tmp_path / "elsewhere")
        assert [outcome for outcome, _ in _taken(elsewhere, address, config)] == ["baseline", "changed"]
    assert _records(elsewhere, config) == [("2009-01-01T00:00:00", 5), ("2011-01-01T00:00:00", 7)]
