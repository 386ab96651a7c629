"""Changes kept with their alerts and pending deliveries, in the transaction that found them."""

from __future__ import annotations

from datetime import datetime

from diffs.change import Change
from flows.watch import Watch
from storage.writing import Writer


def keep_changes(
    watch: Watch, w: Writer, run: str, changes: tuple[Change, ...], record_id: int | None, now: datetime
) -> tuple[Change, ...]:
    """Those of *changes* that are new, now kept; *record_id* is the version that tells them, None for changes
    of a source itself. A watch that tells nothing raises no alerts."""
    if not changes:
        return ()
    new = w.save_changes(run, changes, record_id)
    for change in new if watch.tells else ():
        tell(watch, w, change, now)
    return new


def tell(watch: Watch, w: Writer, change: Change, now: datetime) -> None:
    """Raise the alert on *change*, where the rules have one for it."""
    from diffs.sentence import say

    telling = watch.routing.telling(change)
    if telling is not None:
        w.save_alert(
            change,
            audience=telling.audience,
            sentence=say(change),
            channels=telling.channels,
            digests=telling.digests,
            now=now,
        )
