"""The site built from the environment's store, and served."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flows.settings import settings_from_environment
from reports.groups import table_from
from reports.serve import server
from reports.site import build
from storage import Store

# How often, in seconds, a serving process looks whether the database has changed.
_LOOK = 5.0


def publish(out: Path | None = None, *, now: datetime | None = None) -> Path:
    """Build the site into *out* (default: ``site`` in the home); the path of its front page."""
    settings = settings_from_environment()
    groups = table_from(settings.country_groups) if settings.country_groups else None
    with Store.open(settings.database_url) as store:
        return build(store, out or settings.home / "site", now or datetime.now(UTC), groups)


def serve_site(out: Path | None, port: int, say: Callable[[str], None]) -> None:
    """Serve the site until interrupted, building it anew when the newest run or change is another."""
    page = publish(out)
    site = server(page.parent, port)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    say(f"http://127.0.0.1:{site.server_port}/ (Ctrl-C stops it)")
    settings = settings_from_environment()
    stop = threading.Event()
    try:
        with Store.open(settings.database_url) as store:
            seen = _state(store)
            while not stop.wait(_LOOK):
                if (state := _state(store)) != seen:
                    seen = state
                    publish(out)
    except KeyboardInterrupt:
        pass
    finally:
        site.shutdown()
        site.server_close()


def _state(store: Store) -> tuple[object, ...]:
    with store.reading() as r:
        runs = r.runs(limit=1)
        return (runs[0].id, runs[0].state, runs[0].ended_at) if runs else ()
