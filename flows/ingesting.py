"""Saved pages brought into the store, as if they had been fetched then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace as changed

from diffs.change import Change
from fetchers.result import FetchResult
from fetchers.saved import WARCS, Saved, body_of, files_under, records_of
from fetchers.verdict import Kind, Verdict
from flows.backfilling import read_past, take_in
from flows.errors import BadRequest
from flows.observing import read_by_one_parser
from flows.outcome import MonitorSummary, SourceOutcome, SourceReport
from flows.reading import bytes_of
from flows.run import Run
from flows.running import begin, finish
from flows.watch import Watch
from parsers.parsed import Parsed
from parsers.record import Kind as RecordKind
from sources import RegimeConfig, regime_named
from storage.values import SourceRef


class _Page(NamedTuple):
    """A page to bring in: its file, its address where one is known, when it was seen, and its record in a WARC.
    *named* says that a person named this very file."""

    path: Path
    url: str | None
    seen: datetime
    record: Saved | None = None
    named: bool = False

    @property
    def address(self) -> str:
        """Its address, or that of its file."""
        return self.url or self.path.resolve().as_uri()


def ingest_files(watch: Watch, paths: Sequence[Path], regime: str, *, url: str | None = None) -> MonitorSummary:
    """Each file as a version of what its address said at the watch's time; each page of a WARC under its own address
    and time; of a folder all pages and WARCs in it.

    Named files and WARCs are read before anything is written: one that cannot be read leaves nothing half done. With
    *url* the files are versions of that one address, else each is its own. The first look at an address
    makes history and no alerts, and so does a page older than what its address is known to have said since. Raises
    `BadRequest` or `FetchError`.
    """
    config = regime_named(watch.regimes, regime)
    if url is not None and not url.startswith(("http://", "https://", "file://")):
        raise BadRequest(f"--url {url!r}: not an address; begin it with https:// or http://")
    pages = [page for path in paths for page in _pages_of(path, url, watch.clock())]
    first = {page: _read(watch, config, page) for page in pages if page.named}
    for page, (_, read) in first.items():
        if isinstance(read, Verdict) and read.kind in (Kind.UNREADABLE, Kind.UNREAD):
            raise BadRequest(f"{page.path}: {read.reason}")
    read_by_one_parser(watch, config)
    run = begin(watch, kind="ingest")
    past = Run(replace(watch, tells=False), run.id)
    outcomes: list[SourceOutcome] = []
    changes: list[Change] = []
    for page in pages:
        result, read = first.pop(page) if page in first else _read(watch, config, page)
        ref, is_news = _source_of(watch, config, page, read)
        kept = changed(result, sha256=watch.archive.put(result.body or b""))
        outcome, told = take_in(run if is_news else past, config, ref, kept, read)
        outcomes.append(outcome)
        changes.extend(told)
    return finish(run, [SourceReport(tuple(outcomes), tuple(changes))])


def _pages_of(path: Path, url: str | None, now: datetime) -> Iterator[_Page]:
    for file in files_under(path):
        if file.name.endswith(WARCS):
            records = sorted(records_of(file), key=lambda saved: saved.at)
            yield from (_Page(file, record.url, record.at, record) for record in records)
        else:
            yield _Page(file, url, now, named=file == path)


def _read(watch: Watch, config: RegimeConfig, page: _Page) -> tuple[FetchResult, Parsed | Verdict]:
    """The page as if it had been fetched when it was seen, and read; a file has answered nothing."""
    record = page.record
    result = FetchResult(
        url=page.address,
        final_url=page.address,
        fetched_at=page.seen,
        status=200 if record else None,
        content_type=record.content_type if record else None,
        body=body_of(record, watch.fetcher.settings.max_bytes) if record else bytes_of(page.path),
    )
    return result, read_past(config, result)


def _source_of(watch: Watch, config: RegimeConfig, page: _Page, read: Parsed | Verdict) -> tuple[SourceRef, bool]:
    """The source that a page is a version of, and whether it may tell news: one that was seen before what its source
    said last is a version of the past beside it."""
    declared = next((s for s in config.sources if s.url == page.address), None)
    name = declared.id if declared else f"ingested/{page.url or page.path.name}"
    lists_members = isinstance(read, Parsed) and read.record.kind is RecordKind.MEMBERS
    kind = declared.kind.value if declared else ("members" if lists_members else "statement")
    with watch.store.writing() as w:
        ref = w.found_source(config.regime, name, kind, page.address, baseline=True, now=page.seen)
        latest = w.latest_version(ref.id)
        if latest is None or latest.observed_at <= page.seen:
            return ref, True
        past = f"history/{name}"
        return w.found_source(config.regime, past, kind, page.address, baseline=True, now=page.seen), False
