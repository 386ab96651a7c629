"""The lists of captures that web archives give, in the forms they give them in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from fetchers.captures import WAYBACK, captures, question
from fetchers.errors import NoCaptures

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
