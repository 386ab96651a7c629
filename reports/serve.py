"""The site on 127.0.0.1, for one person."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path

from reports.errors import CannotWrite
from reports.metrics import NAME, TYPE


class _Quiet(SimpleHTTPRequestHandler):
    def guess_type(self, path: str | PathLike[str]) -> str:
        return TYPE if Path(path).name == NAME else super().guess_type(path)

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
