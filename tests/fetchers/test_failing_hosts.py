"""Hosts and proxies that fail: how often they are asked, and what is told of them to the letter."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from fetchers.connecting import reason
from tests.builders.fetching import a_fetcher
from tests.builders.web import Asked, Site, a_site


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as served:
        yield served


def test_a_host_that_failed_ten_times_is_not_asked_until_the_next_run(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(500)
    with a_fetcher() as fetcher:
        got = [fetcher.get(site.url("/")) for _ in range(11)]
        assert [one.status for one in got] == [500] * 10 + [None]
        assert got[-1].error_kind == "host_down"
        assert got[-1].error == f"{site.url('/')}: not asked, for its host failed again and again; try again later"
        fetcher.start_over()
        assert fetcher.get(site.url("/")).status == 500


@pytest.mark.parametrize("status", [404, 200])
def test_a_page_that_is_not_there_or_too_large_says_nothing_of_its_host(site: Site, status: int) -> None:
    site.answers["/"] = lambda a: a.say(status, b"x" * 20)
    with a_fetcher(max_bytes=20 if status == 404 else 19) as fetcher:
        kinds = {fetcher.get(site.url("/")).error_kind for _ in range(12)}
    assert kinds == {"http_status" if status == 404 else "too_large"}
    assert len(site.asked) == 12


def test_the_addresses_of_the_last_try_alone_are_told(site: Site) -> None:
    def moved_once(asked: Asked) -> None:
        asked.say(302, Location="/new") if len(site.asked) == 1 else asked.say(200, b"x")

    site.answers["/"] = moved_once
    site.answers["/new"] = lambda a: a.say(500)
    with a_fetcher(retries=1) as fetcher:
        got = fetcher.get(site.url("/"))
    assert (got.body, got.final_url, got.hops) == (b"x", site.url("/"), ())
    assert site.paths() == ["/", "/new", "/"]


def test_where_a_redirect_led_is_told_in_two_hundred_letters(site: Site) -> None:
    long = "/" + "a" * 300
    site.answers["/"] = lambda a: a.say(302, Location=long)
    site.answers[long] = lambda a: a.say(200, b"xx")
    with a_fetcher(max_bytes=1) as fetcher:
        got = fetcher.get(site.url("/"))
    assert got.error == f"{site.url('/')}: leads to {site.url(long)[:200]}: larger than 1 bytes; look at it by hand"
    assert (got.final_url, got.hops) == (site.url(long), (site.url("/"),))


def test_a_proxy_that_is_not_there_is_told_and_our_own_hosts_are_not_asked_for_by_it(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(200, b"x")
    with socket.create_server(("127.0.0.1", 0)) as gone:
        closed = f"http://127.0.0.1:{gone.getsockname()[1]}"
    with a_fetcher(proxy=closed) as fetcher:
        assert fetcher.get(site.url("/")).body == b"x"
        got = fetcher.get("http://8.8.8.8/")
    assert got.error == "http://8.8.8.8/: the proxy does not connect (connection refused); check PLENARYWATCH_PROXY"
    assert got.error_kind == "proxy"


def test_no_header_that_names_a_person_or_a_session_is_kept(site: Site) -> None:
    secret = ("Set_Cookie", "Cookie", "Authorization", "Proxy_Authorization", "WWW_Authenticate")
    site.answers["/"] = lambda a: a.say(200, b"x", X_Ok="1", **dict.fromkeys(secret, "s3cret"))
    with a_fetcher() as fetcher:
        headers = fetcher.get(site.url("/")).headers
    assert set(headers) == {"server", "date", "x-ok", "content-length"}


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ("[Errno -2] Name or service not known", "name or service not known"),
        ("[Errno -3] Temporary failure in name resolution", "temporary failure in name resolution"),
        ("[Errno -5] No address associated with hostname", "no address associated with hostname"),
        ("[Errno 111] Connection refused", "connection refused"),
        ("[Errno 101] Network is unreachable", "network is unreachable"),
        ("[Errno 104] Connection reset by peer", "connection reset by peer"),
        ("[Errno 113] No route to host", "no route to host"),
        ("IncompleteRead(5 bytes read, 1 more expected)", "incompleteread"),
        ("Tunnel connection failed: 407 Proxy Authentication Required", "407 proxy authentication required"),
        ("certificate verify failed: certificate has expired (_ssl.c:1006)", "certificate has expired"),
        ("certificate verify failed: self-signed certificate in chain", "self-signed certificate"),
        ("certificate verify failed: Hostname mismatch, not valid for a.example", "hostname mismatch"),
        ("[SSL: X] CERTIFICATE VERIFY FAILED: unable to get issuer", "certificate verify failed"),
        ("read timed out", "timed out"),
        ("something else", "ConnectionError"),
    ],
)  # fmt: skip
def test_the_innermost_cause_is_told_in_a_few_words(told: str, cause: str) -> None:
    assert reason(ConnectionError(f"HTTPConnectionPool(host='a.example'): Max retries ({told})")) == cause
