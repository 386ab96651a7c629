"""The history of an invented regime: what is so in the world, and what may happen to it from one day to the next.

A `World` is one morning: the members, the statements, how the site shows them. An event makes the next world of it;
where it cannot happen (nobody is left to join) it changes nothing. Nothing here knows of pages or of the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.world.states import CITIES, CONCERNS, NAMES, RENAMED, RESOLUTIONS, STATES

# The first day that is watched.
DAY_ONE = date(2012, 3, 1)
# A plenary is held once in a while; two in one outage would be no two plenaries of this world.
APART = timedelta(days=8)


@dataclass(frozen=True)
class Statement:
    """What the regime said after one plenary."""

    ordinal: int
    city: str
    country: str
    start: date
    end: date
    chair: str
    count: int
    admitted: tuple[str, ...] = ()
    resolutions: tuple[int, ...] = (1540,)
    concerns: tuple[str, ...] = ()
    phrasing: int = 0
    wording: int = 0


@dataclass(frozen=True)
class World:
    """One morning. `listed` is what the members page shows, which may lag behind `members`."""

    day: date
    members: dict[str, str]
    listed: dict[str, str]
    statements: dict[int, Statement]
    unpublished: dict[int, Statement]
    mirrors: dict[int, Statement]
    moves: dict[int, int]
    design: int = 0
    news: int = 0
    down: str = ""
    down_for: int = 0
    list_gone_for: int = 0
    changed_today: bool = False

    @property
    def latest(self) -> Statement:
        return self.statements[max(self.statements)]

    @property
    def just_told(self) -> bool:
        """Whether a plenary was told of so lately that a watcher may read of it on the same day as of what came
        after it: then two pages state two numbers at once, and nobody can say which is the later."""
        return self.day - self.latest.end < APART


def beginning(founders: int, first: int, design: int) -> World:
    """A regime of *founders* states after three plenaries, of which the site has forgotten the second."""
    members = {code: name for code, name, _ in STATES[:founders]}
    told = {
        ordinal: Statement(
            ordinal=ordinal,
            city=CITIES[ordinal % len(CITIES)][0],
            country=CITIES[ordinal % len(CITIES)][1],
            start=DAY_ONE - timedelta(days=300 * (first + 3 - ordinal)),
            end=DAY_ONE - timedelta(days=300 * (first + 3 - ordinal) - 2),
            chair=CITIES[ordinal % len(CITIES)][1],
            count=founders,
            resolutions=(1540, 1718)[: 1 + ordinal % 2],
            concerns=("IR", "KP")[: 1 + ordinal % 2],
            phrasing=ordinal,
        )
        for ordinal in range(first, first + 3)
    }
    late = told.pop(first + 1)
    return World(DAY_ONE, members, dict(members), told, {late.ordinal: late}, {}, {}, design=design)


@dataclass(frozen=True)
class Joined:
    """A state joins, and the members page says so."""

    which: int

    def happens(self, world: World) -> World:
        outside = [code for code in NAMES if code not in world.members]
        if not outside or world.just_told:
            return world
        code = outside[self.which % len(outside)]
        members = world.members | {code: NAMES[code]}
        return replace(world, members=members, listed=dict(members), changed_today=True)


@dataclass(frozen=True)
class Left:
    """A state leaves, and the members page says so."""

    which: int

    def happens(self, world: World) -> World:
        if len(world.members) <= 12 or world.just_told:
            return world
        code = sorted(world.members)[self.which % len(world.members)]
        members = {c: name for c, name in world.members.items() if c != code}
        return replace(world, members=members, listed=dict(members), changed_today=True)


@dataclass(frozen=True)
class Renamed:
    """A member takes another name, and the members page changes that alone."""

    which: int

    def happens(self, world: World) -> World:
        may = [code for code, later in RENAMED.items() if world.listed.get(code) not in (None, later)]
        if not may:
            return world
        code = may[self.which % len(may)]
        new = {code: RENAMED[code]}
        return replace(world, members=world.members | new, listed=world.listed | new)


@dataclass(frozen=True)
class Plenary:
    """A plenary is held and told of; it may admit states, and the members page may say so later."""

    place: int
    admits: int
    resolutions: tuple[int, ...]
    concerns: tuple[str, ...]
    phrasing: int
    page_lags: bool

    def happens(self, world: World) -> World:
        before = world.latest
        # Nor is a plenary told of on a morning on which the members page says that a state joined or left.
        if world.just_told or world.changed_today:
            return world
        outside = [code for code in NAMES if code not in world.members]
        admitted = tuple(outside[: self.admits])
        members = world.members | {code: NAMES[code] for code in admitted}
        city, country = CITIES[self.place % len(CITIES)]
        told = Statement(
            ordinal=before.ordinal + 1,
            city=city,
            country=country,
            start=world.day - timedelta(days=3),
            end=world.day - timedelta(days=1),
            chair=country,
            count=len(members),
            admitted=admitted,
            resolutions=self.resolutions,
            concerns=self.concerns,
            phrasing=self.phrasing,
        )
        return replace(
            world,
            members=members,
            listed=world.listed if self.page_lags else dict(members),
            statements=world.statements | {told.ordinal: told},
        )


@dataclass(frozen=True)
class Edited:
    """A statement that is known is edited without a word: a concern, a resolution, or how a sentence reads."""

    which: int
    what: str

    def happens(self, world: World) -> World:
        ordinal = sorted(world.statements)[self.which % len(world.statements)]
        old = world.statements[ordinal]
        if self.what == "wording":
            new = replace(old, wording=old.wording + 1)
        elif self.what == "concern":
            missing = [code for code in CONCERNS if code not in old.concerns]
            new = replace(old, concerns=(*old.concerns, missing[0]) if missing else old.concerns[:-1])
        else:
            missing_too = [number for number in RESOLUTIONS if number not in old.resolutions]
            new = replace(old, resolutions=(*old.resolutions, *missing_too[:1]))
        return replace(world, statements=world.statements | {ordinal: new})


@dataclass(frozen=True)
class Late:
    """A statement of years ago appears at last."""

    def happens(self, world: World) -> World:
        return replace(world, statements=world.unpublished | world.statements, unpublished={})


@dataclass(frozen=True)
class Mirrored:
    """A foreign ministry copies a statement, word for word or with another place."""

    which: int
    garbled: bool

    def happens(self, world: World) -> World:
        old = sorted(o for o in world.statements if world.statements[o].end < world.day - APART)
        if not old or (ordinal := old[self.which % len(old)]) in world.mirrors:
            return world
        copy = world.statements[ordinal]
        if self.garbled:
            copy = replace(copy, city=next(city for city, _ in CITIES if city != copy.city))
        return replace(world, mirrors=world.mirrors | {ordinal: copy})


@dataclass(frozen=True)
class Moved:
    """A statement gets another address; the old one leads there."""

    which: int

    def happens(self, world: World) -> World:
        ordinal = sorted(world.statements)[self.which % len(world.statements)]
        return replace(world, moves=world.moves | {ordinal: world.moves.get(ordinal, 0) + 1})


@dataclass(frozen=True)
class Redesigned:
    """The whole site looks another way and says the same."""

    design: int

    def happens(self, world: World) -> World:
        return replace(world, design=self.design)


@dataclass(frozen=True)
class Chatter:
    """News beside the text rotate, and a counter counts."""

    def happens(self, world: World) -> World:
        return replace(world, news=world.news + 1)


@dataclass(frozen=True)
class Down:
    """The whole site cannot be had for some days."""

    how: str
    days: int

    def happens(self, world: World) -> World:
        return replace(world, down=self.how, down_for=self.days)


@dataclass(frozen=True)
class ListGone:
    """A fault of the site: the members page shows no list for some days."""

    days: int

    def happens(self, world: World) -> World:
        return replace(world, list_gone_for=self.days)


Event = Joined | Left | Renamed | Plenary | Edited | Late | Mirrored | Moved | Redesigned | Chatter | Down | ListGone


def next_morning(world: World, events: Sequence[Event]) -> World:
    """The world a day later, after *events*."""
    down_for, gone_for = max(0, world.down_for - 1), max(0, world.list_gone_for - 1)
    world = replace(
        world,
        day=world.day + timedelta(days=1),
        down_for=down_for,
        down=world.down if down_for else "",
        list_gone_for=gone_for,
        changed_today=False,
    )
    for event in events:
        world = event.happens(world)
    return world
