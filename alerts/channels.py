"""Where alerts go: the console, a file, and through Apprise anywhere else."""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from alerts.errors import ChannelInvalid
from alerts.message import Message
from alerts.refusal import NotDelivered

if TYPE_CHECKING:
    from alerts.mail import MailChannel
    from alerts.webhook import WebhookChannel

__all__ = ["Channel", "NotDelivered", "channel_of", "channels_named", "names", "setting_of"]
# The setting that holds the addresses of the channels which the rules call "default".
CHANNELS = "PLENARYWATCH_CHANNELS"
# The secret that signs webhooks (https://www.standardwebhooks.com); in the environment alone.
SECRET = "PLENARYWATCH_WEBHOOK_SECRET"  # noqa: S105 (the name of a setting)

# Gives the value of a setting by its name, None where there is none.
LookUp = Callable[[str], str | None]
# What people can read one by one.
FLOOD = 20

# Libraries that write whole addresses into their logs, tokens in the path included, and from which level on they do not.
_TALKATIVE = {"apprise": logging.CRITICAL, "urllib3.connectionpool": logging.INFO}


class Channel(Protocol):
    """One way to reach somebody. To add one, write these three."""

    @property
    def name(self) -> str:
        """The channel's name in the outbox; the same for the same destination, without its secrets."""

    @property
    def flood(self) -> int | None:
        """So many alerts at once are told one by one, more as one message, where the rules say nothing; None for a
        program or a file, which wants each."""

    def send(self, message: Message) -> None:
        """Hand the message over. Raises `NotDelivered`."""


class ConsoleChannel:
    """One line a message."""

    name = "console"
    flood: int | None = None

    def __init__(self, write: Callable[[str], object] | None = None) -> None:
        self._write = write or (lambda line: sys.stderr.write(line + "\n"))

    def send(self, message: Message) -> None:
        self._write(f"{'DIGEST' if message.kind == 'digest' else 'ALERT'} {message.subject}")


class FileChannel:
    """One JSON line an alert, appended to a file; a digest is a page in the folder ``digests`` beside it."""

    name = "file"
    flood: int | None = None

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, message: Message) -> None:
        file, how, data = self.path, "ab", {"idempotency_key": message.key} | msgspec.json.decode(message.data)
        content = msgspec.json.encode(data) + b"\n"
        if message.kind == "digest":
            # A name of ours: the digest's and its day.
            file, how = self.path.parent / "digests" / f"{message.about.replace(' ', '-')}.html", "wb"
            content = message.html.encode()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with open(file, how) as opened:
                opened.write(content)
        except OSError as error:
            raise NotDelivered(f"{file}: cannot be written ({error.strerror})") from error


class AppriseChannel:
    """Anything Apprise knows, by its address. The address holds secrets: it is never shown or stored."""

    flood: int | None = FLOOD

    def __init__(self, address: str) -> None:
        import apprise

        self._apprise = apprise.Apprise()
        if not self._apprise.add(address):
            scheme = address.split("://", 1)[0][:20]
            raise ChannelInvalid(f"the {scheme!r} address is none that Apprise knows; correct it")
        self.name = f"{address.split('://', 1)[0]}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"

    def send(self, message: Message) -> None:
        import apprise

        try:
            taken = self._apprise.notify(
                title=message.subject, body=message.html, body_format=apprise.NotifyFormat.HTML
            )
        except (TypeError, ValueError) as error:
            raise NotDelivered(f"{self.name}: refused the message ({type(error).__name__})", permanent=True) from error
        if not taken:
            raise NotDelivered(f"{self.name}: did not take the message")


def channels_named(
    declared: str, *, home: Path, write: Callable[[str], object] | None = None, look_up: LookUp = os.environ.get
) -> tuple[Channel, ...]:
    """The channels of a setting such as ``console file webhook+https://… mailto://…``, parted by blanks.

    Raises `ChannelInvalid` for an address that is none.
    """
    return tuple(channel_at(word, CHANNELS, home=home, write=write, look_up=look_up) for word in declared.split())


def setting_of(name: str) -> str:
    """The setting that holds the address of a channel which the rules name."""
    return f"PLENARYWATCH_CHANNEL_{name.upper().replace('-', '_')}"


def channel_of(
    name: str, address: str, *, home: Path, write: Callable[[str], object] | None = None, look_up: LookUp
) -> Channel:
    """The channel that the rules name so. Raises `ChannelInvalid`."""
    channel = channel_at(address, setting_of(name), home=home, write=write, look_up=look_up)
    channel.name = name
    return channel


def channel_at(
    address: str,
    setting: str,
    *,
    home: Path,
    write: Callable[[str], object] | None = None,
    look_up: LookUp = os.environ.get,
) -> ConsoleChannel | FileChannel | AppriseChannel | WebhookChannel | MailChannel:
    """The channel at an address that *setting* gives; *look_up* gives other settings. Raises `ChannelInvalid`."""
    for logger, level in _TALKATIVE.items():
        logging.getLogger(logger).setLevel(level)
    if address == "console":
        return ConsoleChannel(write)
    if address == "file":
        return FileChannel(home / "alerts.jsonl")
    try:
        if address.startswith(("webhook+https://", "webhook+http://")):
            from alerts.webhook import WebhookChannel

            return WebhookChannel(address, look_up(SECRET) or "")
        if address.startswith(("smtp://", "smtps://")):
            from alerts.mail import MailChannel

            return MailChannel(address)
        if "://" in address:
            return AppriseChannel(address)
    except ChannelInvalid as error:
        raise ChannelInvalid(f"{setting}: {error}") from error.__cause__
    # What is no address may be a secret in the wrong place: it is shown only where it looks like a name.
    shown = repr(address) if address.isalpha() and len(address) <= 20 else "what it holds"
    raise ChannelInvalid(
        f"{setting}: {shown} is no channel; write console, file, webhook+https://…, smtp://… or an Apprise address"
    )


def names(channels: Iterable[Channel]) -> tuple[str, ...]:
    """What the outbox calls these channels."""
    return tuple(channel.name for channel in channels)
