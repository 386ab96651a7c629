"""What an answer does to how a source stands: it answered well, it recovered, it failed."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from diffs.change import Change
from diffs.compare import facts_changed
from diffs.sources import recovered, unreachable, withdrawn
from fetchers.result import FetchResult
from flows.outcome import SourceOutcome
from flows.run import Run
from flows.telling import keep_changes
from parsers.version import PARSER
from sources import Kind
from storage.reading import Reader
from storage.values import BLIND_AFTER, Attempt, SourceRef, State, Version


def attempt_of(result: FetchResult, verdict: str) -> Attempt:
    """The fetch as it is kept."""
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


def well(state: State, result: FetchResult, now: datetime) -> State:
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


def recovered_from(ref: SourceRef, state: State, now: datetime) -> tuple[Change, ...]:
    """The change that a source told to be unreachable answers again, if it was."""
    return (recovered(ref.regime, ref.url, outage=state.outage, now=now),) if state.told_unreachable else ()


def failed(
    run: Run, ref: SourceRef, state: State, result: FetchResult, error: str, verdict: str = "failed"
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    """Keep the attempt; tell, once, a source that has become unreachable or a statement that is gone.

    Raises `RunOver` where the run was broken off: a request that ended with it is not the source's failure.
    """
    run.go_on()
    now = run.watch.clock()
    failures = state.failures + 1
    since = state.failing_since or now
    blind = failures >= BLIND_AFTER or _overdue(run, ref, state, now)
    # A page that was found under a list and never had is said in the run's report: nobody has missed it yet.
    tell = blind and not state.told_unreachable and (ref.parent is None or state.last_verified is not None)
    gone = result.status in (404, 410) and state.last_verified is not None and ref.kind == Kind.STATEMENT.value
    with run.watch.store.writing() as w:
        if w.overtaken(ref.id, state):
            return SourceOutcome(regime=ref.regime, source=ref.name, url=ref.url, outcome="overtaken"), ()
        w.fetch(run.id, ref.id, msgspec.structs.replace(attempt_of(result, verdict), error=error))
        known = w.latest_version(ref.id, believed=True) if gone else None
        elsewhere = reposted(w, known) if known else None
        changes: tuple[Change, ...] = ()
        if tell and not gone:
            reason = error.removeprefix(f"{ref.url}: ")
            changes = (unreachable(ref.regime, ref.url, outage=state.outage, reason=reason, since=since, now=now),)
        elif tell and failures >= BLIND_AFTER and elsewhere is None:
            status, plenary = result.status or 0, known.plenary if known else None
            changes = (withdrawn(ref.regime, ref.url, status=status, sha256=state.sha256, plenary=plenary, now=now),)
        told = keep_changes(run.watch, w, run.id, changes, None, now)
        w.set_state(
            ref.id,
            msgspec.structs.replace(
                state,
                last_checked=now,
                failures=failures,
                failing_since=since,
                checks=state.checks + 1,
                told_unreachable=state.told_unreachable or (tell and not gone),
            ),
        )
    if elsewhere is not None:
        return SourceOutcome(
            regime=ref.regime, source=ref.name, url=ref.url, outcome="moved", http_status=result.status
        ), told
    outcome = "failed" if verdict == "failed" else "quarantined"
    return SourceOutcome(
        regime=ref.regime, source=ref.name, url=ref.url, outcome=outcome, http_status=result.status, error=error
    ), told


def reposted(r: Reader, known: Version) -> str | None:
    """The address on the same host at which another page now says what *known* says, or None: a statement that was
    posted anew is not withdrawn."""
    if known.plenary is None:
        return None
    host = urlsplit(known.url).netloc
    for version in r.current_versions(known.regime, known.plenary):
        if version.source != known.source and urlsplit(version.url).netloc == host:
            other = r.source(version.regime, version.source)
            standing = other is not None and not r.state(other.id).failures
            if standing and version.record.language == known.record.language and same_statement(known, version):
                return version.url
    return None


def same_statement(one: Version, other: Version) -> bool:
    """Whether two pages state the same facts, whatever they are called and when they were published."""
    return not set(facts_changed(one.record, other.record)) - {"title", "published", "publisher"}


def _overdue(run: Run, ref: SourceRef, state: State, now: datetime) -> bool:
    """Whether a source that fails has not answered well for longer than its declaration allows."""
    allowed = next(
        (s.longest_silence for c in run.watch.regimes if c.regime == ref.regime for s in c.sources if s.id == ref.name),
        None,
    )
    return allowed is not None and state.last_verified is not None and now - state.last_verified > allowed
