"""What the service did, in the text format that Prometheus reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.registry import Collector

from storage.measuring import measure
from storage.reading import Reader

# The name under which the site has them, and what a server says they are.
NAME = "metrics"
TYPE = "text/plain; version=0.0.4; charset=utf-8"


def as_metrics(r: Reader) -> str:
    """Everything counted in the store, and how long the newest ended run of each kind took."""
    registry = CollectorRegistry()
    registry.register(_Stored(r))
    return generate_latest(registry).decode()


class _Stored(Collector):
    def __init__(self, r: Reader) -> None:
        self.r = r

    def collect(self) -> Iterator[Metric]:
        found = measure(self.r)
        yield _filled(
            GaugeMetricFamily(
                "plenarywatch_sources", "Sources by how they stand: well, failing, never", labels=("regime", "state")
            ),
            found.sources,
        )
        for name, about, labels, counts in (
            ("fetches", "Fetches by what came of them", ("regime", "verdict"), found.fetches),
            ("changes", "Changes by kind and status", ("regime", "kind", "status"), found.changes),
            ("runs", "Runs by kind and how they ended", ("kind", "state"), found.runs),
        ):
            yield _filled(CounterMetricFamily(f"plenarywatch_{name}", about, labels=labels), counts)
        took_all = SummaryMetricFamily("plenarywatch_fetch_seconds", "What fetches took", labels=("regime",))
        for regime, seconds in sorted(found.took.items()):
            of = sum(count for (other, _), count in found.fetches.items() if other == regime)
            took_all.add_metric((regime,), count_value=of, sum_value=seconds)
        yield took_all
        yield _filled(
            GaugeMetricFamily("plenarywatch_deliveries", "Deliveries by state", labels=("channel", "state")),
            found.deliveries,
        )
        took = GaugeMetricFamily(
            "plenarywatch_last_run_duration_seconds", "How long the newest ended run took", labels=("kind",)
        )
        ended = GaugeMetricFamily(
            "plenarywatch_last_run_ended_timestamp_seconds", "When the newest ended run ended", labels=("kind",)
        )
        seen: set[str] = set()
        for run in self.r.runs():
            if run.ended_at is not None and run.kind not in seen:
                seen.add(run.kind)
                took.add_metric((run.kind,), (run.ended_at - run.started_at).total_seconds())
                ended.add_metric((run.kind,), run.ended_at.timestamp())
        yield took
        yield ended


def _filled(
    family: GaugeMetricFamily | CounterMetricFamily,
    counts: Mapping[tuple[str, str], int] | Mapping[tuple[str, str, str], int],
) -> GaugeMetricFamily | CounterMetricFamily:
    for labels, count in sorted(counts.items()):
        family.add_metric(labels, count)
    return family
