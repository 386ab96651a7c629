"""A person's decision on a held change, and what follows from it."""

from __future__ import annotations

import msgspec

from alerts.channels import names
from alerts.retraction import retract
from alerts.rules import audience_of
from diffs.change import Change, ChangeKind, Status
from diffs.sentence import say
from flows.watch import Watch


def decide(watch: Watch, key: str, decision: Status, *, who: str, why: str) -> Change:
    """The change as decided. An approved departure ends the membership and is told; an approved drift lets
    the version it held count from now on. A rejected change is taken back where it was told. Raises `NotFound` for a key that is not held."""
    now = watch.clock()
    with watch.store.writing() as w:
        change = w.review(key, decision, who=who, why=why, now=now)
        if decision is Status.CONFIRMED and change.kind is ChangeKind.MEMBER_LEFT and change.observed_at:
            rows = [m for m in w.members(change.regime) if m.country == change.subject]
            if rows:
                w.member_left(
                    change.regime,
                    change.subject,
                    on=change.observed_at.date(),
                    record_id=rows[0].record_id,
                    pointer=rows[0].pointer,
                    now=now,
                )
        confirmed = msgspec.structs.replace(change, status=decision)
        if decision is Status.REJECTED:
            retract(w, confirmed, now)
        if decision is Status.CONFIRMED and (audience := audience_of(confirmed)) is not None:
            w.save_alert(confirmed, audience=audience, sentence=say(confirmed), channels=names(watch.channels), now=now)
    return confirmed
