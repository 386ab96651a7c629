"""What is found under a list, and how often it is asked for since."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.listing import is_due
from parsers.version import PARSER
from storage.values import State
from tests.world.render import CONFIG
from tests.world.server import Answer, Site
from tests.world.watching import LAST, Mornings

NOW = datetime(2020, 6, 1, 6, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


def _state(days_since_change: int, days_since_check: float, **fields: object) -> State:
    changed, checked = NOW - timedelta(days=days_since_change), NOW - timedelta(days=days_since_check)
    return State(last_changed=changed, last_checked=checked, parser=PARSER, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (_state(59, 0.1), True),
        (_state(61, 0.3), False),
        (_state(61, 1), True),
        (_state(61, 0.97), True),
        (_state(366, 2), False),
        (_state(366, 3), True),
        (_state(5 * 366, 6), False),
        (_state(5 * 366, 7), True),
        (_state(5 * 366, 0.1, failures=1), True),
        (State(), True),
    ],
)
def test_a_page_is_asked_for_more_rarely_the_longer_it_says_the_same(state: State, due: bool) -> None:
    assert is_due(state, NOW) is due


def test_pages_below_an_index_are_indexes_to_the_depth_that_is_declared(site: Site, tmp_path: Path) -> None:
    config = CONFIG.replace('url: "BASE/press",', 'url: "BASE/press", depth: 2,')
    watching = Mornings(tmp_path, site, config)
    year = "<html><body><main><h1>Statements of 2013</h1><p>All statements of the year.</p><ul><li><a href='/press/plenary-27'>The 27th plenary</a></li></ul></main></body></html>"
    index = watching.page("/press").replace("</ul></main>", "<li><a href='/press/2013'>2013</a></li></ul></main>")
    statement = watching.page().replace("26th", "27th").replace("2011", "2013")
    told = watching.told(**{"/press": index, "/press/2013": year, "/press/plenary-27": statement})
    assert ("plenary_announced", "27", "confirmed") in told
    watching.close()


PAGED = (
    "<html><body><main><h1>Press releases</h1><p>All of them.</p><ul>{items}</ul>"
    "<nav class='pagination'><a href='/press?page={next}'>Next</a></nav></main></body></html>"
)


def _paged(pages: int) -> dict[str, str | Answer]:
    """An index of so many pages with two statements on each; every page names the next, without end."""
    shown: dict[str, str | Answer] = {}
    for n in range(1, pages + 1):
        items = "".join(f"<li><a href='/press/plenary-{100 * n + i}'>Plenary {100 * n + i}</a></li>" for i in (1, 2))
        shown["/press" if n == 1 else f"/press?page={n}"] = PAGED.format(items=items, next=n + 1)
    return shown


@pytest.mark.parametrize(
    ("limit", "found", "said"),
    [
        ("", 20, "it has more pages than max_pages (10); raise that in its declaration"),
        ("max_pages: 3,", 6, "it has more pages than max_pages (3); raise that in its declaration"),
        ("max_links: 5,", 5, "it lists more than max_links (5); raise that in its declaration, or say with 'follow'"),
        ("max_pages: 30,", 60, None),
    ],
    ids=["ten pages", "three", "five links", "all"],
)
def test_an_index_is_read_over_its_pages_as_far_as_is_declared_and_where_that_is_not_all_it_is_said(
    site: Site, tmp_path: Path, limit: str, found: int, said: str | None
) -> None:
    watching = Mornings(tmp_path, site, CONFIG.replace('url: "BASE/press",', f'url: "BASE/press", {limit}'))
    shown = _paged(30)
    shown["/press?page=30"] = str(shown["/press?page=30"]).replace("page=31", "page=30")
    watching.told(**shown)
    read = [path for path in watching.outcomes if path.startswith("/press/plenary-") and int(path[15:]) > 100]
    assert len(read) == found
    index = watching.outcomes["/press"]
    assert index.outcome == "listed"
    assert (index.error or "").startswith(f"not all of it was read: {said}" if said else "")
    assert bool(index.error) == bool(said)
    watching.close()


def test_a_page_of_an_index_that_cannot_be_read_is_said_and_the_others_are_read(site: Site, tmp_path: Path) -> None:
    watching = Mornings(tmp_path, site, CONFIG)
    watching.told(**_paged(2), **{"/press?page=3": Answer(404)})
    index = watching.outcomes["/press"]
    assert (index.outcome, index.failed) == ("listed", False)
    line = "/press?page=3: answered 404 Not Found; check the address"
    assert (index.error or "").endswith(line)
    with watching.watched.watch.store.reading() as r:
        (press,) = (view for view in r.sources() if view.source.name == "press")
    assert (press.state.failures, (press.last_error or "").endswith(line)) == (0, True)
    assert {"/press/plenary-101", "/press/plenary-202"} <= watching.outcomes.keys()
    watching.close()


def test_a_first_look_takes_all_pages_of_an_index_or_none(site: Site, tmp_path: Path) -> None:
    """What stands on a page that fails at the first look would be news at the second."""
    declared = '  - {id: archive, kind: index, url: "BASE/archive", follow: plenary}'
    watching = Mornings(tmp_path, site, CONFIG.replace("sources:", f"sources:\n{declared}", 1))
    shown: dict[str, str | Answer] = {}
    for n, page in ((27, "/archive"), (28, "/archive?page=2")):
        shown[page] = PAGED.format(items=f"<li><a href='/old/plenary-{n}'>Plenary {n}</a></li>", next=2)
        shown[page] = str(shown[page]).replace("/press?", "/archive?")
        shown[f"/old/plenary-{n}"] = watching.page().replace("26th", f"{n}th").replace("2011", f"{1986 + n}")
    # The first morning had no archive at all.
    assert watching.told(**(shown | {"/archive?page=2": Answer(503)})) == {
        ("source_unreachable", "/archive", "confirmed")
    }
    first = watching.outcomes["/archive"]
    assert first.outcome == "failed"
    assert "a first look takes all of a list or nothing" in (first.error or "")
    assert "/old/plenary-27" not in watching.outcomes
    assert watching.told(**shown) == {("source_recovered", "/archive", "confirmed")}
    assert {watching.outcomes[f"/old/plenary-{n}"].outcome for n in (27, 28)} == {"baseline"}
    # From then on a page that fails for a day is said, and costs nothing else.
    assert watching.told(**(shown | {"/archive?page=2": Answer(503)})) == set()
    assert (watching.outcomes["/archive"].outcome, watching.outcomes["/archive"].failed) == ("listed", False)
    assert "/archive?page=2: answered 503" in (watching.outcomes["/archive"].error or "")
    watching.close()


def test_a_tree_of_sitemaps_is_read_packed_or_not_and_a_broken_one_costs_only_itself(
    site: Site, tmp_path: Path
) -> None:
    def sitemap(kind: str, *paths: str) -> bytes:
        of = "sitemap" if kind == "sitemapindex" else "url"
        found = "".join(f"<{of}><loc>{site.address}{path}</loc></{of}>" for path in paths)
        return f"<?xml version='1.0'?><{kind} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{found}</{kind}>".encode()

    config = CONFIG.replace(
        "sources:", 'sources:\n  - {id: map, kind: sitemap, url: "BASE/sitemap.xml", follow: "plenary"}', 1
    )
    watching = Mornings(tmp_path, site, config)
    watching.told(**{"/sitemap.xml": Answer(200, sitemap("urlset"))})
    statement = watching.page().replace("26th", "27th").replace("2011", "2013")
    told = watching.told(
        **{
            "/sitemap.xml": Answer(
                200, sitemap("sitemapindex", "/a.xml.gz", "/broken.xml.gz", "/gone.xml", "/deep.xml")
            ),
            "/a.xml.gz": Answer(
                200, gzip.compress(sitemap("urlset", "/en/plenary-27", "/about")), {"Content-Type": "application/gzip"}
            ),
            "/broken.xml.gz": Answer(200, gzip.compress(sitemap("urlset", "/en/plenary-28"))[:40]),
            "/deep.xml": Answer(200, sitemap("sitemapindex", "/deeper.xml")),
            "/deeper.xml": Answer(200, sitemap("urlset", "/en/plenary-29")),
            "/en/plenary-27": statement,
            "/en/plenary-29": Answer(404),
        }
    )
    assert ("plenary_announced", "27", "confirmed") in told
    assert {path for path in watching.outcomes if path.startswith("/en/")} == {"/en/plenary-27", "/en/plenary-29"}
    assert "map lists it" in (watching.outcomes["/en/plenary-29"].error or "")
    watching.close()


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_what_a_feed_lists_is_found_once_and_watched_from_then_on(site: Site, tmp_path: Path, kind: str) -> None:
    link = f"{site.address}/en/plenary-27?utm_source=feed"
    feed = {
        "atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title><entry><title>27th plenary</title><link href='{link}'/><id>1</id></entry></feed>",
        "rss": f"<rss version='2.0'><channel><title>News</title><item><title>27th plenary</title><link>{link}</link></item></channel></rss>",
    }[kind]
    config = CONFIG.replace("sources:", 'sources:\n  - {id: news, kind: feed, url: "BASE/feed", follow: "plenary"}', 1)
    empty = feed.replace("27th plenary", "A visit").replace("plenary-27", "visit")
    answers = {"/feed": Answer(200, feed.encode(), {"Content-Type": "application/xml"})}
    watching = Mornings(tmp_path, site, config)
    statement = watching.page().replace("26th", "27th").replace("2011", "2013")
    watching.told(**{"/feed": Answer(200, empty.encode())})
    told = watching.told(**answers, **{"/en/plenary-27": statement})
    assert ("plenary_announced", "27", "confirmed") in told
    assert watching.told(**answers, **{"/en/plenary-27": statement.replace("remain concerned", "are alarmed")}) == {
        ("statement_revised", "/en/plenary-27", "confirmed")
    }
    watching.close()


def test_a_page_that_is_listed_and_cannot_be_had_is_named_in_the_run(site: Site, tmp_path: Path) -> None:
    watching = Mornings(tmp_path, site)
    index = watching.page("/press").replace(
        "</ul></main>", "<li><a href='/press/plenary-27'>27th plenary</a></li></ul></main>"
    )
    for _ in range(3):
        assert watching.told(**{"/press": index, "/press/plenary-27": Answer(403)}) == set()
        assert "press lists it" in (watching.outcomes["/press/plenary-27"].error or "")
    watching.close()


def test_a_source_is_blind_at_once_where_its_rhythm_is_over(site: Site, tmp_path: Path) -> None:
    config = CONFIG.replace('url: "BASE/members",', 'url: "BASE/members", rhythm: 12h,')
    watching = Mornings(tmp_path, site, config)
    assert watching.told(**{"/members": Answer(503), LAST: Answer(503)}) == {
        ("source_unreachable", "/members", "confirmed")
    }
    watching.close()
