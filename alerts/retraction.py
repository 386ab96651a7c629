"""What is said once a change that was told turns out to be none."""

from __future__ import annotations

from datetime import datetime

from alerts.message import sentence
from diffs.change import Change, Status
from storage.writing import Writer


def retract(w: Writer, change: Change, now: datetime) -> int | None:
    """Tell every channel that was told of *change*, or may have been, that it was rejected; the alert's id, or
    None when there is none. What nobody was told yet is not told any more. Call it in the transaction that
    rejects it; a second call says nothing more."""
    alert = w.alert_on(change.key)
    if alert is None:
        return None
    w.withdraw(alert.id, "rejected before it was told")
    told = tuple(delivery.channel for delivery in alert.deliveries if delivery.may_have_been_told)
    if not told:
        return None
    return w.save_alert(change, audience=alert.audience, sentence=sentence(change), channels=told, now=now)


def retract_reading(w: Writer, record_id: int, pointer: str, *, who: str, why: str, now: datetime) -> None:
    """Take back what was told from a reading that a person has taken out or corrected: the changes of that version
    whose new side stands on the words of *pointer*. Call it in the transaction of the decision."""
    words = w.version(record_id).record.evidence.get(pointer, ())
    for change in w.changes_of_version(record_id):
        if change.status is not Status.REJECTED and set(words) & set(change.evidence.after):
            retract(w, w.review(change.key, Status.REJECTED, who=who, why=why, now=now), now)
