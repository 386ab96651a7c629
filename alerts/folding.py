"""Many alerts as one message: what is too much to tell one by one, what one run found, and the digests that are due."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from alerts.audience import urgency
from alerts.digest import RANK, digest_of, listed, message_of_digest
from alerts.hours import last_due, next_due, quiet_until
from alerts.message import Message, plain, sentence
from alerts.rules import Routing
from alerts.writing import Line, Rank, as_html, as_text
from storage.values import AlertView
from storage.writing import Writer


def fold_flood(w: Writer, routing: Routing, channel: str, most: int, now: datetime) -> None:
    """Where more than *most* alerts are due to a channel and may be sent now, tell them in one message. One that was
    tried alone before may have arrived: it stays what it is."""
    habits = routing.habits(channel)
    while len(due := w.untried(channel, now)) > most:
        alerts = {alert.id: alert for alert in w.alerts(ids=set(due.values()))}
        due = {d: a for d, a in due.items() if quiet_until(habits, urgency(alerts[a].change), now) is None}
        if len(due) <= most:
            return
        _fold(w, "flood", channel, due, alerts.values(), now)


def fold_runs(w: Writer, now: datetime) -> None:
    """Tell together what one run found, where a route asks for it and the run has ended."""
    for (_, channel), due in w.waiting_of_runs().items():
        _fold(w, "run", channel, due, w.alerts(ids=set(due.values())), now)


def make_digests(w: Writer, routing: Routing, now: datetime) -> int:
    """Make the digests that are due and not made yet, a message a channel; how many. The first comes at the first such
    hour after the first run."""
    began = w.first_run()
    if began is None:
        return 0
    made = 0
    for name, when in (("daily", routing.rules.digests.daily), ("weekly", routing.rules.digests.weekly)):
        until = last_due(when, now)
        for channel in routing.readers(name):
            last = w.last_digest(name, channel)
            since = last.until if last else began
            if until <= since:
                continue
            waiting = w.waiting(name, channel)
            also = [alert.change for alert in w.alerts(ids=set(waiting.values()))]
            found = digest_of(w, name, since, until, following=next_due(when, now), also=also)
            message = message_of_digest(found, _key(name, channel, until.isoformat()))
            _save(w, name, channel, message, waiting, since, until, now)
            made += 1
    return made


def _fold(
    w: Writer, name: str, channel: str, due: dict[int, int], alerts: Collection[AlertView], now: datetime
) -> None:
    chosen = set(due.values())
    told = sorted((a for a in alerts if a.id in chosen), key=lambda a: (RANK[urgency(a.change)], a.id))
    key = _key(name, channel, *(str(delivery) for delivery in due))
    _save(w, name, channel, _together(told, key, now), due, None, now, now)


def _together(alerts: Sequence[AlertView], key: str, now: datetime) -> Message:
    """Several alerts as one message, what weighs most first."""
    first = alerts[0].change
    changes = [alert.change for alert in alerts]
    others = f" and {len(alerts) - 1} more" if len(alerts) > 1 else ""
    title = plain(
        f"[{urgency(first).value}] {len(alerts)} alert{'s' if others else ''}: {sentence(first)}"[:180] + others
    )
    lines = [Line(Rank.TITLE, title), *listed(changes)]
    return Message(
        key=key,
        kind="alerts",
        source="/plenarywatch",
        about=plain(first.subject),
        time=now,
        subject=title,
        text=as_text(lines),
        html=as_html(lines),
        data=msgspec.Raw(msgspec.json.encode({"sentence": title, "changes": changes})),
    )


def _save(
    w: Writer,
    name: str,
    channel: str,
    message: Message,
    deliveries: Collection[int],
    since: datetime | None,
    until: datetime,
    now: datetime,
) -> None:
    w.save_digest(
        name,
        channel,
        key=message.key,
        message=msgspec.json.encode(message).decode(),
        deliveries=deliveries,
        since=since,
        until=until,
        now=now,
    )


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
