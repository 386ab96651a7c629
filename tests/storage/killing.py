"""A run that is killed at its nth write, over and over, in processes of its own.

``python -m tests.storage.killing DATABASE_URL FOLDER KILLS SEED`` forks a worker for each kill. The worker goes
on where the one before was cut off: it keeps a body, writes fetch, version, members, change, alert and pending
delivery in one transaction, and sends what is pending into a file. Counted as writes, and killed before or
after: every statement that alters the database, every commit, every sync and every rename of a file. The last
worker is left alive. What then stands is printed as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from diffs.change import Change, ChangeKind, Severity
from storage import FolderArchive, Store
from storage.verifying import verify
from tests.storage.making import NOON, a_document, a_record
from tests.storage.observing import a_version

# One observation makes about forty writes; a worker that is lucky gets through two.
MOST_WRITES = 90


class Death:
    """Kills this process at its nth write."""

    def __init__(self, at: int) -> None:
        self.left = at

    def count(self, *_: object) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def arm(self, engine: Engine | type[Engine]) -> None:
        """Count the writes of an engine, or of every engine, and of files."""

        def statement(_connection: object, _cursor: object, sql: str, *_: object) -> None:
            if not sql.lstrip().upper().startswith(("SELECT", "PRAGMA")):
                self.count()

        event.listen(engine, "before_cursor_execute", statement)
        event.listen(engine, "after_cursor_execute", statement)
        event.listen(engine, "commit", self.count)
        os.fsync = self._around(os.fsync)
        os.replace = self._around(os.replace)

    def _around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **options: Any) -> Any:
            self.count()
            done = call(*arguments, **options)
            self.count()
            return done

        return wrapped


def work(store: Store, archive: FolderArchive, pages: int, sink: Path, hour: int) -> None:
    """Observe the pages that are not stored yet, and send what is pending."""
    now = NOON + timedelta(hours=hour)
    for i in range(pages):
        with store.reading() as r:
            done = r.source("mtcr", f"page-{i}") is not None
        if done:
            continue
        record = a_record("AR", cites=(1000 + i,))
        body = f"AR and page {i}".encode()
        archive.put(body)
        with store.writing() as w:
            version = a_version(
                w, record, source=f"page-{i}", document=a_document(f"AR and page {i}"), body=body, now=now
            )
            w.members_listed(record, version.id, stated_on=date(2011, 4, 15) - timedelta(days=i), now=now)
            change = Change(
                key=f"change-{i}", kind=ChangeKind.RESOLUTION_CITED, severity=Severity.INFO, regime="mtcr",
                subject=f"S/RES/{1000 + i}", observed_at=now,
            )  # fmt: skip
            w.save_changes(w.begin_run("kill", now), [change], version.id)
            w.save_alert(change, audience="all", sentence=f"Page {i}.", channels=["sink"], now=now)
    worker = f"{os.getpid()}-{hour}"
    with store.writing() as w:
        claimed = w.claim_deliveries(worker=worker, now=now, lease=timedelta(minutes=30))
    for delivery in claimed:
        with open(sink, "a", encoding="utf-8") as file:
            file.write(delivery.idempotency_key + "\n")
            file.flush()
            os.fsync(file.fileno())
        with store.writing() as w:
            w.delivered(delivery.id, worker, now)


def one_life(url: str, folder: Path, pages: int, hour: int, at: int | None) -> bool:
    """Whether a worker lived to its end."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    status = 1
    try:
        store, archive = Store.open(url), FolderArchive(folder / "archive")
        if at is not None:
            Death(at).arm(store.engine)
        work(store, archive, pages, folder / "sink", hour)
        store.close()
        status = 0
    finally:
        os._exit(status)


def main(url: str, folder: Path, kills: int, seed: int) -> None:
    Store.open(url).close()
    chance = random.Random(seed)
    killed = hour = pages = 0
    while killed < kills:
        # A page more whenever a worker got through: every kill meets work that is left.
        hour += 1
        lived = one_life(url, folder, pages + 1, hour, chance.randint(1, MOST_WRITES))
        killed += not lived
        pages += lived
    assert one_life(url, folder, pages + 1, hour + 1, None)
    with Store.open(url) as store:
        found = verify(store, FolderArchive(folder / "archive"))
        with store.reading() as r:
            alerts = r.alerts()
            told = {
                "pages": pages + 1,
                "killed": killed,
                "versions": len(r.versions()),
                "changes": len(r.changes()),
                "alerts": len(alerts),
                "sent": sum(d.state == "sent" for alert in alerts for d in alert.deliveries),
                "members": len(r.members("mtcr")),
                "keys_sent": len(set((folder / "sink").read_text().split())),
                "damaged": [damage.object for damage in found.damaged],
            }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
