"""The bounds of a body to the byte, and what is said of one beyond them."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Iterator

import pytest

from fetchers.result import FetchResult
from tests.builders.fetching import a_fetcher
from tests.builders.web import Site, a_site

NOISE = random.Random(1).randbytes(400)


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as served:
        yield served


def _got(site: Site, body: bytes, coding: str | None = None, **options: object) -> FetchResult:
    headers = {"Content_Encoding": coding} if coding else {}
    site.answers["/"] = lambda a: a.say(200, body, **headers)
    with a_fetcher(**options) as fetcher:
        return fetcher.get(site.url("/"))


@pytest.mark.parametrize("coding", [None, "identity", "gzip", "deflate"])
def test_a_body_of_the_most_bytes_is_taken_and_one_byte_more_is_not(site: Site, coding: str | None) -> None:
    pack = {"gzip": gzip.compress, "deflate": zlib.compress}.get(coding or "", bytes)
    # Without a word in it that packs, so that neither side of the compression is the smaller one by much.
    assert _got(site, pack(b"a" * 1000), coding, max_bytes=1000).body == b"a" * 1000
    more = _got(site, pack(b"a" * 1001), coding, max_bytes=1000)
    assert (more.error_kind, more.body) == ("too_large", None)
    assert "larger than 1000 bytes" in (more.error or "") or "more than 1000 bytes" in (more.error or "")


def test_what_travels_is_bounded_as_what_is_unpacked_is(site: Site) -> None:
    packed = gzip.compress(NOISE)
    assert len(packed) > len(NOISE)
    assert _got(site, packed, "gzip", max_bytes=len(packed)).body == NOISE
    assert _got(site, packed, "gzip", max_bytes=len(packed) - 1).error_kind == "too_large"


def test_a_small_page_may_be_packed_as_tightly_as_it_likes(site: Site) -> None:
    small, large = b"a" * 1_000_000, b"a" * 1_000_001
    assert len(small) > 200 * len(gzip.compress(small))
    assert _got(site, gzip.compress(small), "gzip").body == small
    more = _got(site, gzip.compress(large), "gzip")
    assert (more.error_kind, "times its size" in (more.error or "")) == ("too_large", True)
    assert _got(site, gzip.compress(large), "gzip", max_ratio=2000.0).body == large


@pytest.mark.parametrize("coding", ["br", "zstd", "compress"])
def test_a_coding_that_was_not_asked_for_is_said_by_its_name(site: Site, coding: str) -> None:
    got = _got(site, b"x", coding)
    assert (got.error_kind, got.body) == ("damaged", None)
    assert f"not asked for ({coding})" in (got.error or "")


def test_what_is_cut_off_is_asked_for_again_and_what_is_too_large_is_not(site: Site) -> None:
    asked = len(site.asked)
    for body, coding, times in (
        (gzip.compress(NOISE)[:-9], "gzip", 2),
        (b"not gzip at all", "gzip", 2),
        (b"x" * 5000, None, 1),
        (b"x", "br", 1),
    ):
        assert _got(site, body, coding, retries=1, max_bytes=2000).error
        assert len(site.asked) - asked == times
        asked = len(site.asked)


def test_an_answer_says_when_it_was_changed(site: Site) -> None:
    moment = "Mon, 18 Apr 2011 12:00:00 GMT"
    site.answers["/"] = lambda a: a.say(200, b"x", Last_Modified=moment, ETag='"v1"')
    with a_fetcher() as fetcher:
        got = fetcher.get(site.url("/"))
    assert (got.last_modified, got.etag) == (moment, '"v1"')


def test_errors_name_the_address_that_was_asked_and_where_it_led(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(302, Location="/2")
    site.answers["/2"] = lambda a: a.say(200, b"x", Content_Encoding="br")
    site.answers["/loop"] = lambda a: a.say(302, Location="/loop")
    site.answers["/own"] = lambda a: a.say(302, Location="http://10.0.0.1:81/")
    with a_fetcher() as fetcher:
        led = fetcher.get(site.url("/")).error or ""
        loop = fetcher.get(site.url("/loop")).error
        own = fetcher.get(site.url("/own")).error or ""
        straight = fetcher.get("http://10.0.0.1:81/").error
    assert led.startswith(f"{site.url('/')}: leads to {site.url('/2')}: compressed")
    assert loop == f"{site.url('/loop')}: redirects without end; check the address"
    assert straight == "http://10.0.0.1:81/: not a public address; say --allow-private 10.0.0.1:81 if it is your own"
    assert own.endswith(
        "leads to http://10.0.0.1:81/: not a public address; say --allow-private 10.0.0.1:81 if it is your own"
    )


def test_a_cookie_that_was_set_is_not_sent_to_the_same_host(site: Site) -> None:
    site.answers["/"] = lambda a: a.say(200, b"x", Set_Cookie="a=b; Path=/")
    with a_fetcher() as fetcher:
        assert [fetcher.get(site.url("/")).body for _ in range(2)] == [b"x", b"x"]
    assert [headers.get("Cookie") for _, headers in site.asked] == [None, None]
