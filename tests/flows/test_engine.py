"""The run as a Prefect flow, in a real process with the engine's own server."""

from __future__ import annotations

from pathlib import Path

from flows.demo.server import DemoServer
from tests.flows.conftest import Program


def test_the_flow_runs_with_no_server_and_leaves_standard_error_empty(
    program: Program, site: DemoServer, config: Path, tmp_path: Path
) -> None:
    ran = program(
        "monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--json",
        env={"PREFECT_HOME": str(tmp_path / "prefect")},
    )  # fmt: skip
    assert ran.err == ""
    assert ran.code == 0
    assert isinstance(ran.json, dict)
    assert {o["outcome"] for o in ran.json["sources"]} == {"listed", "baseline"}
    assert [run["state"] for run in _runs(program)] == ["completed"]


def _runs(program: Program) -> list[dict[str, str]]:
    from storage import Store

    with Store.open(f"sqlite:///{program.home / 'plenarywatch.sqlite'}") as store, store.reading() as r:
        return [{"state": run.state} for run in r.runs()]


def test_a_source_that_fails_is_a_run_that_failed(program: Program, tmp_path: Path) -> None:
    config = tmp_path / "x.yaml"
    config.write_text("regime: x\nname: X\nsources:\n  - {id: a, kind: statement, url: 'http://127.0.0.1:1/'}\n")
    ran = program(
        "monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--json",
        env={"PREFECT_HOME": str(tmp_path / "prefect")},
    )  # fmt: skip
    assert ran.code == 1
    assert isinstance(ran.json, dict)
    assert ran.json["sources"][0]["outcome"] == "failed"
    assert ran.err == ""
