"""Whom a change is for: analysts what happened in the world, operators what needs hands."""

from __future__ import annotations

from enum import StrEnum

from diffs.change import Change, ChangeKind, Severity, Status


class Audience(StrEnum):
    ANALYST = "analyst"
    OPERATOR = "operator"


# How a source itself behaves: nothing in the world.
OF_SOURCES = frozenset((ChangeKind.SOURCE_DRIFT, ChangeKind.SOURCE_UNREACHABLE, ChangeKind.SOURCE_RECOVERED))
# What an operator has to look at; each has a heading in docs/operations.md.
FOR_OPERATORS = OF_SOURCES | {ChangeKind.STATEMENT_WITHDRAWN}


def kinds_for(audience: Audience) -> frozenset[ChangeKind]:
    """The kinds that are an audience's where a route names none."""
    return FOR_OPERATORS if audience is Audience.OPERATOR else frozenset(ChangeKind) - OF_SOURCES


def runbook_heading(change: Change) -> str | None:
    """The heading of the runbook that says what an operator does about *change*; None for analysts' changes
    and for what was rejected."""
    if change.status is Status.REJECTED:
        return None
    if change.kind in FOR_OPERATORS:
        return change.kind.value
    return "held" if change.status is Status.HELD else None


def urgency(change: Change) -> Severity:
    """The urgency of an alert on *change*: what would be critical is information while it waits for review."""
    held = change.status is Status.HELD and change.severity is Severity.CRITICAL
    return Severity.INFO if held else change.severity
