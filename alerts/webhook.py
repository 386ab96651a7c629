"""Alerts to a program of yours: a CloudEvents body, signed by the Standard Webhooks scheme.

https://www.standardwebhooks.com (headers ``webhook-id``, ``webhook-timestamp``, ``webhook-signature``) and
https://cloudevents.io (version 1.0, structured mode). The id of both is the delivery's idempotency key: the same
on every try, so that a receiver that has seen it may drop the repeat.
"""

from __future__ import annotations

import binascii
import email.utils
import hashlib
from datetime import UTC, datetime, timedelta

import msgspec
import requests
from standardwebhooks.webhooks import Webhook

from alerts.errors import ChannelInvalid
from alerts.message import Message
from alerts.refusal import NotDelivered

# Seconds to connect, and to wait for the answer; its body is never read.
DEADLINES = (5.0, 15.0)
# Refusals that another try may turn: too early, too many, timed out. All other 4xx stay what they are.
_TRY_AGAIN = frozenset((408, 425, 429))
_LONGEST_WAIT = timedelta(days=1)


class WebhookChannel:
    """One address that takes signed events. *secret* is ``whsec_`` and base64, as the scheme writes it.

    Raises `ChannelInvalid` for a secret that is none.
    """

    flood: int | None = None

    def __init__(self, address: str, secret: str, deadlines: tuple[float, float] = DEADLINES) -> None:
        self._deadlines = deadlines
        self._url = address.removeprefix("webhook+")
        try:
            if not secret.strip():
                raise ValueError("empty")
            self._webhook = Webhook(secret.strip())
        except (ValueError, RuntimeError, binascii.Error) as error:
            raise ChannelInvalid(
                "PLENARYWATCH_WEBHOOK_SECRET: no secret of the Standard Webhooks scheme; "
                "set whsec_ followed by 24 to 64 bytes in base64"
            ) from error
        self.name = f"webhook-{hashlib.sha256(self._url.encode()).hexdigest()[:8]}"

    def send(self, message: Message) -> None:
        now = datetime.now(UTC)
        body = event(message)
        headers = {
            "content-type": "application/cloudevents+json; charset=utf-8",
            "webhook-id": message.key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(message.key, now, body.decode()),
        }
        try:
            with requests.post(
                self._url, data=body, headers=headers, timeout=self._deadlines, allow_redirects=False, stream=True
            ) as answer:
                status, wait = answer.status_code, answer.headers.get("retry-after")
        except requests.Timeout as error:
            # Whether it was taken is not known: it is sent again under the same id.
            raise NotDelivered(
                f"{self.name}: no answer in time", unknown=isinstance(error, requests.ReadTimeout)
            ) from error
        except requests.RequestException as error:
            # The error's own words hold the address. A connection that was made and then lost may have been used.
            lost = isinstance(error, requests.ConnectionError) and "RemoteDisconnected" in repr(error)
            raise NotDelivered(f"{self.name}: cannot be reached ({type(error).__name__})", unknown=lost) from error
        if 200 <= status < 300:
            return
        lasting = 300 <= status < 500 and status not in _TRY_AGAIN
        raise NotDelivered(f"{self.name}: answered {status}", permanent=lasting, retry_after=waiting(wait, now))


def event(message: Message) -> bytes:
    """The message as a CloudEvent in JSON; its ``data`` holds the sentence and the whole change."""
    return msgspec.json.encode(
        {
            "specversion": "1.0",
            "id": message.key,
            "type": f"plenarywatch.{message.kind}",
            "source": message.source,
            "subject": message.about,
            "time": message.time,
            "datacontenttype": "application/json",
            "data": message.data,
        }
    )


def waiting(header: str | None, now: datetime) -> timedelta | None:
    """How long a ``Retry-After`` asks to wait (RFC 9110, seconds or a date), at most a day; None if it says nothing."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        wait = timedelta(seconds=min(int(text[:9]), int(_LONGEST_WAIT.total_seconds())))
    else:
        try:
            until = email.utils.parsedate_to_datetime(text)
        except ValueError:
            return None
        wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), _LONGEST_WAIT)
