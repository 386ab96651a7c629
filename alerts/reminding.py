"""Reminders: what lasts is told again until it ends or somebody has acknowledged it."""

from __future__ import annotations

from datetime import datetime

from alerts.rules import Routing
from diffs.change import ChangeKind, Status, change_key
from parsers.declaration import length
from storage.writing import Writer


def remind(w: Writer, routing: Routing, now: datetime) -> int:
    """Make the alerts that last due again where their time has come; how many deliveries. A change lasts while it is
    held, a blind source until it is seen again; who was not told yet is not reminded."""
    if all(route.remind is None for route in routing.rules.routes):
        return 0
    blind = _blind(w)
    made = 0
    for alert in w.lasting_alerts():
        change = alert.change
        if change.status is not Status.HELD and change.key not in blind:
            continue
        after = {channel: length(every) for channel, every in routing.reminders(change)}
        for delivery in alert.deliveries:
            wait = after.get(delivery.channel)
            if wait is not None and delivery.sent_at is not None and delivery.sent_at + wait <= now:
                w.remind(delivery.id, now)
                made += 1
    return made


def _blind(w: Writer) -> frozenset[str]:
    """The keys of the changes that tell of the outages which last."""
    return frozenset(
        change_key(ChangeKind.SOURCE_UNREACHABLE, s.source.regime, s.source.url, s.state.outage)
        for s in w.standings()
        if s.state.told_unreachable
    )
