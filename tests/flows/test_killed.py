"""Killed at any write, a run leaves an archive and a database that verify, and the next one does what it did not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.program import ROOT
from tests.world.server import Site
from tests.world.watching import LAST, Mornings


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


def _killed(site: Site, folder: Path, step: int) -> dict[str, object]:
    """What became of a site that is known since yesterday, has edited a statement and lists one that cites more."""
    start = folder / "start"
    start.mkdir()
    watching = Mornings(start, site)
    watching.close()
    new = watching.page().replace("26th", "27th").replace("2011", "2012")
    new = new.replace("resolution 1540 (2004)", "resolutions 1540 (2004) and 1929 (2010)")
    index = watching.page("/press").replace("</ul></main>", "<li><a href='/press/plenary-27'>27th</a></li></ul></main>")
    edited = watching.page().replace("remain concerned", "are gravely concerned")
    assert len({new, edited, watching.page()}) == 3
    changed = {"/press": index, "/press/plenary-27": new, LAST: edited}
    site.put(watching.pages | {path: html.encode() for path, html in changed.items()})
    done = subprocess.run(
        [sys.executable, "-m", "tests.flows.killing", str(start), site.address, str(step)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=3600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _holds(told: dict[str, object], least: int) -> None:
    whole = told["whole"]
    assert isinstance(whole, dict)
    assert (whole["damaged"], whole["not sent"], whole["open runs"]) == ([], 0, 0)
    # There was something to lose: a plenary and a resolution.
    assert len(whole["alerts"]) >= 2
    assert told["differ"] == {}
    assert isinstance(told["killed"], int)
    assert told["killed"] >= least


@pytest.mark.fault("H1")
def test_a_run_killed_at_some_writes_is_made_good_by_the_next(site: Site, tmp_path: Path) -> None:
    _holds(_killed(site, tmp_path, step=71), 2)


@pytest.mark.slow
@pytest.mark.fault("H1")
def test_a_run_killed_at_every_write_is_made_good_by_the_next(site: Site, tmp_path: Path) -> None:
    _holds(_killed(site, tmp_path, step=1), 100)
