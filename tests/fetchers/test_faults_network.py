"""Section A: what the network does before a server can answer. Asked again where it may pass, within bounds; never kept."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.authority import Authority
from tests.builders.edge import Edge
from tests.builders.fetching import a_fetcher
from tests.builders.web import Site, a_site

PAGE = b"<html><body><p>The partners met in plenary.</p></body></html>"
NO_NAME = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
NO_SERVER = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
PUBLIC, OTHER = "8.8.8.8", "1.1.1.1"


@pytest.fixture
def host() -> Iterator[Site]:
    with a_site() as site:
        site.answers["/"] = lambda asked: asked.say(200, PAGE)
        yield site


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch) -> Edge:
    return Edge(monkeypatch)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(NO_NAME, marks=pytest.mark.fault("A1"), id="there is no such name"),
        pytest.param(NO_SERVER, marks=pytest.mark.fault("A2"), id="the name server fails"),
    ],
)
def test_a_name_that_does_not_resolve_is_asked_again_and_told(edge: Edge, host: Site, fault: socket.gaierror) -> None:
    url = f"http://regime.example:{host.server_port}/"
    edge.name("regime.example", fault)
    kept: list[bytes] = []
    with a_fetcher(kept, retries=2) as fetcher:
        got = fetcher.get(url)
    assert (got.error_kind, got.body, kept) == ("unreachable", None, [])
    assert str(fault.strerror).lower() in (got.error or "")
    edge.leads[PUBLIC] = host.server_port
    edge.name("regime.example", fault, (PUBLIC,))
    with a_fetcher(retries=2) as fetcher:
        assert fetcher.get(url).body == PAGE
    assert [headers["Host"] for _, headers in host.asked] == [f"regime.example:{host.server_port}"]


@pytest.mark.fault("A3")
def test_a_name_that_resolves_to_another_address_each_time_is_followed(edge: Edge, host: Site) -> None:
    edge.name("regime.example", (OTHER,), (PUBLIC,), (OTHER,), (PUBLIC,))
    edge.leads[PUBLIC] = host.server_port
    with a_fetcher(retries=1) as fetcher:
        got = fetcher.get(f"http://regime.example:{host.server_port}/")
    assert (got.body, edge.connected) == (PAGE, [OTHER, PUBLIC])


@pytest.mark.fault("A4")
def test_a_host_that_refuses_is_asked_again_and_told(edge: Edge) -> None:
    edge.name("regime.example", (PUBLIC,))
    with a_fetcher(retries=2) as fetcher:
        got = fetcher.get("http://regime.example/")
    assert (got.error_kind, edge.connected) == ("unreachable", [PUBLIC] * 3)
    assert "connection refused" in (got.error or "")


@pytest.mark.fault("A5")
def test_a_host_that_never_takes_the_connection_is_left_in_time() -> None:
    # A listener whose queue is full takes no further connection, and refuses none.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        with a_fetcher(retries=1, connect=0.2) as fetcher:
            got = fetcher.get(f"http://127.0.0.1:{port}/")
        for one in waiting:
            one.close()
    assert (got.error_kind, got.body) == ("timeout", None)


@pytest.mark.fault("A14")
def test_a_host_whose_first_address_is_dead_is_reached_at_its_next(edge: Edge, host: Site) -> None:
    edge.name("regime.example", ("2606:4700:4700::1111", PUBLIC))
    edge.leads[PUBLIC] = host.server_port
    with a_fetcher() as fetcher:
        got = fetcher.get(f"http://regime.example:{host.server_port}/")
    assert (got.error, got.body) == (None, PAGE)
    assert edge.connected == ["2606:4700:4700::1111", PUBLIC]


def test_a_name_with_a_private_address_among_public_ones_is_not_connected_to(edge: Edge, host: Site) -> None:
    edge.name("regime.example", (PUBLIC, "10.0.0.1"))
    edge.leads[PUBLIC] = host.server_port
    with a_fetcher() as fetcher:
        got = fetcher.get(f"http://regime.example:{host.server_port}/")
    assert (got.error_kind, edge.connected, host.asked) == ("refused", [], [])


def test_a_host_that_failed_ten_times_in_a_row_is_left_in_peace(edge: Edge) -> None:
    edge.name("regime.example", (PUBLIC,))
    with a_fetcher(retries=2) as fetcher:
        kinds = [fetcher.get(f"http://regime.example/{page}").error_kind for page in range(12)]
    assert kinds == ["unreachable"] * 10 + ["host_down"] * 2
    # Each time that it failed to the end, it is asked again once less.
    assert len(edge.connected) == 3 + 2 + 8


# TLS


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def test_a_certificate_of_an_authority_that_is_trusted_is_taken(edge: Edge, authority: Authority) -> None:
    edge.name("regime.example", (PUBLIC,))
    with a_site(authority.context("regime.example")) as host:
        host.answers["/"] = lambda asked: asked.say(200, PAGE)
        edge.leads[PUBLIC] = host.server_port
        with a_fetcher(ca_bundle=str(authority.bundle)) as fetcher:
            got = fetcher.get(f"https://regime.example:{host.server_port}/")
    assert (got.error, got.body) == (None, PAGE)


@pytest.mark.fault("A12")
@pytest.mark.parametrize(
    ("name", "shown", "says"),
    [
        ("regime.example", {"days": (-60, -30)}, "expired"),
        ("elsewhere.example", {}, "mismatch"),
        ("regime.example", {"self_signed": True}, "self-signed"),
    ],
    ids=["expired", "of another host", "self-signed"],
)
def test_a_certificate_that_is_not_valid_ends_it_at_once(
    edge: Edge, authority: Authority, name: str, shown: dict[str, object], says: str
) -> None:
    edge.name("regime.example", (PUBLIC,))
    kept: list[bytes] = []
    with a_site(authority.context(name, **shown)) as host:  # type: ignore[arg-type]
        edge.leads[PUBLIC] = host.server_port
        with a_fetcher(kept, ca_bundle=str(authority.bundle), retries=2) as fetcher:
            got = fetcher.get(f"https://regime.example:{host.server_port}/")
        assert (got.error_kind, got.body, kept) == ("tls", None, [])
        assert says in (got.error or "")
        # It is neither asked again nor without verification.
        assert (len(edge.connected), host.asked) == (1, [])


# A proxy


class Proxy:
    """A proxy on loopback that gives each connection one answer and notes the first line it was sent."""

    def __init__(self, answer: bytes) -> None:
        self.lines: list[bytes] = []
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                line = connection.recv(4096).split(b"\r\n")[0]
                if not line:
                    return
                self.lines.append(line)
                connection.sendall(self._answer)

    def close(self) -> None:
        socket.create_connection(self._socket.getsockname()).close()
        self._thread.join()
        self._socket.close()


@pytest.mark.fault("A13")
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_password_is_named(scheme: str) -> None:
    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"
    proxy = Proxy(refusal)
    kept: list[bytes] = []
    try:
        with a_fetcher(kept, proxy=proxy.address) as fetcher:
            got = fetcher.get(f"{scheme}://8.8.8.8/page")
    finally:
        proxy.close()
    assert got.error_kind == "proxy"
    assert "PLENARYWATCH_PROXY" in (got.error or "")
    assert len(proxy.lines) == 1


def test_a_proxy_is_asked_for_public_addresses_alone() -> None:
    proxy = Proxy(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
    try:
        with a_fetcher(proxy=proxy.address) as fetcher:
            got = fetcher.get("http://8.8.8.8/page")
            refused = fetcher.get("http://169.254.169.254/latest/meta-data")
    finally:
        proxy.close()
    assert (got.body, refused.error_kind) == (b"hello", "refused")
    assert proxy.lines == [b"GET http://8.8.8.8/page HTTP/1.1"]


def test_a_proxy_of_the_surroundings_is_not_used(host: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with a_fetcher() as fetcher:
        assert fetcher.get(f"http://127.0.0.1:{host.server_port}/").body == PAGE
