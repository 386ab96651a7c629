"""The site of a world over real HTTP on loopback, as it is on the morning that is shown."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.world.history import World
from tests.world.render import pages, redirects

_CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing the site</h1>"
    b"<p>Enable JavaScript and cookies to continue</p></body></html>"
)


@dataclass(frozen=True)
class Answer:
    """What a path answers in place of its page; with *raw*, these bytes and nothing else, headers included."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes = b""


# What decides on the headers of a request.
Answering = Answer | Callable[[Mapping[str, str]], Answer]


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A client that was killed hangs up."""


class Site:
    """Answers as the world does; knows ETags, so that most checks cost a 304."""

    def __init__(self) -> None:
        self._pages: dict[str, bytes] = {}
        self._answers: dict[str, Answering] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._moved: dict[str, str] = {}
        self._down = ""
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def show(self, world: World) -> None:
        """From now on the pages of this morning."""
        self.put(pages(world))
        self._moved, self._down = redirects(world), world.down

    def put(self, shown: dict[str, bytes], answers: Mapping[str, Answering] | None = None) -> None:
        """From now on these pages by their paths, and these answers in the place of pages."""
        self._pages, self._answers = shown, dict(answers or {})

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
                site.asked.append((path, dict(self.headers.items())))
                if (answer := site._answers.get(path)) is not None:
                    self._give(answer if isinstance(answer, Answer) else answer(self.headers))
                elif path == "/robots.txt":
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

            def _give(self, answer: Answer) -> None:
                if answer.raw:
                    self.wfile.write(answer.raw)
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in answer.headers:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: object) -> None:
                """A test prints stories, not requests."""

        return Handler
