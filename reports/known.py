"""Everything the site tells, asked of the store once, on one consistent state of it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from diffs.change import Change
from parsers.record import Record
from storage.reading import Reader
from storage.values import Membership, PlenaryView, SourceView, Version


class Statement(Struct, frozen=True):
    """A plenary that pages describe: all their versions, newest last, and the one that is shown; the plenary before it
    on record, and the version on that one in the same language, if there is one, to compare with."""

    plenary: PlenaryView
    versions: tuple[Version, ...]
    shown: Version
    before: PlenaryView | None
    prior: Version | None

    @property
    def edits(self) -> Iterator[tuple[Version, Version]]:
        """Each version of a page with the next one of the same page."""
        for same in self.by_source.values():
            yield from itertools.pairwise(same)

    @property
    def by_source(self) -> dict[str, list[Version]]:
        """The versions of each page, newest last."""
        found: dict[str, list[Version]] = defaultdict(list)
        for version in self.versions:
            found[version.source].append(version)
        return found


class Regime(Struct, frozen=True):
    """What is known of one regime; `memberships` are those of today and of before, as known now, `versions` all texts
    of its pages, newest last."""

    id: str
    sources: tuple[SourceView, ...]
    changes: tuple[Change, ...]
    members: tuple[Membership, ...]
    memberships: tuple[Membership, ...]
    plenaries: tuple[PlenaryView, ...]
    statements: tuple[Statement, ...]
    announced: Record | None
    versions: tuple[Version, ...]


class Known(Struct, frozen=True):
    """What is known. `seen` is when the last run ended: the day as of which the site speaks."""

    now: datetime
    seen: datetime
    sources: tuple[SourceView, ...]
    changes: tuple[Change, ...]
    regimes: tuple[Regime, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The regimes' ids, in the order of the alphabet."""
        return tuple(regime.id for regime in self.regimes)

    @property
    def versions(self) -> dict[int, Version]:
        """Every text of every page by the number of its record."""
        return {version.id: version for regime in self.regimes for version in regime.versions}

    @property
    def statements(self) -> Iterator[Statement]:
        """The statements of all regimes, each regime's oldest first."""
        for regime in self.regimes:
            yield from regime.statements


def all_known(r: Reader, now: datetime) -> Known:
    """Everything that *r* answers, as at *now*."""
    runs = r.runs(limit=1)
    seen = (runs[0].ended_at or runs[0].started_at) if runs else now
    sources, changes = r.sources(), r.changes()
    found = []
    for name in sorted({view.source.regime for view in sources}):
        own = tuple(view for view in sources if view.source.regime == name)
        found.append(_regime(r, name, own, tuple(c for c in changes if c.regime == name), now.date()))
    return Known(now, seen, sources, changes, tuple(found))


def _regime(r: Reader, name: str, sources: tuple[SourceView, ...], changes: tuple[Change, ...], today: date) -> Regime:
    plenaries = r.plenaries(name)
    versions = r.versions(name)
    described: dict[str | None, list[Version]] = defaultdict(list)
    for version in versions:
        described[version.plenary].append(version)
    statements: list[Statement] = []
    for plenary in plenaries:
        if own := tuple(described.get(plenary.label, ())):
            shown, last = fullest_first(own)[0], statements[-1] if statements else None
            prior = comparable(last.versions, shown) if last else None
            statements.append(Statement(plenary, own, shown, last.plenary if last else None, prior))
    memberships = tuple(m for m in r.membership_history(name) if m.superseded_at is None)
    announced = _announced(versions, plenaries, today)
    return Regime(
        name, sources, changes, r.members(name), memberships, plenaries, tuple(statements), announced, versions
    )


def comparable(versions: Sequence[Version], shown: Version) -> Version | None:
    """Of the pages on another plenary, the version to compare *shown* with: one in its language, or else one where
    either's language is not known."""
    language = shown.record.language
    known = [v for v in versions if language and v.record.language == language]
    same = known or [v for v in versions if None in (language, v.record.language)]
    return fullest_first(same)[0] if same else None


def fullest_first(versions: Sequence[Version]) -> list[Version]:
    """The newest version of each of a plenary's pages, the one that says most first, English before others."""
    newest = {v.source: v for v in versions if not v.held} or {v.source: v for v in versions}
    return sorted(newest.values(), key=lambda v: (v.record.language != "en", -len(v.record.evidence)))


def _announced(versions: tuple[Version, ...], plenaries: tuple[PlenaryView, ...], today: date) -> Record | None:
    """The newest record that announces a plenary which is yet to begin, as far as its day is known."""
    held = [plenary.start for plenary in plenaries if plenary.start]
    for version in reversed(versions):
        coming, reported = version.record.next_plenary, version.record.plenary.start
        if coming is None:
            continue
        past = coming.start < today if coming.start else bool(held and reported and max(held) > reported)
        return None if past else version.record
    return None
