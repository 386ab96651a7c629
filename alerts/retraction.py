"""What is said once a change that was told turns out to be none."""

from __future__ import annotations

from datetime import datetime

from alerts.message import sentence
from diffs.change import Change
from storage.writing import Writer


def retract(w: Writer, change: Change, now: datetime) -> int | None:
    """Tell every channel that was told of *change*, and no other, that it was rejected; the alert's id, or
    None when nobody was told. Call it in the transaction that rejects it; a second call says nothing more."""
    alert = next((found for found in w.alerts() if found.change.key == change.key), None)
    if alert is None:
        return None
    told = tuple(delivery.channel for delivery in alert.deliveries if delivery.sent_at is not None)
    if not told:
        return None
    return w.save_alert(change, audience=alert.audience, sentence=sentence(change), channels=told, now=now)
