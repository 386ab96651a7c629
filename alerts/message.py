"""What an alert says: one sentence, both sides with their exact quotes, and where it is stated."""

from __future__ import annotations

import os
import re
from html import escape

from alerts.rules import OPERATOR, OPERATORS, audience_of
from diffs.change import Change, Status
from diffs.sentence import regime_name, say
from parsers.record import Evidence
from storage.values import AlertView

# Control characters and separators of lines from a page must not reach a terminal or a mail's head.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


# The operators' runbook; ``PLENARYWATCH_RUNBOOK`` names the address at which yours can be read.
RUNBOOK = os.environ.get("PLENARYWATCH_RUNBOOK") or "docs/operations.md"

_SURE = {
    Status.CONFIRMED: "one source",
    Status.HELD: "held for review",
    Status.REJECTED: "no: a person rejected it",
}


def plain(text: object) -> str:
    """*text* on one line without control characters."""
    return _CONTROL.sub(" ", str(text)).strip()


def sentence(change: Change) -> str:
    """What the message says happened; one that was rejected is taken back."""
    return f"Retracted: {say(change)}" if change.status is Status.REJECTED else say(change)


def subject(alert: AlertView) -> str:
    """The one line that heads the message."""
    return plain(f"[{alert.change.severity.value}] {sentence(alert.change)}")[:200]


def _quotes(label: str, side: tuple[Evidence, ...]) -> list[str]:
    return [f"{label}: “{plain(item.quote)}”" for item in side[:3]]


def lines(alert: AlertView) -> list[str]:
    """The message, a line a statement."""
    change = alert.change
    seen = change.observed_at.strftime("%Y-%m-%d %H:%M UTC") if change.observed_at else "at an unknown time"
    body = [plain(sentence(change)), ""]
    if not isinstance(change.before, dict) and change.before is not None:
        body.append(f"Before: {plain(change.before)}")
    if not isinstance(change.after, dict) and change.after is not None:
        body.append(f"After: {plain(change.after)}")
    body += _quotes("Stated before", change.evidence.before) + _quotes("Stated now", change.evidence.after)
    body += [
        f"Regime: {plain(regime_name(change.regime))}",
        f"Source: {plain(change.url or 'none')}",
        f"Seen: {seen}",
        f"Sure: {_SURE[change.status]}",
        f"Change: {change.key}",
    ]
    if (heading := runbook_heading(change)) is not None:
        body.append(f"What to do: {RUNBOOK}#{heading}")
    return body


def runbook_heading(change: Change) -> str | None:
    """The heading of the runbook that says what an operator does about *change*; None for analysts' changes."""
    if audience_of(change) != OPERATOR:
        return None
    return change.kind.value if change.kind in OPERATORS else "held"


def as_text(alert: AlertView) -> str:
    """The message as plain text."""
    return "\n".join(lines(alert)) + "\n"


def as_html(alert: AlertView) -> str:
    """The same words as HTML, everything from the page escaped."""
    return "".join(f"<p>{escape(line)}</p>" for line in lines(alert) if line)
