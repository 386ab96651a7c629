"""What the database holds, counted: for dashboards and alarms on the service itself."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import case, func, select

from storage import tables as t
from storage.reading import Reader


class Measures(Struct, frozen=True):
    """Counts by their labels. `sources` by regime and ``well``, ``failing`` or ``never``; `fetches` by regime and
    verdict; `took` is how many seconds all fetches of a regime took; `changes` by regime, kind and status; `deliveries` by channel and state; `runs` by kind and state."""

    sources: dict[tuple[str, str], int]
    fetches: dict[tuple[str, str], int]
    took: dict[str, float]
    changes: dict[tuple[str, str, str], int]
    deliveries: dict[tuple[str, str], int]
    runs: dict[tuple[str, str], int]


def measure(r: Reader) -> Measures:
    """The counts of one consistent state of the store."""
    stands = case(
        (t.SourceState.failures > 0, "failing"), (t.SourceState.last_verified.is_not(None), "well"), else_="never"
    )
    sources = (
        select(t.Source.regime, stands, func.count())
        .join(t.SourceState, t.SourceState.source_id == t.Source.id, isouter=True)
        .group_by(t.Source.regime, stands)
    )
    fetches = (
        select(t.Source.regime, t.Fetch.verdict, func.count())
        .join(t.Source, t.Source.id == t.Fetch.source_id)
        .group_by(t.Source.regime, t.Fetch.verdict)
    )
    took = (
        select(t.Source.regime, func.sum(t.Fetch.elapsed))
        .join(t.Source, t.Source.id == t.Fetch.source_id)
        .group_by(t.Source.regime)
    )
    change, delivery, run = t.ChangeRow, t.DeliveryRow, t.Run
    changes = select(change.regime, change.kind, change.status, func.count()).group_by(
        change.regime, change.kind, change.status
    )
    deliveries = select(delivery.channel, delivery.state, func.count()).group_by(delivery.channel, delivery.state)
    runs = select(run.kind, run.state, func.count()).group_by(run.kind, run.state)
    ask = r.session.execute
    return Measures(
        {(a, b): n for a, b, n in ask(sources)},
        {(a, b): n for a, b, n in ask(fetches)},
        {a: float(seconds or 0.0) for a, seconds in ask(took)},
        {(a, b, c): n for a, b, c, n in ask(changes)},
        {(a, b): n for a, b, n in ask(deliveries)},
        {(a, b): n for a, b, n in ask(runs)},
    )
