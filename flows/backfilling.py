"""History from a web archive or from saved files: the declared pages, oldest first, as versions of their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from msgspec.structs import replace as changed

from diffs.change import Change
from fetchers.captures import Capture, History
from fetchers.errors import FetchError
from fetchers.result import FetchResult
from fetchers.verdict import Kind as VerdictKind
from fetchers.verdict import Verdict
from flows.answers import attempt_of
from flows.observing import observe
from flows.outcome import MonitorSummary, SourceOutcome, SourceReport
from flows.run import Run
from flows.running import begin, broken_off, finish
from flows.version import classify_page
from flows.watch import Watch
from parsers.errors import ParseError
from parsers.parse import Parsed, parse
from sources import RegimeConfig, SourceConfig, regime_named
from sources.config import Kind
from storage.values import Attempt, SourceRef

_LISTINGS = (Kind.INDEX, Kind.FEED, Kind.SITEMAP, Kind.FILE)


def backfill(
    watch: Watch,
    regime: str,
    history: History,
    *,
    since: int | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> MonitorSummary:
    """What *history* holds of each declared page of *regime*, from the year *since* on.

    A capture is kept under the page's own address, at the time it was taken, as a version of a source
    ``history/ID`` beside the one that is watched: the past raises no alert. What an earlier run took in is not
    fetched again, so a run that was broken off goes on where it stopped. *say* is told of each page's progress.
    """
    config = regime_named(watch.regimes, regime)
    run = begin(replace(watch, tells=False), kind="backfill")
    try:
        pages = [source for source in config.sources if source.kind not in _LISTINGS]
        reports = [_page(run, config, page, history, since, say) for page in pages]
    except BaseException:
        broken_off(run)
        raise
    return finish(run, reports)


def _page(
    run: Run,
    config: RegimeConfig,
    page: SourceConfig,
    history: History,
    since: int | None,
    say: Callable[[str], object],
) -> SourceReport:
    try:
        listed = history.captures_of(page.url, since)
    except FetchError as error:
        line = SourceOutcome(regime=config.regime, source=page.id, url=page.url, outcome="failed", error=str(error))
        return SourceReport((line,))
    if not listed:
        say(f"{page.id}: no captures")
        return SourceReport(())
    with run.watch.store.writing() as w:
        ref = w.found_source(
            config.regime, f"history/{page.id}", page.kind.value, page.url, baseline=True, now=listed[0].at
        )
        known = w.fetched(ref.id)
    new = [capture for capture in listed if (capture.url, capture.at) not in known]
    outcomes: list[SourceOutcome] = []
    changes: list[Change] = []
    for number, capture in enumerate(new, 1):
        outcome, found = _taken_in(run, config, ref, _had(capture, history.get(capture)))
        outcomes.append(outcome)
        changes.extend(found)
        say(f"{page.id}: {number} of {len(new)}, {capture.at:%Y-%m-%d}: {outcome.outcome}")
    if not new:
        say(f"{page.id}: all {len(listed)} captures known")
    return SourceReport(tuple(outcomes), tuple(changes))


def _had(capture: Capture, result: FetchResult) -> FetchResult:
    """What came of asking for *capture*, as if its page itself had been asked for then."""
    if result.error is None and result.status == 200 and result.body is not None:
        return changed(result, final_url=capture.original, fetched_at=capture.at)
    error = result.error or f"the archive answered {result.status}"
    return changed(result, fetched_at=capture.at, error=error, body=None)


def _taken_in(
    run: Run, config: RegimeConfig, ref: SourceRef, result: FetchResult
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    if result.error is not None:
        return _kept(run, ref, attempt_of(result, "failed"), "failed")
    return take_in(run, config, ref, result, read_past(config, result))


def read_past(config: RegimeConfig, result: FetchResult) -> Parsed | Verdict:
    """The page of the past that *result* brought, read, or what stands in its place. A file has the address of the
    file, and a page read from it has none."""
    url = None if result.final_url.startswith("file:") else result.final_url
    profile = config.profile()
    try:
        parsed = parse(result.body or b"", regime=profile, url=url, content_type=result.content_type)
    except ParseError as error:
        return Verdict(VerdictKind.UNREADABLE, str(error))
    verdict = classify_page(result, parsed.document, profile)
    return parsed if verdict.good else verdict


def take_in(
    run: Run, config: RegimeConfig, ref: SourceRef, result: FetchResult, read: Parsed | Verdict
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    """Write the page of the past that was *read* as a version of *ref* at the time it was seen; or, where it is none,
    the attempt with its reason."""
    if isinstance(read, Verdict):
        return _kept(run, ref, changed(attempt_of(result, read.kind.value), error=read.reason), "quarantined")
    with run.watch.store.reading() as r:
        state = r.state(ref.id)
    attempt = attempt_of(result, "good")
    return observe(run.watch, run.id, config, ref, attempt, read, content_type=result.content_type, state=state)


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
