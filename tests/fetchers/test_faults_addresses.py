"""Section K, server-side request forgery: no spelling of an address that is not public is ever connected to."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator

import pytest

from fetchers.fetcher import Fetcher
from fetchers.result import FetchResult
from fetchers.settings import FetchSettings


class Listener:
    """A socket on loopback that notes who connects and answers each with one page or redirect."""

    def __init__(self, answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret") -> None:
        self.answer = answer
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                if not connection.recv(4096).startswith(b"GET"):
                    return
                self.connections += 1
                connection.sendall(self.answer)

    def close(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            last.sendall(b"end")
        self._thread.join()
        self._socket.close()


@pytest.fixture
def inside() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def _get(url: str, *allowed: str) -> FetchResult:
    settings = FetchSettings(
        allow_private=frozenset(allowed), robots=False, retries=0, connect=0.5, read=0.5, total=2.0, pace=0.0
    )
    with Fetcher(settings, archive=lambda body: hashlib.sha256(body).hexdigest()) as fetcher:
        return fetcher.get(url)


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("127.0.0.1", marks=pytest.mark.fault("K1"), id="loopback"),
        pytest.param("[::1]", marks=pytest.mark.fault("K1"), id="loopback of version 6"),
        pytest.param("10.0.0.1", marks=pytest.mark.fault("K2"), id="private 10"),
        pytest.param("172.16.0.1", marks=pytest.mark.fault("K2"), id="private 172"),
        pytest.param("192.168.0.1", marks=pytest.mark.fault("K2"), id="private 192"),
        pytest.param("169.254.169.254", marks=pytest.mark.fault("K3"), id="link-local"),
        pytest.param("100.64.0.1", marks=pytest.mark.fault("K4"), id="carrier-grade NAT"),
        pytest.param("[::ffff:127.0.0.1]", marks=pytest.mark.fault("K5"), id="IPv4-mapped"),
        pytest.param("[2002:7f00:1::]", marks=pytest.mark.fault("K6"), id="6to4"),
        pytest.param("[2001:0:4136:e378:8000:63bf:80ff:fffe]", marks=pytest.mark.fault("K7"), id="Teredo"),
        pytest.param("2130706433", marks=pytest.mark.fault("K8"), id="decimal"),
        pytest.param("0177.0.0.1", marks=pytest.mark.fault("K8"), id="octal"),
        pytest.param("0x7f.1", marks=pytest.mark.fault("K8"), id="hexadecimal"),
    ],
)
def test_an_address_that_is_not_public_is_refused_unasked(inside: Listener, host: str) -> None:
    got = _get(f"http://{host}:{inside.port}/")
    assert (got.error_kind, got.body, inside.connections) == ("refused", None, 0)


@pytest.mark.fault("K9")
def test_a_name_that_turns_private_after_the_check_is_not_connected_to(
    inside: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    # First a public address, then loopback. What leaves this machine is refused at the system's edge.
    asked: list[str] = []
    connected: list[object] = []
    real, connect = socket.getaddrinfo, socket.socket.connect

    def rebinding(host: str, port: int, *rest: object, **named: object) -> object:
        if host != "rebind.example":
            return real(host, port, *rest, **named)  # type: ignore[arg-type]
        asked.append(host)
        address = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def near(self: socket.socket, address: tuple[str, int]) -> None:
        connected.append(address)
        if address[0] != "127.0.0.1":
            raise ConnectionRefusedError(111, "Connection refused")
        connect(self, address)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket.socket, "connect", near)
    got = _get(f"http://rebind.example:{inside.port}/")
    assert got.body is None
    assert set(connected) == {("8.8.8.8", inside.port)}
    # Asked again, the name has turned: each connection is checked anew.
    assert _get(f"http://rebind.example:{inside.port}/").error_kind == "refused"
    assert inside.connections == 0


@pytest.mark.fault("K10", "D7")
def test_a_redirect_to_a_private_address_is_not_followed(inside: Listener) -> None:
    location = f"http://127.0.0.2:{inside.port}/".encode()
    public = Listener(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n")
    try:
        got = _get(f"http://127.0.0.1:{public.port}/", f"127.0.0.1:{public.port}")
    finally:
        public.close()
    assert (got.error_kind, public.connections, inside.connections) == ("refused", 1, 0)
