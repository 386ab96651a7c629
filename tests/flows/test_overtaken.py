"""A worker that was thought dead and comes back writes nothing about what another has checked since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from flows.running import begin, check_guarded, finish, run_directly
from flows.watch import Watch, open_watch

CONFIG = """
regime: demo
name: Missile Technology Control Regime
names: [MTCR]
sources:
  - {id: partners, kind: members, url: 'URL'}
"""
STATES = ["Argentina", "Australia", "Austria", "Belgium", "Brazil", "Bulgaria", "Canada", "Denmark"]
NOON = datetime(2011, 4, 18, 12, tzinfo=UTC)


def partners(count: int) -> str:
    items = "".join(f"<li>{state}</li>" for state in STATES[:count])
    return (
        f"<html><head><title>MTCR Partners</title></head><body><main><h1>MTCR Partners</h1><p>The {count} partners of"
        f" the Missile Technology Control Regime are:</p><ul>{items}</ul></main></body></html>"
    )


def says(server: HTTPServer, html: str, status: int = 200) -> None:
    server.clear()
    server.expect_request("/robots.txt").respond_with_data("", status=404)
    server.expect_request("/partners").respond_with_data(html, status=status, content_type="text/html")


@pytest.fixture
def watch(tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    config = tmp_path / "demo.yaml"
    config.write_text(CONFIG.replace("URL", httpserver.url_for("/partners")))
    monkeypatch.setenv("PLENARYWATCH_HOME", str(tmp_path / "home"))
    with open_watch(config=config, now=NOON, allow_private=(httpserver.host,)) as opened:
        yield opened


@pytest.mark.fault("J3")
@pytest.mark.parametrize(("stale", "status"), [(partners(7), 200), ("gone", 404)], ids=["an old page", "a fault"])
def test_what_a_returning_worker_saw_before_is_not_written(
    watch: Watch, httpserver: HTTPServer, stale: str, status: int
) -> None:
    ((config, source),) = watch.sources()
    says(httpserver, partners(6))
    run_directly(watch, watch.sources())
    zombie = begin(watch, watch.sources())
    says(httpserver, partners(8))
    (joined,) = run_directly(watch, watch.sources()).sources
    assert joined.outcome == "changed"
    # What the first worker had fetched before it fell asleep.
    says(httpserver, stale, status)
    report = check_guarded(zombie, config, source)
    assert [outcome.outcome for outcome in report.outcomes] == ["overtaken"]
    assert report.changes == ()
    with watch.store.reading() as r:
        assert [len(version.record.members) for version in r.versions("demo")] == [6, 8]
        assert r.sources("demo")[0].state.failures == 0


def test_a_worker_that_returns_with_nothing_new_sets_nothing_back(watch: Watch, httpserver: HTTPServer) -> None:
    ((config, source),) = watch.sources()
    says(httpserver, partners(6))
    run_directly(watch, watch.sources())
    zombie = begin(watch, watch.sources())
    says(httpserver, partners(8))
    run_directly(watch, watch.sources())
    with watch.store.reading() as r:
        stood = r.sources("demo")[0].state
    says(httpserver, partners(6))
    finish(zombie, [check_guarded(zombie, config, source)])
    with watch.store.reading() as r:
        assert r.sources("demo")[0].state == stood


def test_the_run_after_it_goes_on_as_ever(watch: Watch, httpserver: HTTPServer) -> None:
    says(httpserver, partners(6))
    run_directly(watch, watch.sources())
    begin(watch, watch.sources())
    says(httpserver, partners(8))
    outcomes = [run_directly(watch, watch.sources()).sources[0].outcome for _ in range(2)]
    assert outcomes == ["changed", "unchanged"]
