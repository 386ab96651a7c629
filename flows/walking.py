"""A list read over its pages: what it names, and what of it could not be read."""

from __future__ import annotations

from collections import deque
from collections.abc import Set
from typing import NamedTuple
from urllib.parse import urlsplit

from fetchers.discover import Discovered, Listing, entries_of_feed, entries_of_sitemap, links_of_index, twin_key
from fetchers.errors import FetchError
from fetchers.fetcher import Fetcher
from fetchers.result import FetchResult
from fetchers.verdict import classify_build
from flows.judging import classify_answer, classify_page
from parsers.errors import ParseError
from parsers.read import read_document
from sources import Kind, RegimeConfig, SourceConfig

# A sitemap may be an index of sitemaps, and these of others: so many levels are read.
_SITEMAP_LEVELS = 3


class Walked(NamedTuple):
    """What came of a walk: the answer of the list's own address, why that is no list, if it is none, and what it
    names. `missed` are what of it could not be read, a line each; `may_pass`: some of that may be read another time."""

    first: FetchResult
    error: str | None = None
    found: tuple[Discovered, ...] = ()
    missed: tuple[str, ...] = ()
    may_pass: bool = False


def walk(fetcher: Fetcher, config: RegimeConfig, declared: SourceConfig, known: Set[str]) -> Walked:
    """Read the list that is *declared*, its further pages and the lists below it, as far as its declaration lets;
    *known* are the pages found before."""
    levels = _SITEMAP_LEVELS if declared.kind is Kind.SITEMAP else declared.depth
    own = urlsplit(declared.url).netloc
    found: dict[str, Discovered] = {}
    missed: list[str] = []
    may_pass = False
    first: FetchResult | None = None
    waiting = deque([(declared.url, 1)])
    asked: set[str] = set()
    while waiting:
        url, level = waiting.popleft()
        if url in asked:
            continue
        if len(asked) == declared.max_pages:
            missed.append(f"it has more pages than max_pages ({declared.max_pages}); raise that in its declaration")
            break
        asked.add(url)
        result = fetcher.get(url)
        listing = _listing(declared, result, deeper=level < levels)
        if first is None:
            first = result
            # A page that lists none of what is known may be no list; a menu stands on every page of a site.
            if not isinstance(listing, str) and known.isdisjoint(twin_key(item.url) for item in listing.found):
                listing = _not_an_index(config, declared, result, listed_before=bool(known)) or listing
            if isinstance(listing, str):
                return Walked(first, listing)
        elif isinstance(listing, str):
            missed.append(listing)
            may_pass = may_pass or _may_pass(result)
            continue
        for item in listing.found:
            found.setdefault(twin_key(item.url), item)
        if len(found) > declared.max_links:
            missed.append(
                f"it lists more than max_links ({declared.max_links}); raise that in its declaration, or say with "
                "'follow' which are meant"
            )
            break
        waiting.extend((page, level) for page in listing.pages if urlsplit(page).netloc == own)
        if level < levels:
            waiting.extend((page, level + 1) for page in listing.below if urlsplit(page).netloc == own)
    assert first is not None
    return Walked(first, None, tuple(found.values())[: declared.max_links], tuple(missed), may_pass)


def _may_pass(result: FetchResult) -> bool:
    """Whether what came instead of a page may be another thing the next time."""
    if result.status is None:
        return result.error_kind not in ("refused", "robots")
    return result.status == 429 or result.status >= 500


def _listing(declared: SourceConfig, result: FetchResult, *, deeper: bool) -> Listing | str:
    """What a page of a list holds, or why it cannot be read."""
    if result.error is not None:
        return result.error
    if not result.body:
        return f"{result.url}: answered without a body; check the address"
    body, base = result.body, result.final_url
    try:
        if declared.kind is Kind.FEED:
            return entries_of_feed(body, base, follow=declared.follow, ignore=declared.ignore)
        if declared.kind is Kind.SITEMAP:
            return entries_of_sitemap(body, base, follow=declared.follow, ignore=declared.ignore)
        return links_of_index(
            body, base, follow=declared.follow, ignore=declared.ignore, selector=declared.selector, deeper=deeper
        )
    except FetchError as fault:
        return str(fault)


def _not_an_index(
    config: RegimeConfig, declared: SourceConfig, result: FetchResult, *, listed_before: bool
) -> str | None:
    """Why a page without a link that is known is not believed to be the index, or None for one that may be it. One
    that never listed anything may say next to nothing."""
    if declared.kind is not Kind.INDEX:
        return None
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
