"""History from a web archive: what it captured of the declared pages, oldest first, as versions of their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from msgspec.structs import replace as changed

from diffs.change import Change
from fetchers.captures import Capture, captures, question
from fetchers.errors import FetchError
from flows.observing import observe
from flows.outcome import MonitorSummary, SourceOutcome, SourceReport
from flows.run import Run
from flows.running import begin, broken_off, finish
from flows.version import classify_page
from flows.watch import Watch
from parsers.errors import ParseError
from parsers.parse import parse
from sources import RegimeConfig, SourceConfig, regime_named
from sources.config import Kind
from storage.values import Attempt, SourceRef

_LISTINGS = (Kind.INDEX, Kind.FEED, Kind.SITEMAP, Kind.FILE)


def backfill(
    watch: Watch, regime: str, *, cdx: str, since: int | None = None, say: Callable[[str], object] = lambda _: None
) -> MonitorSummary:
    """The captures of each declared page of *regime* that the CDX server *cdx* knows, from the year *since* on.

    A capture is kept under the page's own address, at the time it was taken, as a version of a source
    ``history/ID`` beside the one that is watched: the past raises no alert. What an earlier run took in is not
    fetched again, so a run that was broken off goes on where it stopped. *say* is told of each page's progress.
    """
    config = regime_named(watch.regimes, regime)
    run = begin(replace(watch, tells=False), kind="backfill")
    try:
        pages = [source for source in config.sources if source.kind not in _LISTINGS]
        reports = [_page(run, config, page, cdx, since, say) for page in pages]
    except BaseException:
        broken_off(run)
        raise
    return finish(run, reports)


def _page(
    run: Run, config: RegimeConfig, page: SourceConfig, cdx: str, since: int | None, say: Callable[[str], object]
) -> SourceReport:
    watch = run.watch
    answer = watch.fetcher.get(question(cdx, page.url, since))
    if answer.error is not None or answer.status != 200:
        return _failed(config, page, answer.error or f"the archive answered {answer.status}; try again later")
    try:
        listed = [c for c in captures(answer.body or b"", cdx) if since is None or c.at.year >= since]
    except FetchError as error:
        return _failed(config, page, f"{cdx}: {error}")
    if not listed:
        say(f"{page.id}: no captures")
        return SourceReport(())
    with watch.store.writing() as w:
        ref = w.found_source(
            config.regime, f"history/{page.id}", page.kind.value, page.url, baseline=True, now=listed[0].at
        )
        known = w.fetched(ref.id)
    new = [capture for capture in listed if capture.url not in known]
    outcomes: list[SourceOutcome] = []
    changes: list[Change] = []
    for number, capture in enumerate(new, 1):
        outcome, found = _taken_in(run, config, ref, capture)
        outcomes.append(outcome)
        changes.extend(found)
        say(f"{page.id}: {number} of {len(new)}, {capture.at:%Y-%m-%d}: {outcome.outcome}")
    if not new:
        say(f"{page.id}: all {len(listed)} captures known")
    return SourceReport(tuple(outcomes), tuple(changes))


def _failed(config: RegimeConfig, page: SourceConfig, line: str) -> SourceReport:
    return SourceReport(
        (SourceOutcome(regime=config.regime, source=page.id, url=page.url, outcome="failed", error=line),)
    )


def _taken_in(
    run: Run, config: RegimeConfig, ref: SourceRef, capture: Capture
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    watch = run.watch
    result = watch.fetcher.get(capture.url)
    good = result.error is None and result.status == 200 and result.body is not None
    attempt = Attempt(
        url=capture.url,
        final_url=capture.original if good else result.final_url,
        status=result.status,
        verdict="good" if good else "failed",
        fetched_at=capture.at,
        error=None if good else result.error or f"the archive answered {result.status}",
        hops=result.hops,
        headers=result.headers,
        sha256=result.sha256,
        size=len(result.body or b""),
        elapsed=result.elapsed,
    )
    if not good or result.body is None:
        return _kept(run, ref, attempt, "failed")
    try:
        parsed = parse(result.body, regime=config.profile(), url=capture.original, content_type=result.content_type)
    except ParseError as error:
        return _kept(run, ref, changed(attempt, verdict="unreadable", error=str(error)), "quarantined")
    document = parsed.document
    verdict = classify_page(result, document, config.profile())
    if not verdict.good:
        return _kept(run, ref, changed(attempt, verdict=verdict.kind.value, error=verdict.reason), "quarantined")
    with watch.store.reading() as r:
        state = r.state(ref.id)
    return observe(watch, run.id, config, ref, attempt, parsed, content_type=result.content_type, state=state)


def _kept(run: Run, ref: SourceRef, attempt: Attempt, outcome: str) -> tuple[SourceOutcome, tuple[Change, ...]]:
    with run.watch.store.writing() as w:
        w.fetch(run.id, ref.id, attempt)
    line = SourceOutcome(
        regime=ref.regime,
        source=ref.name,
        url=attempt.url,
        outcome=outcome,
        http_status=attempt.status,
        error=attempt.error,
    )
    return line, ()
