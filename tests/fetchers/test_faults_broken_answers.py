"""Sections A and B over raw sockets: an answer that breaks off is asked again, a bounded number of times, never kept."""

from __future__ import annotations

import email.utils
import hashlib
import socket
import struct
import threading
from datetime import UTC, datetime, timedelta

import pytest

from fetchers.fetcher import Fetcher
from fetchers.result import FetchResult
from fetchers.settings import FetchSettings

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwhole"
SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\nConnection: close\r\n\r\nonly this"
STALLED = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"
BAD_CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnot a length\r\n"


def _asked(answers: list[bytes], *, retries: int, hang: bool = False, reset: bool = False, cap: float = 0.02) -> tuple[FetchResult, list[bytes]]:  # fmt: skip
    """What came of fetching from a socket that sends *answers*, one a connection, and what was archived."""
    kept: list[bytes] = []

    def archive(body: bytes) -> str:
        kept.append(body)
        return hashlib.sha256(body).hexdigest()

    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def serve() -> None:
            for answer in answers:
                connection, _ = server.accept()
                connection.recv(4096)
                connection.sendall(answer)
                if reset:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                if hang:
                    held.append(connection)
                else:
                    connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        settings = FetchSettings(
            allow_private=frozenset({"127.0.0.1"}), robots=False, retries=retries, backoff=0.01, connect=1.0, read=0.2,
            total=5.0, retry_after_cap=cap,
        )  # fmt: skip
        with Fetcher(settings, archive=archive) as fetcher:
            got = fetcher.get(f"http://127.0.0.1:{server.getsockname()[1]}/")
        thread.join(2)
        assert not thread.is_alive(), "fewer requests came than answers stood ready"
        for connection in held:
            connection.close()
    return got, kept


BROKEN = [
    pytest.param(STALLED, {"hang": True}, marks=pytest.mark.fault("A6"), id="stalls after its headers"),
    pytest.param(SHORT, {"reset": True}, marks=pytest.mark.fault("A8"), id="reset"),
    pytest.param(SHORT, {}, marks=pytest.mark.fault("A9"), id="shorter than its length"),
    pytest.param(BAD_CHUNK, {}, marks=pytest.mark.fault("A11"), id="bad chunk"),
]


@pytest.mark.parametrize(("answer", "how"), BROKEN)
def test_a_broken_answer_is_asked_for_again_and_never_kept(answer: bytes, how: dict[str, bool]) -> None:
    got, kept = _asked([answer] * 3, retries=2, **how)
    assert got.error
    assert (got.body, kept) == (None, [])


@pytest.mark.parametrize(("answer", "how"), BROKEN)
def test_the_whole_answer_after_a_broken_one_is_taken(answer: bytes, how: dict[str, bool]) -> None:
    got, kept = _asked([answer, WHOLE], retries=1, **how)
    assert (got.error, got.body, kept) == (None, b"whole", [b"whole"])


def _busy(status: str, wait: str) -> bytes:
    return f"HTTP/1.1 {status}\r\nRetry-After: {wait}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


@pytest.mark.fault("B14")
def test_an_error_that_passes_is_asked_again() -> None:
    got, kept = _asked([b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", WHOLE], retries=1)
    assert (got.status, kept) == (200, [b"whole"])


@pytest.mark.fault("B15")
def test_a_wait_of_a_year_is_capped() -> None:
    date = email.utils.format_datetime(datetime.now(UTC) + timedelta(days=365), usegmt=True)
    for wait in ("31536000", date):
        got, _ = _asked([_busy("503 Busy", wait), WHOLE], retries=1)
        assert (got.status, got.body) == (200, b"whole")
