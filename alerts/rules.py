"""Which changes are worth telling, and whom."""

from __future__ import annotations

from diffs.change import Change, ChangeKind, Severity, Status

ANALYST = "analyst"
OPERATOR = "operator"

# Changes of a source itself; each has a heading in docs/operations.md.
OPERATORS = frozenset((ChangeKind.SOURCE_DRIFT, ChangeKind.SOURCE_UNREACHABLE, ChangeKind.SOURCE_RECOVERED))


def audience_of(change: Change) -> str | None:
    """Whom *change* is told: analysts what happened in the world, operators what needs hands, nobody what is
    only worth a line in a report (wording, topics, meetings)."""
    if change.status is Status.REJECTED:
        return None
    if change.kind in OPERATORS or change.status is Status.HELD:
        return OPERATOR
    return ANALYST if change.severity in (Severity.CRITICAL, Severity.WARNING) else None
