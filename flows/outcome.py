"""What a run tells: a line a source, the changes, the alerts."""

from __future__ import annotations

from msgspec import Struct

from diffs.change import Change


class SourceOutcome(Struct, frozen=True, kw_only=True):
    """What came of one address.

    `outcome` is ``baseline`` (its first look), ``new`` (a page found since), ``changed``, ``unchanged``,
    ``not_modified`` (the server said so), ``held`` (drift), ``listed`` (an index, a feed or a sitemap was
    read), ``moved`` (gone, and posted anew at another address of its host), ``overtaken`` (another worker checked it meanwhile, so nothing was written), ``quarantined`` (the answer
    was not the page) or ``failed``. `error` is one line on why it failed, or on what of a list was not read.
    """

    regime: str
    source: str
    url: str
    outcome: str
    http_status: int | None = None
    error: str | None = None

    @property
    def failed(self) -> bool:
        return self.outcome in ("failed", "quarantined")


class AlertTold(Struct, frozen=True):
    """An alert that this run raised."""

    id: int
    key: str
    kind: str
    severity: str
    audience: str
    sentence: str


class SourceReport(Struct, frozen=True):
    """What came of a declared source and of the pages under it."""

    outcomes: tuple[SourceOutcome, ...]
    changes: tuple[Change, ...] = ()


class MonitorSummary(Struct, frozen=True):
    """What a run tells as JSON."""

    run: str
    sources: tuple[SourceOutcome, ...]
    changes: tuple[Change, ...]
    alerts: tuple[AlertTold, ...]

    @property
    def failures(self) -> tuple[SourceOutcome, ...]:
        return tuple(outcome for outcome in self.sources if outcome.failed)
