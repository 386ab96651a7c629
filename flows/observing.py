"""One page observed: its bytes parsed, compared with what is known, and written whole or not at all."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import msgspec

from diffs.change import Change, ChangeKind, Status
from diffs.compare import compare, holds_back
from flows.context import context_of
from flows.outcome import SourceOutcome
from flows.telling import keep_changes
from flows.watch import Watch
from parsers.parsed import Parsed
from parsers.version import PARSER
from sources import RegimeConfig
from storage.membership import stated_day
from storage.values import Attempt, SourceRef, State, Version
from storage.writing import Writer, text_hash


def observe(
    watch: Watch,
    run: str,
    config: RegimeConfig,
    source: SourceRef,
    attempt: Attempt,
    parsed: Parsed,
    *,
    content_type: str | None,
    state: State,
    known: State | None = None,
    after: tuple[Change, ...] = (),
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    """Write what *source* says now: fetch, version, changes, alerts and pending deliveries in one transaction.

    A page whose text is the one known before makes no version. *known* is how the source stood when the page was
    asked for: where another worker has checked it since, nothing is written. *after* are changes of the source
    itself (it recovered) that belong to the same moment.
    """
    now = attempt.fetched_at
    digest = text_hash(parsed.document)
    with watch.store.writing() as w:
        if known is not None and w.overtaken(source.id, known):
            return _outcome(source, attempt, "overtaken"), ()
        fetch_id = w.fetch(run, source.id, attempt)
        # What tells nothing is of the past, and is compared with what was seen before it.
        seen_by = None if watch.tells else now
        latest = w.latest_hash(source.id, seen_by)
        if latest == digest:
            told = keep_changes(watch, w, run, after, None, now)
            w.located(source.id, attempt.final_url, now)
            w.set_state(source.id, state)
            return _outcome(source, attempt, "unchanged"), told
        first = latest is None
        # What persons have decided about such readings holds for new pages too.
        record = w.corrected(parsed.record)
        version = w.save_version(
            source,
            fetch_id,
            sha256=attempt.sha256 or "",
            url=attempt.final_url,
            content_type=content_type,
            document=parsed.document,
            record=record,
            now=now,
            digest=digest,
        )
        changes = concluded(w, config, source, version, baseline=first and source.baseline, seen_by=seen_by)
        if holds_back(changes):
            w.hold(version.id)
        told = keep_changes(watch, w, run, (*after, *changes), version.id, now)
        w.set_state(source.id, msgspec.structs.replace(state, last_changed=now))
    if holds_back(changes):
        return _outcome(source, attempt, "held"), told
    kind = ("baseline" if source.baseline else "new") if first else "changed"
    return _outcome(source, attempt, kind), told


def read_by_one_parser(watch: Watch, config: RegimeConfig) -> None:
    """Read a regime's versions again that another parser read: a new one is compared with what the same parser makes
    of those before it, or the differences would be the parser's."""
    with watch.store.reading() as r:
        older = r.read_by_others(config.regime, PARSER)
    if older:
        # What reads a whole archive again takes a while to load, and is needed after an upgrade alone.
        from flows.keeping import read_again
        from storage.reparsing import reparse

        again = partial(read_again, {config.regime: config.profile()})
        reparse(watch.store, watch.archive, again, now=watch.clock(), only=older)


def concluded(
    w: Writer,
    config: RegimeConfig | None,
    source: SourceRef,
    version: Version,
    *,
    baseline: bool = False,
    trusted: bool = False,
    seen_by: datetime | None = None,
) -> tuple[Change, ...]:
    """What *version*, which is written already, tells against all that is known; the memberships follow, unless it is
    held back. A *baseline* makes history and tells nothing. *seen_by* and *trusted* are those of `context_of`."""
    changes: tuple[Change, ...] = ()
    doubted: frozenset[str] = frozenset()
    if not baseline:
        context = context_of(w, config, source, version, trusted=trusted, seen_by=seen_by)
        changes = compare(version.record, context=context)
        joined = [c for c in changes if c.kind is ChangeKind.MEMBER_JOINED]
        doubted = frozenset(c.subject for c in joined if c.status is not Status.CONFIRMED)
        if context.is_latest:
            # Who left and is listed still has not come back by it.
            doubted |= context.past.keys() - {c.subject for c in joined if c.status is Status.CONFIRMED}
    if not holds_back(changes):
        _members(w, version, changes, source.kind, doubted)
    return changes


def _outcome(source: SourceRef, attempt: Attempt, outcome: str) -> SourceOutcome:
    return SourceOutcome(
        regime=source.regime, source=source.name, url=attempt.url, outcome=outcome, http_status=attempt.status
    )


def _members(w: Writer, version: Version, changes: tuple[Change, ...], kind: str, doubted: frozenset[str]) -> None:
    """Bring the memberships up to what the version tells; of those *doubted* none begins by it."""
    record, now = version.record, version.observed_at
    stated_on = stated_day(record, kind, now)
    w.members_listed(record, version.id, stated_on=stated_on, now=now, doubted=doubted)
    for change in changes:
        if change.status is not Status.CONFIRMED:
            continue
        if change.kind is ChangeKind.MEMBER_JOINED:
            pointer = next((p for p, e in record.evidence.items() if e == change.evidence.after), "/members")
            w.member_joined(record.regime, change.subject, on=stated_on, record_id=version.id, pointer=pointer, now=now)
        elif change.kind is ChangeKind.MEMBER_LEFT:
            w.member_left(
                record.regime, change.subject, on=stated_on, record_id=version.id, pointer="/member_count", now=now
            )
        elif change.kind is ChangeKind.MEMBER_RENAMED:
            w.member_renamed(record.regime, change.subject, str(change.after), version.id, "/members", now)
