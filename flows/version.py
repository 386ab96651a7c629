"""New bytes behind an address: classified, read, and observed."""

from __future__ import annotations

from diffs.change import Change
from diffs.identity import mismatch
from fetchers.result import FetchResult
from fetchers.verdict import Kind as VerdictKind
from fetchers.verdict import Verdict, classify_redirect
from flows.answers import attempt_of, failed, recovered_from
from flows.judging import Answer
from flows.observing import observe
from flows.outcome import SourceOutcome
from flows.run import Run
from flows.watch import Watch
from parsers.parsed import Parsed
from sources import RegimeConfig
from storage.errors import StorageError
from storage.standing import Standing
from storage.values import SourceRef, State, Version


def new_version(
    run: Run, config: RegimeConfig, standing: Standing, result: FetchResult, stands: State
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    """What the bytes of *result* are worth: a version, or an answer kept with the reason why it is none.

    *stands* is how the source stands from now on if they are the page.
    """
    ref, state, watch = standing.source, standing.state, run.watch
    run.read_by_one_parser(config)
    latest = None
    if state != State():
        # Every version is written with how its source stands since.
        with watch.store.reading() as r:
            latest = r.latest_version(ref.id)
    found = _read(run, config, ref, result, latest)
    if isinstance(found, Verdict):
        line = f"{ref.url}: not the page ({found.kind}: {found.reason}); look at it by hand"
        return failed(run, ref, state, result, line, verdict=found.kind.value)
    return observe(
        watch,
        run.id,
        config,
        ref,
        attempt_of(result, "good"),
        found,
        content_type=result.content_type,
        state=stands,
        known=state,
        after=recovered_from(ref, state, stands.last_verified or watch.clock()),
    )


def _read(
    run: Run, config: RegimeConfig, ref: SourceRef, result: FetchResult, latest: Version | None
) -> Parsed | Verdict:
    """The page, read; or what stands in its place."""
    if result.hops and not (led := classify_redirect(ref.url, result.final_url)).good:
        return led
    said = latest.document.text if latest else None
    parsed = run.readers.read(Answer(result, config.profile(), said, _sent(run.watch, latest)))
    if isinstance(parsed, Verdict) or not result.hops or latest is None or result.final_url == latest.url:
        return parsed
    if other := mismatch(latest.record, latest.document.language, parsed):
        return Verdict(VerdictKind.WRONG_DOCUMENT, f"identity_mismatch, {other}")
    return parsed


def _sent(watch: Watch, latest: Version | None) -> bytes | None:
    """The bytes that *latest* was read from."""
    try:
        return watch.archive.get(latest.sha256) if latest else None
    except StorageError:
        # A blob that is damaged or gone is told by 'verify'; it is no reason to doubt the page.
        return None
