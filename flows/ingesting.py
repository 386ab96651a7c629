"""Saved pages brought into the store, as if they had been fetched then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from diffs.change import Change
from flows.errors import BadRequest
from flows.observing import observe
from flows.outcome import MonitorSummary, SourceOutcome, SourceReport
from flows.reading import bytes_of
from flows.running import finish
from flows.watch import Watch
from parsers.errors import ParseError
from parsers.parse import Parsed, parse
from sources import regime_named
from storage.values import Attempt


def ingest_files(watch: Watch, paths: Sequence[Path], regime: str, *, url: str | None = None) -> MonitorSummary:
    """Each file as a version of what its address said at the watch's time.

    All files are read before anything is written: one that cannot be read leaves nothing half done. With
    *url* the files are versions of that one address, else each is its own. The first look at an address
    makes history and no alerts. Raises `BadRequest`.
    """
    config = regime_named(watch.regimes, regime)
    if url is not None and not url.startswith(("http://", "https://", "file://")):
        raise BadRequest(f"--url {url!r}: not an address; begin it with https:// or http://")
    read: list[tuple[Path, bytes, Parsed, str]] = []
    for path in paths:
        body = bytes_of(path)
        address = url or path.resolve().as_uri()
        try:
            read.append((path, body, parse(body, regime=config.profile(), url=url), address))
        except ParseError as error:
            raise BadRequest(f"{path}: {error}") from error
    with watch.store.writing() as w:
        run = w.begin_run("ingest", watch.clock())
    outcomes: list[SourceOutcome] = []
    changes: list[Change] = []
    for path, body, parsed, address in read:
        now = watch.clock()
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
        outcome, told = observe(watch, run, config, ref, attempt, parsed, content_type=None, state=state)
        outcomes.append(outcome)
        changes.extend(told)
    return finish(watch, run, [SourceReport(tuple(outcomes), tuple(changes))])
