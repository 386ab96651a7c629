"""Pages that change from day to day, watched by the whole pipeline: what is told, and what is not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.builders.program import Program

MEMBERS = ["Argentina", "Australia", "Austria", "Belgium", "Brazil", "Canada", "Norway", "Poland", "Turkey", "Ukraine"]
STATEMENT = (
    "<h1>Plenary Meeting of the Missile Technology Control Regime, Oslo, 13-17 October 2014</h1>"
    "<p>The Missile Technology Control Regime (MTCR) held its 28th Plenary Meeting in Oslo from 13 to 17 October 2014."
    " Norway chaired the meeting.</p>"
    "<p>Partners stated their concern about the missile programme of North Korea.</p>"
    "<p>UN Security Council Resolutions 1540 and 1718 were recalled.</p>"
    "<p>The Technical Experts Meeting (TEM) reported on its work over the year.</p>"
)


def members_page(names: list[str], count: int | None = None, banner: str = "") -> str:
    said = f"<p>The Regime has {count} Partners.</p>" if count else "<p>These are the Partners.</p>"
    items = "".join(f"<li>{name}</li>" for name in names)
    return f"{banner}<main><h1>Partners of the Regime</h1>{said}<ul>{items}</ul></main>"


class World:
    """A site of one page, and a program that looks at it once a day."""

    def __init__(self, program: Program, config: Path) -> None:
        self.program, self.config = program, config
        self.body, self.status, self.day = "", 200, 0

    def shows(self, body: str, status: int = 200) -> list[dict[str, object]]:
        """The changes told of what the page says today."""
        self.body, self.status, self.day = body, status, self.day + 1
        arguments = ("--config", str(self.config), "--allow-private", "127.0.0.1", "--direct", "--json")
        ran = self.program("monitor", *arguments, "--now", f"2015-01-{self.day:02}T06:00:00Z")
        assert ran.err == ""
        result = ran.json
        assert isinstance(result, dict)
        self.outcome = result["sources"][0]["outcome"]
        changes: list[dict[str, object]] = result["changes"]
        return changes

    def alerts(self) -> list[dict[str, object]]:
        listed = self.program("alerts", "list", "--json").json
        assert isinstance(listed, list)
        return listed

    def members(self) -> set[str]:
        listed = self.program("members", "mtcr", "--json", "--config", str(self.config)).json
        return {m["country"] for m in listed}  # type: ignore[union-attr, index, call-overload]


@pytest.fixture
def world(program: Program, tmp_path: Path) -> Iterator[Callable[[str], World]]:
    made: list[World] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            robots = self.path == "/robots.txt"
            body = f"<!doctype html><html lang='en'><body>{made[0].body}</body></html>".encode()
            self.send_response(404 if robots else made[0].status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"" if robots else body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def make(kind: str) -> World:
        config = tmp_path / "mtcr.yaml"
        config.write_text(
            "regime: mtcr\nname: Missile Technology Control Regime\nmembers_called: [Partners, members]\nsources:\n"
            f"  - {{id: page, kind: {kind}, url: 'http://127.0.0.1:{server.server_port}/page'}}\n"
        )
        made.append(World(program, config))
        return made[0]

    yield make
    server.shutdown()
    server.server_close()


def told(changes: list[dict[str, object]]) -> set[tuple[object, object, object]]:
    return {(c["kind"], c["subject"], c["status"]) for c in changes if c["kind"] != "statement_revised"}


def test_a_new_name_of_a_member_is_no_departure(world: Callable[[str], World]) -> None:
    w = world("members")
    w.shows(members_page(MEMBERS))
    changes = w.shows(members_page(["Türkiye" if name == "Turkey" else name for name in MEMBERS]))
    assert told(changes) == {("member_renamed", "TR", "confirmed")}
    spelled_out = ["the Republic of Türkiye" if name == "Turkey" else name for name in MEMBERS]
    assert told(w.shows(members_page(spelled_out))) == set()
    assert "TR" in w.members()


def test_a_member_missing_from_the_list_is_held_until_the_count_falls_with_it(world: Callable[[str], World]) -> None:
    w = world("members")
    w.shows(members_page(MEMBERS))
    fewer = [name for name in MEMBERS if name != "Brazil"]
    assert told(w.shows(members_page(fewer))) == {("member_left", "BR", "held")}
    assert "BR" in w.members()
    assert ("member_left", "BR", "confirmed") in told(w.shows(members_page(fewer, 9)))
    assert "BR" not in w.members()


def test_a_list_that_returns_is_held_until_a_person_has_seen_the_member_come_back(
    world: Callable[[str], World],
) -> None:
    w = world("members")
    w.shows(members_page(MEMBERS, 10))
    fewer = [name for name in MEMBERS if name != "Brazil"]
    assert ("member_left", "BR", "confirmed") in told(w.shows(members_page(fewer, 9)))
    changes = w.shows(members_page(MEMBERS, 10))
    assert ("member_joined", "BR", "held") in told(changes)
    assert "BR" not in w.members()
    # The list stands, in other words: it waits still, and nobody is told again.
    assert "BR" not in str(told(w.shows(members_page(MEMBERS, 10) + "<p>They meet once a year in plenary.</p>")))
    (held,) = [c for c in changes if c["kind"] == "member_joined"]
    assert held["detail"] == "re-admitted; the page returned to a text that it showed before"
    alerts = [a for a in w.alerts() if a["change"]["kind"] == "member_joined"]  # type: ignore[index]
    assert [(a["audience"], a["acknowledged_at"]) for a in alerts] == [("analyst", None)]
    ran = w.program("review", "approve", str(held["key"])[:12], "--why", "their letter says so")
    assert (ran.code, ran.err) == (0, "")
    assert "BR" in w.members()


def test_two_lists_that_take_turns_at_one_address_move_nobody(world: Callable[[str], World]) -> None:
    w = world("members")
    more = [*MEMBERS, "India"]
    w.shows(members_page(MEMBERS, 10))
    assert ("member_joined", "IN", "confirmed") in told(w.shows(members_page(more, 11)))
    turns = [told(w.shows(members_page(names, len(names)) + f"<p>Seen by {n} readers so far.</p>"))
             for n, names in enumerate((MEMBERS, MEMBERS, more, MEMBERS), 5)]  # fmt: skip
    assert {(kind, status) for turn in turns for kind, _, status in turn if kind != "member_count_changed"} == {
        ("member_left", "held")
    }
    assert "IN" in w.members()


@pytest.mark.parametrize(
    "banner",
    [
        "<div class='cookie-banner'>We use cookies. Read on.</div>",
        "<nav><ul><li><a href='/a'>News</a></li><li><a href='/b'>About us</a></li></ul></nav>",
        "<div id='last-updated' class='lastupdated'>Updated on 3 January 2015</div>",
        "<aside>Related: a visit to Chile</aside>",
    ],
)
def test_furniture_is_no_change(world: Callable[[str], World], banner: str) -> None:
    w = world("members")
    w.shows(members_page(MEMBERS, 10))
    assert w.shows(members_page(MEMBERS, 10, banner)) == []
    assert w.outcome == "unchanged"


def test_quotes_dashes_and_blanks_are_no_change(world: Callable[[str], World]) -> None:
    w = world("statement")
    w.shows(f"<main>{STATEMENT}</main>")
    formed = STATEMENT.replace("13-17", "13 – 17").replace(" in Oslo", "&nbsp;in\n Oslo").replace("year.", "year. ")
    assert w.shows(f"<main class='v2'><div>{formed}</div></main>") == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (
            "<title>Page not found</title><h1>Page not found</h1><p>The page you are looking for does not exist.</p>",
            200,
        ),
        ("<title>Just a moment...</title><p>Checking your browser before accessing the site.</p>", 200),
        ("<h1>We are down for scheduled maintenance</h1><p>Please come back soon.</p>", 200),
        ("<p>no</p>", 403),
        ("", 200),
        ("<p>oops</p>", 500),
    ],
)
def test_what_stands_in_a_pages_place_tells_nothing(world: Callable[[str], World], body: str, status: int) -> None:
    w = world("members")
    w.shows(members_page(MEMBERS, 10))
    assert w.shows(body, status) == []
    assert w.outcome in ("failed", "quarantined")
    assert w.shows(members_page(MEMBERS, 10)) == []
    assert len(w.members()) == 10


def test_a_page_that_is_no_statement_is_told_when_it_changes_and_withdraws_nothing_when_it_is_gone(
    world: Callable[[str], World],
) -> None:
    w = world("page")
    w.shows(f"<main>{STATEMENT}</main>")
    more = "<p>Partners recalled UN Security Council Resolution 1929 (2010).</p>"
    changed = {kind for kind, _, _ in told(w.shows(f"<main>{STATEMENT}{more}</main>"))}
    assert "resolution_cited" in changed
    assert w.shows("<p>gone</p>", 404) == []
    assert {kind for kind, _, _ in told(w.shows("<p>gone</p>", 404))} == {"source_unreachable"}


def test_a_statement_that_is_gone_twice_is_withdrawn_and_its_text_is_kept(world: Callable[[str], World]) -> None:
    w = world("statement")
    w.shows(f"<main>{STATEMENT}</main>")
    assert w.shows("<p>gone</p>", 404) == []
    assert {kind for kind, _, _ in told(w.shows("<p>gone</p>", 404))} == {"statement_withdrawn"}
    assert w.shows("<p>gone</p>", 404) == []
    records = w.program("records", "mtcr", "--json", "--config", str(w.config)).json
    assert len(records) == 1  # type: ignore[arg-type]


def test_an_edit_that_changes_a_fact_says_which(world: Callable[[str], World]) -> None:
    w = world("statement")
    w.shows(f"<main>{STATEMENT}</main>")
    changes = w.shows(f"<main>{STATEMENT.replace('1540 and 1718', '1540, 1718 and 1929')}</main>")
    assert told(changes) == {("resolution_cited", "S/RES/1929 (2010)", "confirmed")}
    edited = next(c for c in changes if c["kind"] == "statement_revised")
    assert edited["detail"] == "resolutions"


def test_another_document_behind_the_address_is_held(world: Callable[[str], World]) -> None:
    w = world("statement")
    w.shows(f"<main>{STATEMENT}</main>")
    other = STATEMENT.replace("28th", "27th").replace("2014", "2013").replace("Oslo", "Rome")
    assert {(k, s) for k, _, s in told(w.shows(f"<main>{other}</main>"))} == {("source_drift", "held")}


def test_a_statement_without_a_list_denies_no_member(world: Callable[[str], World]) -> None:
    w = world("members")
    w.shows(members_page(MEMBERS, 10))
    saved = w.config.parent / "statement.html"
    saved.write_text(f"<html><body><main>{STATEMENT}</main></body></html>", encoding="utf-8")
    w.program("ingest", str(saved), "--regime", "mtcr", "--config", str(w.config))
    assert len(w.members()) == 10


def test_a_departure_that_was_held_is_told_again_when_it_is_confirmed(world: Callable[[str], World]) -> None:
    w = world("members")
    w.shows(members_page(MEMBERS))
    fewer = [name for name in MEMBERS if name != "Brazil"]
    w.shows(members_page(fewer))
    w.shows(members_page(fewer, 9))
    alerts = w.program("alerts", "list", "--json").out
    assert alerts.count('"sentence":"Brazil left the MTCR."') == 1
    lines = (w.program.home / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    about = [line for line in lines if "Brazil" in line]
    assert len(about) == 2


def test_a_joining_that_the_list_contradicts_is_held_and_makes_no_member(world: Callable[[str], World]) -> None:
    w = world("members")
    w.shows(members_page(MEMBERS))
    admitted = "<p>The Partners admitted Ghana to the MTCR.</p>"
    assert told(w.shows(members_page(MEMBERS).replace("</main>", f"{admitted}</main>"))) == {
        ("member_joined", "GH", "held")
    }
    assert "GH" not in w.members()


def test_a_departure_to_come_ends_no_membership(world: Callable[[str], World]) -> None:
    w = world("statement")
    listed = members_page(MEMBERS)
    w.shows(STATEMENT + listed)
    to_come = "<p>Poland will withdraw from the MTCR with effect from 30 June 2015.</p>"
    changes = w.shows(STATEMENT + to_come + listed)
    assert {(c["kind"], c["severity"]) for c in changes if c["subject"] == "PL"} <= {("membership_decision", "warning")}
    assert "PL" in w.members()
