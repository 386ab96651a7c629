"""How often, how soon and with which words a fetcher asks, and what it says of the answer to the letter."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from fetchers.errors import AddressRefused
from fetchers.fetcher import Fetcher
from fetchers.result import FetchResult
from fetchers.settings import FetchSettings
from tests.builders.fetching import a_fetcher
from tests.builders.web import Asked, Site, a_site

MORNING = datetime(2019, 10, 11, 8, 30, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as served:
        yield served


def _waits(fetcher: Fetcher) -> list[float]:
    """What *fetcher* waits from now on, noted in place of being waited."""
    waits: list[float] = []
    fetcher.wait = waits.append  # type: ignore[method-assign,assignment]
    return waits


@pytest.mark.parametrize(("pick", "factor"), [(min, 0.5), (max, 1.5)])
def test_each_wait_is_twice_the_last_give_or_take_a_half(
    site: Site, monkeypatch: pytest.MonkeyPatch, pick: Callable[[float, float], float], factor: float
) -> None:
    monkeypatch.setattr("random.uniform", pick)
    site.answers["/"] = lambda a: a.say(500)
    with a_fetcher(retries=3, backoff=1.0, total=60.0) as fetcher:
        waits = _waits(fetcher)
        fetcher.get(site.url("/"))
    assert waits == [factor, 2 * factor, 4 * factor]


@pytest.mark.parametrize(("asked", "waited"), [("7", 7.0), ("20", 20.0), ("21", 20.0)])
def test_a_server_is_waited_for_as_long_as_it_asks_up_to_the_cap(site: Site, asked: str, waited: float) -> None:
    site.answers["/"] = lambda a: a.say(504, Retry_After=asked)
    with a_fetcher(retries=1, total=60.0) as fetcher:
        waits = _waits(fetcher)
        fetcher.get(site.url("/"))
    assert waits == [waited]


@pytest.mark.parametrize(
    ("status", "times"), [(429, 2), (500, 2), (502, 2), (503, 2), (504, 2), (400, 1), (501, 1), (505, 1), (430, 1)]
)
def test_what_may_pass_by_itself_is_asked_for_again(site: Site, status: int, times: int) -> None:
    site.answers["/"] = lambda a: a.say(status)
    with a_fetcher(retries=1) as fetcher:
        _waits(fetcher)
        fetcher.get(site.url("/"))
    assert len(site.asked) == times


@pytest.mark.parametrize(("status", "slower"), [(429, True), (503, True), (500, False), (502, False), (504, False)])
def test_only_a_host_that_says_it_has_enough_is_asked_half_as_often(site: Site, status: int, slower: bool) -> None:
    site.answers["/"] = lambda a: a.say(status, Retry_After="0")
    with a_fetcher(private_pace=4.0) as fetcher:
        waits = _waits(fetcher)
        for _ in range(2):
            fetcher.get(site.url("/"))
    assert [round(wait) for wait in waits] == [8 if slower else 4]


@pytest.mark.parametrize("own", ["127.0.0.1", "127.0.0.1:{port}"])
def test_a_host_of_our_own_has_a_pace_of_its_own(site: Site, own: str) -> None:
    site.answers["/"] = lambda a: a.say(200, b"x")
    allowed = frozenset({own.format(port=site.server_port)})
    with a_fetcher(allow_private=allowed, pace=9.0, private_pace=3.0) as fetcher:
        waits = _waits(fetcher)
        for _ in range(2):
            fetcher.get(site.url("/"))
    assert [round(wait) for wait in waits] == [3]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_each_redirect_is_followed_and_one_that_leads_nowhere_is_an_answer(site: Site, status: int) -> None:
    site.answers["/"] = lambda a: a.say(status, Location="/new")
    site.answers["/new"] = lambda a: a.say(200, b"x")
    site.answers["/nowhere"] = lambda a: a.say(status, b"y")
    with a_fetcher() as fetcher:
        got, nowhere = fetcher.get(site.url("/")), fetcher.get(site.url("/nowhere"))
    assert (got.status, got.final_url, got.hops) == (200, site.url("/new"), (site.url("/"),))
    assert (nowhere.status, nowhere.final_url, nowhere.hops) == (status, site.url("/nowhere"), ())


def test_an_answer_that_is_no_redirect_leads_nowhere(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(200, b"x", Location="/new")
    with a_fetcher() as fetcher:
        assert fetcher.get(site.url("/")).final_url == site.url("/")


def test_a_request_carries_what_it_needs_and_nothing_else(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(200, b"x")
    with a_fetcher() as fetcher:
        fetcher.get(site.url("/"))
        fetcher.get(site.url("/"), etag='"v1"')
    (_, plain), (_, conditional) = site.asked
    assert set(plain) == {"Host", "Connection", "User-Agent", "Accept", "Accept-Encoding"}
    assert (plain["Accept"], plain["Accept-Encoding"]) == ("text/html,*/*;q=0.8", "gzip, deflate")
    assert set(conditional) - set(plain) == {"If-None-Match"}


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (304, "unasked_304", "answered 304 though no validator was sent; it will be asked again"),
        (404, "http_status", "answered 404 Not Found; check the address"),
        (400, "http_status", "answered 400 Bad Request; check the address"),
        (499, "http_status", "answered 499; check the address"),
        (407, "proxy", "the proxy wants a name and a password; check PLENARYWATCH_PROXY"),
        (206, "http_status", "answered 206, not the whole page; it will be asked again"),
    ],
)
def test_an_answer_that_is_not_the_page_is_told_in_one_line(site: Site, status: int, kind: str, says: str) -> None:
    site.answers["/"] = lambda a: a.say(status)
    with a_fetcher() as fetcher:
        got = fetcher.get(site.url("/"))
    assert (got.status, got.error_kind, got.error) == (status, kind, f"{site.url('/')}: {says}")
    assert not got.not_modified


@pytest.mark.parametrize("status", [200, 203, 226])
def test_an_answer_that_is_the_page_is_told_without_a_word(site: Site, status: int) -> None:
    site.answers["/"] = lambda a: a.say(status, b"x")
    with a_fetcher() as fetcher:
        got = fetcher.get(site.url("/"))
    assert (got.status, got.error_kind, got.error, got.body) == (status, None, None, b"x")


def test_a_304_has_no_body_and_an_empty_page_no_digest(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(304)
    site.answers["/empty"] = lambda a: a.say(200)
    kept: list[bytes] = []
    with a_fetcher(kept) as fetcher:
        same, empty = fetcher.get(site.url("/"), last_modified="x"), fetcher.get(site.url("/empty"))
    assert (same.not_modified, same.body, same.sha256) == (True, None, None)
    assert (empty.body, empty.sha256, kept) == (b"", None, [])


def test_what_cannot_be_asked_for_is_told_with_what_can_be() -> None:
    with a_fetcher() as fetcher, pytest.raises(AddressRefused) as caught:
        fetcher.get("ftp://a.example/")
    assert str(caught.value) == "ftp://a.example/: not a web address; give one that begins with http:// or https://"


def test_faults_of_the_network_are_told_in_one_line(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(302, Location="mailto:chair@a.example?" + "x" * 90)
    with socket.create_server(("127.0.0.1", 0)) as gone:
        closed = f"http://127.0.0.1:{gone.getsockname()[1]}/"
    with socket.create_server(("127.0.0.1", 0)) as silent, a_fetcher(read=0.1) as fetcher:
        slow = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        told = [fetcher.get(url).error for url in (site.url("/"), closed, slow)]
    assert told == [
        f"{site.url('/')}: redirects to 'mailto:chair@a.example?{'x' * 57}', which is no web address; check the address",
        f"{closed}: cannot be reached (connection refused); check the address and the network",
        f"{slow}: not answered in time; try again later",
    ]


def test_an_attempt_says_when_it_was_made_and_how_long_it_took(site: Site) -> None:
    def slow(asked: Asked) -> None:
        threading.Event().wait(0.05)
        asked.say(200, b"x")

    site.answers["/"] = slow
    settings = FetchSettings(allow_private=frozenset({"127.0.0.1"}), robots=False)
    with Fetcher(settings, archive=lambda body: "kept", clock=lambda: MORNING) as fetcher:
        good, bad = fetcher.get(site.url("/")), fetcher.get("http://10.0.0.1/")
    assert (good.fetched_at, good.sha256, bad.fetched_at) == (MORNING, "kept", MORNING)
    assert 0.05 <= good.elapsed < 60
    assert good.elapsed == round(good.elapsed, 4)
    assert 0 <= bad.elapsed < 60


def test_an_attempt_of_which_nothing_came_is_empty() -> None:
    got = FetchResult(url="u", final_url="u", fetched_at=MORNING)
    assert (got.hops, got.status, got.headers, got.content_type, got.body, got.sha256) == (
        (),
        None,
        {},
        None,
        None,
        None,
    )
    assert (got.error, got.error_kind, got.elapsed, got.etag, got.last_modified) == (None, None, 0.0, None, None)


def test_a_gate_is_asked_before_each_request_to_a_host(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(302, Location="/new")
    site.answers["/new"] = lambda a: a.say(200, b"x")
    passed: list[tuple[str, float, int]] = []
    settings = FetchSettings(allow_private=frozenset({"127.0.0.1"}), robots=False, private_pace=0.25)
    with Fetcher(
        settings, archive=lambda body: "", gate=lambda host, pace: passed.append((host, pace, len(site.asked)))
    ) as fetcher:
        _waits(fetcher)
        fetcher.get(site.url("/"))
    host = f"127.0.0.1:{site.server_port}"
    assert passed == [(host, 0.25, 0), (host, 0.25, 1)]


def test_a_fetcher_keeps_a_connection_until_it_is_closed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ended: list[bytes] = []

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.settimeout(10)
                for _ in range(2):
                    connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
                ended.append(connection.recv(1))

        thread = threading.Thread(target=serve)
        thread.start()
        # Held until the end, so that nothing is given back by being forgotten.
        fetcher = a_fetcher()
        with fetcher:
            # The second request goes by the connection of the first.
            for _ in range(2):
                assert fetcher.get(f"http://127.0.0.1:{server.getsockname()[1]}/").body == b"x"
            assert ended == []
        thread.join(30)
        assert ended == [b""]
        del fetcher
