"""What a watcher must tell of a world: worked out from what is so, never from a page.

A told change is `(kind, subject)`. `Watcher` keeps what a perfect watcher that looks once a day knows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.world.history import Statement, World
from tests.world.states import RESOLUTIONS

Told = tuple[str, str]


@dataclass
class Watcher:
    """What is known by now: members, the count last told, statements and mirrors as last read."""

    sources: tuple[str, ...]
    members: dict[str, str] = field(default_factory=dict)
    page: dict[str, str] = field(default_factory=dict)
    count: int = 0
    statements: dict[int, Statement] = field(default_factory=dict)
    mirrors: dict[int, Statement] = field(default_factory=dict)
    cited: set[int] = field(default_factory=set)
    failing: int = 0
    drifting: bool = False

    def baseline(self, world: World) -> None:
        """The first look: all of it is history."""
        self.members, self.page, self.count = dict(world.members), dict(world.listed), len(world.listed)
        self.statements, self.mirrors = dict(world.statements), dict(world.mirrors)
        self.cited = {number for told in world.statements.values() for number in told.resolutions}

    def looks(self, world: World) -> Counter[Told]:
        """What is told of this morning."""
        if world.down:
            self.failing += 1
            return Counter(("source_unreachable", s) for s in self.sources) if self.failing == 2 else Counter()
        told: Counter[Told] = Counter()
        if self.failing >= 2:
            told.update(("source_recovered", source) for source in self.sources)
        self.failing = 0
        for ordinal, statement in sorted(world.statements.items()):
            told.update(self._statement(ordinal, statement, world))
        for ordinal, copy in world.mirrors.items():
            if ordinal not in self.mirrors:
                self.mirrors[ordinal] = copy
                told.update(_differences(copy, self.statements[ordinal]))
        told.update(self._page(world))
        return told

    def _page(self, world: World) -> Counter[Told]:
        told: Counter[Told] = Counter()
        if world.list_gone_for:
            if not self.drifting:
                told["source_drift", "members"] += 1
            self.drifting = True
            return told
        self.drifting = False
        if world.listed == self.page:
            return told
        for code, name in world.listed.items():
            if code not in self.members:
                told["member_joined", code] += 1
            elif self.members[code] != name:
                told["member_renamed", code] += 1
            self.members[code] = name
        for code in self.page.keys() - world.listed.keys():
            told["member_left", code] += 1
            del self.members[code]
        told.update(self._counted(len(world.listed), len(self.page)))
        # That the members page was edited is told too, as a line of a report.
        told["statement_revised", "members"] += 1
        self.page = dict(world.listed)
        return told

    def _counted(self, count: int, before: int | None) -> Counter[Told]:
        """A count is told where it is another than was known, and than this page stated *before*."""
        if count in (before, self.count):
            return Counter()
        self.count = count
        return Counter([("member_count_changed", "count")])

    def _statement(self, ordinal: int, now: Statement, world: World) -> Counter[Told]:
        told: Counter[Told] = Counter()
        before = self.statements.get(ordinal)
        if before == now:
            return told
        if before is not None:
            told["statement_revised", f"statement {ordinal}"] += 1
            told.update(self._content(now, before, edit=True))
            if (copy := self.mirrors.get(ordinal)) is not None:
                told.update(_differences(copy, now, since=before))
            self.statements[ordinal] = now
            return told
        told["plenary_announced", str(ordinal)] += 1
        earlier = [o for o in self.statements if o < ordinal]
        prior = self.statements[max(earlier)] if earlier else None
        if prior is not None:
            told.update(self._content(now, prior, edit=False))
        latest = ordinal > max(self.statements)
        for code in now.admitted:
            told["membership_decision", code] += 1
            if latest and code not in self.members:
                told["member_joined", code] += 1
                self.members[code] = world.members.get(code, code)
        if latest and prior is not None:
            told.update(self._counted(now.count, None))
        self.statements[ordinal] = now
        return told

    def _content(self, now: Statement, before: Statement, *, edit: bool) -> Counter[Told]:
        told: Counter[Told] = Counter()
        for number in set(now.resolutions) - set(before.resolutions):
            told["resolution_cited", symbol(number) + (" first" if number not in self.cited else "")] += 1
        for number in set(before.resolutions) - set(now.resolutions) if now.resolutions else ():
            told["resolution_dropped", symbol(number)] += 1
        told.update(("concern_added", code) for code in set(now.concerns) - set(before.concerns))
        if now.concerns:
            told.update(("concern_dropped", code) for code in set(before.concerns) - set(now.concerns))
        if not edit and now.chair != before.chair:
            told["officer_changed", "chair"] += 1
        self.cited |= set(now.resolutions)
        return told


def _differences(one: Statement, other: Statement, since: Statement | None = None) -> Counter[Told]:
    """In which facts two pages on a plenary differ that both state; with *since*, of those that are others since."""
    facts = {"city": "city", "country": "country", "count": "member_count", "chair": "chair"}
    told: Counter[Told] = Counter()
    for fact, name in (facts | {"resolutions": "resolutions", "concerns": "concerns"}).items():
        mine, theirs = _as_set(getattr(one, fact)), _as_set(getattr(other, fact))
        changed = since is None or _as_set(getattr(since, fact)) != theirs
        if mine and theirs and mine != theirs and changed:
            told["mirrors_disagree", name] += 1
    return told


def _as_set(value: object) -> object:
    return set(value) if isinstance(value, tuple) else value


def symbol(number: int) -> str:
    return f"S/RES/{number} ({RESOLUTIONS[number]})"
