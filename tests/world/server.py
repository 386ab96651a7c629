"""The site of a world over real HTTP on loopback, as it is on the morning that is shown."""

from __future__ import annotations

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.world.history import World
from tests.world.render import pages, redirects

_CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing the site</h1>"
    b"<p>Enable JavaScript and cookies to continue</p></body></html>"
)


class Site:
    """Answers as the world does; knows ETags, so that most checks cost a 304."""

    def __init__(self) -> None:
        self._pages: dict[str, bytes] = {}
        self._moved: dict[str, str] = {}
        self._down = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def show(self, world: World) -> None:
        """From now on the pages of this morning."""
        self.put(pages(world))
        self._moved, self._down = redirects(world), world.down

    def put(self, shown: dict[str, bytes]) -> None:
        """From now on these pages by their paths."""
        self._pages = shown

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                path = self.path
                if path == "/robots.txt":
                    self._say(404, b"", {})
                elif site._down == "broken":
                    self.close_connection = True
                elif site._down == "503":
                    self._say(503, b"<html><body>Service unavailable</body></html>", {})
                elif site._down == "blocked":
                    self._say(200, _CHALLENGE, {})
                elif (to := site._moved.get(path)) is not None:
                    self._say(301, b"", {"Location": to})
                elif (body := site._pages.get(path)) is None:
                    self._say(404, b"<html><body>Not found</body></html>", {})
                else:
                    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                    same = self.headers.get("If-None-Match") == etag
                    self._say(304 if same else 200, b"" if same else body, {"ETag": etag})

            def _say(self, status: int, body: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Type", "text/html; charset=utf-8")
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """A test prints stories, not requests."""

        return Handler
