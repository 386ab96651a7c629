"""A message that tells nothing, sent to learn whether a channel takes messages."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from alerts.channels import Channel
from alerts.message import Message
from alerts.refusal import NotDelivered


class Tried(Struct, frozen=True):
    """What came of one channel: `error` is one line, None where it took the message."""

    channel: str
    sent: bool
    error: str | None


def try_out(channels: Iterable[Channel], now: datetime) -> tuple[Tried, ...]:
    """Send each channel a message that says it is a trial; nothing is stored, each trial has a key of its own."""
    said = "This is a trial message of Plenarywatch: nothing happened."
    message = Message(
        key=f"trial-{uuid.uuid4().hex}",
        kind="trial",
        source="/plenarywatch",
        about="trial",
        time=now,
        subject=said,
        text=f"{said}\n",
        html=f"<p>{said}</p>",
        data=msgspec.Raw(msgspec.json.encode({"sentence": said})),
    )
    return tuple(_tried(channel, message) for channel in channels)


def _tried(channel: Channel, message: Message) -> Tried:
    try:
        channel.send(message)
    except NotDelivered as refused:
        return Tried(channel.name, False, str(refused))
    except Exception as fault:  # noqa: BLE001 (one channel's fault stops no other; its words may hold an address)
        return Tried(channel.name, False, f"{channel.name}: a fault of ours ({type(fault).__name__})")
    return Tried(channel.name, True, None)
