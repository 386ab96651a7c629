"""New bytes behind an address: classified, read, and observed."""

from __future__ import annotations

from diffs.change import Change
from fetchers.result import FetchResult
from fetchers.verdict import Kind as VerdictKind
from fetchers.verdict import Verdict, classify, ends_early
from flows.answers import attempt_of, failed, recovered_from
from flows.observing import observe
from flows.outcome import SourceOutcome
from flows.run import Run
from flows.watch import Watch
from parsers.errors import ParseError
from parsers.parse import parse_document
from parsers.read import read_document
from sources import RegimeConfig
from storage.errors import StorageError
from storage.standing import Standing
from storage.values import State, Version


def new_version(
    run: Run, config: RegimeConfig, standing: Standing, result: FetchResult, stands: State
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    """What the bytes of *result* are worth: a version, or an answer kept with the reason why it is none.

    *stands* is how the source stands from now on if they are the page.
    """
    ref, state, watch = standing.source, standing.state, run.watch
    with watch.store.reading() as r:
        latest = r.latest_version(ref.id)
    try:
        document = read_document(result.body or b"", url=result.final_url, content_type=result.content_type)
    except ParseError as error:
        return failed(run, ref, state, result, f"{ref.url}: {error}", verdict="unreadable")
    verdict = classify(
        status=result.status,
        title=document.title,
        text=document.text,
        previous_text=latest.document.text if latest else None,
    )
    if verdict.good and document.format == "html" and latest is not None and _ends_early(watch, result, latest):
        verdict = Verdict(VerdictKind.TRUNCATED, "the page stops before its end, as it did not before")
    if not verdict.good:
        line = f"{ref.url}: not the page ({verdict.kind}: {verdict.reason}); look at it by hand"
        return failed(run, ref, state, result, line, verdict=verdict.kind.value)
    parsed = parse_document(document, regime=config.profile(), url=result.final_url)
    return observe(
        watch,
        run.id,
        config,
        ref,
        attempt_of(result, "good"),
        parsed,
        content_type=result.content_type,
        state=stands,
        known=state,
        after=recovered_from(ref, state, stands.last_verified or watch.clock()),
    )


def _ends_early(watch: Watch, result: FetchResult, latest: Version) -> bool:
    try:
        before = watch.archive.get(latest.sha256)
    except StorageError:
        # A blob that is damaged or gone is told by 'verify'; it is no reason to doubt the page.
        return False
    return ends_early(result.body or b"", before)
