"""The steps of a run, as plain functions: one declared source at a time, with the pages found under it."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from diffs.change import Change
from diffs.sources import recovered, unreachable, withdrawn
from fetchers.discover import Discovered, Listing, entries_of_feed, entries_of_sitemap, links_of_index, twin_key
from fetchers.errors import FetchError
from fetchers.result import FetchResult
from fetchers.verdict import classify
from flows.observing import keep_changes, observe
from flows.outcome import SourceOutcome, SourceReport
from flows.watch import Watch
from parsers.errors import ParseError
from parsers.parse import parse_document
from parsers.read import read_document
from parsers.version import PARSER
from sources import Kind, RegimeConfig, SourceConfig
from storage.values import Attempt, SourceRef, State

# Every so many checks a page is asked for in full: a server may say "not modified" of what it has modified.
FULL_EVERY = 10
# A source that fails this often in a row is told to be unreachable; a page that is gone so often, withdrawn.
BLIND_AFTER = 2


def check_source(watch: Watch, run: str, config: RegimeConfig, declared: SourceConfig) -> SourceReport:
    """Check one declared source and, where it is a list, every page under it."""
    now = watch.clock()
    with watch.store.writing() as w:
        ref = w.found_source(config.regime, declared.id, declared.kind.value, declared.url, baseline=True, now=now)
    if not declared.lists_others:
        outcome, changes = _check_page(watch, run, config, ref)
        return SourceReport((outcome,), changes)
    return _check_list(watch, run, config, declared, ref)


def _check_list(watch: Watch, run: str, config: RegimeConfig, declared: SourceConfig, ref: SourceRef) -> SourceReport:
    with watch.store.reading() as r:
        state = r.state(ref.id)
        known = {twin_key(child.url): child for child in r.children(ref.id)}
    first_look = state.last_verified is None
    outcome, changes, found = _read_list(watch, run, config, declared, ref, state)
    outcomes = [outcome]
    others = {twin_key(s.url) for s in config.sources}
    names = {child.name for child in known.values()}
    for item in found:
        key = twin_key(item.url)
        if key in known or key in others:
            continue
        name = _child_name(declared.id, item.url, names)
        names.add(name)
        with watch.store.writing() as w:
            known[key] = w.found_source(
                config.regime,
                name,
                Kind.STATEMENT.value,
                item.url,
                baseline=first_look,
                now=watch.clock(),
                parent=ref.id,
                title=item.title,
            )
    told = list(changes)
    if not outcome.failed:
        for child in known.values():
            child_outcome, child_changes = _check_page(watch, run, config, child)
            outcomes.append(child_outcome)
            told.extend(child_changes)
    return SourceReport(tuple(outcomes), tuple(told))


def _child_name(parent: str, url: str, taken: set[str]) -> str:
    """A readable name for a page found under a source: the end of its address, with a hash where that is taken."""
    parts = urlsplit(url)
    words = re.sub(r"[^a-z0-9]+", "-", unquote(parts.path.rstrip("/").rsplit("/", 1)[-1] + parts.query).lower()).strip(
        "-"
    )
    name = f"{parent}/{words[:80] or 'page'}"
    if name in taken:
        name = f"{name}-{hashlib.sha256(url.encode()).hexdigest()[:6]}"
    return name


def _read_list(
    watch: Watch, run: str, config: RegimeConfig, declared: SourceConfig, ref: SourceRef, state: State
) -> tuple[SourceOutcome, tuple[Change, ...], tuple[Discovered, ...]]:
    """What an index, a feed or a sitemap lists, over its further pages."""
    found: dict[str, Discovered] = {}
    waiting = [declared.url]
    seen: set[str] = set()
    status: int | None = None
    while waiting and len(seen) < declared.max_pages and len(found) < declared.max_links:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        result = watch.fetcher.get(url)
        status = result.status
        error = result.error or (None if result.body else f"{url}: answered without a body; check the address")
        listing = Listing(())
        if error is None and result.body is not None:
            try:
                listing = _listing(declared, result.body, result.final_url)
            except FetchError as fault:
                error = str(fault)
        if error is None and url == declared.url and not listing.found and declared.kind is Kind.INDEX:
            error = _not_an_index(result)
        if error is not None:
            if url != declared.url:
                continue
            outcome, changes = _failed(watch, run, ref, state, result, error)
            return outcome, changes, ()
        for item in listing.found[: declared.max_links]:
            found.setdefault(twin_key(item.url), item)
        waiting.extend(page for page in listing.pages if urlsplit(page).netloc == urlsplit(declared.url).netloc)
    now = watch.clock()
    with watch.store.writing() as w:
        w.fetch(run, ref.id, _attempt(result, "good"))
        changes = keep_changes(watch, w, run, _recovered(ref, state, now), now)
        w.set_state(ref.id, _well(state, result, now))
    outcome = SourceOutcome(
        regime=config.regime, source=ref.name, url=declared.url, outcome="listed", http_status=status
    )
    return outcome, changes, tuple(found.values())


def _listing(declared: SourceConfig, body: bytes, base: str) -> Listing:
    if declared.kind is Kind.FEED:
        return entries_of_feed(body, base, follow=declared.follow, ignore=declared.ignore)
    if declared.kind is Kind.SITEMAP:
        return entries_of_sitemap(body, base, follow=declared.follow, ignore=declared.ignore)
    return links_of_index(body, base, follow=declared.follow, ignore=declared.ignore, selector=declared.selector)


def _not_an_index(result: FetchResult) -> str | None:
    """Why a page without a link to follow is not believed to be the index, or None for one that lists nothing yet."""
    try:
        document = read_document(result.body or b"", content_type=result.content_type)
    except ParseError as error:
        return f"{result.url}: {error}"
    verdict = classify(status=result.status, title=document.title, text=document.text)
    return (
        None if verdict.good else f"{result.url}: not the index ({verdict.kind}: {verdict.reason}); check the address"
    )


def _check_page(
    watch: Watch, run: str, config: RegimeConfig, ref: SourceRef
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    with watch.store.reading() as r:
        state = r.state(ref.id)
        latest = r.latest_version(ref.id)
    if ref.kind == Kind.FILE.value:
        result = _read_file(watch, ref.url)
    else:
        fresh = state.checks % FULL_EVERY == 0 or state.parser != PARSER
        result = watch.fetcher.get(
            ref.url, etag=None if fresh else state.etag, last_modified=None if fresh else state.last_modified
        )
    if result.error is not None or (result.body is None and not result.not_modified):
        error = result.error or f"{ref.url}: answered without a body; it will be asked again"
        return _failed(watch, run, ref, state, result, error)
    now = watch.clock()
    well = _well(state, result, now)
    if result.not_modified or (result.sha256 == state.sha256 and state.parser == PARSER):
        outcome = "not_modified" if result.not_modified else "unchanged"
        with watch.store.writing() as w:
            w.fetch(run, ref.id, _attempt(result, "not_modified" if result.not_modified else "good"))
            told = keep_changes(watch, w, run, _recovered(ref, state, now), now)
            w.set_state(ref.id, well)
        return _line(ref, outcome, result), told
    body = result.body or b""
    try:
        document = read_document(body, url=result.final_url, content_type=result.content_type)
    except ParseError as error:
        return _failed(watch, run, ref, state, result, f"{ref.url}: {error}", verdict="unreadable")
    verdict = classify(
        status=result.status,
        title=document.title,
        text=document.text,
        previous_text=latest.document.text if latest else None,
    )
    if not verdict.good:
        line = f"{ref.url}: not the page ({verdict.kind}: {verdict.reason}); look at it by hand"
        return _failed(watch, run, ref, state, result, line, verdict=verdict.kind.value)
    parsed = parse_document(document, regime=config.profile(), url=result.final_url)
    return observe(
        watch,
        run,
        config,
        ref,
        _attempt(result, "good"),
        parsed,
        content_type=result.content_type,
        state=well,
        after=_recovered(ref, state, now),
    )


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


def _attempt(result: FetchResult, verdict: str) -> Attempt:
    return Attempt(
        url=result.url,
        final_url=result.final_url,
        status=result.status,
        verdict=verdict,
        fetched_at=result.fetched_at,
        error=result.error,
        hops=result.hops,
        headers=result.headers,
        sha256=result.sha256,
        size=len(result.body or b""),
        elapsed=result.elapsed,
    )


def _well(state: State, result: FetchResult, now: datetime) -> State:
    """How a source stands after it answered well."""
    return msgspec.structs.replace(
        state,
        last_checked=now,
        last_verified=now,
        etag=result.etag or (state.etag if result.not_modified else None),
        last_modified=result.last_modified or (state.last_modified if result.not_modified else None),
        sha256=result.sha256 or state.sha256,
        parser=PARSER,
        checks=state.checks + 1,
        failures=0,
        failing_since=None,
        told_unreachable=False,
        outage=state.outage + (1 if state.told_unreachable else 0),
    )


def _recovered(ref: SourceRef, state: State, now: datetime) -> tuple[Change, ...]:
    return (recovered(ref.regime, ref.url, outage=state.outage, now=now),) if state.told_unreachable else ()


def _failed(
    watch: Watch, run: str, ref: SourceRef, state: State, result: FetchResult, error: str, verdict: str = "failed"
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    """Keep the attempt; tell, once, a source that has become unreachable or a statement that is gone."""
    now = watch.clock()
    failures = state.failures + 1
    since = state.failing_since or now
    changes: tuple[Change, ...] = ()
    tell = failures >= BLIND_AFTER and not state.told_unreachable
    gone = result.status in (404, 410) and state.last_verified is not None and ref.kind == Kind.STATEMENT.value
    if tell and gone:
        changes = (withdrawn(ref.regime, ref.url, status=result.status or 0, sha256=state.sha256, now=now),)
    elif tell and ref.parent is None:
        changes = (
            unreachable(
                ref.regime,
                ref.url,
                outage=state.outage,
                reason=error.removeprefix(f"{ref.url}: "),
                since=since,
                now=now,
            ),
        )
    with watch.store.writing() as w:
        w.fetch(run, ref.id, msgspec.structs.replace(_attempt(result, verdict), error=error))
        told = keep_changes(watch, w, run, changes, now)
        w.set_state(
            ref.id,
            msgspec.structs.replace(
                state,
                last_checked=now,
                failures=failures,
                failing_since=since,
                checks=state.checks + 1,
                told_unreachable=state.told_unreachable or (tell and ref.parent is None and not gone),
            ),
        )
    outcome = "failed" if verdict == "failed" else "quarantined"
    return SourceOutcome(
        regime=ref.regime, source=ref.name, url=ref.url, outcome=outcome, http_status=result.status, error=error
    ), told


def _line(ref: SourceRef, outcome: str, result: FetchResult) -> SourceOutcome:
    return SourceOutcome(regime=ref.regime, source=ref.name, url=ref.url, outcome=outcome, http_status=result.status)
