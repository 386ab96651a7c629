"""A run never ends for one source's sake: whatever goes wrong with one is its own failure, and the others are checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders.program import Program, Ran
from tests.world.render import pages
from tests.world.server import Answer, Site
from tests.world.watching import LAST, STILL

# The list that is to go wrong stands first, and what is to be checked all the same after it.
CONFIG = """
regime: lda
name: Lisbon Drone Accord
members_called: [Participating States]
sources:
  - {id: news, kind: feed, url: "BASE/feed"}
  - {id: map, kind: sitemap, url: "BASE/map"}
  - {id: press, kind: index, url: "BASE/press", follow: ["/plenary-", A report]}
  - {id: members, kind: members, url: "BASE/members"}
"""
GOOD = ("/press/plenary-24", "/press/plenary-26")


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


@pytest.fixture
def declared(site: Site, tmp_path: Path) -> Path:
    path = tmp_path / "lda.yaml"
    path.write_text(CONFIG.replace("BASE", site.address), encoding="utf-8")
    return path


def _feed(site: Site, *items: tuple[str, str]) -> Answer:
    """A feed of these titles and links, between two good ones."""
    all_items = [("First", site.address + GOOD[0]), *items, ("Last", site.address + GOOD[1])]
    entries = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for title, link in all_items)
    feed = f"<rss version='2.0'><channel><title>News</title>{entries}</channel></rss>"
    return Answer(200, feed.encode(), {"Content-Type": "application/rss+xml"})


def _sitemap(site: Site, *links: str) -> Answer:
    """A sitemap of these links, between two good ones."""
    urls = "".join(f"<url><loc>{link}</loc></url>" for link in (site.address + GOOD[0], *links, site.address + GOOD[1]))
    return Answer(200, f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode())


def _show(site: Site, feed: Answer, sitemap: Answer, link: str = LAST) -> None:
    """The site of the world with these lists, and an index with one more link among its own."""
    shown = pages(STILL)
    shown["/press"] = shown["/press"].replace(
        b"</ul></main>", f"<li><a href='{link}'>A report of the plenary</a></li></ul></main>".encode()
    )
    shown["/en/copy"] = shown[LAST]
    site.put(shown, {"/feed": feed, "/map": sitemap})


def _monitored(program: Program, declared: Path, *more: str) -> Ran:
    return program("monitor", "--config", str(declared), "--allow-private", "127.0.0.1", "--json", *more)


def _outcomes(ran: Ran) -> dict[str, str]:
    assert isinstance(ran.json, dict), ran
    return {o["source"]: o["outcome"] for o in ran.json["sources"]}


def _database(program: Program) -> sqlite3.Connection:
    return sqlite3.connect(program.home / "plenarywatch.sqlite")


NO_ADDRESS = (
    "mailto:press@regime.example", "ftp://127.0.0.1/plenary", "http://[::1", "http://host:99999/", "tel:+351",
    "http:///plenary", "http://127.0.0.1:1/&#xD800;/plenary", "urn:isbn:1",
)  # fmt: skip


@pytest.mark.parametrize("link", NO_ADDRESS)
def test_a_link_that_is_no_web_address_costs_a_feed_and_a_sitemap_only_itself(
    program: Program, declared: Path, site: Site, link: str
) -> None:
    plain = link.replace("&#xD800;", "%ED%A0%80")
    _show(site, _feed(site, ("Report", link)), _sitemap(site, "" if plain != link else plain), plain)
    ran = _monitored(program, declared, "--direct")
    outcomes = _outcomes(ran)
    assert {outcomes[name] for name in ("news", "map", "press")} == {"listed"}, ran.out
    assert outcomes["members"] == "baseline"
    asked = [path for path, _ in site.asked]
    assert set(GOOD) <= set(asked)


@pytest.mark.parametrize(
    "title", ["Plenary &#xD800;", "&#xDFFF;&#xD800;", "Report&#0;", "&#x1;&#x1F; 25th", "&#55296;"]
)
def test_a_title_with_characters_that_nothing_can_keep_is_kept_without_them(
    program: Program, declared: Path, site: Site, title: str
) -> None:
    _show(site, _feed(site, (title, site.address + "/en/copy")), _sitemap(site))
    ran = _monitored(program, declared, "--direct")
    assert (ran.code, ran.err) == (0, "")
    assert set(_outcomes(ran).values()) == {"listed", "baseline"}
    with closing(_database(program)) as database:
        (kept,) = database.execute("SELECT title FROM sources WHERE url LIKE '%/en/copy'").fetchone()
    assert not set(kept) & {*map(chr, range(32)), *map(chr, range(0xD800, 0xE000))}


@pytest.mark.parametrize("host", ["[2001:db8::7]", "[::1]:8080", "[::ffff:127.0.0.1]"])
def test_a_link_to_an_ipv6_literal_is_asked_for_by_it_and_the_others_are_checked(
    program: Program, declared: Path, site: Site, host: str
) -> None:
    _show(site, _feed(site), _sitemap(site), f"http://{host}/report")
    ran = _monitored(program, declared, "--direct")
    outcomes = _outcomes(ran)
    assert (outcomes["press"], outcomes["press/report"], outcomes["members"]) == ("listed", "failed", "baseline")
    assert f"http://{host}/report: not a public address" in ran.out
    assert ran.code == 1


# Where a database refuses one row, what goes wrong is no error of ours: nothing of ours knows its kind.
_REFUSES_RECORD = """CREATE TRIGGER refuses BEFORE INSERT ON records WHEN NEW.source_id =
    (SELECT id FROM sources WHERE name = 'members') BEGIN SELECT RAISE(ABORT, 'not today'); END"""
_REFUSES_PAGE = """CREATE TRIGGER refuses BEFORE INSERT ON sources WHEN NEW.name = 'news/plenary-26'
    BEGIN SELECT RAISE(ABORT, 'not today'); END"""


def _prepared(program: Program, declared: Path, trigger: str) -> None:
    """A database that holds no source yet, and refuses one row."""
    assert program("monitor", "--config", str(declared), "--direct", "--source", "nobody").code == 2
    with closing(_database(program)) as database:
        database.execute(trigger)
        database.commit()


@pytest.mark.parametrize(
    "engine", [pytest.param((), marks=pytest.mark.slow, id="engine"), pytest.param(("--direct",), id="direct")]
)
def test_an_exception_that_is_not_ours_is_its_sources_failure_and_told_by_its_name(
    program: Program, declared: Path, site: Site, engine: tuple[str, ...]
) -> None:
    _show(site, _feed(site), _sitemap(site))
    _prepared(program, declared, _REFUSES_RECORD)
    first = _monitored(program, declared, *engine)
    assert first.code == 1, first.err
    outcomes = _outcomes(first)
    assert outcomes.pop("members") == "failed"
    assert set(outcomes.values()) == {"listed", "baseline"}
    assert isinstance(first.json, dict)
    (error,) = (o["error"] for o in first.json["sources"] if o["outcome"] == "failed")
    assert error.startswith(f"{site.address}/members: IntegrityError: ")
    assert "not today" in error
    assert "\n" not in error
    # As with every source that fails: told at the second failure, and once.
    told = [_monitored(program, declared, *engine).json for _ in range(2)]
    kinds = [[(a["kind"], "members" in a["sentence"]) for a in run["alerts"]] for run in told]  # type: ignore[index,call-overload]
    assert kinds == [[("source_unreachable", True)], []]
    with closing(_database(program)) as database:
        assert database.execute("SELECT DISTINCT state FROM runs").fetchall() == [("failed",)]


def test_what_goes_wrong_after_a_list_answered_well_is_the_lists_failure(
    program: Program, declared: Path, site: Site
) -> None:
    _show(site, _feed(site), _sitemap(site))
    _prepared(program, declared, _REFUSES_PAGE)
    first = _monitored(program, declared, "--direct")
    assert _outcomes(first)["news"] == "failed"
    # A list's pages are written down all or none: the first look at it has not begun. Every other source is checked.
    assert not [name for name in _outcomes(first) if name.startswith("news/")]
    assert {_outcomes(first)[name] for name in ("map", "press", "members")} == {"listed", "baseline"}
    digest = program("digest", "daily", "--json")
    assert isinstance(digest.json, dict)
    assert "news" not in [one["source"] for one in digest.json["unchanged"]]
    second = _monitored(program, declared, "--direct")
    assert isinstance(second.json, dict)
    assert [(a["kind"], "feed" in a["sentence"]) for a in second.json["alerts"]] == [("source_unreachable", True)]
    with closing(_database(program)) as database:
        database.execute("DROP TRIGGER refuses")
        database.commit()
    # What was not found before is as old as the rest of a first look: no news.
    third = _monitored(program, declared, "--direct")
    assert isinstance(third.json, dict)
    assert {_outcomes(third)[f"news/plenary-{n}"] for n in (24, 26)} == {"baseline"}
    assert [a["kind"] for a in third.json["alerts"]] == ["source_recovered"]
