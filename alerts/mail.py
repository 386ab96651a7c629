"""Alerts by e-mail, over SMTP: one Message-ID for every try, a retraction in the thread of what it takes back.

Programs that read mail show one message of a Message-ID, so a try that is repeated is no second message to its reader.
An address is ``smtp://user:password@host:587/?from=watch@example.org&to=desk@example.org,chief@example.org``; with
``smtps://`` the connection is TLS from its start. ``smtp://`` asks for STARTTLS and goes no further without it, unless
the address says ``tls=none``.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from alerts.channels import FLOOD
from alerts.errors import ChannelInvalid
from alerts.message import Message
from alerts.refusal import NotDelivered

SCHEMES = ("smtp://", "smtps://")
# Seconds for each answer of the server.
DEADLINE = 20.0
_PORTS = {"smtp": 587, "smtps": 465}
_SETTINGS = frozenset(("from", "to", "tls"))


class MailChannel:
    """Mail to some people through one server. The address holds secrets: it is never shown or stored.

    Raises `ChannelInvalid` for an address that cannot be used, one without a recipient among them.
    """

    flood: int | None = FLOOD

    def __init__(self, address: str, deadline: float = DEADLINE) -> None:
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            raise _invalid("its port is no number") from None
        asked = parse_qs(parts.query, keep_blank_values=True)
        if unknown := sorted(set(asked) - _SETTINGS):
            raise _invalid(f"it says {unknown[0][:20]!r}, which means nothing; from=, to= and tls= do")
        if not parts.hostname:
            raise _invalid("it names no server")
        self._host, self._port = parts.hostname, port or _PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._encrypted = _encryption(parts, asked)
        self._sender = _one_address(asked.get("from", [""])[0], "from")
        wanted = [word for value in asked.get("to", []) for word in value.split(",") if word.strip()]
        if not wanted:
            raise _invalid("it names no recipient; write to=desk@example.org")
        self._recipients = tuple(_one_address(word, "to") for word in wanted)
        self._deadline = deadline
        self.name = f"{parts.scheme}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"

    def send(self, message: Message) -> None:
        mail = self.mail(message)
        connected = False
        try:
            with self._connection() as server:
                connected = True
                refused = server.send_message(mail, self._sender, self._recipients)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise self._refusal("every recipient was refused", min(codes)) from error
        except smtplib.SMTPResponseException as error:
            raise self._refusal(f"the server answered {error.smtp_code}", error.smtp_code) from error
        except smtplib.SMTPNotSupportedError as error:
            raise NotDelivered(f"{self.name}: the server offers no STARTTLS or no login", permanent=True) from error
        except ssl.SSLError as error:
            raise NotDelivered(f"{self.name}: no trusted TLS connection") from error
        except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
            # Whether the message was taken before that is not known.
            raise NotDelivered(f"{self.name}: no answer in time", unknown=connected) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered(f"{self.name}: cannot be reached ({type(error).__name__})") from error
        if refused:
            code = max(code for code, _ in refused.values())
            raise self._refusal(f"{len(refused)} of {len(self._recipients)} recipients were refused", code)

    def mail(self, message: Message) -> EmailMessage:
        """The mail: plain text and HTML of the same words."""
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = message.subject
        mail["From"] = self._sender
        mail["To"] = ", ".join(self._recipients)
        mail["Date"] = format_datetime(message.time)
        mail["Message-ID"] = self._message_id(message.key)
        mail["Auto-Submitted"] = "auto-generated"
        if message.earlier:
            earlier = [self._message_id(key) for key in message.earlier]
            mail["In-Reply-To"] = earlier[-1]
            mail["References"] = " ".join(earlier)
        mail.set_content(message.text)
        mail.add_alternative(message.html, subtype="html")
        return mail

    def _message_id(self, key: str) -> str:
        return f"<{key}@{self._sender.rsplit('@', 1)[1]}>"

    def _connection(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._encrypted == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=self._deadline, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._deadline)
        try:
            if self._encrypted == "starttls":
                server.starttls(context=context)
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _refusal(self, what: str, code: int) -> NotDelivered:
        # RFC 5321, 4.2.1: another try may turn a 4yz; a 5yz stays what it is.
        return NotDelivered(f"{self.name}: {what} ({code})", permanent=code >= 500)


def _encryption(parts: SplitResult, asked: dict[str, list[str]]) -> str:
    said = asked.get("tls", [""])[0]
    if said not in ("", "none"):
        raise _invalid(f"tls={said[:20]} means nothing; leave it out or write tls=none")
    if parts.scheme == "smtps":
        return "tls"
    if said == "none" and parts.password:
        raise _invalid("with tls=none its password would be sent for all to read; take one of the two out")
    return "none" if said == "none" else "starttls"


def _one_address(text: str, which: str) -> str:
    found = parseaddr(text.strip())[1]
    try:
        local, at, domain = found.rpartition("@")
        if not (at and local and domain) or not text.isprintable():
            raise ValueError("no address")
        return Address(username=local, domain=domain).addr_spec
    except (ValueError, IndexError):
        raise _invalid(f"its {which}= is no mail address; write {which}=name@example.org") from None


def _invalid(why: str) -> ChannelInvalid:
    return ChannelInvalid(f"an smtp address cannot be used: {why}")
