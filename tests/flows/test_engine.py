"""The run as a Prefect flow, in a real process with the engine's own server."""

from __future__ import annotations

from pathlib import Path

from storage import Store
from tests.builders.program import Program


def test_a_flow_without_a_server_ends_as_its_sources_did_and_leaves_standard_error_empty(
    program: Program, config: Path, tmp_path: Path
) -> None:
    away = tmp_path / "x.yaml"
    away.write_text("regime: x\nname: X\nsources:\n  - {id: a, kind: statement, url: 'http://127.0.0.1:1/'}\n")
    # The engine's home is one: making it is what takes long.
    for declared, code, outcomes in ((config, 0, {"listed", "baseline"}), (away, 1, {"failed"})):
        ran = program.started_anew(
            "monitor", "--config", str(declared), "--allow-private", "127.0.0.1", "--json",
            env={"PREFECT_HOME": str(tmp_path / "prefect")},
        )  # fmt: skip
        assert (ran.code, ran.err) == (code, "")
        assert isinstance(ran.json, dict)
        assert {o["outcome"] for o in ran.json["sources"]} == outcomes
    with Store.open(f"sqlite:///{program.home / 'plenarywatch.sqlite'}") as store, store.reading() as r:
        assert sorted(run.state for run in r.runs()) == ["completed", "failed"]
