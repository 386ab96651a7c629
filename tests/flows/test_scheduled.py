"""A real Prefect server, real process workers, the deployments of prefect.yaml: what a schedule does.

Slow: a server takes half a minute to come up, and each flow run is a process of its own.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from flows.demo.server import DemoServer
from flows.pacing import limit_of
from storage import Store
from tests.builders.engine import Engine, ManyPages, kill, until
from tests.builders.postgres import a_postgres
from tests.builders.program import Program
from tests.storage.conftest import postgres_folder

__all__ = ["postgres_folder"]

pytestmark = pytest.mark.slow


def _store(home: Path) -> Store:
    return Store.open(f"sqlite:///{home / 'plenarywatch.sqlite'}")


def _deploy(engine: Engine, program: Program, config: Path) -> None:
    ran = program("deploy", "--config", str(config), "--allow-private", "127.0.0.1", env=engine.environment())
    assert ran.code == 0, ran.err


def test_a_scheduled_run_alerts_once_publishes_the_site_and_sends_its_event(
    engine: Engine, program: Program, site: DemoServer, config: Path
) -> None:
    first = program("monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--direct")
    assert first.code == 0, first.err
    _deploy(engine, program, config)
    schedules = f"{engine.api}/deployments/{engine.deployment('monitor/mtcr')['id']}/schedules"
    engine.http.post(schedules, json=[{"schedule": {"interval": 15}, "active": True}], timeout=60).raise_for_status()
    site.day = 1
    with engine.worker(program.home):
        until(
            lambda: len([r for r in engine.of("monitor/mtcr") if r["state_type"] == "COMPLETED"]) >= 2,
            "two scheduled runs complete",
        )
        for schedule in engine.http.get(schedules, timeout=60).json():
            engine.http.delete(f"{schedules}/{schedule['id']}", timeout=60).raise_for_status()
        until((program.home / "site" / "index.html").exists, "the site is published when a run has ended")
        until(lambda: engine.events("plenarywatch.resolution.cited"), "the alert's event arrives")
    lines = (program.home / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    with _store(program.home) as store, store.reading() as r:
        raised = r.alerts()
    assert "resolution_cited" in {a.change.kind.value for a in raised}
    assert len(lines) == len(raised) == len({a.change.key for a in raised})
    told = Counter(
        dict(e["resource"])["prefect.resource.id"]  # type: ignore[call-overload]
        for e in engine.events("plenarywatch.resolution.cited")
    )
    assert set(told.values()) == {1}
    artifacts = {str(a["key"]): str(a["data"]) for a in engine.ask("artifacts/latest/filter")}
    assert "press" in artifacts["plenarywatch-sources"]


@pytest.mark.fault("J2")
def test_a_worker_killed_in_the_middle_loses_nothing_and_the_next_run_repeats_nothing(
    engine: Engine, program: Program, tmp_path: Path
) -> None:
    with ManyPages(0.1) as pages:
        config = pages.declared(tmp_path, "kx", range(1, 61))
        _deploy(engine, program, config)
        with engine.worker(program.home) as worker:
            engine.run("monitor/kx")
            until(lambda: len(pages.numbers) >= 20, "the run is in its middle")
            kill(worker)
        with _store(program.home) as store, store.reading() as r:
            assert [run.state for run in r.runs()] == ["running"]
            assert 0 < len(r.versions("kx")) < 60
        ran = program(
            "monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--json",
            "--now", "2100-01-01T00:00:00Z", env=engine.environment(),
        )  # fmt: skip
    assert ran.code == 0, ran.err
    with _store(program.home) as store, store.reading() as r:
        assert len(r.versions("kx")) == 60
        assert Counter(run.state for run in r.runs()) == {"completed": 1, "crashed": 1}
    assert program("verify").code == 0


# Requests a second that all workers together may make.
_PACE = 4.0


@pytest.mark.postgres
def test_two_workers_on_one_postgresql_keep_the_pace_of_a_host_together(
    engine: Engine, program: Program, tmp_path: Path, postgres_folder: str
) -> None:
    with ManyPages() as pages, a_postgres(postgres_folder, "template0") as database, ExitStack() as workers:
        declared = tmp_path / "declared"
        declared.mkdir()
        pages.declared(declared, "wx", range(1, 101))
        pages.declared(declared, "wy", range(101, 201))
        _deploy(engine, program, declared)
        limit = {"name": limit_of(pages.host), "limit": 1, "slot_decay_per_second": _PACE}
        engine.http.post(f"{engine.api}/v2/concurrency_limits/", json=limit, timeout=60).raise_for_status()
        Store.open(database).close()
        shared = {"PLENARYWATCH_DATABASE_URL": database, "PLENARYWATCH_ARCHIVE_URL": str(tmp_path / "archive")}
        for name in ("one", "two"):
            workers.enter_context(engine.worker(tmp_path / name, **shared))
        runs = [engine.run(f"monitor/{regime}") for regime in ("wx", "wy")]
        assert [engine.ended(run)[0] for run in runs] == ["Completed", "Completed"]
        with Store.open(database) as store, store.reading() as r:
            assert sorted(int(v.url.rsplit("/", 1)[1]) for g in ("wx", "wy") for v in r.versions(g)) == [*range(1, 201)]
            assert [run.state for run in r.runs()] == ["completed", "completed"]
    first = {regime: pages.numbers.index(number) for regime, number in (("wx", "1"), ("wy", "101"))}
    last = {regime: pages.numbers.index(number) for regime, number in (("wx", "100"), ("wy", "200"))}
    assert max(first.values()) < min(last.values()), "the runs were one after the other, and shared nothing"
    # Counted by the host: so many requests never come in less time than the pace gives them. A request that was
    # held up on its way makes the next seem early, by no more than what it was late: a second, over twenty.
    at = [moment for _, moment in pages.asked]
    assert len(at) == 202
    assert min(b - a for a, b in zip(at, at[20:], strict=False)) > 20 / _PACE - 1.0
    assert at[-1] - at[0] > (len(at) - 1) / _PACE - 1.0
