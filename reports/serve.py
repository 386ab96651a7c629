"""The site on 127.0.0.1, for one person."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path

from reports.errors import CannotWrite
from reports.metrics import NAME, TYPE
from reports.policy import HEADERS


class _Quiet(SimpleHTTPRequestHandler):
    def guess_type(self, path: str | PathLike[str]) -> str:
        return TYPE if Path(path).name == NAME else super().guess_type(path)

    def end_headers(self) -> None:
        """Every answer carries what the pages themselves say, and what only a server can."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """A reader's clicks are nobody's business."""


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of *folder* on 127.0.0.1, not yet serving; port 0 takes a free one. Raises `CannotWrite`."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder)))
    except OSError as error:
        raise CannotWrite(
            f"port {port}: cannot be listened on ({error.strerror}); choose another with --port"
        ) from error
