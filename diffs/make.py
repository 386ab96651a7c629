"""One way to make a change, so that every kind carries the same things."""

from __future__ import annotations

from collections.abc import Iterable

from diffs.change import BothSides, Change, ChangeKind, JsonValue, Novelty, Severity, Status, change_key
from diffs.context import Context
from diffs.facts import Counts, WordingFact
from parsers.record import Evidence, Record


def label(text: str | None) -> int | str | None:
    """A plenary's label as changes carry it: its ordinal as a number, else its first day, else None."""
    return int(text) if text and text.isdigit() else text or None


def evidence(record: Record | None, *pointers: str) -> tuple[Evidence, ...]:
    """The spans under the first of *pointers* that *record* has evidence for."""
    if record is None:
        return ()
    for pointer in pointers:
        if found := record.evidence.get(pointer):
            return found
    return ()


def change(
    context: Context,
    kind: ChangeKind,
    severity: Severity,
    subject: str,
    *,
    key: Iterable[JsonValue],
    before: JsonValue = None,
    after: JsonValue = None,
    before_evidence: tuple[Evidence, ...] = (),
    after_evidence: tuple[Evidence, ...] = (),
    status: Status = Status.CONFIRMED,
    novelty: Novelty | None = None,
    since: int | str | None = None,
    wording: tuple[WordingFact, ...] = (),
    counts: Counts | None = None,
    detail: str = "",
) -> Change:
    """The change of *kind* about *subject*; *key* holds what tells it from others of its kind and subject."""
    return Change(
        key=change_key(kind, context.regime, subject, *key),
        kind=kind,
        severity=severity,
        regime=context.regime,
        subject=subject,
        plenary=label(context.plenary),
        prior=label(context.prior_label),
        before=before,
        after=after,
        novelty=novelty,
        since=since,
        wording=wording,
        counts=counts,
        evidence=BothSides(before_evidence, after_evidence),
        url=context.url,
        observed_at=context.observed_at,
        status=status,
        detail=detail,
    )
