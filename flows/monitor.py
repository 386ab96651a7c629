"""The Prefect flow: what happens when. The steps themselves are plain functions in `flows.steps`."""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flows import engine

engine.prepare()

import httpx  # noqa: E402 (Prefect's own, which it lets its faults through from)
from prefect import flow, get_run_logger, task, unmapped  # noqa: E402 (its settings come first)
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.events import emit_event  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402
from prefect.task_runners import ThreadPoolTaskRunner  # noqa: E402

from diffs.sentence import say  # noqa: E402
from flows.errors import BadRequest  # noqa: E402
from flows.outcome import MonitorSummary, SourceReport  # noqa: E402
from flows.pacing import shared_pace  # noqa: E402
from flows.run import Run  # noqa: E402
from flows.run_report import run_report  # noqa: E402
from flows.running import LONGEST, WORKERS, as_rows, begin, check_guarded, closed_if_broken_off, finish, shared_out  # noqa: E402
from flows.watch import open_watch  # noqa: E402
from sources import RegimeConfig, SourceConfig  # noqa: E402

# Runs under way by their id: tasks are given the id, for the engine copies what it is given.
_RUNS: dict[str, Run] = {}
_SUMMARIES: dict[str, MonitorSummary] = {}


def _under_way(_task: object, _run: object, _state: object) -> bool:
    """Whether there is a run that a second try would belong to."""
    return bool(_RUNS)


# One address is tried again by the fetcher; this is for what takes a whole source down, such as a database that
# is away for a moment.
@task(
    name="check-sources",
    task_run_name="{name}",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_condition_fn=_under_way,
)
def check(run: str, sources: range, name: str) -> list[SourceReport]:
    """Check the sources that stand at these places in the run, and the pages under each."""
    if (under_way := _RUNS.get(run)) is None:
        # The run was broken off while this task was waiting for its turn.
        return []
    return [_logged(check_guarded(under_way, *under_way.chosen[place])) for place in sources]


def _logged(report: SourceReport) -> SourceReport:
    """*report*, which now stands in the run's log."""
    log = get_run_logger()
    for outcome in report.outcomes:
        line = f"{outcome.regime}/{outcome.source}: {outcome.outcome}" + (
            f" ({outcome.error})" if outcome.failed else ""
        )
        # What stands beside the words is for whoever reads the log as JSON.
        fields = {"regime": outcome.regime, "source": outcome.source, "outcome": outcome.outcome}
        log.log(logging.WARNING if outcome.failed else logging.INFO, line, extra=fields)
    for change in report.changes:
        fields = {"regime": change.regime, "kind": change.kind.value, "change": change.key}
        log.info(f"{change.severity.value}: {say(change)}", extra=fields)
    return report


def _name(chosen: Sequence[tuple[RegimeConfig, SourceConfig]], places: range) -> str:
    """What the task is called that checks the sources at these places."""
    config, first = chosen[places[0]]
    return f"{config.regime}/{first.id}" + (f" and {len(places) - 1} more" if len(places) > 1 else "")


@flow(
    name="monitor",
    task_runner=ThreadPoolTaskRunner(max_workers=WORKERS),  # type: ignore[arg-type]
    persist_result=False,
    validate_parameters=True,
    timeout_seconds=LONGEST.total_seconds(),
)
def monitor(
    regimes: list[str] | None = None,
    source: str | None = None,
    config: str | None = None,
    now: datetime | None = None,
    allow_private: list[str] | None = None,
    handle: str | None = None,
) -> State[None]:
    """Check every declared source once: fetch, archive, parse, compare, store, alert, deliver.

    Args:
        regimes: The regimes to watch, by their ids; all that are declared when none is named.
        source: The one source to check, by its id.
        config: A file or folder of declarations, as the worker sees it; the packaged ones when none is named.
        now: The moment to observe at; the present one when none is named.
        allow_private: Hosts of your own that may be reached though they are not public.
        handle: The name under which a caller in this process takes the summary.
    """
    with open_watch(
        config=Path(config) if config else None,
        now=now,
        allow_private=tuple(allow_private or ()),
        gate=shared_pace(),
    ) as watch:
        chosen = watch.sources(tuple(regimes or ()), source)
        run = begin(watch, chosen)
        _RUNS[run.id] = run
        try:
            with closed_if_broken_off(run):
                places = shared_out(len(chosen))
                names = [_name(chosen, some) for some in places]
                reports = check.map(unmapped(run.id), places, names).result()
                summary = finish(run, [report for some in reports for report in some])
        finally:
            del _RUNS[run.id]
        with watch.store.reading() as r:
            report = run_report(r, summary)
    if handle is not None:
        _SUMMARIES[handle] = summary
    _show(summary, report)
    if summary.failures:
        first = summary.failures[0]
        return Failed(
            message=f"{len(summary.failures)} of {len(summary.sources)} failed: {first.error or first.outcome}"
        )
    return Completed(
        message=f"{len(summary.sources)} checked, {len(summary.changes)} changes, {len(summary.alerts)} alerts"
    )


def _show(summary: MonitorSummary, report: str) -> None:
    """The run's artifacts (*report* is the Markdown of one), and an event for each alert."""
    create_markdown_artifact(key="plenarywatch-changes", markdown=report, description="What changed")
    create_table_artifact(key="plenarywatch-sources", table=as_rows(summary), description="Sources and outcomes")
    for alert in summary.alerts:
        emit_event(
            event=f"plenarywatch.{alert.kind.replace('_', '.', 1)}",
            resource={"prefect.resource.id": f"plenarywatch.change.{alert.key}"},
            payload={"sentence": alert.sentence, "severity": alert.severity, "audience": alert.audience},
        )
    emit_event(
        event="plenarywatch.run.finished",
        resource={"prefect.resource.id": f"plenarywatch.run.{summary.run}"},
        payload={"changes": len(summary.changes), "alerts": len(summary.alerts), "failures": len(summary.failures)},
    )


def run_with_engine(
    *,
    regimes: tuple[str, ...],
    source: str | None,
    config: Path | None,
    now: datetime | None,
    allow_private: tuple[str, ...],
) -> MonitorSummary:
    """Run the flow in this process and give its summary: with the user's server, or the temporary one.

    A server that goes away during the run stops nothing but the engine's own report of it. Raises `BadRequest` where
    it cannot be reached at all.
    """
    handle = uuid.uuid4().hex
    try:
        state = monitor(
            regimes=list(regimes) or None,
            source=source,
            config=str(config) if config else None,
            now=now,
            allow_private=list(allow_private) or None,
            handle=handle,
            return_state=True,
        )
    except Exception as error:
        if (summary := _SUMMARIES.pop(handle, None)) is not None:
            return summary
        if isinstance(error, httpx.TransportError) or "Failed to reach API" in str(error):
            server = os.environ.get("PREFECT_API_URL") or "the server of your Prefect profile"
            line = f"{server}: Prefect's server does not answer; start it, or run without it: --direct"
            raise BadRequest(line) from error
        raise
    summary = _SUMMARIES.pop(handle, None)
    if summary is None:
        state.result(raise_on_failure=True)
        raise RuntimeError("the flow ended without a summary")
    return summary
