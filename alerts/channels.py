"""Where alerts go: the console, a file, and through Apprise anywhere else."""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import msgspec

from alerts.errors import ChannelInvalid
from alerts.message import as_html, subject
from alerts.refusal import NotDelivered
from storage.values import AlertView

__all__ = ["Channel", "NotDelivered", "channels_named", "names"]
# The secret that signs webhooks (https://www.standardwebhooks.com); in the environment alone.
SECRET = "PLENARYWATCH_WEBHOOK_SECRET"  # noqa: S105 (the name of a setting)

# Libraries that write whole addresses into their logs, tokens in the path included, and from which level on they do not.
_TALKATIVE = {"apprise": logging.CRITICAL, "urllib3.connectionpool": logging.INFO}


class Channel(Protocol):
    """One way to reach somebody. To add one, write these two."""

    @property
    def name(self) -> str:
        """The channel's name in the outbox; the same for the same destination, without its secrets."""

    def send(self, alert: AlertView, idempotency_key: str) -> None:
        """Hand the alert over. Raises `NotDelivered`."""


class ConsoleChannel:
    """One line an alert."""

    name = "console"

    def __init__(self, write: Callable[[str], object] | None = None) -> None:
        self._write = write or (lambda line: sys.stderr.write(line + "\n"))

    def send(self, alert: AlertView, idempotency_key: str) -> None:
        self._write(f"ALERT {subject(alert)}")


class FileChannel:
    """One JSON line an alert, appended to a file."""

    name = "file"

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, alert: AlertView, idempotency_key: str) -> None:
        line = msgspec.json.encode(
            {"idempotency_key": idempotency_key, "sentence": alert.sentence, "change": alert.change}
        )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(self.path, "ab") as file:
                file.write(line + b"\n")
        except OSError as error:
            raise NotDelivered(f"{self.path}: cannot be written ({error.strerror})") from error


class AppriseChannel:
    """Anything Apprise knows, by its address. The address holds secrets: it is never shown or stored."""

    def __init__(self, address: str) -> None:
        import apprise

        self._address = address
        self._apprise = apprise.Apprise()
        if not self._apprise.add(address):
            scheme = address.split("://", 1)[0][:20]
            raise ChannelInvalid(
                f"PLENARYWATCH_CHANNELS: the {scheme!r} address is none that Apprise knows; correct it"
            )
        self.name = f"{address.split('://', 1)[0]}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"

    def send(self, alert: AlertView, idempotency_key: str) -> None:
        import apprise

        try:
            taken = self._apprise.notify(
                title=subject(alert), body=as_html(alert), body_format=apprise.NotifyFormat.HTML
            )
        except (TypeError, ValueError) as error:
            raise NotDelivered(f"{self.name}: refused the message ({type(error).__name__})", permanent=True) from error
        if not taken:
            raise NotDelivered(f"{self.name}: did not take the message")


def channels_named(declared: str, *, home: Path, write: Callable[[str], object] | None = None) -> tuple[Channel, ...]:
    """The channels of a setting such as ``console file webhook+https://… mailto://…``, parted by blanks.

    Raises `ChannelInvalid` for an address that is none.
    """
    for logger, level in _TALKATIVE.items():
        logging.getLogger(logger).setLevel(level)
    made: list[Channel] = []
    for word in declared.split():
        if word == "console":
            made.append(ConsoleChannel(write))
        elif word == "file":
            made.append(FileChannel(home / "alerts.jsonl"))
        elif word.startswith(("webhook+https://", "webhook+http://")):
            from alerts.webhook import WebhookChannel

            made.append(WebhookChannel(word, os.environ.get(SECRET, "")))
        elif word.startswith(("smtp://", "smtps://")):
            from alerts.mail import MailChannel

            made.append(MailChannel(word))
        elif "://" in word:
            made.append(AppriseChannel(word))
        else:
            raise ChannelInvalid(
                f"PLENARYWATCH_CHANNELS: {word!r} is no channel; write console, file, webhook+https://…, smtp://… or an Apprise address"
            )
    return tuple(made)


def names(channels: Iterable[Channel]) -> tuple[str, ...]:
    """What the outbox calls these channels."""
    return tuple(channel.name for channel in channels)
