"""What an alert says: one sentence, both sides with their exact quotes, where it is stated, and how sure it is."""

from __future__ import annotations

import os
import re
from datetime import datetime
from html import escape

import msgspec
from msgspec import Struct

from alerts.audience import runbook_heading, urgency
from diffs.change import Change, Status
from diffs.facts import say_wording
from diffs.sentence import regime_name, say
from parsers.record import Evidence
from storage.outbox import idempotency_key
from storage.support import UNSUPPORTED, Support
from storage.values import AlertView, DeliveryView

# Control characters and separators of lines from a page must not reach a terminal or a mail's head.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


# The operators' runbook; ``PLENARYWATCH_RUNBOOK`` names the address at which yours can be read.
RUNBOOK = os.environ.get("PLENARYWATCH_RUNBOOK") or "docs/operations.md"
# The address of your site, for the link to each change's page; there is none without it.
SITE = "PLENARYWATCH_SITE"

# A message names so many changes of meaning; the redline shows them all.
_MEANINGS = 8
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


class Message(Struct, frozen=True, kw_only=True):
    """What is handed to a channel, whatever carries it.

    `key` names it on every try, `earlier` the keys of what it goes on from, newest last. `kind` is the kind of change
    that it tells, ``alerts`` where it tells several, ``digest``, or ``trial``; `source` and `about` are who says it and
    of what. `text` and `html` are the same words; `data` is the same for programs, in JSON.
    """

    key: str
    kind: str
    source: str
    about: str
    time: datetime
    subject: str
    text: str
    html: str
    data: msgspec.Raw
    earlier: tuple[str, ...] = ()


_decoder = msgspec.json.Decoder(Message)


def message_from_json(data: bytes | str) -> Message:
    """The message that was written as JSON. Raises `msgspec.ValidationError` for JSON of another shape."""
    return _decoder.decode(data)


class _Data(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An alert for programs. `continues` are the keys of the messages that this one goes on from: what a retraction
    takes back, what a confirmation confirms."""

    sentence: str
    audience: str
    change: Change
    sources: int
    verified: datetime | None = None
    page: str | None = None
    reminder: int = 0
    continues: tuple[str, ...] = ()


def plain(text: object) -> str:
    """*text* on one line without control characters."""
    return _CONTROL.sub(" ", str(text)).strip()


def sentence(change: Change) -> str:
    """What the message says happened; one that was rejected is taken back."""
    return f"Retracted: {say(change)}" if change.status is Status.REJECTED else say(change)


def site_address() -> str | None:
    """The address of the site at ``PLENARYWATCH_SITE``, without the slash at its end."""
    return (os.environ.get(SITE) or "").rstrip("/") or None


def page_of(change: Change) -> str | None:
    """The page on *change* of the site at ``PLENARYWATCH_SITE``."""
    site = site_address()
    return f"{site}/changes/{change.key}.html" if site else None


def linked_page(change: Change) -> str | None:
    """Where a reader is sent for *change*: its page of the site, else the page that told it."""
    return page_of(change) or change.url


def subject(change: Change, reminder: int = 0) -> str:
    """The one line that heads the message."""
    again = "Reminder: " if reminder else ""
    return plain(f"[{urgency(change).value}] {again}{sentence(change)}")[:200]


def message_of(alert: AlertView, delivery: DeliveryView, support: Support = UNSUPPORTED) -> Message:
    """What one alert says on one channel."""
    change = alert.change
    said = lines(alert, support, delivery.reminder)
    continues = _continues(change, delivery)
    data = _Data(
        sentence=plain(sentence(change)),
        audience=alert.audience,
        change=change,
        sources=_sources(change, support),
        verified=support.verified,
        page=page_of(change),
        reminder=delivery.reminder,
        continues=continues,
    )
    return Message(
        key=delivery.message_key,
        kind=change.kind.value,
        source=f"/plenarywatch/{change.regime}",
        about=plain(change.subject),
        time=change.observed_at or alert.created_at,
        subject=subject(change, delivery.reminder),
        text="\n".join(said) + "\n",
        html="".join(f"<p>{linked(line)}</p>" for line in said if line),
        data=msgspec.Raw(msgspec.json.encode(data)),
        earlier=continues,
    )


def lines(alert: AlertView, support: Support = UNSUPPORTED, reminder: int = 0) -> list[str]:
    """The message, a line a statement."""
    change = alert.change
    body = [plain(sentence(change)), ""]
    if reminder:
        body[0] = f"Reminder {reminder}, for it lasts: {body[0]}"
    if not isinstance(change.before, dict) and change.before is not None:
        body.append(f"Before: {plain(change.before)}")
    if not isinstance(change.after, dict) and change.after is not None:
        body.append(f"After: {plain(change.after)}")
    body += [f"Means: {plain(say_wording(fact))}" for fact in change.wording[:_MEANINGS]]
    if (more := len(change.wording) - _MEANINGS) > 0:
        body.append(f"Means: {more} more in the redline")
    body += _quotes("Stated before", change.evidence.before) + _quotes("Stated now", change.evidence.after)
    body += [
        f"Regime: {plain(regime_name(change.regime))}",
        f"Source: {plain(change.url or 'none')}",
        f"Seen: {moment(change.observed_at)}",
        f"Last verified: {moment(support.verified)}",
        f"Sure: {_sure(change, support)}",
    ]
    if (page := page_of(change)) is not None:
        body.append(f"Report: {page}")
    if (heading := runbook_heading(change)) is not None:
        body.append(f"What to do: {RUNBOOK}#{heading}")
    return [*body, f"Change: {change.key}"]


def moment(when: datetime | None) -> str:
    """A moment as messages write it."""
    return when.strftime("%Y-%m-%d %H:%M UTC") if when else "at an unknown time"


def linked(line: str) -> str:
    """A line as HTML: everything escaped, an address of the web at its end a link."""
    before, blank, last = line.rpartition(" ")
    if not re.fullmatch(r"https?://[^\s\"'<>`\\@]+", last):
        return escape(line)
    return f'{escape(before)}{blank}<a href="{escape(last)}">{escape(last)}</a>'


def _continues(change: Change, delivery: DeliveryView) -> tuple[str, ...]:
    """The keys of what this channel may have been told of the change before. One that never was is harmless: programs
    that read mail pass over an id they do not know."""
    before = {Status.HELD: (), Status.CONFIRMED: (Status.HELD,), Status.REJECTED: (Status.CONFIRMED, Status.HELD)}
    told = tuple(idempotency_key(change.key, status, delivery.channel) for status in before[change.status])
    return (*told, delivery.idempotency_key) if delivery.reminder else told


def _sources(change: Change, support: Support) -> int:
    # The page that told it said so, whether or not its newest version can be read to say it.
    return max(1, len(support.sources))


def _sure(change: Change, support: Support) -> str:
    if change.status is Status.HELD:
        return "held for review"
    if change.status is Status.REJECTED:
        return "no: a person rejected it"
    count = _sources(change, support)
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} source{'s' if count > 1 else ''}"


def _quotes(label: str, side: tuple[Evidence, ...]) -> list[str]:
    return [f"{label}: “{plain(item.quote)}”" for item in side[:3]]
