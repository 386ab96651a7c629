"""Servers that are never late with the next byte and never done: each shape of an answer without an end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, repeat

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_PAGE = b"<html><body><p>The partners met.</p></body></html>"

# What each sends, piece by piece, with a pause between two.
SHAPES: dict[str, Callable[[], Iterator[bytes]]] = {
    "a status line": lambda: chain([b"HTTP/1.1 200 "], repeat(b"O")),
    "a header": lambda: chain([_OK + b"X-Slow: "], repeat(b"x")),
    "headers": lambda: chain([_OK], repeat(b"X: y\r\n")),
    "100 Continue": lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "100 Continue at once": lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
    "a body": lambda: chain([_OK + b"Content-Length: 100000\r\n\r\n"], repeat(b"x")),
    "a body without a length": lambda: chain([_OK + b"\r\n"], repeat(b"x")),
    "chunks": lambda: chain([_CHUNKED], repeat(b"1\r\nx\r\n")),
    "a chunk size": lambda: chain([_CHUNKED], repeat(b"0")),
    "a chunk extension": lambda: chain([_CHUNKED + b"5;"], repeat(b"x")),
    "trailers": lambda: chain([_CHUNKED + b"%x\r\n%b\r\n0\r\n" % (len(_PAGE), _PAGE)], repeat(b"X: y\r\n")),
    "nothing": lambda: repeat(b""),
}  # fmt: skip


class Dripping:
    """A server of one shape; `asked` is set once it was asked for a page, `left` once a client went away in the midst.

    Its robots.txt is not there, or of the same shape where *robots* drips too.
    """

    def __init__(self, shape: Callable[[], Iterator[bytes]], *, pause: float = 0.05, robots: bool = False) -> None:
        self.asked, self.left = threading.Event(), threading.Event()
        self._shape, self._pause, self._robots = shape, pause, robots
        self._over = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/page"

    def _serve(self) -> None:
        while not self._over.is_set():
            connection, _ = self._socket.accept()
            thread = threading.Thread(target=self._answer, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while request := connection.recv(65536):
                if b"/robots.txt" in request and not self._robots:
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                    continue
                self.asked.set()
                self._drip(connection)
                return

    def _drip(self, connection: socket.socket) -> None:
        # An end all the same, for a client that stays for ever.
        end = time.monotonic() + 600
        try:
            for piece in self._shape():
                connection.sendall(piece)
                if self._over.wait(self._pause) or time.monotonic() > end:
                    return
                # A client that went away has sent its end, or nothing.
                connection.setblocking(False)
                with suppress(BlockingIOError):
                    if connection.recv(1) == b"":
                        raise ConnectionResetError
                connection.setblocking(True)
        except OSError:
            self.left.set()

    def close(self) -> None:
        self._over.set()
        with suppress(OSError):
            socket.create_connection(self._socket.getsockname()).close()
        for thread in self._threads:
            thread.join()
        self._socket.close()


@contextmanager
def dripping(name: str, **options: float) -> Iterator[Dripping]:
    """A server of the shape of this *name*, until the end of the block."""
    server = Dripping(SHAPES[name], **options)  # type: ignore[arg-type]
    try:
        yield server
    finally:
        server.close()
