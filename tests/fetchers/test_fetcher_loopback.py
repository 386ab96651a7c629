"""Fetching over real sockets: complete, bounded, polite, to public addresses alone."""

from __future__ import annotations

import email.utils
import gzip
import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from fetchers.errors import AddressRefused
from fetchers.result import FetchResult
from tests.builders.fetching import a_fetcher
from tests.builders.web import Answer, Asked, Site, a_site

BODY = b"<html><body><p>The partners met in plenary.</p></body></html>"
ETAG = '"v1"'


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as served:
        yield served


def _get(url: str, *, kept: list[bytes] | None = None, **options: object) -> FetchResult:
    validators = {k: options.pop(k) for k in ("etag", "last_modified") if k in options}
    with a_fetcher(kept, **options) as fetcher:
        return fetcher.get(url, **validators)  # type: ignore[arg-type]


def test_a_page_is_archived_before_it_is_given(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(200, BODY, ETag=ETAG, Content_Type="text/html")
    kept: list[bytes] = []
    got = _get(site.url("/"), kept=kept)
    assert (got.status, got.body, got.error, got.etag, got.content_type) == (200, BODY, None, ETAG, "text/html")
    assert kept == [BODY]
    assert got.sha256 == hashlib.sha256(BODY).hexdigest()


def test_a_request_says_who_asks_and_whom_to_write_to(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(200, BODY)
    _get(site.url("/"))
    assert "Plenarywatch" in site.asked[0][1]["User-Agent"]
    assert "ops@example.org" in site.asked[0][1]["User-Agent"]


@pytest.mark.fault("B1")
def test_our_etag_is_sent_and_a_304_is_nothing_new(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(304 if a.headers["If-None-Match"] == ETAG else 200, b"", ETag=ETAG)
    got = _get(site.url("/"), etag=ETAG)
    assert (got.not_modified, got.body, got.error) == (True, None, None)


def test_our_date_is_sent_as_it_came(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(304)
    moment = "Mon, 18 Apr 2011 12:00:00 GMT"
    assert _get(site.url("/"), last_modified=moment).not_modified
    assert site.asked[0][1]["If-Modified-Since"] == moment


@pytest.mark.fault("B2")
def test_a_304_that_nobody_asked_for_is_a_fault(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(304)
    got = _get(site.url("/"))
    assert (got.not_modified, got.error_kind) == (False, "unasked_304")


def test_a_body_shorter_than_its_length_is_not_taken(site: Site) -> None:
    def cut(a: Asked) -> None:
        a.say(200, BODY[:20], Content_Length=str(len(BODY)))
        a.close_connection = True

    site.answers["/"] = cut
    kept: list[bytes] = []
    got = _get(site.url("/"), kept=kept)
    assert got.error
    assert (got.body, kept) == (None, [])


def test_chunks_without_an_end_are_not_taken(site: Site) -> None:
    def cut(a: Asked) -> None:
        a.send_response(200)
        a.send_header("Transfer-Encoding", "chunked")
        a.end_headers()
        a.wfile.write(b"5\r\nhello\r\n")
        a.close_connection = True

    site.answers["/"] = cut
    got = _get(site.url("/"))
    assert got.error
    assert got.body is None


def test_a_compressed_page_is_unpacked(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(200, gzip.compress(BODY), Content_Encoding="gzip")
    assert _get(site.url("/")).body == BODY


def test_a_page_compressed_in_two_members_is_whole(site: Site) -> None:
    packed = gzip.compress(BODY[:30]) + gzip.compress(BODY[30:])
    site.answers["/"] = lambda a: a.say(200, packed, Content_Encoding="gzip")
    assert _get(site.url("/")).body == BODY


@pytest.mark.parametrize("packed", [b"not gzip at all", gzip.compress(BODY)[:-12]], ids=["no gzip", "cut off"])
def test_broken_compression_is_a_fault(site: Site, packed: bytes) -> None:
    site.answers["/"] = lambda a: a.say(200, packed, Content_Encoding="gzip")
    got = _get(site.url("/"))
    assert (got.error_kind, got.body) in [("damaged", None), ("truncated", None)]


@pytest.mark.fault("E12")
@pytest.mark.parametrize("limit", [100_000, 20_000_000])
def test_a_bomb_is_not_unpacked(site: Site, limit: int) -> None:
    bomb = gzip.compress(bytes(15_000_000))
    site.answers["/"] = lambda a: a.say(200, bomb, Content_Encoding="gzip")
    got = _get(site.url("/"), max_bytes=limit)
    assert (got.error_kind, got.body) == ("too_large", None)


def test_a_page_that_is_too_large_is_not_taken(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(200, b"x" * 50_000)
    got = _get(site.url("/"), max_bytes=40_000)
    assert (got.error_kind, got.body) == ("too_large", None)


def _drip(a: Asked) -> None:
    a.send_response(200)
    a.send_header("Content-Length", "1000")
    a.end_headers()
    for _ in range(60):
        a.wfile.write(b"x")
        a.wfile.flush()
        time.sleep(0.05)


def _drip_chunks(a: Asked) -> None:
    a.send_response(200)
    a.send_header("Transfer-Encoding", "chunked")
    a.end_headers()
    for _ in range(60):
        a.wfile.write(b"1\r\nx\r\n")
        a.wfile.flush()
        time.sleep(0.05)


@pytest.mark.fault("A7")
@pytest.mark.parametrize("drip", [_drip, _drip_chunks])
def test_a_server_that_drips_is_left_at_the_deadline(site: Site, drip: Answer) -> None:
    site.answers["/"] = drip
    got = _get(site.url("/"), total=0.4, read=0.3)
    assert got.error_kind == "timeout"
    # The server drips for three seconds; one that waits for it to end takes them all.
    assert got.elapsed < 2


def test_a_server_that_says_nothing_is_a_timeout(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        got = _get(f"http://127.0.0.1:{silent.getsockname()[1]}/", read=0.2)
    assert got.error_kind == "timeout"


def test_a_host_that_refuses_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    got = _get(f"http://127.0.0.1:{port}/")
    assert (got.error_kind, got.status) == ("unreachable", None)
    assert "connection refused" in (got.error or "")


def test_what_is_no_http_is_one_line_and_no_exception() -> None:
    with socket.create_server(("127.0.0.1", 0)) as odd:

        def answer() -> None:
            connection, _ = odd.accept()
            connection.recv(4096)
            connection.sendall(b"220 mail.example ESMTP\r\n")
            connection.close()

        thread = threading.Thread(target=answer)
        thread.start()
        got = _get(f"http://127.0.0.1:{odd.getsockname()[1]}/")
        thread.join()
    assert got.error
    assert "\n" not in got.error


def test_redirects_are_followed_and_remembered(site: Site) -> None:
    site.answers["/a"] = lambda a: a.say(301, Location="/b")
    site.answers["/b"] = lambda a: a.say(302, Location=site.url("/c"))
    site.answers["/c"] = lambda a: a.say(200, BODY)
    got = _get(site.url("/a"))
    assert (got.body, got.final_url, got.hops) == (BODY, site.url("/c"), (site.url("/a"), site.url("/b")))


@pytest.mark.fault("D1")
def test_a_redirect_loop_ends(site: Site) -> None:
    site.answers["/a"] = lambda a: a.say(302, Location="/b")
    site.answers["/b"] = lambda a: a.say(302, Location="/a")
    assert _get(site.url("/a")).error_kind == "redirects"
    assert site.paths() == ["/a", "/b"]


@pytest.mark.fault("D2")
def test_endless_redirects_to_new_addresses_end(site: Site) -> None:
    for i in range(20):
        site.answers[f"/{i}"] = lambda a: a.say(302, Location=f"/{int(a.path[1:]) + 1}")
    assert _get(site.url("/0"), max_hops=4).error_kind == "redirects"
    assert len(site.asked) == 5


@pytest.mark.fault("D8")
@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "ftp://127.0.0.1/", "http://[bad", "http://127.0.0.1:port/"])  # fmt: skip
def test_a_redirect_to_what_is_no_web_address_is_refused(site: Site, target: str) -> None:
    site.answers["/"] = lambda a: a.say(302, Location=target)
    got = _get(site.url("/"))
    assert (got.error_kind, got.body) == ("refused", None)


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(302, Location=f"http://127.0.0.2:{site.server_port}/secret")
    assert _get(site.url("/")).error_kind == "refused"
    assert site.paths() == ["/"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1"])
def test_loopback_is_refused_unless_it_is_allowed(site: Site, host: str) -> None:
    site.answers["/"] = lambda a: a.say(200, BODY)
    got = _get(f"http://{host}:{site.server_port}/", allow_private=frozenset())
    assert got.error_kind in ("refused", "unreachable")
    assert site.asked == []


def test_a_host_that_only_begins_like_an_allowed_one_is_refused(site: Site) -> None:
    got = _get("http://127.0.0.11/", allow_private=frozenset({"127.0.0.1"}))
    assert got.error_kind == "refused"


def test_a_port_that_only_begins_like_an_allowed_one_is_refused(site: Site) -> None:
    prefix = frozenset({f"127.0.0.1:{str(site.server_port)[:-1]}"})
    assert _get(site.url("/"), allow_private=prefix).error_kind == "refused"
    assert site.asked == []


@pytest.mark.parametrize("address", ["ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "example.org", "http://", "http://[bad"])  # fmt: skip
def test_what_is_no_web_address_is_never_asked(address: str) -> None:
    with pytest.raises(AddressRefused):
        _get(address)


def _later(seconds: float) -> str:
    return email.utils.format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    "wait",
    ["0", "99999999", _later(3600), _later(-3600), "Mon, 18 Apr 2011 12:00:00 -0000", "soon", "\u00b2"],
    # Names without the time of day: every worker must collect the same ones.
    ids=["none", "three years", "in an hour", "an hour ago", "no zone", "no number", "no digit"],
)
def test_a_server_that_asks_to_wait_is_asked_again_after_a_bounded_time(site: Site, wait: str) -> None:
    def busy_once(a: Asked) -> None:
        a.say(503, b"busy", Retry_After=wait) if len(site.asked) == 1 else a.say(200, BODY)

    site.answers["/"] = busy_once
    assert _get(site.url("/"), retries=1, retry_after_cap=0.05).body == BODY


def test_a_wait_beyond_the_deadline_is_not_waited(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(429, b"slow down", Retry_After="30")
    got = _get(site.url("/"), retries=1, total=1.0)
    assert (got.status, got.error_kind, len(site.asked)) == (429, "http_status", 1)


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500, 503, 202, 204, 205, 206])
def test_a_status_that_is_not_the_page_is_a_fault(site: Site, status: int) -> None:
    site.answers["/"] = lambda a: a.say(status, b"" if status in (204, 205) else b"sorry")
    got = _get(site.url("/"))
    assert (got.status, got.error_kind) == (status, "http_status")


def test_what_passes_is_asked_again_and_what_does_not_is_not(site: Site) -> None:
    site.answers["/500"] = lambda a: a.say(500)
    site.answers["/404"] = lambda a: a.say(404)
    _get(site.url("/500"), retries=2)
    _get(site.url("/404"), retries=2)
    assert site.paths() == ["/500"] * 3 + ["/404"]


@pytest.mark.fault("K22")
def test_cookies_are_neither_shown_nor_secrets_kept(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(200, BODY, Set_Cookie="session=s3cret", WWW_Authenticate="Basic", X_Ok="1")
    got = _get(site.url("/"))
    assert "s3cret" not in str(got.headers)
    assert set(got.headers) & {"set-cookie", "www-authenticate"} == set()
    assert got.headers["x-ok"] == "1"


@pytest.mark.fault("K22")
def test_no_cookie_and_no_name_or_password_in_an_address_is_sent_or_kept(site: Site) -> None:
    there = f"http://chair:s3cret@127.0.0.1:{site.server_port}"
    site.answers["/"] = lambda a: a.say(302, Location=f"{there}/page", Set_Cookie="session=s3cret; Path=/")
    site.answers["/page"] = lambda a: a.say(404)
    got = _get(f"{there}/")
    assert site.paths() == ["/", "/page"]
    assert "s3cret" not in str(got) + str(site.asked)
    assert got.final_url == site.url("/page")


def test_a_private_address_is_refused_with_the_option_that_allows_it(site: Site) -> None:
    got = _get(site.url("/"), allow_private=frozenset({"10.0.0.1"}))
    assert got.error is not None
    assert "not a public address; say --allow-private 127.0.0.1:" in got.error
    assert site.asked == []


def test_who_is_told_to_stop_waits_no_longer() -> None:
    with a_fetcher() as fetcher:
        waiting = threading.Thread(target=fetcher.wait, args=(3600,), daemon=True)
        waiting.start()
        fetcher.stop()
        waiting.join(60)
    assert not waiting.is_alive()
