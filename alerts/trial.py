"""A message that tells nothing, sent to learn whether a channel takes messages."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from alerts.channels import Channel
from alerts.refusal import NotDelivered
from diffs.change import Change, ChangeKind, Severity
from storage.values import AlertView


class Tried(Struct, frozen=True):
    """What came of one channel: `error` is one line, None where it took the message."""

    channel: str
    sent: bool
    error: str | None


def try_out(channels: Iterable[Channel], now: datetime) -> tuple[Tried, ...]:
    """Send each channel a message that says it is a trial; nothing is stored, each trial has a key of its own."""
    key = uuid.uuid4().hex
    change = Change(
        key=key,
        kind=ChangeKind.SOURCE_RECOVERED,
        severity=Severity.INFO,
        regime="trial",
        subject="this is a trial message, nothing happened",
        observed_at=now,
    )
    alert = AlertView(0, "operator", "This is a trial message of Plenarywatch, no news.", now, None, change, ())
    return tuple(_tried(channel, alert, key) for channel in channels)


def _tried(channel: Channel, alert: AlertView, key: str) -> Tried:
    try:
        channel.send(alert, f"trial-{key}")
    except NotDelivered as refused:
        return Tried(channel.name, False, str(refused))
    except Exception as fault:  # noqa: BLE001 (one channel's fault stops no other; its words may hold an address)
        return Tried(channel.name, False, f"{channel.name}: a fault of ours ({type(fault).__name__})")
    return Tried(channel.name, True, None)
