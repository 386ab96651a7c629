"""A first look that is broken off goes on as a first look: what was there when it began is told by no later run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.builders.program import ROOT, Program
from tests.builders.web import Asked, Site, a_site

MEMBERS = [
    "Argentina",
    "Australia",
    "Austria",
    "Belgium",
    "Brazil",
    "Canada",
    "Denmark",
    "Finland",
    "France",
    "Germany",
    "Norway",
    "Poland",
]
PLENARIES = range(20, 28)
# Of each plenary the state that it admits and the resolution that it is the first to cite.
ADMITTED = dict(
    zip(PLENARIES, ["Hungary", "Iceland", "Ireland", "Italy", "Japan", "Latvia", "Malta", "Spain"], strict=True)
)
CITED = dict(zip(PLENARIES, (1540, 1695, 1718, 1737, 1747, 1803, 1835, 1929), strict=True))


def _statement(number: int) -> str:
    year = 1985 + number
    return (
        f"<main><h1>{number}th Plenary Meeting of the Missile Technology Control Regime, Oslo, 13-17 October {year}</h1>"
        f"<p>The Missile Technology Control Regime (MTCR) held its {number}th Plenary Meeting in Oslo from 13 to 17"
        f" October {year}. Norway chaired the meeting.</p><p>The Partners admitted {ADMITTED.get(number, 'Sweden')} to"
        f" the MTCR.</p><p>UN Security Council Resolution {CITED.get(number, 2231)} was recalled.</p></main>"
    )


def _index(numbers: range) -> str:
    items = "".join(f"<li><a href='/press/plenary-{n}'>Plenary {n}</a></li>" for n in numbers)
    return f"<main><h1>Press releases</h1><p>The statements of all plenary meetings.</p><ul>{items}</ul></main>"


class Watching:
    """A site that can stand still at a path, and what watches it."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.program, self.day = site, Program(folder / "home"), 0
        self.config = folder / "mtcr.yaml"
        self.config.write_text(
            "regime: mtcr\nname: Missile Technology Control Regime\nmembers_called: [Partners]\nsources:\n"
            f"  - {{id: press, kind: index, url: '{site.url('/press')}', follow: plenary-}}\n"
            f"  - {{id: partners, kind: members, url: '{site.url('/partners')}'}}\n"
        )
        self.reached, self.goes_on = threading.Event(), threading.Event()
        self.stands_still = ""
        listed = "".join(f"<li>{name}</li>" for name in [*MEMBERS, *ADMITTED.values()])
        self.pages = {"/press": _index(PLENARIES)} | {f"/press/plenary-{n}": _statement(n) for n in PLENARIES}
        self.pages["/partners"] = f"<main><h1>Partners of the MTCR</h1><ul>{listed}</ul></main>"
        self.broken: set[str] = set()
        self.show()

    def show(self) -> None:
        for path in self.pages:
            self.site.answers[path] = self._answer

    def _answer(self, asked: Asked) -> None:
        if asked.path == self.stands_still:
            self.reached.set()
            self.goes_on.wait(60)
        if asked.path in self.broken:
            asked.say(503, b"busy")
            return
        page = f"<!doctype html><html lang='en'><body>{self.pages[asked.path]}</body></html>"
        asked.say(200, page.encode(), Content_Type="text/html; charset=utf-8")

    def _arguments(self, *more: str) -> tuple[str, ...]:
        self.day += 1
        now = f"2015-01-{self.day:02}T06:00:00Z"
        return ("monitor", "--config", str(self.config), "--allow-private", "127.0.0.1", "--now", now, "--json", *more)

    def is_ended_at(self, path: str, how: signal.Signals, *more: str) -> None:
        """A run that is ended by a signal while it asks for *path*."""
        self.stands_still = path
        environment = self.program.surroundings({"PLENARYWATCH_FETCH_RETRIES": "0"})
        child = subprocess.Popen(
            [sys.executable, "-c", "from flows.cli import main; main()", *self._arguments(*more)],
            cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            assert self.reached.wait(120)
            os.kill(child.pid, how)
            if how is not signal.SIGKILL:
                self.goes_on.set()
            assert child.wait(60) != 0
        finally:
            self.goes_on.set()
            # An engine that was killed leaves its server behind.
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        self.stands_still = ""

    def tells(self, *more: str) -> tuple[list[tuple[str, str]], list[str], dict[str, str]]:
        """The changes and alerts of a whole run, and what came of each source."""
        ran = self.program(*self._arguments(*more)).json
        assert isinstance(ran, dict)
        changes = [(c["kind"], c["subject"]) for c in ran["changes"]]
        return changes, [a["kind"] for a in ran["alerts"]], {s["source"]: s["outcome"] for s in ran["sources"]}


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    with a_site() as site:
        yield Watching(site, tmp_path)


def _later_page_is_news(watching: Watching) -> None:
    watching.pages |= {"/press": _index(range(20, 29)), "/press/plenary-28": _statement(28)}
    watching.show()
    changes, alerts, outcomes = watching.tells("--direct")
    assert outcomes["press/plenary-28"] == "new"
    assert {("plenary_announced", "28"), ("member_joined", "SE")} <= set(changes)
    assert alerts


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("/press", signal.SIGKILL),
        ("/press/plenary-20", signal.SIGKILL),
        ("/press/plenary-23", signal.SIGKILL),
        ("/press/plenary-27", signal.SIGKILL),
        ("/partners", signal.SIGKILL),
        ("/press/plenary-22", signal.SIGTERM),
        ("/press/plenary-22", signal.SIGINT),
    ],
)
def test_a_first_look_that_is_ended_anywhere_goes_on_as_one(watching: Watching, path: str, how: signal.Signals) -> None:
    watching.is_ended_at(path, how, "--direct")
    changes, alerts, outcomes = watching.tells("--direct")
    assert (changes, alerts) == ([], [])
    assert set(outcomes) == {"press", "partners", *(f"press/plenary-{n}" for n in PLENARIES)}
    assert watching.tells("--direct")[:2] == ([], [])
    _later_page_is_news(watching)


def test_a_page_that_is_listed_after_a_first_look_was_ended_is_news(watching: Watching) -> None:
    watching.is_ended_at("/press/plenary-23", signal.SIGKILL, "--direct")
    _later_page_is_news(watching)


def test_pages_that_a_first_look_could_not_read_are_of_its_time(watching: Watching) -> None:
    watching.broken = {f"/press/plenary-{n}" for n in (20, 21, 25, 27)}
    first = watching.tells("--direct")
    assert first[:2] == ([], [])
    assert list(first[2].values()).count("failed") == 4
    watching.broken = set()
    changes, alerts, outcomes = watching.tells("--direct")
    assert (changes, alerts) == ([], [])
    assert outcomes["press/plenary-27"] == "baseline"
    _later_page_is_news(watching)


@pytest.mark.slow
def test_a_first_look_of_the_engine_that_is_killed_goes_on_as_one(watching: Watching) -> None:
    watching.is_ended_at("/press/plenary-23", signal.SIGKILL)
    assert watching.tells()[:2] == ([], [])
