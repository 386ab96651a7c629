"""History from a web archive or from saved files: the declared pages, oldest first, as versions of their time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from msgspec.structs import replace as changed

from diffs.change import Change
from fetchers.captures import Capture, History
from fetchers.errors import FetchError
from fetchers.result import FetchResult
from fetchers.verdict import Kind as VerdictKind
from fetchers.verdict import Verdict
from flows.answers import attempt_of
from flows.cluster import pool
from flows.judging import classify_page
from flows.observing import observe
from flows.outcome import MonitorSummary, SourceOutcome, SourceReport
from flows.run import Run
from flows.running import begin, closed_if_broken_off, finish
from flows.watch import Watch
from flows.within import parse_within
from parsers.errors import ParseError, Unread
from parsers.parsed import Parsed
from sources import RegimeConfig, SourceConfig, regime_named
from sources.config import Kind
from storage.ahead import Pool, in_order
from storage.values import Attempt, SourceRef

# Captures that are read in one go by those who read for us.
_TOGETHER = 10
_LISTINGS = (Kind.INDEX, Kind.FEED, Kind.SITEMAP, Kind.FILE)


def backfill(
    watch: Watch,
    regime: str,
    history: History,
    *,
    since: int | None = None,
    say: Callable[[str, float], object] = lambda line, done: None,
) -> MonitorSummary:
    """What *history* holds of each declared page of *regime*, from the year *since* on.

    A capture is kept under the page's own address, at the time it was taken, as a version of a source
    ``history/ID`` beside the one that is watched: the past raises no alert. What an earlier run took in is not
    fetched again, so a run that was broken off goes on where it stopped. *say* is told of each capture and of the share
    of the run, 0 to 1, that is done with it.
    Captures are asked for and written here, in their order; on a Dask cluster (`flows.cluster`) they are read there.
    """
    config = regime_named(watch.regimes, regime)
    run = begin(replace(watch, tells=False), kind="backfill")
    with closed_if_broken_off(run):
        pages = [source for source in config.sources if source.kind not in _LISTINGS]
        with pool(1) as readers:
            reports = [
                _page(run, config, page, history, since, partial(_share, say, at, len(pages)), readers)
                for at, page in enumerate(pages)
            ]
    return finish(run, reports)


def _share(say: Callable[[str, float], object], at: int, of: int, line: str, done: float) -> None:
    """Tell the share of the run, from the share of its page *at* that is *done*."""
    say(line, (at + done) / of)


def _page(
    run: Run,
    config: RegimeConfig,
    page: SourceConfig,
    history: History,
    since: int | None,
    say: Callable[[str, float], object],
    readers: Pool | None,
) -> SourceReport:
    try:
        listed = history.captures_of(page.url, since)
    except FetchError as error:
        line = SourceOutcome(regime=config.regime, source=page.id, url=page.url, outcome="failed", error=str(error))
        return SourceReport((line,))
    if not listed:
        say(f"{page.id}: no captures", 1.0)
        return SourceReport(())
    with run.watch.store.writing() as w:
        ref = w.found_source(
            config.regime, f"history/{page.id}", page.kind.value, page.url, baseline=True, now=listed[0].at
        )
        known = w.fetched(ref.id)
    new = [capture for capture in listed if (capture.url, capture.at) not in known]
    outcomes: list[SourceOutcome] = []
    changes: list[Change] = []
    for results, readings in in_order(partial(_read_all, config), _asked(history, new, readers), readers):
        for result, read in zip(results, readings, strict=True):
            outcome, found = _taken_in(run, config, ref, result, read)
            outcomes.append(outcome)
            changes.extend(found)
            number, at = len(outcomes), result.fetched_at
            say(f"{page.id}: {number} of {len(new)}, {at:%Y-%m-%d}: {outcome.outcome}", number / len(new))
    if not new:
        say(f"{page.id}: all {len(listed)} captures known", 1.0)
    return SourceReport(tuple(outcomes), tuple(changes))


def _had(capture: Capture, result: FetchResult) -> FetchResult:
    """What came of asking for *capture*, as if its page itself had been asked for then."""
    if result.error is None and result.status == 200 and result.body is not None:
        return changed(result, final_url=capture.original, fetched_at=capture.at)
    error = result.error or f"the archive answered {result.status}"
    return changed(result, fetched_at=capture.at, error=error, body=None)


def _asked(
    history: History, captures: list[Capture], readers: Pool | None
) -> Iterator[tuple[list[FetchResult], list[FetchResult]]]:
    """What came of asking for the captures, some together where others read them."""
    each = _TOGETHER if readers else 1
    for at in range(0, len(captures), each):
        results = [_had(capture, history.get(capture)) for capture in captures[at : at + each]]
        yield results, results


def _read_all(config: RegimeConfig, results: list[FetchResult]) -> list[Parsed | Verdict | None]:
    """What `read_past` makes of each, None where there is nothing to be read."""
    return [read_past(config, result) if result.error is None else None for result in results]


def _taken_in(
    run: Run, config: RegimeConfig, ref: SourceRef, result: FetchResult, read: Parsed | Verdict | None
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    if read is None:
        return _kept(run, ref, attempt_of(result, "failed"), "failed")
    return take_in(run, config, ref, result, read)


def read_past(config: RegimeConfig, result: FetchResult) -> Parsed | Verdict:
    """The page of the past that *result* brought, read, or what stands in its place. A file has the address of the
    file, and a page read from it has none."""
    url = None if result.final_url.startswith("file:") else result.final_url
    profile = config.profile()
    try:
        parsed = parse_within(result.body or b"", regime=profile, url=url, content_type=result.content_type)
    except Unread as error:
        return Verdict(VerdictKind.UNREAD, str(error))
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
