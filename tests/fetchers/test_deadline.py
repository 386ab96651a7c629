"""The deadline of a request holds whatever the server does, and so does the end of the run."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from fetchers.fetcher import Fetcher
from fetchers.result import FetchResult
from tests.builders.dripping import SHAPES, Dripping, dripping
from tests.builders.edge import Edge
from tests.builders.fetching import a_fetcher
from tests.builders.web import a_site

PAGE = b"<html><body><p>The partners met in plenary.</p></body></html>"


@pytest.fixture
def served() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def _left(server: Dripping) -> bool:
    """Whether the client went away while the server was at it: the server would go on for ten minutes."""
    return server.left.wait(30)


@pytest.mark.fault("A7")
@pytest.mark.parametrize("shape", SHAPES)
def test_a_server_that_is_never_done_is_left_at_the_deadline(shape: str) -> None:
    kept: list[bytes] = []
    with dripping(shape) as server, a_fetcher(kept, total=0.3, read=30.0, retries=2) as fetcher:
        got = fetcher.get(server.url)
        assert _left(server)
    assert (got.error_kind, got.status, got.body, kept) == ("timeout", None, None, [])
    assert (got.error or "").endswith("not complete within 0.3 s; try again later")


@pytest.mark.parametrize("shape", ["a header", "nothing", "trailers"])
def test_a_robots_txt_that_is_never_done_is_part_of_the_request(shape: str) -> None:
    with dripping(shape, robots=True) as server, a_fetcher(total=0.4, read=30.0, robots=True) as fetcher:
        got = [fetcher.get(server.url).error_kind for _ in range(2)]
        assert _left(server)
    assert got == ["timeout", "timeout"]


def test_a_robots_txt_cut_short_by_another_pages_deadline_is_asked_for_again() -> None:
    asked = threading.Event()

    def slow(answer: object) -> None:
        assert asked.wait(30)
        answer.say(404)  # type: ignore[attr-defined]

    with a_site() as other, a_site() as first, a_fetcher(total=1.5, read=30.0, robots=True) as fetcher:
        # Half of the time is over when the page leads to the other host, whose robots.txt takes the rest.
        first.answers["/"] = lambda a: (threading.Event().wait(1.0), a.say(302, Location=other.url("/")))  # type: ignore[func-returns-value]
        other.answers |= {"/": lambda a: a.say(200, PAGE), "/robots.txt": slow}
        assert fetcher.get(first.url("/")).error_kind == "timeout"
        asked.set()
        assert fetcher.get(other.url("/")).body == PAGE


@pytest.mark.parametrize("shape", ["nothing", "a header"])
def test_a_handshake_of_tls_without_an_end_is_left_at_the_deadline(shape: str) -> None:
    with dripping(shape) as server, a_fetcher(total=0.4, read=30.0, connect=30.0) as fetcher:
        got = fetcher.get(server.url.replace("http:", "https:"))
    # What is no TLS at all is told as such, at once.
    assert got.error_kind == ("timeout" if shape == "nothing" else "tls")


def test_hops_share_one_deadline() -> None:
    with a_site() as site, a_fetcher(total=1.0, read=30.0, max_hops=50) as fetcher:
        for i in range(50):
            site.answers[f"/{i}"] = lambda a: (
                threading.Event().wait(0.2),
                a.say(302, Location=f"/{int(a.path[1:]) + 1}"),  # type: ignore[func-returns-value]
            )
        got = fetcher.get(site.url("/0"))
        assert got.error_kind == "timeout"
        assert 1 < len(site.asked) < 10


@pytest.fixture
def full() -> Iterator[int]:
    """The port of a listener that takes no connection and refuses none: its queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as waiting:
        port = listener.getsockname()[1]
        for _ in range(4):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        yield port


def test_all_addresses_of_a_name_share_one_deadline(monkeypatch: pytest.MonkeyPatch, full: int) -> None:
    edge = Edge(monkeypatch)
    addresses = tuple(f"8.8.8.{n}" for n in range(1, 60))
    edge.name("regime.example", addresses)
    edge.leads = dict.fromkeys(addresses, full)
    with a_fetcher(total=1.0, connect=0.3) as fetcher:
        got = fetcher.get("http://regime.example/")
    assert got.error_kind == "timeout"
    assert 2 <= len(edge.connected) <= 5


@pytest.fixture
def silent_resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A name server that answers nothing for "regime.example"; set once it was asked."""
    asked, over, resolved = threading.Event(), threading.Event(), socket.getaddrinfo

    def resolve(name: str, *rest: object, **named: object) -> object:
        if name != "regime.example":
            return resolved(name, *rest, **named)  # type: ignore[arg-type]
        asked.set()
        over.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    yield asked
    over.set()


def test_a_name_server_that_does_not_answer_is_left_at_the_deadline(silent_resolver: threading.Event) -> None:
    with a_fetcher(total=0.5) as fetcher:
        assert fetcher.get("http://regime.example/").error_kind == "timeout"


@pytest.mark.parametrize(("host", "in_this_thread"), [("127.0.0.1", True), ("[::1]", True), ("localhost", False)])
def test_only_a_name_needs_a_thread_that_waits_for_its_server(
    monkeypatch: pytest.MonkeyPatch, host: str, in_this_thread: bool
) -> None:
    asked: list[tuple[str, bool]] = []
    resolved, this = socket.getaddrinfo, threading.current_thread()

    def resolve(name: str, *rest: object, **named: object) -> object:
        asked.append((name, threading.current_thread() is this))
        return resolved(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with a_site() as site, a_fetcher(allow_private=frozenset({host})) as fetcher:
        site.answers["/"] = lambda a: a.say(200, PAGE)
        got = fetcher.get(f"http://{host}:{site.server_port}/")
    # The site is there under the addresses of version 4 alone.
    assert got.body == (None if host == "[::1]" else PAGE)
    assert asked == [(host.strip("[]"), in_this_thread)]


def test_a_connection_that_was_kept_open_has_the_deadline_of_each_request() -> None:
    release = threading.Event()
    with a_site() as site, a_fetcher(total=1.0, read=30.0) as fetcher:
        site.answers["/"] = lambda a: a.say(200, PAGE)
        site.answers["/never"] = lambda a: (release.wait(30), a.say(200, PAGE))  # type: ignore[func-returns-value]
        assert [fetcher.get(site.url("/")).body for _ in range(2)] == [PAGE, PAGE]
        assert fetcher.get(site.url("/never")).error_kind == "timeout"
        # The next one has all of its time again.
        assert fetcher.get(site.url("/")).body == PAGE
        release.set()


def _in_thread(fetcher: Fetcher, url: str) -> tuple[threading.Thread, list[FetchResult]]:
    got: list[FetchResult] = []
    thread = threading.Thread(target=lambda: got.append(fetcher.get(url)), daemon=True)
    thread.start()
    return thread, got


@pytest.mark.parametrize("shape", SHAPES)
def test_a_run_that_ends_leaves_a_server_in_the_midst(shape: str) -> None:
    with dripping(shape) as server, a_fetcher(total=600.0, read=600.0, retries=2) as fetcher:
        thread, got = _in_thread(fetcher, server.url)
        assert server.asked.wait(30)
        fetcher.stop()
        thread.join(30)
        assert _left(server)
    assert [(one.error_kind, one.body) for one in got] == [("stopped", None)]


def test_a_run_that_ends_leaves_a_connection_a_name_and_a_wait(
    full: int, silent_resolver: threading.Event, served: ExitStack
) -> None:
    site = served.enter_context(a_site())
    site.answers["/"] = lambda a: a.say(503, Retry_After="500")
    fetcher = served.enter_context(a_fetcher(total=600.0, connect=600.0, retries=2, retry_after_cap=600.0))
    waits = [_in_thread(fetcher, url) for url in (f"http://127.0.0.1:{full}/", site.url("/"))]
    while not site.asked:
        threading.Event().wait(0.01)
    waits.append(_in_thread(fetcher, "http://regime.example/"))
    assert silent_resolver.wait(30)
    fetcher.stop()
    for thread, _ in waits:
        thread.join(30)
    assert [[one.error_kind for one in got] for _, got in waits] == [["stopped"]] * 3
    # Nothing is asked for any more, until a run begins.
    assert fetcher.get(site.url("/")).error_kind == "stopped"
    assert len(site.asked) == 1
    site.answers["/"] = lambda a: a.say(200, PAGE)
    fetcher.start_over()
    assert fetcher.get(site.url("/")).body == PAGE
