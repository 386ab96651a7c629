"""Runs that are under way at once, and runs that are broken off: real processes over one store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from flows.demo.server import DemoServer
from flows.running import begin, check_guarded
from flows.watch import open_watch
from storage import Store
from storage.reading import Reader
from tests.builders.engine import ROOT, ManyPages, until
from tests.builders.program import Program
from tests.flows.test_backfill import REGIME, STATES, WebArchive, page


def begun(home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """`plenarywatch` as a process under way, that hears Ctrl-C also where this one was started to overhear it."""
    hear = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PLENARYWATCH_", "PREFECT_"))}
    return subprocess.Popen(
        [sys.executable, "-c", f"{hear}; from flows.cli import main; main()", *arguments],
        cwd=ROOT, env=kept | {"PLENARYWATCH_HOME": str(home)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def stored(home: Path) -> Store:
    return Store.open(f"sqlite:///{home / 'plenarywatch.sqlite'}")


def closed(r: Reader) -> Counter[str]:
    """How the runs ended; none may be open."""
    runs = r.runs()
    assert all(run.ended_at is not None for run in runs)
    return Counter(run.state for run in runs)


@pytest.mark.fault("J1")
def test_three_runs_at_once_tell_each_change_once(program: Program, site: DemoServer, config: Path) -> None:
    arguments = ("monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--direct")
    assert program(*arguments).code == 0
    site.day = 1
    together = [begun(program.home, *arguments) for _ in range(3)]
    assert [one.wait(120) for one in together] == [0, 0, 0]
    with stored(program.home) as store, store.reading() as r:
        alerts = r.alerts()
        assert closed(r) == {"completed": 4}
        hashes = Counter((v.source, v.text_hash) for v in r.versions("mtcr"))
    assert "resolution_cited" in {alert.change.kind.value for alert in alerts}
    assert set(hashes.values()) == {1}
    told = (program.home / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(told) == len(alerts) == len({alert.change.key for alert in alerts})


@pytest.mark.fault("J10")
def test_a_backfill_beside_the_watch_tells_nothing_and_takes_nothing_from_it(
    program: Program, httpserver: HTTPServer, tmp_path: Path
) -> None:
    says = [page(*STATES[:6])]
    httpserver.expect_request("/partners").respond_with_handler(lambda _: Response(says[-1], content_type="text/html"))
    archive = WebArchive(httpserver)
    archive.captures = {f"{year}0101000000": (200, page(*STATES[: year - 1996])) for year in range(2000, 2003)}
    now = httpserver.url_for("/partners")
    config = tmp_path / "demo.yaml"
    config.write_text(REGIME.replace("https://mtcr.example/partners", now))
    watching = ("monitor", "--config", str(config), "--allow-private", archive.host, "--direct")
    assert program(*watching).code == 0
    says.append(page(*STATES))
    together = [
        begun(program.home, *arguments)
        for arguments in (
            ("backfill", "--regime", "demo", "--cdx", archive.cdx, "--config", str(config), "--allow-private", archive.host),
            watching,
        )
    ]  # fmt: skip
    assert [one.wait(120) for one in together] == [0, 0]
    with stored(program.home) as store, store.reading() as r:
        assert closed(r) == {"completed": 3}
        watched = [v for v in r.versions("demo") if v.source == "partners"]
        past = [v for v in r.versions("demo") if v.source == "history/partners"]
        assert [len(v.record.members) for v in watched] == [6, 7]
        assert [v.observed_at.year for v in past] == [2000, 2001, 2002]
        assert {(a.change.kind.value, a.change.subject) for a in r.alerts()} >= {("member_joined", "CA")}
        assert all(a.change.url == now for a in r.alerts())
    assert program("verify").code == 0


class Stopping(WebArchive):
    """A web archive that stands still when it is asked for `stands_still`: "list", or the time of a capture."""

    def __init__(self, server: HTTPServer) -> None:
        self.stands_still, self.reached, self.goes_on = "", threading.Event(), threading.Event()
        super().__init__(server)

    def _list(self, request: Request) -> Response:
        self._stop_at("list")
        return super()._list(request)

    def _replay(self, request: Request) -> Response:
        self._stop_at(request.path.removeprefix("/web/").partition("id_/")[0])
        return super()._replay(request)

    def _stop_at(self, what: str) -> None:
        if what == self.stands_still:
            self.reached.set()
            self.goes_on.wait(60)

    def kills(self, home: Path, at: str, *arguments: str) -> None:
        """A command that is killed while it asks for *at*."""
        self.stands_still = at
        child = begun(home, *arguments)
        try:
            assert self.reached.wait(120)
        finally:
            child.kill()
            child.communicate()
            self.stands_still = ""
            self.goes_on.set()
        assert child.returncode == -signal.SIGKILL


@pytest.fixture
def past(
    httpserver: HTTPServer, tmp_path: Path
) -> Iterator[tuple[Stopping, list[str], tuple[str, ...], tuple[str, ...]]]:
    """A web archive of a members page to which a state was added each year, what the page shows today, and the
    commands that take its history in and that watch it."""
    shown = [page(*STATES[:6])]
    httpserver.expect_request("/partners").respond_with_handler(lambda _: Response(shown[-1], content_type="text/html"))
    archive = Stopping(httpserver)
    archive.captures = {f"{2000 + n}0101000000": (200, page(*STATES[: 2 + n])) for n in range(5)}
    config = tmp_path / "demo.yaml"
    config.write_text(REGIME.replace("https://mtcr.example/partners", httpserver.url_for("/partners")))
    local = ("--config", str(config), "--allow-private", archive.host, "--json")
    yield (
        archive,
        shown,
        ("backfill", "--regime", "demo", "--cdx", archive.cdx, *local),
        ("monitor", "--direct", *local),
    )
    archive.goes_on.set()


def known(home: Path) -> dict[str, object]:
    """What is known of the regime, and what anybody was told."""
    with stored(home) as store, store.reading() as r:
        return {
            "versions": [(v.source, v.observed_at, len(v.record.members)) for v in r.versions("demo")],
            "members": sorted((m.country, m.valid_from, m.valid_to) for m in r.membership_history("demo")),
            "changes": sorted(change.key for change in r.changes()),
            "alerts": [alert.change.key for alert in r.alerts()],
        }


@pytest.mark.fault("H1")
@pytest.mark.parametrize("at", ["list", "20000101000000", "20020101000000", "20040101000000"])
def test_a_backfill_that_is_killed_anywhere_goes_on_and_tells_nothing_of_the_past(
    program: Program,
    past: tuple[Stopping, list[str], tuple[str, ...], tuple[str, ...]],
    tmp_path: Path,
    at: str,
) -> None:
    archive, shown, backfill, monitor = past
    undisturbed = Program(tmp_path / "undisturbed")
    assert undisturbed(*backfill).code == 0
    archive.kills(program.home, at, *backfill)
    archive.asked.clear()
    ran = program(*backfill)
    assert ran.code == 0, ran
    assert isinstance(ran.json, dict)
    assert ran.json["alerts"] == []
    # What was taken in before the kill is not asked for again.
    assert set(archive.asked) == {capture for capture in archive.captures if at == "list" or capture >= at}
    assert known(program.home) == known(undisturbed.home)
    # Nor is the first look at the page that is watched news, and what comes after it is.
    assert program(*monitor).json["changes"] == []  # type: ignore[index]
    assert known(program.home)["alerts"] == []
    shown.append(page(*STATES))
    told = program(*monitor).json["changes"]  # type: ignore[index]
    assert ("member_joined", "CA") in {(change["kind"], change["subject"]) for change in told}
    assert program("verify").code == 0


@pytest.mark.fault("H1")
@pytest.mark.parametrize("looked", ["before", "after"])
def test_a_backfill_that_is_killed_between_two_looks_makes_no_news_of_what_both_saw(
    program: Program, past: tuple[Stopping, list[str], tuple[str, ...], tuple[str, ...]], looked: str
) -> None:
    archive, _, backfill, monitor = past
    if looked == "before":
        assert program(*monitor).code == 0
    archive.kills(program.home, "20030101000000", *backfill)
    for command in (monitor, backfill, monitor):
        ran = program(*command)
        assert ran.code == 0, ran
        assert isinstance(ran.json, dict)
        assert ran.json["alerts"] == []
    found = known(program.home)
    assert found["alerts"] == []
    assert isinstance(found["versions"], list)
    assert len(found["versions"]) == 6
    assert program("alerts", "list", "--json").json == []


@pytest.mark.fault("J9")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_closes_its_record_and_blames_no_source(
    program: Program, tmp_path: Path, sign: signal.Signals
) -> None:
    with ManyPages(0.3) as pages:
        config = pages.declared(tmp_path, "kx", range(1, 101))
        arguments = ("monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--direct")
        running = begun(program.home, *arguments)
        until(lambda: len(pages.numbers) >= 3, "the run is in its middle")
        running.send_signal(sign)
        assert running.wait(60) == 130
        assert len(pages.numbers) < 100
    with stored(program.home) as store, store.reading() as r:
        assert closed(r) == {"crashed": 1}
        assert r.runs()[0].detail == "broken off by KeyboardInterrupt"
        assert {source.state.failures for source in r.sources("kx")} == {0}


def test_an_answer_that_comes_after_the_end_of_its_run_is_dropped(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "demo.yaml"
    config.write_text(REGIME.replace("https://mtcr.example/partners", httpserver.url_for("/partners")))
    asked, go = threading.Event(), threading.Event()

    def slowly(_request: Request) -> Response:
        asked.set()
        go.wait(30)
        return Response("gone", status=500)

    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/partners").respond_with_handler(slowly)
    monkeypatch.setenv("PLENARYWATCH_HOME", str(tmp_path / "home"))
    with open_watch(config=config, allow_private=(httpserver.host,)) as watch:
        run = begin(watch, watch.sources())
        ((regime, source),) = watch.sources()
        waiting = threading.Thread(target=check_guarded, args=(run, regime, source))
        waiting.start()
        assert asked.wait(30)
        run.break_off()
        go.set()
        waiting.join(60)
        with watch.store.reading() as r:
            assert r.sources("demo")[0].state.failures == 0
