"""The site on 127.0.0.1, for one person."""

from __future__ import annotations

import io
import os
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from os import PathLike
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from reports.errors import CannotWrite
from reports.metrics import NAME, TYPE
from reports.policy import HEADERS


class _Quiet(SimpleHTTPRequestHandler):
    error_message_format = "%(code)d %(message)s: %(explain)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def guess_type(self, path: str | PathLike[str]) -> str:
        return TYPE if Path(path).name == NAME else super().guess_type(path)

    def parse_request(self) -> bool:
        """Whether this is a request to answer: one that names this machine, as a reader's own browser does. A page of
        somebody else's whose name was made to lead here names itself, and must not read what is here."""
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1:
            self.send_error(HTTPStatus.BAD_REQUEST, explain="the request must have one Host header")
        elif not _is_this_machine(hosts[0]):
            self.send_error(
                HTTPStatus.MISDIRECTED_REQUEST, explain="this server answers to localhost and 127.0.0.1 alone"
            )
        else:
            return True
        return False

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        folder = self.translate_path(self.path)
        try:
            if not os.path.isdir(folder) or os.path.isfile(os.path.join(folder, "index.html")):
                return super().send_head()
        except ValueError:
            pass  # A name that no file can have, such as one with a null in it.
        self._not_found()
        return None

    def _not_found(self) -> None:
        self.send_error(HTTPStatus.NOT_FOUND, explain="no such page; begin at /index.html")

    def end_headers(self) -> None:
        """Every answer carries what the pages themselves say, and what only a server can."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """A reader's clicks are nobody's business."""


def _is_this_machine(host: str) -> bool:
    """Whether a Host header names this machine: ``localhost`` or an address of its loopback, at whatever port a tunnel
    may have."""
    try:
        parts = urlsplit(f"//{host}")
        name = parts.hostname or ""
        _ = parts.port
        if parts.netloc != host or "@" in host:
            return False
        return name.removesuffix(".") == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of *folder* on 127.0.0.1, not yet serving; port 0 takes a free one. Raises `CannotWrite`."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder)))
    except OSError as error:
        raise CannotWrite(
            f"port {port}: cannot be listened on ({error.strerror}); choose another with --port"
        ) from error
