"""The runbook, the deployments and the metrics: what an operator relies on."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
import requests
from croniter import croniter
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from alerts.audience import FOR_OPERATORS, Audience, runbook_heading
from alerts.load import packaged_rules
from alerts.rules import matches
from diffs.change import Change, ChangeKind, Severity, Status
from flows.cluster import pool
from flows.demo.server import DemoServer
from flows.errors import BadRequest
from reports.serve import server
from sources import load_regimes
from tests.flows.conftest import ROOT, Program


def _change(kind: ChangeKind, status: Status) -> Change:
    return Change(
        key="k", kind=kind, severity=Severity.WARNING, regime="mtcr", subject="s", status=status,
    )  # fmt: skip


@pytest.mark.parametrize("status", list(Status), ids=lambda s: s.value)
@pytest.mark.parametrize("kind", list(ChangeKind), ids=lambda k: k.value)
def test_every_alert_to_the_operator_has_its_heading_in_the_runbook(kind: ChangeKind, status: Status) -> None:
    change = _change(kind, status)
    headings = re.findall(r"^### (.+)$", (ROOT / "docs/operations.md").read_text(encoding="utf-8"), re.MULTILINE)
    heading = runbook_heading(change)
    for_operators = any(r.audience is Audience.OPERATOR and matches(r, change) for r in packaged_rules().routes)
    assert (heading in headings) if for_operators else heading is None


def test_the_runbook_knows_the_changes_of_sources_themselves() -> None:
    assert {k.value for k in FOR_OPERATORS} == {
        "source_drift", "source_unreachable", "source_recovered", "statement_withdrawn",
    }  # fmt: skip


def test_each_declared_regime_is_deployed_at_hours_that_exist() -> None:
    deployments = YAML(typ="safe").load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    watched = {d["name"] for d in deployments if d["entrypoint"].endswith(":monitor")}
    assert watched == {config.regime for config in load_regimes()}
    schedules = [s for d in deployments for s in d.get("schedules", [])]
    assert all(croniter.is_valid(s["cron"]) for s in schedules)
    assert len({s["slug"] for s in schedules}) == len(schedules)
    for deployment in deployments:
        file, function = deployment["entrypoint"].split(":")
        assert f"def {function}(" in (ROOT / file).read_text(encoding="utf-8")


def test_metrics_are_served_as_prometheus_reads_them(program: Program, site: DemoServer, config: Path) -> None:
    assert program("monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--direct").code == 0
    assert program("report", "build").code == 0
    served = server(program.home / "site", 0)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    try:
        answer = requests.get(f"http://127.0.0.1:{served.server_port}/metrics", timeout=5)
    finally:
        served.shutdown()
        served.server_close()
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = {f.name: f for f in text_string_to_metric_families(answer.text)}
    runs = [(s.labels, s.value) for s in families["plenarywatch_runs"].samples]
    assert runs == [({"kind": "monitor", "state": "completed"}, 1.0)]
    standing = {s.labels["state"]: s.value for s in families["plenarywatch_sources"].samples}
    assert set(standing) == {"well"}
    assert families["plenarywatch_last_run_duration_seconds"].samples[0].value >= 0


def test_deploying_without_a_server_says_what_to_set(program: Program) -> None:
    ran = program("deploy")
    assert ran.code == 2
    assert ran.err.startswith("plenarywatch: PREFECT_API_URL is not set; ")


def test_an_unknown_task_runner_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLENARYWATCH_TASK_RUNNER", "ray")
    with pytest.raises(BadRequest, match="PLENARYWATCH_TASK_RUNNER='ray'"), pool(2):
        pass
