"""The runbook, the deployments and the metrics: what an operator relies on."""

from __future__ import annotations

import importlib
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
from diffs.change import BothSides, Change, ChangeKind, Severity, Status
from flows import engine
from flows.cluster import pool
from flows.demo.server import DemoServer
from flows.deploying import CHECKOUT, Deployment, deployments_of
from flows.errors import BadRequest
from flows.outcome import MonitorSummary, SourceOutcome
from flows.pacing import hosts_of, limit_of
from flows.running import as_markdown
from parsers.record import Evidence
from reports.serve import server
from sources import load_regimes
from tests.builders.program import ROOT, Program


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


def _deployments() -> list[Deployment]:
    found: list[Deployment] = YAML(typ="safe").load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))[
        "deployments"
    ]
    return found


def test_each_declared_regime_is_deployed_at_hours_that_exist() -> None:
    deployments = _deployments()
    watched = {d["name"]: d["schedules"] for d in deployments if d["entrypoint"] == "flows.monitor.monitor"}
    declared = {config.regime: config.schedule.model_dump() for config in load_regimes()}
    assert watched.keys() == declared.keys()
    for regime, (schedule,) in watched.items():
        assert {"cron": schedule["cron"], "timezone": schedule["timezone"]} == declared[regime]
    schedules = [s for d in deployments for s in d.get("schedules", [])]
    assert all(croniter.is_valid(s["cron"]) for s in schedules)
    assert len({s["slug"] for s in schedules}) == len(schedules)


def test_a_regime_declared_in_yaml_alone_is_deployed_at_its_own_hours(tmp_path: Path) -> None:
    config = tmp_path / "own.yaml"
    config.write_text(
        "regime: own\nname: Own Group\nschedule: {cron: '7 4 * * 1', timezone: Asia/Tokyo}\n"
        "sources:\n  - {id: a, kind: statement, url: 'https://intranet.example:8443/a'}\n"
    )
    made = deployments_of(_deployments(), load_regimes(config), config, ["intranet.example"])
    (own,) = [d for d in made if d["entrypoint"] == "flows.monitor.monitor"]
    assert own["name"] == "own"
    assert own["schedules"] == [{"cron": "7 4 * * 1", "timezone": "Asia/Tokyo", "slug": "own-declared"}]
    assert own["parameters"] == {"regimes": ["own"], "config": str(config), "allow_private": ["intranet.example"]}
    assert own["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}  # type: ignore[typeddict-item]
    history = next(d for d in made if d["name"] == "history")
    assert history["parameters"] == {"regime": "mtcr", "config": str(config), "allow_private": ["intranet.example"]}
    assert next(d for d in made if d["name"] == "outbox")["parameters"] == {}


def test_each_host_has_a_limit_of_its_own_name_and_private_ones_have_none() -> None:
    regimes = load_regimes()
    hosts = hosts_of(regimes)
    assert "www.mtcr.info" in hosts
    assert "www.mtcr.info" not in hosts_of(regimes, private=["www.mtcr.info"])
    names = {limit_of(host): host for host in (*hosts, "127.0.0.1:8080", "[::1]:80")}
    assert len(names) == len(hosts) + 2
    # What Prefect's server accepts as a name.
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in names)


@pytest.mark.parametrize(
    "flow", ["flows.monitor:monitor", "flows.chores:backfill", "flows.chores:reparse", "flows.chores:publish"]
)
def test_a_person_who_starts_a_flow_by_hand_is_told_what_each_parameter_is(flow: str) -> None:
    module, name = flow.split(":")
    engine.prepare()
    from prefect.utilities.callables import parameter_schema

    schema = parameter_schema(getattr(importlib.import_module(module), name))
    assert schema.properties
    assert {key for key, said in schema.properties.items() if not said.get("description")} == set()


def test_the_report_of_a_run_shows_what_a_page_says_and_runs_none_of_it() -> None:
    hostile = "<script>alert(1)</script> [here](javascript:x) `tick` | bar"
    change = Change(
        key="k", kind=ChangeKind.STATEMENT_REVISED, severity=Severity.WARNING, regime="mtcr", subject=hostile,
        evidence=BothSides(before=(Evidence(0, 0, 1, hostile),), after=(Evidence(0, 0, 1, "34 partners"),)),
    )  # fmt: skip
    outcomes = tuple(
        SourceOutcome(regime="mtcr", source=name, url="u", outcome=outcome, error=hostile)
        for name, outcome in (("s", "failed"), ("partly", "listed"))
    )
    report = as_markdown(MonitorSummary("r", outcomes, (change,), ()))
    assert report.index("## Could not be read") < report.index("mtcr/s") < report.index("## Read in part")
    assert report.index("## Read in part") < report.index("mtcr/partly")
    assert "stated now: “34 partners”" in report
    assert "mtcr/s" in report
    assert "<script" not in report
    assert "](javascript" not in report.replace("\\]", "").replace("]\\(", "")


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
    asked = {s.name: s.value for s in families["plenarywatch_fetch_seconds"].samples}
    assert asked["plenarywatch_fetch_seconds_count"] == sum(s.value for s in families["plenarywatch_fetches"].samples)
    assert asked["plenarywatch_fetch_seconds_sum"] > 0
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
