"""What is to be told, told: digests and reminders that are due, then everything that is pending."""

from __future__ import annotations

from alerts.folding import fold_runs, make_digests
from alerts.outbox import DeliverySummary
from alerts.outbox import deliver as send
from alerts.reminding import remind
from flows.watch import Watch


def deliver(watch: Watch) -> DeliverySummary:
    """Make what is due now, and send what is pending. May run beside itself: a message has one sender at a time."""
    routing = watch.routing
    with watch.store.writing() as w:
        now = watch.clock()
        remind(w, routing, now)
        fold_runs(w, now)
        make_digests(w, routing, now)
    return send(watch.store, watch.all_channels, now, routing=routing)
