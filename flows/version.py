"""New bytes behind an address: classified, read, and observed."""

from __future__ import annotations

import threading

from diffs.change import Change
from diffs.identity import mismatch
from fetchers.result import FetchResult
from fetchers.verdict import Kind as VerdictKind
from fetchers.verdict import Verdict, classify, classify_build, classify_redirect, ends_early
from flows.answers import attempt_of, failed, recovered_from
from flows.observing import observe, read_by_one_parser
from flows.outcome import SourceOutcome
from flows.run import Run
from flows.watch import Watch
from parsers.document import Document
from parsers.errors import ParseError
from parsers.parse import Parsed, parse_document
from parsers.read import read_document
from parsers.regime import RegimeProfile
from parsers.substance import says_something
from sources import RegimeConfig
from storage.errors import StorageError
from storage.standing import Standing
from storage.values import SourceRef, State, Version

# One answer is read at a time: threads that share an interpreter only hinder each other at it, a writer among them most
# of all, and each would compile the same phrases.
_turn = threading.Lock()


def new_version(
    run: Run, config: RegimeConfig, standing: Standing, result: FetchResult, stands: State
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    """What the bytes of *result* are worth: a version, or an answer kept with the reason why it is none.

    *stands* is how the source stands from now on if they are the page.
    """
    with _turn:
        return _new_version(run, config, standing, result, stands)


def _new_version(
    run: Run, config: RegimeConfig, standing: Standing, result: FetchResult, stands: State
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    ref, state, watch = standing.source, standing.state, run.watch
    read_by_one_parser(watch, config)
    with watch.store.reading() as r:
        latest = r.latest_version(ref.id)
    found = _read(watch, config, ref, result, latest)
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
    watch: Watch, config: RegimeConfig, ref: SourceRef, result: FetchResult, latest: Version | None
) -> Parsed | Verdict:
    """The page, read; or what stands in its place."""
    if result.hops and not (led := classify_redirect(ref.url, result.final_url)).good:
        return led
    body = result.body or b""
    try:
        document = read_document(body, url=result.final_url, content_type=result.content_type)
    except ParseError as error:
        built = classify_build(body, result.headers)
        return Verdict(VerdictKind.UNREADABLE, str(error)) if built.good else built
    verdict = classify_page(result, document, config.profile(), latest.document.text if latest else None)
    if not verdict.good:
        return verdict
    if latest is not None and _ends_early(watch, body, document, latest):
        return Verdict(VerdictKind.TRUNCATED, "the page stops before its end, as it did not before")
    parsed = parse_document(document, regime=config.profile(), url=result.final_url)
    before = latest if result.hops and latest is not None and result.final_url != latest.url else None
    if before is not None and (other := mismatch(before.record, before.document.language, parsed)):
        return Verdict(VerdictKind.WRONG_DOCUMENT, f"identity_mismatch, {other}")
    return parsed


def classify_answer(result: FetchResult, document: Document, previous_text: str | None = None) -> Verdict:
    """What an answer is that could be read: by how it is built, and by the words of what stands in a page's place."""
    built = classify_build(result.body or b"", result.headers, text=document.text)
    if not built.good:
        return built
    return classify(status=result.status, title=document.title, text=document.text, previous_text=previous_text)


def classify_page(
    result: FetchResult, document: Document, regime: RegimeProfile, previous_text: str | None = None
) -> Verdict:
    """The same of a page that is to say something of the regime."""
    verdict = classify_answer(result, document, previous_text)
    if verdict.good and not says_something(document, regime):
        return Verdict(VerdictKind.EMPTY, "it names no place, no day and nothing that the regime is about")
    return verdict


def _ends_early(watch: Watch, body: bytes, document: Document, latest: Version) -> bool:
    if document.format != "html":
        return False
    try:
        before = watch.archive.get(latest.sha256)
    except StorageError:
        # A blob that is damaged or gone is told by 'verify'; it is no reason to doubt the page.
        return False
    return ends_early(body, before)
