"""The bundled site over real HTTP on loopback, as it was on each day."""

from __future__ import annotations

import hashlib
import mimetypes
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

SITE = Path(__file__).parent / "site"


def file_on(day: int, path: str) -> Path | None:
    """The file that answered *path* on a day: that of the latest day up to it that has one."""
    wanted = path.split("?", 1)[0].strip("/")
    if ".." in wanted.split("/") or not wanted:
        return None
    for earlier in range(day, -1, -1):
        found = SITE / f"day-{earlier}" / wanted
        if found.is_file():
            return found
    return None


class DemoServer:
    """The site on one address for as long as the demo runs; `down` and `up` take the host away and back."""

    def __init__(self) -> None:
        self.day = 0
        self.port = 0
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def up(self) -> None:
        """Answer, on the same port as before."""
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                file = file_on(site.day, self.path)
                body = (
                    file.read_bytes().replace(b'href="/', f'href="{site.address}/'.encode())
                    if file
                    else b"no such page"
                )
                etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                fresh = file is not None and self.headers.get("If-None-Match") == etag
                self.send_response(304 if fresh else 200 if file else 404)
                self.send_header("ETag", etag)
                self.send_header("Content-Type", mimetypes.guess_type(self.path)[0] or "text/plain")
                self.send_header("Content-Length", "0" if fresh else str(len(body)))
                self.end_headers()
                if not fresh:
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """The demo prints outcomes, not requests."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def down(self) -> None:
        """Refuse connections."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None

    def __enter__(self) -> DemoServer:
        self.up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()
