"""The front page: what changed, by severity; what is held; who does not answer; each regime at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from diffs.change import Change, ChangeKind, Severity, Status
from parsers.record import Record
from reports.known import Known, Regime
from reports.pages import Pages
from storage.values import PlenaryView, Sight

# The front page shows so many of each severity, and so many held or blind; their own pages have all.
_LATEST = 30
_HELD = 20
_OF_SOURCES = 6
_CARDS = 60
# The coverage page begins with what needs a look.
_WORST = (Sight.BLIND, Sight.DEGRADED, Sight.UNCHECKED, Sight.OK)
# What happened to a source and not in the world: no reader's first question.
OF_SOURCES = frozenset({ChangeKind.SOURCE_UNREACHABLE, ChangeKind.SOURCE_RECOVERED, ChangeKind.SOURCE_DRIFT})


class Card(Struct, frozen=True):
    """A regime at a glance."""

    regime: str
    members: int
    last: PlenaryView | None
    next: Record | None
    verified: datetime | None
    failing: int
    sources: int


def write_front(known: Known, pages: Pages) -> None:
    """The front page and the page of what is held."""
    newest = newest_first(known.changes)
    confirmed = [c for c in newest if c.status is Status.CONFIRMED]
    told = [c for c in confirmed if c.kind not in OF_SOURCES]
    held = [c for c in newest if c.status is Status.HELD]
    blind = [view for view in known.sources if view.state.failures]
    lists = [
        (title, _of(told, severity)[:_LATEST], len(_of(told, severity)))
        for title, severity in (
            ("Critical", Severity.CRITICAL), ("Worth knowing", Severity.WARNING), ("In detail", Severity.INFO),
        )
    ]  # fmt: skip
    pages.page(
        "index.html", "index.html",
        seen=known.seen, cards=[_card(regime) for regime in known.regimes[:_CARDS]], lists=lists,
        held=held[:_HELD], held_count=len(held), blind=blind[:_HELD], blind_count=len(blind),
        total=len(known.changes), of_sources=[c for c in confirmed if c.kind in OF_SOURCES][:_OF_SOURCES],
    )  # fmt: skip
    pages.page("held.html", "held.html", held=held)


def write_coverage(known: Known, pages: Pages) -> None:
    """The coverage page: every source and how it stands, and the same as JSON and CSV."""
    by_regime = {
        regime.id: sorted(regime.sources, key=lambda v: _WORST.index(v.state.sight)) for regime in known.regimes
    }
    counted = Counter(v.state.sight for v in known.sources)
    pages.page(
        "coverage.html", "coverage.html",
        seen=known.seen, asof=known.seen, by_regime=by_regime,
        counts={sight.value: counted[sight] for sight in _WORST if counted[sight]},
    )  # fmt: skip
    pages.json("sources.json", known.sources)
    pages.csv(
        "sources.csv",
        ("regime", "source", "kind", "url", "state", "last checked", "last verified", "last change", "failures", "versions", "error"),
        (
            (
                v.source.regime, v.source.name, v.source.kind, v.source.url, v.state.sight.value, v.state.last_checked,
                v.state.last_verified, v.state.last_changed, v.state.failures, v.versions, v.last_error,
            )
            for v in known.sources
        ),
    )  # fmt: skip


def newest_first(changes: Sequence[Change]) -> list[Change]:
    """The changes, newest first; those of one moment by their severity."""
    rank = list(Severity)
    by_severity = sorted(changes, key=lambda c: rank.index(c.severity))
    return sorted(by_severity, key=lambda c: c.observed_at.timestamp() if c.observed_at else 0.0, reverse=True)


def _of(changes: Sequence[Change], severity: Severity) -> list[Change]:
    return [change for change in changes if change.severity is severity]


def _card(regime: Regime) -> Card:
    verified = [v.state.last_verified for v in regime.sources if v.state.last_verified]
    return Card(
        regime.id,
        len(regime.members),
        regime.plenaries[-1] if regime.plenaries else None,
        regime.announced,
        max(verified, default=None),
        sum(1 for v in regime.sources if v.state.failures),
        len(regime.sources),
    )
