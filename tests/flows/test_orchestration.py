"""What an engine does to runs, by a real server and a real worker: a host missed, a deployment changed, a run started by
hand, tried again, cancelled, timed out, and a server that goes away. Slow, as `test_scheduled` is.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import Store
from storage.values import RunView
from tests.builders.engine import ROOT, Engine, Line, ManyPages, kill, until
from tests.builders.program import Program

pytestmark = pytest.mark.slow

NEWS = "<p>Those present recalled UN Security Council Resolution 1540 (2004).</p>"


@pytest.fixture
def pages() -> Iterator[ManyPages]:
    with ManyPages(0.2) as served:
        yield served


@pytest.fixture
def deployed(engine: Engine, program: Program, pages: ManyPages, tmp_path: Path) -> Path:
    """Where the regime ``jx`` of thirty statements is declared, which is deployed as ``monitor/jx``."""
    config = pages.declared(tmp_path, "jx", range(1, 31))
    ran = program("deploy", "--config", str(config), "--allow-private", "127.0.0.1", env=engine.environment())
    assert ran.code == 0, ran.err
    return config


def directly(program: Program, config: Path) -> int:
    return program("monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--direct").code


def kept(home: Path) -> tuple[tuple[RunView, ...], Counter[str], list[str]]:
    """Our own records of the runs, oldest first; how many versions each page has; the kinds of the alerts."""
    with Store.open(f"sqlite:///{home / 'plenarywatch.sqlite'}") as store, store.reading() as r:
        versions = Counter(version.source for version in r.versions("jx"))
        return r.runs()[::-1], versions, sorted(alert.change.kind.value for alert in r.alerts())


def states(home: Path) -> list[str]:
    runs, _, _ = kept(home)
    assert all(run.ended_at is not None for run in runs)
    return [run.state for run in runs]


@pytest.mark.fault("J4", "J1")
def test_hours_that_were_missed_are_made_up_by_one_run_that_tells_once(
    engine: Engine, program: Program, pages: ManyPages, deployed: Path
) -> None:
    assert directly(program, deployed) == 0
    pages.added["7"] = NEWS
    pages.asked.clear()
    path = f"{engine.api}/deployments/{engine.deployment('monitor/jx')['id']}/create_flow_run"
    for hours in (3, 2, 1):
        then = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": then}}
        engine.http.post(path, json={"state": state}, timeout=60).raise_for_status()
    until(lambda: [r["state_name"] for r in engine.of("monitor/jx")].count("Late") == 3, "three runs are late")
    with engine.worker(program.home, limit=3):
        until(
            lambda: (
                {str(r["state_name"]) for r in engine.of("monitor/jx") if r["state_name"] != "Scheduled"}
                <= {"Completed", "Cancelled"}
            ),
            "each late run has an end",
        )
    ended = Counter(str(r["state_name"]) for r in engine.of("monitor/jx"))
    _, versions, alerts = kept(program.home)
    assert alerts == ["resolution_cited", "statement_revised"]
    assert (versions["s7"], versions["s8"]) == (2, 1)
    # Those that found one under way were cancelled: an hour that another makes up is not made up twice at once.
    assert ended["Completed"] >= 1
    assert states(program.home) == ["completed"] * (1 + ended["Completed"])


@pytest.mark.fault("J5", "J6")
def test_a_deployment_that_is_changed_changes_the_next_run_and_parameters_of_a_person_change_one(
    engine: Engine, program: Program, pages: ManyPages, deployed: Path
) -> None:
    with engine.worker(program.home):
        run = engine.run("monitor/jx")
        until(lambda: len(pages.numbers) >= 3, "the run is in its middle")
        pages.declared(deployed.parent, "jx", range(1, 4))
        changed = program("deploy", "--config", str(deployed), "--allow-private", "127.0.0.1", env=engine.environment())
        assert changed.code == 0, changed.err
        assert engine.ended(run)[0] == "Completed"
        assert sorted(map(int, pages.numbers)) == [*range(1, 31)]
        pages.asked.clear()
        assert engine.ended(engine.run("monitor/jx"))[0] == "Completed"
        assert sorted(map(int, pages.numbers)) == [1, 2, 3]
        pages.asked.clear()
        assert engine.ended(engine.run("monitor/jx", source="s2"))[0] == "Completed"
        assert pages.numbers == ["2"]
        name, message = engine.ended(engine.run("monitor/jx", source="s30"))
        assert name == "Failed"
        assert "no source 's30' is declared" in message
    assert engine.start("monitor/jx", regimes=5).status_code in (409, 422)
    assert states(program.home) == ["completed"] * 3


@pytest.mark.fault("J7")
def test_a_run_that_is_tried_again_after_its_end_tells_nothing_twice(
    engine: Engine, program: Program, pages: ManyPages, deployed: Path
) -> None:
    assert directly(program, deployed) == 0
    pages.added["7"] = NEWS
    # With a limit, Prefect's worker fails on a run that it is given again before the run's first process has ended.
    with engine.worker(program.home, limit=None):
        run = engine.run("monitor/jx")
        assert engine.ended(run)[0] == "Completed"
        asked = len(pages.numbers)
        engine.set_state(run, type="SCHEDULED", name="AwaitingRetry")
        until(lambda: len(pages.numbers) >= asked + 30, "every page is asked for again")
        assert engine.ended(run)[0] == "Completed"
    _, versions, alerts = kept(program.home)
    assert alerts == ["resolution_cited", "statement_revised"]
    assert versions["s7"] == 2
    assert states(program.home) == ["completed"] * 3


@pytest.mark.fault("J8")
def test_a_server_that_goes_away_in_the_middle_stops_no_run(
    engine: Engine, program: Program, pages: ManyPages, tmp_path: Path
) -> None:
    config = pages.declared(tmp_path, "jx", range(1, 31))
    line = Line(engine.port)
    settings = engine.environment(PREFECT_API_URL=f"http://127.0.0.1:{line.port}/api", PREFECT_CLIENT_MAX_RETRIES="1")
    with open(tmp_path / "said", "wb") as said:
        running = subprocess.Popen(
            [sys.executable, "-c", "from flows.cli import main; main()", "monitor", "--config", str(config),
             "--allow-private", "127.0.0.1"],
            cwd=ROOT, env=settings | {"PLENARYWATCH_HOME": str(program.home)}, stdout=said, stderr=said,
        )  # fmt: skip
    try:
        until(lambda: len(pages.numbers) >= 5 or running.poll() is not None, "the run is in its middle")
        line.cut()
        # Prefect's client goes on trying to tell its events for minutes; our run has ended long before.
        until(lambda: kept(program.home)[0][0].ended_at, "our own record is closed")
    finally:
        kill(running)
    _, versions, _ = kept(program.home)
    assert len(versions) == 30
    assert states(program.home) == ["completed"]
    assert program("verify").code == 0


@pytest.mark.fault("J8")
def test_a_server_that_is_not_there_is_one_line(program: Program, pages: ManyPages, tmp_path: Path) -> None:
    config = pages.declared(tmp_path, "jx", range(1, 4))
    ran = program(
        "monitor", "--config", str(config), "--allow-private", "127.0.0.1",
        env={"PREFECT_API_URL": "http://127.0.0.1:1/api", "PREFECT_CLIENT_MAX_RETRIES": "0"},
    )  # fmt: skip
    assert ran.code == 2
    assert ran.err.count("\n") == 1, ran.err
    assert "http://127.0.0.1:1/api" in ran.err
    assert "--direct" in ran.err


@pytest.mark.fault("J9")
def test_a_cancelled_run_ends_soon_closes_its_record_and_the_next_goes_on(
    engine: Engine, program: Program, pages: ManyPages, deployed: Path
) -> None:
    with engine.worker(program.home):
        run = engine.run("monitor/jx")
        until(lambda: len(pages.numbers) >= 5, "the run is in its middle")
        engine.set_state(run, type="CANCELLING", name="Cancelling")
        assert engine.ended(run)[0] == "Cancelled"
        until(lambda: states(program.home) == ["crashed"], "our own record is closed")
        assert len(pages.numbers) < 30
        runs, before, _ = kept(program.home)
        assert (runs[0].detail or "").startswith("broken off by ")
        assert engine.ended(engine.run("monitor/jx"))[0] == "Completed"
    _, versions, alerts = kept(program.home)
    assert before
    assert versions == Counter({f"s{n}": 1 for n in range(1, 31)})
    assert alerts == []
    assert states(program.home) == ["crashed", "completed"]


def test_a_run_that_takes_too_long_is_ended_and_says_so(
    engine: Engine, program: Program, pages: ManyPages, tmp_path: Path
) -> None:
    config = pages.declared(tmp_path, "jx", range(1, 31))
    code = (
        "from flows.monitor import monitor\n"
        f"state = monitor.with_options(timeout_seconds=4)(config={str(config)!r}, allow_private=['127.0.0.1'],"
        " return_state=True)\nprint(state.name)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=engine.environment(PLENARYWATCH_HOME=str(program.home)), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "TimedOut", done.stderr[-2000:]
    assert states(program.home) == ["crashed"]
    assert len(pages.numbers) < 30
