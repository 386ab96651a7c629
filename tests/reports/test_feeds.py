"""Feeds that a reader's program takes: whole, with ids that stay, whatever a page says."""

from __future__ import annotations

import http.client
import json
import re
import threading
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from diffs.change import BothSides, Change, ChangeKind, Status
from parsers.record import Evidence
from reports.feeds import Feed, as_atom, as_json, feeds
from reports.serve import server
from reports.site import build
from tests.builders.comparing import NOON
from tests.builders.stores import a_change, a_store

K = ChangeKind
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</title><script>alert(1)</script>&\x00\x1b\ufffe]]>\u202e São Tomé"


def _changes() -> list[Change]:
    later = NOON + timedelta(days=1)
    return [
        a_change(),
        a_change(K.TOPIC_ADDED, "transit", observed_at=later),
        a_change(K.MEMBER_JOINED, "IN", regime="nsg"),
        a_change(K.MEMBER_LEFT, "FR", status=Status.HELD),
        a_change(K.MEMBER_LEFT, "BE", status=Status.REJECTED),
    ]


def _all() -> dict[str, Feed]:
    return {feed.name: feed for feed in feeds(_changes(), ["mtcr", "nsg"])}


def test_there_is_a_feed_of_all_one_a_regime_and_one_a_kind() -> None:
    assert set(_all()) == {"all", "mtcr", "mtcr/member_joined", "mtcr/topic_added", "nsg", "nsg/member_joined"}


def test_the_newest_change_stands_first_and_what_is_not_believed_does_not_stand_at_all() -> None:
    assert [c.subject for c in _all()["mtcr"].changes] == ["transit", "IN"]


def test_a_feed_program_reads_the_sentence_the_link_and_the_time() -> None:
    read = feedparser.parse(as_atom(_all()["mtcr/member_joined"], NOON))
    (entry,) = read.entries
    assert not read.bozo
    assert entry.title == "India joined the MTCR."
    assert entry.link == f"../../changes/{a_change().key}.html"
    assert entry.updated == "2026-03-02T12:00:00Z"


def test_every_feed_and_every_entry_has_an_id_a_title_and_a_time_and_no_id_twice() -> None:
    for feed in _all().values():
        root = etree.fromstring(as_atom(feed, NOON).encode())
        ids = [found.text for found in root.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids)) == 1 + len(feed.changes)
        for node in (root, *root.findall(f"{ATOM}entry")):
            assert all(node.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))


@pytest.mark.parametrize("name", ["all", "mtcr", "mtcr/member_joined", "zc"])
def test_a_feed_keeps_the_rules_of_atom(name: str) -> None:
    """RFC 4287, 4.1: what feeds and entries must have once, and may have once only."""
    known = _all() | {"zc": Feed("zc", "Nothing yet", ())}
    root = etree.fromstring(as_atom(known[name], NOON).encode())
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for node in (root, *entries):
        for once in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{once}")) == 1
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", node.findtext(f"{ATOM}id") or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", node.findtext(f"{ATOM}updated") or "")
        alternates = [link for link in node.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(alternates) == 1
        assert all(category.get("term") for category in node.findall(f"{ATOM}category"))
    # An author of the feed is the author of every entry that names none.
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Plenarywatch"
    assert [link.get("type") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        "application/atom+xml"
    ]
    moments = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert not moments or root.findtext(f"{ATOM}updated") == moments[0]


def test_an_entry_has_the_same_id_in_every_feed() -> None:
    entries = [feedparser.parse(as_atom(_all()[name], NOON)).entries[-1].id for name in ("mtcr", "mtcr/member_joined")]
    assert entries[0] == entries[1]


def test_a_feed_of_nothing_is_still_a_feed() -> None:
    read = feedparser.parse(as_atom(Feed("zc", "Nothing yet", ()), NOON))
    assert (read.bozo, read.entries, read.feed.updated) == (False, [], "2026-03-02T12:00:00Z")


def test_hostile_words_are_text_and_the_feed_stays_whole() -> None:
    span = Evidence(0, 0, 4, HOSTILE)
    hostile = a_change(K.CONCERN_ADDED, HOSTILE, url=HOSTILE, evidence=BothSides((span,), (span,)))
    feed = Feed("mtcr", HOSTILE, (hostile,))
    (item,) = json.loads(as_json(feed))["items"]
    assert not set("\x00\x1b\u202e") & set(item["title"] + item["content_text"])
    atom = as_atom(feed, NOON)
    root = etree.fromstring(atom.encode())
    assert [node.tag for node in root.iter() if "script" in str(node.tag)] == []
    assert "São Tomé" in (root.findtext(f"{ATOM}entry/{ATOM}title") or "")
    assert not set("\x00\x1b\ufffe\u202e") & set(atom)


def test_the_json_feed_says_the_same() -> None:
    value = json.loads(as_json(_all()["mtcr"]))
    assert value["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in value["items"]][1] == "India joined the MTCR."
    assert value["items"][1]["tags"] == ["mtcr", "member_joined", "critical"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    with a_store(tmp_path) as store:
        with store.writing() as w:
            w.save_changes(w.begin_run("monitor", NOON), _changes(), None)
        return build(store, tmp_path / "site", NOON).parent


def test_the_site_serves_its_feed_and_answers_304_to_who_has_it(site: Path) -> None:
    with server(site, 0) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        connection = http.client.HTTPConnection("127.0.0.1", serving.server_port, timeout=10)
        connection.request("GET", "/feeds/all.atom")
        first = connection.getresponse()
        entries = feedparser.parse(first.read()).entries
        connection.close()
        connection.request(
            "GET", "/feeds/all.atom", headers={"If-Modified-Since": first.headers["Last-Modified"] or ""}
        )
        again = connection.getresponse().status
        connection.close()
        serving.shutdown()
    assert (first.status, len(entries), again) == (200, 3, 304)


def test_the_server_sends_the_policy_with_every_answer(site: Path) -> None:
    with server(site, 0) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        answers = []
        for path in ("/index.html", "/nothing.html"):
            connection = http.client.HTTPConnection("127.0.0.1", serving.server_port, timeout=10)
            connection.request("GET", path)
            answers.append(connection.getresponse())
            connection.close()
        serving.shutdown()
    assert [answer.status for answer in answers] == [200, 404]
    for answer in answers:
        assert "frame-ancestors 'none'" in (answer.headers["Content-Security-Policy"] or "")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
