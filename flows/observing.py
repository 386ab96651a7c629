"""One page observed: its bytes parsed, compared with what is known, and written whole or not at all."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from diffs.change import Change, ChangeKind, Status
from diffs.compare import compare, holds_back
from diffs.context import Context, Standing
from diffs.form import is_cut_off, same_but_for_form
from flows.outcome import SourceOutcome
from flows.telling import keep_changes
from flows.watch import Watch
from parsers.document import Document
from parsers.parse import Parsed
from parsers.record import Kind, Record
from sources import RegimeConfig
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
        if w.latest_hash(source.id, seen_by) == digest:
            told = keep_changes(watch, w, run, after, None, now)
            w.located(source.id, attempt.final_url, now)
            w.set_state(source.id, state)
            return _outcome(source, attempt, "unchanged"), told
        first = w.latest_hash(source.id, seen_by) is None
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
        )
        context = _context(w, config, source, version, first=first, seen_by=seen_by)
        changes = compare(record, context=context)
        if holds_back(changes):
            w.hold(version.id)
        else:
            _members(w, version, context, changes, source.kind)
        told = keep_changes(watch, w, run, (*after, *changes), version.id, now)
        w.set_state(source.id, msgspec.structs.replace(state, last_changed=now))
    if holds_back(changes):
        return _outcome(source, attempt, "held"), told
    kind = ("baseline" if source.baseline else "new") if first else "changed"
    return _outcome(source, attempt, kind), told


def _outcome(source: SourceRef, attempt: Attempt, outcome: str) -> SourceOutcome:
    return SourceOutcome(
        regime=source.regime, source=source.name, url=attempt.url, outcome=outcome, http_status=attempt.status
    )


def _context(
    w: Writer, config: RegimeConfig, source: SourceRef, version: Version, *, first: bool, seen_by: datetime | None
) -> Context:
    """What is known around *version*, which is written already."""
    regime = source.regime
    held = w.members(regime)
    standing = {m.country: Standing(m.name, m.epoch) for m in held}
    past: dict[str, int] = {}
    for row in w.membership_history(regime):
        if row.country not in standing and row.valid_to is not None and row.superseded_at is None:
            past[row.country] = past.get(row.country, 0) + 1
    previous = w.latest_version(source.id, believed=True, before=version.id, seen_by=seen_by)
    plenaries = w.plenaries(regime) if version.plenary else ()
    at = next((i for i, p in enumerate(plenaries) if p.label == version.plenary), None)
    others = tuple(
        v.record
        for v in (w.current_versions(regime, version.plenary) if version.plenary else ())
        if v.source != source.name
    )
    prior = w.prior_plenary(regime, version.plenary) if version.plenary else None
    prior_record = _fullest(w, regime, prior.label) if prior else None
    told = w.told(regime, before=version.id)
    versions, believed = w.count_versions(source.id)
    bounds = config.expects.members
    return Context(
        regime=regime,
        source_kind=source.kind,
        url=version.url,
        observed_at=version.observed_at,
        baseline=first and source.baseline,
        previous=previous.record if previous else None,
        previous_hash=previous.text_hash if previous else None,
        versions=versions,
        believed=believed,
        after_hash=version.text_hash,
        plenary=version.plenary,
        prior=prior_record,
        prior_label=prior.label if prior else None,
        plenary_known=bool(others) or (previous is not None and previous.plenary == version.plenary),
        is_latest=at is None or all(not p.records for p in plenaries[at + 1 :]),
        same_plenary=others,
        members=standing,
        past=past,
        leaving=w.held_subjects(regime, ChangeKind.MEMBER_LEFT),
        cited=told.cited,
        decided=told.decided,
        count=told.count,
        counted=told.counted,
        same_form_apart=previous is not None and same_but_for_form(_pair(previous), _pair(version)),
        cut_off=previous is not None and is_cut_off(previous.document, version.document),
        adherents=told.adherents,
        observers=told.observers,
        expects_min=bounds.min if bounds else None,
        expects_max=bounds.max if bounds else None,
    )


def _pair(version: Version) -> tuple[Record, Document]:
    return version.record, version.document


def _fullest(w: Writer, regime: str, label: str) -> Record | None:
    """Of the pages on a plenary the one that says most."""
    records = [v.record for v in w.current_versions(regime, label)]
    return max(records, key=lambda r: len(r.evidence), default=None)


def _members(w: Writer, version: Version, context: Context, changes: tuple[Change, ...], kind: str) -> None:
    """Bring the memberships up to what the version tells."""
    record, now = version.record, version.observed_at
    stated_on = stated_day(record, kind, now)
    w.members_listed(record, version.id, stated_on=stated_on, now=now)
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


def stated_day(record: Record, source_kind: str, now: datetime) -> date:
    """The day for which a page's list holds: the plenary's last, or the day it was published or seen."""
    if source_kind == "members" or record.kind is Kind.MEMBERS:
        return record.published or now.date()
    return record.plenary.end or record.plenary.start or record.published or now.date()
