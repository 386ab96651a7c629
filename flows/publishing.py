"""The site built from the environment's store, and served."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flows.settings import settings_from_environment
from reports.groups import table_from
from reports.serve import server
from reports.site import build
from storage import Store
from storage.stirring import Stirring

# How often, in seconds, a serving process looks whether the database has changed.
_LOOK = 2.0


def publish(out: Path | None = None, *, now: datetime | None = None) -> Path:
    """Build the site into *out* (default: ``site`` in the home); the path of its front page."""
    settings = settings_from_environment()
    groups = table_from(settings.country_groups) if settings.country_groups else None
    with Store.open(settings.database_url) as store:
        return build(store, out or settings.home / "site", now or datetime.now(UTC), groups)


def serve_site(
    out: Path | None, port: int, say: Callable[[str], None], look_after: Callable[[], None] = lambda: None
) -> None:
    """Serve the site until interrupted, building it anew when anybody has written to the database.

    A building that fails is said once, and tried again; until then the pages that are there are served. *look_after* is
    called every few seconds, and what it raises ends the serving.
    """
    with Store.open(settings_from_environment().database_url) as store, Stirring(store) as stirring:
        page = publish(out)
        site = server(page.parent, port)
        thread = threading.Thread(target=site.serve_forever, daemon=True)
        thread.start()
        say(f"http://127.0.0.1:{site.server_port}/ (Ctrl-C stops it)")
        try:
            _follow(stirring, out, say, look_after)
        except KeyboardInterrupt:
            pass
        finally:
            site.shutdown()
            site.server_close()


def _follow(stirring: Stirring, out: Path | None, say: Callable[[str], None], look_after: Callable[[], None]) -> None:
    stale, complaint, pause = False, "", _LOOK
    while True:
        time.sleep(pause)
        look_after()
        began = time.monotonic()
        try:
            stale = stirring.stirred() or stale
            if stale:
                publish(out)
                stale, complaint = False, ""
        except Exception as error:  # noqa: BLE001 (the edge of what this process does)
            stale = True
            if (told := f"the site could not be built anew; what is there is served: {error}") != complaint:
                say(told)
                complaint = told
        # While a run writes, a large site is not built all the time.
        pause = max(_LOOK, 4 * (time.monotonic() - began))
