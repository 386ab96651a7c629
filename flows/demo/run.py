"""Several days of the bundled site, watched by the real flow over real HTTP."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from flows.demo.server import SITE, DemoServer
from flows.errors import BadRequest

_MARK = ".plenarywatch-demo"


class Look(NamedTuple):
    """One run of the demo: what it shows, when, which day's site answers, and whether the host is up."""

    title: str
    at: datetime
    day: int
    up: bool = True


def _at(year: int, month: int, day: int, hour: int = 6) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


LOOKS = (
    Look("Day 0: the first look is a baseline; history, and no alerts", _at(2010, 1, 15), 0),
    Look("Day 1: a new plenary statement cites a resolution for the first time", _at(2011, 4, 18), 1),
    Look("Day 2: nothing new; the server answers 304, and nobody is told", _at(2011, 4, 19), 2),
    # Pages that said the same for more than a year are asked for every third day.
    Look("Day 3: an old statement is silently edited", _at(2011, 4, 21), 3),
    Look("Day 4: India joins, 34 become 35", _at(2016, 6, 28), 4),
    Look("Day 5: a redesign loses the members' list; drift is held, nobody has left", _at(2016, 6, 29), 5),
    Look("Day 6, morning: the host is down; once may be chance", _at(2016, 6, 30), 5, False),
    Look("Day 6, noon: still down; now it is told", _at(2016, 6, 30, 12), 5, False),
    Look("Day 7: the host is back, and the list with it", _at(2016, 7, 1), 7),
)


def run_demo(folder: Path, *, direct: bool, say: Callable[[str], None]) -> Path:
    """Run all days in *folder*, which is emptied first; the path of the report's front page.

    Raises `BadRequest` for a folder that holds something else than an earlier demo.
    """
    _clear(folder)
    home = folder.resolve()
    os.environ |= {
        "PLENARYWATCH_HOME": str(home),
        "PLENARYWATCH_DATABASE_URL": "",
        "PLENARYWATCH_ARCHIVE_URL": "",
        "PLENARYWATCH_CHANNELS": "file",
    }
    if not direct:
        # The engine's own records of the demo stay with the demo.
        os.environ.setdefault("PREFECT_HOME", str(home / "prefect"))
    from flows.cli.runs import show
    from flows.publishing import publish
    from flows.running import run_directly
    from flows.watch import open_watch

    with DemoServer() as site:
        config = home / "mtcr.yaml"
        config.write_text(
            (SITE / "mtcr.yaml").read_text(encoding="utf-8").replace("BASE", site.address), encoding="utf-8"
        )
        up = True
        for look in LOOKS:
            if look.up is not up:
                site.up() if look.up else site.down()
                up = look.up
            site.day = look.day
            say("")
            if direct:
                with open_watch(config=config, now=look.at, allow_private=("127.0.0.1",)) as watch:
                    summary = run_directly(watch, watch.sources())
            else:
                from flows.monitor import run_with_engine

                summary = run_with_engine(
                    regimes=(), source=None, config=config, now=look.at, allow_private=("127.0.0.1",)
                )
            show(summary, look.title)
    page = publish(home / "site", now=LOOKS[-1].at)
    say("")
    say("The report, to open in a browser:")
    return page


def _clear(folder: Path) -> None:
    """An empty folder that is the demo's own."""
    if folder.exists() and not folder.is_dir():
        raise BadRequest(f"{folder}: is a file; name another folder with --folder")
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise BadRequest(f"{folder}: is not empty and no earlier demo; name another folder with --folder")
        shutil.rmtree(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARK).touch()
    except OSError as error:
        raise BadRequest(f"{folder}: cannot be written ({error.strerror}); name another with --folder") from error
