"""Saved pages brought into the store, as if they had been fetched then."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from diffs.change import Change
from flows.errors import BadRequest
from flows.observing import observe
from flows.outcome import MonitorSummary, SourceOutcome, SourceReport
from flows.reading import bytes_of
from flows.running import begin, finish
from flows.watch import Watch
from parsers.errors import ParseError
from parsers.parse import Parsed, parse
from sources import regime_named
from storage.values import Attempt


class _Saved(NamedTuple):
    """A saved page: its bytes, address and kind where they are known, and when it was seen."""

    body: bytes
    url: str | None
    content_type: str | None
    seen: datetime


def _pages_of(path: Path, url: str | None, now: datetime) -> list[_Saved]:
    """The page that a file is, or the pages that a WARC holds, each with its own address and time."""
    if not path.name.endswith((".warc", ".warc.gz")):
        return [_Saved(bytes_of(path), url, None, now)]
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found: list[_Saved] = []
    try:
        for record in ArchiveIterator(io.BytesIO(bytes_of(path))):
            if record.rec_type != "response" or record.http_headers.get_statuscode() != "200":
                continue
            kind = record.http_headers.get_header("Content-Type") or ""
            if not kind.startswith(("text/html", "text/plain", "application/pdf", "application/xhtml")):
                continue
            seen = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
            address = record.rec_headers.get_header("WARC-Target-URI")
            found.append(_Saved(record.content_stream().read(), address, kind, seen))
    except (ArchiveLoadFailed, ValueError, TypeError) as error:
        raise BadRequest(f"{path}: not a WARC that can be read ({error}); fetch it again") from error
    return found


def ingest_files(watch: Watch, paths: Sequence[Path], regime: str, *, url: str | None = None) -> MonitorSummary:
    """Each file as a version of what its address said at the watch's time.

    All files are read before anything is written: one that cannot be read leaves nothing half done. With
    *url* the files are versions of that one address, else each is its own. The first look at an address
    makes history and no alerts. Raises `BadRequest`.
    """
    config = regime_named(watch.regimes, regime)
    if url is not None and not url.startswith(("http://", "https://", "file://")):
        raise BadRequest(f"--url {url!r}: not an address; begin it with https:// or http://")
    read: list[tuple[Path, bytes, Parsed, str, datetime]] = []
    for path in paths:
        for page in _pages_of(path, url, watch.clock()):
            try:
                parsed = parse(page.body, regime=config.profile(), url=page.url, content_type=page.content_type)
            except ParseError as error:
                raise BadRequest(f"{path}: {error}") from error
            read.append((path, page.body, parsed, page.url or path.resolve().as_uri(), page.seen))
    run = begin(watch, kind="ingest")
    outcomes: list[SourceOutcome] = []
    changes: list[Change] = []
    for path, body, parsed, address, now in read:
        declared = next((s for s in config.sources if s.url == address), None)
        name = declared.id if declared else f"ingested/{address if url else path.name}"
        kind = declared.kind.value if declared else ("members" if parsed.record.kind == "members" else "statement")
        sha256 = watch.archive.put(body)
        with watch.store.writing() as w:
            ref = w.found_source(regime, name, kind, address, baseline=True, now=now)
            state = w.state(ref.id)
        attempt = Attempt(
            url=address, final_url=address, status=None, verdict="good", fetched_at=now, sha256=sha256, size=len(body)
        )
        outcome, told = observe(watch, run.id, config, ref, attempt, parsed, content_type=None, state=state)
        outcomes.append(outcome)
        changes.extend(told)
    return finish(run, [SourceReport(tuple(outcomes), tuple(changes))])
