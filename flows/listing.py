"""A list checked: an index, a feed or a sitemap, and every page found under it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Set
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from diffs.change import Change
from fetchers.discover import Discovered, Listing, entries_of_feed, entries_of_sitemap, links_of_index, twin_key
from fetchers.errors import FetchError
from fetchers.result import FetchResult
from fetchers.verdict import classify_build
from flows.answers import attempt_of, failed, recovered_from, well
from flows.judging import classify_answer, classify_page
from flows.outcome import SourceOutcome, SourceReport
from flows.page import check_page
from flows.run import Run
from flows.telling import keep_changes
from parsers.errors import ParseError
from parsers.read import read_document
from parsers.version import PARSER
from sources import Kind, RegimeConfig, SourceConfig
from storage.standing import Standing
from storage.values import SourceRef, State

# A sitemap may be an index of sitemaps, and these of others: so many levels are read.
_SITEMAP_LEVELS = 3
# A page that has said the same for so long (days) is asked for once in so many days. The oldest first.
_RARER = ((5 * 365, 7), (365, 3), (60, 1))


def check_list(run: Run, config: RegimeConfig, declared: SourceConfig, standing: Standing) -> SourceReport:
    """Check a list and every page under it, old and new."""
    ref, state, watch = standing.source, standing.state, run.watch
    with watch.store.reading() as r:
        known = {twin_key(child.source.url): child for child in r.standings(parent=ref.id)}
    first_look = state.last_verified is None
    outcome, changes, found = _read_list(run, config, declared, ref, state, known.keys())
    outcomes = [outcome]
    told = list(changes)

    def check(page: Standing) -> None:
        child_outcome, child_changes = check_page(run, config, page)
        if child_outcome.failed and page.state.last_verified is None:
            child_outcome = replace(child_outcome, error=f"{child_outcome.error}; {declared.id} lists it")
        outcomes.append(child_outcome)
        told.extend(child_changes)

    if outcome.failed:
        return SourceReport(tuple(outcomes), tuple(told))
    listed = {twin_key(item.url) for item in found}
    for key, page in known.items():
        # A page that its list names no longer may be one that it names at another address now.
        if key not in listed or is_due(page.state, watch.clock()):
            check(page)
    taken = {twin_key(s.url) for s in config.sources} | known.keys() | _moved(run, known, listed)
    names = {child.source.name for child in known.values()}
    for item in found:
        if (key := twin_key(item.url)) in taken:
            continue
        taken.add(key)
        name = _child_name(declared.id, item.url, names)
        names.add(name)
        with watch.store.writing() as w:
            child = w.found_source(
                config.regime,
                name,
                Kind.STATEMENT.value,
                item.url,
                baseline=first_look,
                now=watch.clock(),
                parent=ref.id,
                title=item.title,
            )
        check(Standing(child, State()))
    return SourceReport(tuple(outcomes), tuple(told))


def is_due(state: State, now: datetime) -> bool:
    """Whether a page found under a list is asked for now: the longer it has said the same, the more rarely."""
    if state.failures or state.parser != PARSER or state.last_checked is None or state.last_changed is None:
        return True
    said_for = (now - state.last_changed).days
    every = next((days for longer, days in _RARER if said_for > longer), 0)
    # A run that begins a little earlier than the last one did is that day's all the same.
    return now - state.last_checked >= timedelta(days=every, hours=-1)


def _moved(run: Run, known: dict[str, Standing], listed: set[str]) -> set[str]:
    """The addresses at which known pages are found now: no new pages. A page that is listed there, and no longer
    where it was, is asked for there from now on."""
    ends: set[str] = set()
    for key, page in known.items():
        end = run.ended_at(page.source)
        if (there := twin_key(end)) == key:
            continue
        with run.watch.store.reading() as r:
            # An address that leads to another document than it did is not that document's.
            if r.latest_is_held(page.source.id):
                continue
        ends.add(there)
        if there in listed and key not in listed and there not in known:
            with run.watch.store.writing() as w:
                w.moved(page.source.id, end)
    return ends


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
    run: Run, config: RegimeConfig, declared: SourceConfig, ref: SourceRef, state: State, known: Set[str]
) -> tuple[SourceOutcome, tuple[Change, ...], tuple[Discovered, ...]]:
    """What an index, a feed or a sitemap lists, over its further pages; *known* are the pages found before."""
    watch = run.watch
    found: dict[str, Discovered] = {}
    waiting = [(declared.url, 1)]
    levels = _SITEMAP_LEVELS if declared.kind is Kind.SITEMAP else declared.depth
    seen: set[str] = set()
    status: int | None = None
    while waiting and len(seen) < declared.max_pages and len(found) < declared.max_links:
        url, level = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        result = watch.fetcher.get(url)
        status = result.status
        error = result.error or (None if result.body else f"{url}: answered without a body; check the address")
        listing = Listing(())
        if error is None and result.body is not None:
            try:
                listing = _listing(declared, result.body, result.final_url, deeper=level < levels)
            except FetchError as fault:
                error = str(fault)
        # A page that lists none of what is known may be no list; a menu stands on every page of a site.
        doubtful = declared.kind is Kind.INDEX and known.isdisjoint(twin_key(item.url) for item in listing.found)
        if error is None and url == declared.url and doubtful:
            error = _not_an_index(config, result, listed_before=bool(known))
        if error is not None:
            if url != declared.url:
                continue
            outcome, changes = failed(run, ref, state, result, error)
            return outcome, changes, ()
        for item in listing.found[: declared.max_links]:
            found.setdefault(twin_key(item.url), item)
        own = urlsplit(declared.url).netloc
        waiting.extend((page, level) for page in listing.pages if urlsplit(page).netloc == own)
        if level < levels:
            waiting.extend((page, level + 1) for page in listing.below if urlsplit(page).netloc == own)
    now = watch.clock()
    with watch.store.writing() as w:
        w.fetch(run.id, ref.id, attempt_of(result, "good"))
        changes = keep_changes(watch, w, run.id, recovered_from(ref, state, now), None, now)
        w.set_state(ref.id, well(state, result, now))
    outcome = SourceOutcome(
        regime=config.regime, source=ref.name, url=declared.url, outcome="listed", http_status=status
    )
    return outcome, changes, tuple(found.values())


def _listing(declared: SourceConfig, body: bytes, base: str, *, deeper: bool) -> Listing:
    if declared.kind is Kind.FEED:
        return entries_of_feed(body, base, follow=declared.follow, ignore=declared.ignore)
    if declared.kind is Kind.SITEMAP:
        return entries_of_sitemap(body, base, follow=declared.follow, ignore=declared.ignore)
    return links_of_index(
        body, base, follow=declared.follow, ignore=declared.ignore, selector=declared.selector, deeper=deeper
    )


def _not_an_index(config: RegimeConfig, result: FetchResult, *, listed_before: bool) -> str | None:
    """Why a page without a link that is known is not believed to be the index, or None for one that may be it. One
    that never listed anything may say next to nothing."""
    try:
        document = read_document(result.body or b"", content_type=result.content_type)
    except ParseError as error:
        verdict = classify_build(result.body or b"", result.headers)
        if verdict.good:
            return f"{result.url}: {error}"
    else:
        verdict = (
            classify_page(result, document, config.profile()) if listed_before else classify_answer(result, document)
        )
    return (
        None if verdict.good else f"{result.url}: not the index ({verdict.kind}: {verdict.reason}); check the address"
    )
