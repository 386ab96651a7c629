"""Real receivers on loopback that take alerts and fail on command: one of HTTP, one of SMTP."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class HttpReceiver(ThreadingHTTPServer):
    """Counts what it took by the event's id. `answers` are given first, one a request, then 204 for ever;
    `pause` are the seconds before each answer, after the message was taken."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken: Counter[str] = Counter()
        self.bodies: dict[str, set[bytes]] = {}
        self.asked = self.cut = 0
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.pause = 0.0
        self.guard = threading.Lock()

    @property
    def address(self) -> str:
        return f"webhook+http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        server = cast(HttpReceiver, self.server)
        length = int(self.headers["content-length"])
        body = self.rfile.read(length)
        with server.guard:
            server.asked += 1
            if len(body) < length:
                # The sender was killed in the middle of it: nothing was taken.
                server.cut += 1
                self.close_connection = True
                return
            status, headers = server.answers.pop(0) if server.answers else (204, {})
            if status < 300:
                event = self.headers.get("webhook-id", "")
                server.taken[event] += 1
                server.bodies.setdefault(event, set()).add(body)
        time.sleep(server.pause)
        try:
            self.send_response(status)
            for name, value in (headers | {"content-length": "0", "connection": "close"}).items():
                self.send_header(name, value)
            self.end_headers()
        except OSError:
            # The sender was killed, or had waited long enough.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def http_receiver() -> Iterator[HttpReceiver]:
    """A receiver of webhooks, ended with the block."""
    server = HttpReceiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Mailbox:
    """What arrived over SMTP. `answer` is given after each message, `refuse` recipients and their answers;
    `pause` are the seconds between taking a message and saying so."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.answer = "250 taken"
        self.refuse: dict[str, str] = {}
        self.pause = 0.0
        self.port = 0

    @property
    def mails(self) -> list[EmailMessage]:
        return [cast(EmailMessage, message_from_bytes(raw, policy=default)) for raw in self.raw]

    def address(self, to: str = "desk@example.org") -> str:
        return f"smtp://127.0.0.1:{self.port}/?from=watch@example.org&to={to}&tls=none"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            self.raw.append(cast(bytes, envelope.content))
            self.recipients.append(list(envelope.rcpt_tos))
        if self.pause:
            import asyncio

            await asyncio.sleep(self.pause)
        return self.answer


class _OnFreePort(Controller):
    def _trigger_server(self) -> None:
        # The controller looks whether it answers, and would look at port 0.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_receiver() -> Iterator[Mailbox]:
    """An SMTP server, ended with the block."""
    box = Mailbox()
    controller = _OnFreePort(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        box.port = controller.port
        yield box
    finally:
        controller.stop()
