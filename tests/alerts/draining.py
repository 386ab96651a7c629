"""A sender as a process of its own, to be killed: sends what is pending in a store until nothing is.

``python -m tests.alerts.draining DATABASE WEBHOOK LEASE``: the store's address, the webhook's, and for how many
seconds it holds a message.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta

from alerts.outbox import deliver
from alerts.webhook import WebhookChannel
from storage import Store
from storage.measuring import measure
from tests.builders.receivers import SECRET


def main(database: str, address: str, lease: float) -> None:
    """Send until nothing is pending."""
    channel = WebhookChannel(address, SECRET)
    with Store.open(database) as store:
        while True:
            deliver(store, [channel], datetime.now(UTC), lease=timedelta(seconds=lease))
            with store.reading() as r:
                if (channel.name, "pending") not in measure(r).deliveries:
                    return
            time.sleep(0.1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
