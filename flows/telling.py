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
    from alerts.channels import names
    from alerts.rules import audience_of
    from diffs.sentence import say

    new = w.save_changes(run, changes, record_id)
    for change in new if watch.tells else ():
        if (audience := audience_of(change)) is not None:
            w.save_alert(change, audience=audience, sentence=say(change), channels=names(watch.channels), now=now)
    return new
