"""A run from its first record to its last, with or without the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from alerts.audience import urgency
from alerts.message import page_of
from alerts.writing import escaped
from diffs.change import Change, Status
from diffs.sentence import say
from flows.delivering import deliver
from flows.errors import RunOver
from flows.outcome import AlertTold, MonitorSummary, SourceOutcome, SourceReport
from flows.run import Run
from flows.steps import check_source
from flows.threads import Threads
from flows.watch import Watch
from sources import RegimeConfig, SourceConfig

# Sources that are checked at once; each host still has its own pace.
WORKERS = 8
# A run has at most so many pieces: beyond them, neighbours share one. A task costs the engine about 10 ms, and while one
# piece waits for what reads its pages the others go on.
_PIECES = 40
# So long (seconds) a run that was broken off waits for its threads: what one reads or writes meanwhile is soon done.
_FAREWELL = 2.0
# So many characters of a quote stand in a run's report; the site has the whole of it.
_QUOTED = 300
# The longest that a run may take; Prefect ends it then. One that is older and open was lost with its worker.
LONGEST = timedelta(hours=1)


def begin(watch: Watch, chosen: Sequence[tuple[RegimeConfig, SourceConfig]] = (), kind: str = "monitor") -> Run:
    """A new run over the chosen sources, recorded in our own database."""
    now = watch.clock()
    watch.fetcher.start_over()
    with watch.store.writing() as w:
        w.close_lost_runs(kind, now - LONGEST, now)
        run = Run(watch, w.begin_run(kind, now), len(chosen))
    if chosen:
        with closed_if_broken_off(run):
            run.expect(chosen)
    return run


def shared_out(sources: int) -> list[range]:
    """The places of so many sources in the pieces that are checked side by side, each from its first to its last."""
    each = -(-sources // _PIECES) or 1
    return [range(begin, min(begin + each, sources)) for begin in range(0, sources, each)]


def check_guarded(run: Run, config: RegimeConfig, source: SourceConfig) -> SourceReport:
    """`check_source`; in a run that was broken off, that it was not checked."""
    try:
        return check_source(run, config, source)
    except RunOver as error:
        failed = SourceOutcome(
            regime=config.regime, source=source.id, url=source.url, outcome="failed", error=str(error)
        )
        return SourceReport((failed,))


def run_directly(watch: Watch, chosen: Sequence[tuple[RegimeConfig, SourceConfig]]) -> MonitorSummary:
    """The whole run without the engine: the same steps, in threads."""
    run = begin(watch, chosen)

    def check(places: range) -> list[SourceReport]:
        return [check_guarded(run, *chosen[place]) for place in places]

    threads = Threads(WORKERS)
    with closed_if_broken_off(run, threads):
        return finish(run, [report for some in threads.map(check, shared_out(len(chosen))) for report in some])


@contextmanager
def closed_if_broken_off(run: Run, threads: Threads | None = None) -> Iterator[None]:
    """Close a run that an exception ends: it was cancelled, timed out, or a fault of ours. What it kept stays; nobody
    waits long for its *threads*."""
    try:
        yield
    except BaseException as error:
        run.break_off()
        why = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
        with run.watch.store.writing() as w:
            w.end_run(run.id, "crashed", f"broken off by {why[:200]}", run.watch.clock())
        if threads is not None:
            threads.leave(_FAREWELL)
        raise


def finish(run: Run, reports: Iterable[SourceReport]) -> MonitorSummary:
    """Close a run and deliver what is pending."""
    watch = run.watch
    run.readers.close()
    run.flush()
    reports = list(reports)
    outcomes = tuple(outcome for report in reports for outcome in report.outcomes)
    changes = _in_order(change for report in reports for change in report.changes)
    failed = [outcome for outcome in outcomes if outcome.failed]
    detail = f"{len(outcomes)} checked, {len(failed)} failed, {len(changes)} changes"
    with watch.store.writing() as w:
        w.end_run(run.id, "failed" if failed else "completed", detail, watch.clock())
    deliver(watch)
    with watch.store.reading() as r:
        alerts = r.alerts(run=run.id)
    told = tuple(
        AlertTold(a.id, a.change.key, a.change.kind.value, urgency(a.change).value, a.audience, a.sentence)
        for a in alerts
    )
    return MonitorSummary(run.id, outcomes, changes, told)


_RANK = {"critical": 0, "warning": 1, "info": 2}


def _in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes of a run, each once: what one page left held and another confirmed is confirmed."""
    held_first = sorted(changes, key=lambda c: c.status is not Status.HELD)
    once = {change.key: change for change in held_first}.values()
    return tuple(sorted(once, key=lambda c: (_RANK[c.severity.value], c.kind.value, c.subject)))


def as_markdown(summary: MonitorSummary) -> str:
    """What a run found, for a person: the changes in sentences with the words that state them, then what failed."""
    lines = ["# Plenarywatch run", ""]
    for change in summary.changes:
        said, page = escaped(say(change)), page_of(change)
        lines.append(f"- **{change.severity.value}** " + (f"[{said}]({page})" if page else said))
        for side, found in (("before", change.evidence.before), ("now", change.evidence.after)):
            lines += [f"    - stated {side}: “{escaped(item.quote[:_QUOTED])}”" for item in found[:2]]
    if not summary.changes:
        lines.append("Nothing changed.")
    if summary.failures:
        lines += ["", "## Could not be read", ""]
        lines += [f"- `{o.regime}/{o.source}`: {escaped(o.error or o.outcome)}" for o in summary.failures]
    partly = [outcome for outcome in summary.sources if outcome.error and not outcome.failed]
    if partly:
        lines += ["", "## Read in part", ""]
        lines += [f"- `{o.regime}/{o.source}`: {escaped(o.error or '')}" for o in partly]
    return "\n".join(lines) + "\n"


def as_rows(summary: MonitorSummary) -> list[dict[str, str | int]]:
    """A row a source: how it stood."""
    return [
        {
            "regime": o.regime,
            "source": o.source,
            "outcome": o.outcome,
            "status": o.http_status or "",
            "error": o.error or "",
        }
        for o in summary.sources
    ]
