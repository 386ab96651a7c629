"""The lists of captures that web archives give, in the forms they give them in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from fetchers.captures import WAYBACK, WebArchive, captures, question, since_year
from fetchers.errors import NoCaptures
from tests.builders.fetching import a_fetcher
from tests.builders.web import Asked, Site, a_site

PAGE = "https://mtcr.example/partners"
ROWS = [
    ["20110418120000", PAGE, "text/html", "200", "AAA"],
    ["20160701080910", PAGE, "text/html", "200", "BBB"],
]
NAMES = ["timestamp", "original", "mimetype", "statuscode", "digest"]
WAYBACKS = json.dumps([NAMES, *ROWS]).encode()
PYWBS = "\n".join(
    json.dumps({"timestamp": at, "url": url, "mime": mime, "status": status, "digest": digest})
    for at, url, mime, status, digest in ROWS
).encode()
PLAIN = "\n".join(f"example,mtcr)/partners {' '.join(row)} 512" for row in ROWS).encode()


@pytest.mark.parametrize("body", [WAYBACKS, PYWBS, PLAIN], ids=["wayback", "pywb", "plain"])
def test_each_form_names_the_same_captures(body: bytes) -> None:
    found = captures(body, WAYBACK)
    assert [c.at for c in found] == [datetime(2011, 4, 18, 12, tzinfo=UTC), datetime(2016, 7, 1, 8, 9, 10, tzinfo=UTC)]
    assert found[0].url == f"https://web.archive.org/web/20110418120000id_/{PAGE}"


def test_the_originals_of_a_pywb_collection_are_asked_for_beside_its_cdx() -> None:
    (first, _) = captures(PYWBS, "http://127.0.0.1:8080/regimes/cdx")
    assert first.url == f"http://127.0.0.1:8080/regimes/20110418120000id_/{PAGE}"


def test_captures_come_oldest_first_and_the_same_bytes_once() -> None:
    again = [["20170101000000", PAGE, "text/html", "200", "BBB"], *reversed(ROWS)]
    assert [c.digest for c in captures(json.dumps([NAMES, *again]).encode(), WAYBACK)] == ["AAA", "BBB"]


@pytest.mark.parametrize(
    "row",
    [
        ["20110418120000", PAGE, "text/html", "404", "AAA"],
        ["20110418120000", PAGE, "image/png", "200", "AAA"],
        ["someday", PAGE, "text/html", "200", "AAA"],
        ["20110418120000", "javascript:alert(1)", "text/html", "200", "AAA"],
    ],
)
def test_what_is_no_page_is_left_out(row: list[str]) -> None:
    assert captures(json.dumps([NAMES, row]).encode(), WAYBACK) == []


@pytest.mark.parametrize("body", [b"<html><body>Busy</body></html>", b"[1, 2", b'{"timestamp": '])
def test_an_answer_that_is_no_list_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(NoCaptures, match="CDX server"):
        captures(body, WAYBACK)


@pytest.mark.parametrize("body", [b"", b"[]"])
def test_an_empty_answer_is_no_captures(body: bytes) -> None:
    assert captures(body, WAYBACK) == []


def test_the_question_names_the_page_and_the_first_year() -> None:
    asked = parse_qs(urlsplit(question(WAYBACK, PAGE + "?a=1&b=2", 2010)).query)
    assert (asked["url"], asked["from"], asked["collapse"]) == ([PAGE + "?a=1&b=2"], ["2010"], ["digest"])


def test_a_question_without_a_year_asks_for_all_good_captures() -> None:
    asked = parse_qs(urlsplit(question(WAYBACK, PAGE)).query)
    assert asked == {"url": [PAGE], "output": ["json"], "filter": ["statuscode:200"], "collapse": ["digest"]}


def test_a_plain_list_may_leave_the_length_out_and_nothing_else() -> None:
    line = f"example,mtcr)/partners {' '.join(ROWS[0])}"
    assert [c.digest for c in captures(line.encode(), WAYBACK)] == ["AAA"]
    with pytest.raises(NoCaptures, match="not a line of captures"):
        captures(line.rpartition(" ")[0].encode(), WAYBACK)
    with pytest.raises(NoCaptures, match="not a line of captures"):
        captures(line.replace("20110418120000", "someday").encode(), WAYBACK)


def test_a_plain_list_leaves_out_what_was_no_good_answer() -> None:
    lines = [f"x {' '.join(ROWS[0])}", f"x {' '.join(ROWS[1])}".replace(" 200 ", " 301 ")]
    assert [c.digest for c in captures("\n".join(lines).encode(), WAYBACK)] == ["AAA"]


@pytest.mark.parametrize("kind", ["text/plain", "application/pdf", "application/xhtml+xml", "warc/revisit", "-"])
def test_what_may_be_read_is_a_capture(kind: str) -> None:
    row = ["20110418", PAGE, kind, "-", "AAA"]
    (found,) = captures(json.dumps([NAMES, row]).encode(), WAYBACK)
    # A moment that is given as a day is its beginning.
    assert found.at == datetime(2011, 4, 18, tzinfo=UTC)


@pytest.fixture
def archive() -> Iterator[Site]:
    with a_site() as site:
        yield site


def _answering(site: Site, answer: Callable[[Asked], None]) -> WebArchive:
    """An archive at *site*, which answers every question about the page so."""
    cdx = site.url("/regimes/cdx")
    for since in (None, 2012):
        site.answers[question(cdx, PAGE, since).removeprefix(site.url(""))] = answer
    return WebArchive(a_fetcher(), cdx)


def test_an_archive_is_asked_over_http_for_the_captures_and_for_their_bytes(archive: Site) -> None:
    found = _answering(archive, lambda asked: asked.say(200, PYWBS))
    first, second = found.captures_of(PAGE)
    assert found.captures_of(PAGE, 2012) == [second]
    archive.answers[urlsplit(first.url).path] = lambda asked: asked.say(200, b"<p>then</p>")
    assert found.get(first).body == b"<p>then</p>"


@pytest.mark.parametrize(("status", "body"), [(503, b""), (200, b"<html>Busy</html>"), (404, b"")])
def test_an_archive_that_gives_no_list_is_named(archive: Site, status: int, body: bytes) -> None:
    found = _answering(archive, lambda asked: asked.say(status, body))
    with pytest.raises(NoCaptures, match=r"/regimes/cdx"):
        found.captures_of(PAGE)


def test_an_answer_that_is_no_refusal_and_no_list_is_told_by_its_status(archive: Site) -> None:
    found = _answering(archive, lambda asked: asked.say(203, PYWBS))
    with pytest.raises(NoCaptures) as caught:
        found.captures_of(PAGE)
    assert str(caught.value) == f"{archive.url('/regimes/cdx')}: the archive answered 203; try again later"


def test_a_refusal_of_the_archive_is_told_as_it_was(archive: Site) -> None:
    found = _answering(archive, lambda asked: asked.say(404))
    with pytest.raises(NoCaptures, match=r": answered 404 Not Found; check the address$"):
        found.captures_of(PAGE)


def test_an_answer_that_is_no_list_is_told_by_its_first_words() -> None:
    with pytest.raises(NoCaptures) as caught:
        captures(b"<p>" + b"busy " * 40, WAYBACK)
    first = "<p>" + ("busy " * 40)[:57]
    assert str(caught.value) == f"{first!r}: not a line of captures; give the address of a CDX server"
    with pytest.raises(NoCaptures, match=r"^not a list of captures \(.+\); give the address of a CDX server$"):
        captures(b"[1, 2", WAYBACK)


def test_a_capture_that_tells_little_is_a_page_with_its_moment_for_a_digest() -> None:
    (found,) = captures(json.dumps({"timestamp": "20110418120000123", "url": PAGE}).encode(), WAYBACK)
    assert (found.at, found.digest) == (datetime(2011, 4, 18, 12, tzinfo=UTC), "20110418120000123")
    assert found.url == f"https://web.archive.org/web/20110418120000123id_/{PAGE}"
    assert captures(json.dumps({"url": PAGE}).encode(), WAYBACK) == []
    assert captures(json.dumps({"timestamp": "20110418"}).encode(), WAYBACK) == []
    assert len(captures(json.dumps({"timestamp": "20110418", "url": "http://a", "status": 200}).encode(), WAYBACK)) == 1


@pytest.mark.parametrize(
    ("cdx", "replay"),
    [
        ("https://a.example/cdx/search/cdx/", "https://a.example/web/"),
        ("https://a.example:81/x/cdx/?y=1#z", "https://a.example:81/x/"),
        ("https://a.example/x/list", "https://a.example/x/list/"),
    ],
)
def test_what_an_archive_holds_is_beside_its_list(cdx: str, replay: str) -> None:
    assert captures(PYWBS, cdx)[0].url == f"{replay}20110418120000id_/{PAGE}"


def test_captures_of_the_first_year_count() -> None:
    assert [len(since_year(captures(PYWBS, WAYBACK), year)) for year in (None, 2011, 2012, 2016, 2017)] == [
        2,
        2,
        1,
        1,
        0,
    ]


@pytest.mark.parametrize(
    "told", [{"mime": "image/png"}, {"status": "301"}, {"status": "404"}, {"url": "ftp://a.example/"}]
)
def test_what_is_no_page_is_left_out_of_an_object_a_line_too(told: dict[str, str]) -> None:
    good = {"timestamp": "20110418120000", "url": PAGE, "mime": "text/html", "status": "200"}
    body = "\n".join(json.dumps(line) for line in (good | told, good | {"timestamp": "20120101"})).encode()
    assert [found.at.year for found in captures(body, WAYBACK)] == [2012]


def test_bytes_that_are_no_text_are_no_list_and_no_exception_of_another_kind() -> None:
    with pytest.raises(NoCaptures, match="not a line of captures"):
        captures(b"\xff\xfe\xff", WAYBACK)
    odd = f"x {' '.join(ROWS[0])}".encode().replace(b"/partners", b"/partners\xff")
    assert [found.original for found in captures(odd, WAYBACK)] == [f"{PAGE}\ufffd"]
