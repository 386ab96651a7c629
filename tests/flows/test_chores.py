"""The deployments beside the watch, each run by a real worker of a real server: history, versions, archive, digest, outbox.
Slow: each flow run is a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from storage import Store
from tests.builders.engine import Engine
from tests.builders.program import Program
from tests.flows.test_backfill import REGIME, STATES, WebArchive, page

pytestmark = pytest.mark.slow


def test_every_deployment_beside_the_watch_does_its_work_and_says_it(
    engine: Engine, program: Program, httpserver: HTTPServer, tmp_path: Path
) -> None:
    archive = WebArchive(httpserver)
    archive.captures = {f"{year}0101000000": (200, page(*STATES[: year - 2004])) for year in (2009, 2011)}
    config = tmp_path / "demo.yaml"
    config.write_text(REGIME)
    ran = program("deploy", "--config", str(config), "--allow-private", archive.host, env=engine.environment())
    assert ran.code == 0, ran.err
    done = "Completed"
    with engine.worker(program.home):
        refused = engine.ended(engine.run("backfill/history", regime="nowhere", cdx=archive.cdx))
        assert refused[0] == "Failed"
        assert "nowhere" in refused[1]
        history = engine.run("backfill/history", regime="demo", cdx=archive.cdx)
        assert engine.ended(history) == (done, "2 captures, 0 not taken in")
        versions = engine.run("reparse/versions", everything=True)
        assert engine.ended(versions) == (done, "2 read again: 2 the same, 0 updated, 0 not read")
        assert engine.ended(engine.run("verify/archive")) == (done, "2 blobs and 2 records are whole")
        sent = "0 sent, 0 digests, 0 to be tried again, 0 given up"
        assert engine.ended(engine.run("deliver/outbox")) == (done, sent)
        assert engine.ended(engine.run("digest/weekly"))[0] == done
        assert engine.ended(engine.run("publish/site")) == (done, str(program.home / "site" / "index.html"))
    with Store.open(f"sqlite:///{program.home / 'plenarywatch.sqlite'}") as store, store.reading() as r:
        assert [(v.observed_at.year, len(v.record.members)) for v in r.versions("demo")] == [(2009, 5), (2011, 7)]
        assert r.alerts() == ()
        assert [(run.kind, run.state) for run in r.runs()] == [("backfill", "completed")]
    artifacts = {str(a["key"]): str(a["data"]) for a in engine.ask("artifacts/latest/filter")}
    assert "history/partners" in artifacts["plenarywatch-captures"]
    assert {artifacts[f"plenarywatch-{name}"] for name in ("backfill", "reparse")} == {"100"}
    assert artifacts["plenarywatch-weekly"].startswith("# Plenarywatch, weekly digest")
