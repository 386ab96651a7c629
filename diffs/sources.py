"""Changes of a source itself: it can no longer be had, it can again, it was withdrawn."""

from __future__ import annotations

from datetime import datetime

from diffs.change import Change, ChangeKind, JsonValue, Severity
from diffs.context import Context
from diffs.make import change


def unreachable(regime: str, url: str, *, outage: int, reason: str, since: datetime, now: datetime) -> Change:
    """A source went blind; *outage* counts the times before, so that each outage is told once."""
    context = Context(regime=regime, url=url, observed_at=now)
    before: JsonValue = {"since": since.isoformat()}
    return change(
        context, ChangeKind.SOURCE_UNREACHABLE, Severity.WARNING, url, key=[outage], before=before, after=reason
    )


def recovered(regime: str, url: str, *, outage: int, now: datetime) -> Change:
    """A blind source answers well again."""
    context = Context(regime=regime, url=url, observed_at=now)
    return change(context, ChangeKind.SOURCE_RECOVERED, Severity.INFO, url, key=[outage])


def withdrawn(
    regime: str, url: str, *, status: int, sha256: str | None, now: datetime, plenary: str | None = None
) -> Change:
    """A statement that was there, on *plenary*, is answered 404 or 410, twice; its text is kept."""
    context = Context(regime=regime, url=url, observed_at=now, plenary=plenary)
    return change(
        context, ChangeKind.STATEMENT_WITHDRAWN, Severity.CRITICAL, url, key=[sha256], before=sha256, after=status
    )
