"""`plenarywatch monitor` killed by SIGKILL at random moments, and run again: nothing is lost and nothing told twice.

Weeks of invented regimes are watched in a home where nobody is killed, and then again and again in others where one to
five runs of each morning, the first look's too, are killed at a moment of the time that they take, and then one is run to
its end. After each morning both homes hold the same, which is what happened in the world. ``KILLS=2000`` kills
so often on each database; continuous integration has less time.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from diffs.change import Change
from storage import FolderArchive, Store
from storage.verifying import verify
from tests.builders.postgres import a_postgres
from tests.builders.program import Program
from tests.storage.conftest import BOTH, postgres_folder
from tests.world import history as h
from tests.world.render import CONFIG, pages
from tests.world.server import Site
from tests.world.states import CONCERNS, RESOLUTIONS
from tests.world.truth import Told, Watcher
from tests.world.watching import in_short

__all__ = ["postgres_folder"]

KILLS = int(os.environ.get("KILLS", "40"))
MORNINGS = 8
# As many days lie between two mornings, so that the next plenary may be held.
_APART = timedelta(days=10)
# In this week the pages are long: a process beside the run reads them, and must not outlive it.
_LONG = 3
# So many different weeks there are.
_STORIES = 25
# One run in five that is to be killed is done before: the moments are spread over the whole time of a run.
_SLOWER, _QUICKER = 1.02, 0.92
# So many runs of a morning are killed at most before one is left alone.
_IN_A_ROW = 5
_MORE = b"<!-- " + b"x" * 40_000 + b" -->"
# The site's news that speak of a plenary lead to no page.
_FOLLOWED = CONFIG.replace("follow: plenary", "follow: plenary-")

Databases = Callable[[], AbstractContextManager[str]]


@pytest.fixture(params=BOTH)
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Databases:
    """What makes a database without a schema, and gives its address."""

    @contextmanager
    def sqlite() -> Iterator[str]:
        path = tmp_path / f"{uuid.uuid4().hex}.sqlite"
        yield f"sqlite:///{path}"
        for left in tmp_path.glob(f"{path.name}*"):
            left.unlink()

    if request.param == "sqlite":
        return sqlite
    folder = request.getfixturevalue("postgres_folder")
    return lambda: a_postgres(folder, "template0")


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


def _an_event(chance: random.Random) -> h.Event:
    """Something that happens in the world or on its site, and needs no person to decide."""
    which = chance.randrange(40)
    plenary = h.Plenary(
        place=which, admits=chance.randrange(3), phrasing=chance.randrange(6), page_lags=chance.random() < 0.5,
        resolutions=tuple(chance.sample(sorted(RESOLUTIONS), chance.randrange(4))),
        concerns=tuple(chance.sample(sorted(CONCERNS), chance.randrange(3))),
    )  # fmt: skip
    edited: list[h.Event] = [h.Edited(which, what) for what in ("wording", "concern", "resolution")]
    others: list[h.Event] = [
        h.Joined(which),
        h.Renamed(which),
        h.Mirrored(which, garbled=chance.random() < 0.5),
        h.Moved(which),
    ]
    shown: list[h.Event] = [h.Late(), h.Redesigned(chance.randrange(4)), h.Chatter()]
    return chance.choice([plenary, plenary, plenary, *edited, *others, *shown])


def _a_week(chance: random.Random) -> list[h.World]:
    """The mornings of a regime, the first look's included."""
    # From the first day on every index lists a page: a source that fails counts its failures with each run.
    start = h.beginning(chance.randrange(8, 30), chance.randrange(20, 30), chance.randrange(4))
    worlds = [replace(start, mirrors={min(start.statements): start.statements[min(start.statements)]})]
    for _ in range(MORNINGS - 1):
        before = replace(worlds[-1], day=worlds[-1].day + _APART)
        worlds.append(h.next_morning(before, [_an_event(chance) for _ in range(chance.randrange(1, 3))]))
    return worlds


class Home:
    """A home that watches the site, and what stands in it."""

    def __init__(self, folder: Path, database: str, site: Site) -> None:
        folder.mkdir()
        self.folder, self.database, self.site = folder, database, site
        self.program = Program(folder / "home")
        self._known: set[str] = set()
        self.config = folder / "lda.yaml"
        self.config.write_text(_FOLLOWED.replace("BASE", site.address), encoding="utf-8")

    def _monitor(self, now: datetime) -> tuple[str, ...]:
        return (
            "monitor", "--direct", "--config", str(self.config), "--allow-private", "127.0.0.1",
            "--now", now.isoformat(), "--json",
        )  # fmt: skip

    def watches(self, now: datetime) -> float:
        """A whole run; the seconds that it took."""
        begun = time.monotonic()
        ran = self.program(*self._monitor(now), env={"PLENARYWATCH_DATABASE_URL": self.database})
        took = time.monotonic() - begun
        assert ran.code == 0, ran.out
        return took

    def is_killed(self, now: datetime, after: float) -> bool:
        """Whether a run was killed before it was done."""
        ran = self.program.killed(after, *self._monitor(now), env={"PLENARYWATCH_DATABASE_URL": self.database})
        assert ran is None or ran.code == 0, ran
        return ran is None

    def repeated(self) -> int:
        """How often the file was told again what it had been told: by the same key, for its reader to pass over."""
        return len(self._lines()) - len(self._told())

    def _told(self) -> dict[str, tuple[str, ...]]:
        """What the file was told, by the keys by which its reader knows what it read before."""
        lines = [json.loads(line) for line in self._lines()]
        told = {line["idempotency_key"]: line["change"] for line in lines}
        return {key: (change["kind"], change["subject"], change["status"]) for key, change in told.items()}

    def _lines(self) -> list[bytes]:
        told = self.program.home / "alerts.jsonl"
        return told.read_bytes().splitlines() if told.exists() else []

    def news(self) -> Counter[Told]:
        """The changes that were not there when this was asked before, as the truth names them."""
        with Store.open(self.database) as store, store.reading() as r:
            changes = [change for change in r.changes() if change.key not in self._known]
        self._known.update(change.key for change in changes)
        return in_short(changes, self.site.address)

    def stands(self) -> dict[str, object]:
        """Everything that must not depend on how often a run was begun."""
        home = self.program.home
        archive = FolderArchive(home / "archive")
        with Store.open(self.database) as store:
            found = verify(store, archive)
            with store.reading() as r:
                alerts, runs = r.alerts(), r.runs()
                return {
                    "damaged": [f"{damage.object}: {damage.what}" for damage in found.damaged],
                    "counts": (found.records, found.memberships, found.changes),
                    "sources": sorted((s.source.name, s.state.failures, s.state.sha256) for s in r.standings()),
                    "versions": sorted((v.source, v.text_hash, v.held) for v in r.versions()),
                    "changes": sorted(_named(c) for c in r.changes()),
                    "alerts": sorted((_named(a.change), a.audience) for a in alerts),
                    "deliveries": Counter((d.channel, d.state) for a in alerts for d in a.deliveries),
                    "members": sorted((m.country, m.name, m.valid_from) for m in r.members("lda")),
                    "open runs": [run.id for run in runs if run.ended_at is None],
                    "told": sorted(self._told().values()),
                    "digests": sorted(path.name for path in home.glob("digests/*")),
                }

    def leftovers(self) -> set[str]:
        """Files that are no result, once a day has passed over those that a writer might still be writing."""
        home = self.program.home
        yesterday = time.time() - timedelta(days=2).total_seconds()
        for begun in home.rglob(".*"):
            os.utime(begun, (yesterday, yesterday))
        FolderArchive(home / "archive")
        files = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
        return {name for name in files if not name.startswith(("archive/", "digests/")) or "/." in name} - {
            "alerts.jsonl"
        }


def _named(change: Change) -> tuple[str, ...]:
    """A change without its key, in which it may count which of two pages came first."""
    return change.kind.value, change.subject, change.status.value


def _differences(one: dict[str, Any], other: dict[str, Any]) -> dict[str, object]:
    """What stands in one home and not in the other."""

    def alone(mine: Any, others: Any) -> object:
        return [item for item in mine if item not in others] if isinstance(mine, list) else mine

    return {
        name: (alone(value, other[name]), alone(other[name], value))
        for name, value in one.items()
        if value != other[name]
    }


@dataclass(frozen=True)
class Morning:
    """What the site shows, and what stands in a home where nobody was killed, after a run that took so many seconds."""

    world: h.World
    long: bool
    stands: dict[str, object]
    took: float

    @property
    def noon(self) -> datetime:
        return datetime.combine(self.world.day, datetime.min.time(), UTC) + timedelta(hours=12)

    def is_shown(self, site: Site) -> None:
        site.show(self.world)
        if self.long:
            site.put({path: page + _MORE for path, page in pages(self.world).items()})


class Kills:
    """Weeks that are watched, and the runs that were killed meanwhile."""

    def __init__(self, site: Site, folder: Path, databases: Databases, seed: int) -> None:
        self.site, self.folder, self.databases = site, folder, databases
        self.chance = random.Random(seed)
        self.stories: dict[int, list[Morning]] = {}
        self.done: Counter[str] = Counter()
        # A machine is busier now than then: by so much longer a run takes now.
        self.pace = 1.0

    def story(self, number: int) -> list[Morning]:
        """A week in which nobody is killed: what is told each morning is what happened."""
        if number not in self.stories:
            truth, mornings = Watcher(("press", "members", "ministry")), list[Morning]()
            with self.databases() as database:
                home = Home(self.folder / f"story-{number}", database, self.site)
                for world in _a_week(random.Random(number)):
                    shown = Morning(world, number % _STORIES == _LONG, {}, 0)
                    shown.is_shown(self.site)
                    took = home.watches(shown.noon)
                    if mornings:
                        assert home.news() == truth.looks(world), f"story {number}, morning {len(mornings)}"
                    else:
                        truth.baseline(world)
                        assert home.news() == Counter()
                    stands = home.stands()
                    assert stands["damaged"] == stands["open runs"] == []
                    mornings.append(replace(shown, stands=stands, took=took))
                assert home.repeated() == 0
            self.stories[number] = mornings
        return self.stories[number]

    def week(self, number: int) -> None:
        """Watch a week through, killed every morning."""
        mornings, repeated = self.story(number % _STORIES), 0
        with self.databases() as database:
            home = Home(self.folder / f"week-{number}", database, self.site)
            for at, morning in enumerate(mornings):
                morning.is_shown(self.site)
                killed_after = list(self._killed_in_a_row(home, morning))
                where = f"week {number}, morning {at}, killed after {killed_after} of {morning.took:.3f} s"
                assert _differences(home.stands(), morning.stands) == {}, where
                assert home.repeated() - repeated <= len(killed_after), where
                repeated = home.repeated()
            assert home.leftovers() == set()
        self.done["told again"] += repeated
        shutil.rmtree(home.folder)

    def _killed_in_a_row(self, home: Home, morning: Morning) -> Iterator[float]:
        """Kill runs of this morning, one after another, until one is done; after how many seconds each was killed."""
        now = morning.noon
        for _ in range(self.chance.randint(1, _IN_A_ROW)):
            after = self.chance.uniform(0, self.pace * morning.took)
            died = home.is_killed(now, after)
            self.pace *= _SLOWER if died else _QUICKER
            self.done["killed" if died else "lived"] += 1
            if not died:
                return
            yield after
            # A lost run is closed, and what it held is free, by the next one that begins over an hour later.
            now += timedelta(minutes=90)
        home.watches(now)


@pytest.mark.slow
@pytest.mark.fault("H1")
def test_a_run_that_is_killed_at_a_random_moment_loses_and_repeats_nothing(
    site: Site, tmp_path: Path, databases: Databases
) -> None:
    kills, week = Kills(site, tmp_path, databases, seed=11), 0
    while kills.done["killed"] < KILLS:
        kills.week(week)
        week += 1
        print(week, dict(kills.done), f"{kills.pace:.2f}", flush=True)
