"""One page checked: asked for, and read only when it sent other bytes than before."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from diffs.change import Change
from fetchers.result import FetchResult
from flows.answers import attempt_of, failed, recovered_from, well
from flows.outcome import SourceOutcome
from flows.run import Run
from flows.telling import keep_changes
from flows.watch import Watch
from parsers.version import PARSER
from sources import Kind, RegimeConfig
from storage.standing import Standing
from storage.values import SourceRef

# Every so many checks a page is asked for in full: a server may say "not modified" of what it has modified.
FULL_EVERY = 10


def check_page(run: Run, config: RegimeConfig, standing: Standing) -> tuple[SourceOutcome, tuple[Change, ...]]:
    """What came of one page, and the changes it tells. Raises `RunOver`."""
    run.go_on()
    ref, state, watch = standing.source, standing.state, run.watch
    if ref.kind == Kind.FILE.value:
        result = _read_file(watch, ref.url)
    else:
        fresh = state.checks % FULL_EVERY == 0 or state.parser != PARSER
        result = watch.fetcher.get(
            ref.url, etag=None if fresh else state.etag, last_modified=None if fresh else state.last_modified
        )
    if result.error is not None or (result.body is None and not result.not_modified):
        error = result.error or f"{ref.url}: answered without a body; it will be asked again"
        return failed(run, ref, state, result, error)
    now = watch.clock()
    stands = well(state, result, now)
    if result.not_modified or (result.sha256 == state.sha256 and state.parser == PARSER):
        verdict, outcome = ("not_modified", "not_modified") if result.not_modified else ("good", "unchanged")
        run.ended(ref, result.final_url)
        attempt = attempt_of(result, verdict)
        told: tuple[Change, ...] = ()
        if state.told_unreachable:
            with watch.store.writing() as w:
                w.checked_again(run.id, [(ref.id, attempt, stands)])
                told = keep_changes(watch, w, run.id, recovered_from(ref, state, now), None, now)
        else:
            run.again(ref, attempt, stands)
        return _line(ref, outcome, result), told
    run.readers.begin()
    # What reads pages takes a while to load, and most checks find nothing to read.
    from flows.version import new_version

    read = new_version(run, config, standing, result, stands)
    if not read[0].failed:
        run.ended(ref, result.final_url)
    return read


def _read_file(watch: Watch, url: str) -> FetchResult:
    """A file of this machine as if it had been fetched."""
    path = Path(unquote(urlsplit(url).path)) if url.startswith("file:") else Path(url)
    try:
        body = path.read_bytes()
    except OSError as error:
        line = f"{path}: cannot be read ({error.strerror}); check the path"
        return FetchResult(url=url, final_url=url, fetched_at=watch.clock(), error=line, error_kind="file")
    return FetchResult(
        url=url,
        final_url=url,
        fetched_at=watch.clock(),
        status=200,
        body=body or None,
        sha256=watch.archive.put(body) if body else None,
    )


def _line(ref: SourceRef, outcome: str, result: FetchResult) -> SourceOutcome:
    return SourceOutcome(regime=ref.regime, source=ref.name, url=ref.url, outcome=outcome, http_status=result.status)
