"""The real pipeline over a world: every morning a run, and what it told in the words of the truth."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from alerts.channels import channels_named
from diffs.change import Change, ChangeKind, Novelty, Status
from fetchers.fetcher import Fetcher
from fetchers.settings import FetchSettings
from flows.outcome import MonitorSummary
from flows.reviewing import decide
from flows.running import run_directly
from flows.settings import Settings
from flows.watch import Watch
from sources import load_regimes
from storage import Store, open_archive
from storage import tables as t
from tests.world.history import DAY_ONE, World, beginning
from tests.world.render import CONFIG, pages
from tests.world.server import Answering, Site
from tests.world.truth import Told


class Watched:
    """A store that watches a site, a run a morning; close it at the end."""

    def __init__(self, home: Path, site: Site, config: str = CONFIG, **fetching: Any) -> None:
        self.home, self.site = home, site
        self._now = datetime.combine(DAY_ONE, time(6), UTC)
        declared = home / "lda.yaml"
        declared.write_text(config.replace("BASE", site.address), encoding="utf-8")
        told = Settings(home, f"sqlite:///{home / 'watch.sqlite'}", str(home / "archive"), "file")
        archive = open_archive(told.archive_url)
        local: dict[str, Any] = {"retries": 0, "backoff": 0.0, "allow_private": frozenset({"127.0.0.1"})}
        quick = FetchSettings(**(local | fetching))
        self._open = ExitStack()
        self.watch = Watch(
            told,
            self._open.enter_context(Store.open(told.database_url)),
            archive,
            self._open.enter_context(Fetcher(quick, archive=archive.put, clock=self._clock)),
            load_regimes(declared),
            channels_named(told.channels, home=home),
            self._clock,
        )

    def _clock(self) -> datetime:
        return self._now

    def looks(self, world: World) -> list[Change]:
        """What the run of this morning told. A person approves at once what is held and so in the world."""
        self.site.show(world)
        changes = list(self.run(world.day).changes)
        for change in changes:
            if change.kind in (ChangeKind.MEMBER_JOINED, ChangeKind.MEMBER_LEFT) and change.status is Status.HELD:
                assert (change.subject in world.members) is (change.kind is ChangeKind.MEMBER_JOINED)
                decide(self.watch, change.key, Status.CONFIRMED, who="the test", why="it is so")
        return changes

    def run(self, day: date) -> MonitorSummary:
        """A run on the morning of *day*, over the site as it is shown."""
        self._now = datetime.combine(day, time(6), UTC)
        return run_directly(self.watch, self.watch.sources())

    def close(self) -> None:
        self._open.close()

    def alerts(self) -> Counter[tuple[str, str, int]]:
        """How often the file channel was told each change: what is held goes to operators, and once it is
        confirmed to analysts. A reminder of what lasts is counted by its number."""
        told = self.home / "alerts.jsonl"
        lines = told.read_bytes().splitlines() if told.exists() else []
        alerts = [json.loads(line) for line in lines]
        return Counter((a["change"]["key"], a["change"]["status"], a.get("reminder", 0)) for a in alerts)


STILL = beginning(founders=14, first=24, design=0)
# The newest statement of that world.
LAST = "/press/plenary-26"


class Mornings:
    """A site that was looked at once, and what later mornings tell of it; close it at the end."""

    def __init__(self, home: Path, site: Site, config: str = CONFIG, world: World = STILL, **fetching: Any) -> None:
        self.site, self.pages = site, pages(world)
        self.watched = Watched(home, site, config, **fetching)
        self._day = DAY_ONE
        site.put(self.pages)
        assert self.watched.run(self._day).changes == ()

    def told(self, **changed: str | Answering) -> set[tuple[str, str, str]]:
        """Kind, subject and status of what the next run tells, where paths answer with these pages or answers now;
        others stay."""
        self._day += timedelta(days=1)
        html = {path: page.encode() for path, page in changed.items() if isinstance(page, str)}
        self.site.put(self.pages | html, {path: a for path, a in changed.items() if not isinstance(a, str)})
        run = self.watched.run(self._day)
        self.outcomes = {o.url.removeprefix(self.site.address): o for o in run.sources}
        self.errors = [o.error for o in run.sources if o.error]
        return {(c.kind.value, c.subject.removeprefix(self.site.address), c.status.value) for c in run.changes}

    def versions(self) -> int:
        """How many versions of all pages there are."""
        with self.watched.watch.store.reading() as r:
            return len(r.versions())

    def fetches(self, path: str) -> list[list[str]]:
        """The addresses that were passed on the way to *path*, a list for each fetch that ended there."""
        with self.watched.watch.store.reading() as r:
            query = select(t.Fetch.hops).where(t.Fetch.final_url == self.site.address + path)
            return [json.loads(hops) for hops in r.session.scalars(query)]

    def page(self, path: str = LAST) -> str:
        return self.pages[path].decode()

    def text(self, path: str = LAST) -> str:
        """What the newest version of the page at *path* says."""
        with self.watched.watch.store.reading() as r:
            (found,) = (s.source for s in r.standings() if s.source.url == self.site.address + path)
            version = r.latest_version(found.id)
            assert version is not None
            return version.document.text

    def close(self) -> None:
        self.watched.close()


def in_short(changes: list[Change], site: str) -> Counter[Told]:
    """Changes as the truth names them."""
    return Counter((change.kind.value, _subject(change, site)) for change in changes)


def _subject(change: Change, site: str) -> str:
    if change.kind is ChangeKind.RESOLUTION_CITED and change.novelty is Novelty.FIRST_EVER:
        return f"{change.subject} first"
    if change.kind is ChangeKind.MEMBER_COUNT_CHANGED:
        return "count"
    if change.subject.startswith(site):
        end = change.subject.rsplit("/", 1)[-1]
        return f"statement {end.rsplit('-', 1)[-1]}" if "plenary" in end else end
    return change.subject
