"""Sections A to D through the whole pipeline: what a server answers in the place of a page is kept with its reason;
the last good version stays, and nobody is told of a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from flows.page import FULL_EVERY
from tests.builders.authority import Authority
from tests.builders.substitutes import SUBSTITUTES, Substitute, in_site
from tests.builders.web import Asked, a_site
from tests.world.server import Answer, Answering, Site
from tests.world.watching import LAST, Mornings


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


@pytest.fixture
def watching(site: Site, tmp_path: Path) -> Iterator[Mornings]:
    begun = Mornings(tmp_path, site)
    yield begun
    begun.close()


def _html(html: str, status: int = 200, **headers: str) -> Answer:
    return Answer(status, html.encode(), {"Content-Type": "text/html; charset=utf-8"} | headers)


def _leads(where: str, status: int = 301) -> Answer:
    return Answer(status, b"", {"Location": where})


# B: the status


@pytest.mark.fault("B3")
def test_a_server_that_always_says_not_modified_is_found_out(watching: Mornings) -> None:
    edited = watching.page().replace(
        "Participating States remain concerned", "Participating States are gravely concerned"
    )

    def lies(headers: Mapping[str, str]) -> Answer:
        return Answer(304) if "If-None-Match" in headers else _html(edited, ETag=headers.get("If-None-Match", '"x"'))

    told = [watching.told(**{LAST: lies}) for _ in range(FULL_EVERY)]
    assert [kinds for kinds in told if kinds] == [{("statement_revised", LAST, "confirmed")}]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(Answer(200), "quarantined", marks=pytest.mark.fault("B4"), id="200 and nothing"),
        pytest.param(Answer(204), "failed", marks=pytest.mark.fault("B5"), id="204"),
        pytest.param(Answer(206, b"<p>in it</p>"), "failed", marks=pytest.mark.fault("B6"), id="206"),
        pytest.param(_html("<p>Sign in</p>", 401), "failed", marks=pytest.mark.fault("B8"), id="401"),
        pytest.param(_html("<p>Go away</p>", 403), "failed", marks=pytest.mark.fault("B9"), id="403"),
    ],
)
def test_a_status_without_the_page_tells_nothing(watching: Mornings, answer: Answer, outcome: str) -> None:
    said, versions = watching.text(), watching.versions()
    told = []
    for _ in range(3):
        told.append(watching.told(**{LAST: answer}))
        assert watching.outcomes[LAST].outcome == outcome
    assert told == [set(), {("source_unreachable", LAST, "confirmed")}, set()]
    assert (watching.text(), watching.versions()) == (said, versions)
    # Back again, it is the page it was.
    assert watching.told() == {("source_recovered", LAST, "confirmed")}


@pytest.mark.fault("B7")
def test_a_chain_of_redirects_leads_to_the_same_document(watching: Mornings) -> None:
    chain: dict[str, Answering] = {LAST: _leads("/a"), "/a": _leads("/b", 308), "/b": _leads("/archive/26", 302)}
    assert watching.told(**chain, **{"/archive/26": watching.page()}) == set()
    (kept,) = watching.fetches("/archive/26")
    assert [hop.removeprefix(watching.site.address) for hop in kept] == [LAST, "/a", "/b"]


@pytest.mark.fault("B10", "B11")
@pytest.mark.parametrize("status", [404, 410])
def test_a_known_statement_that_is_gone_twice_is_withdrawn_once_and_its_text_kept(
    watching: Mornings, status: int
) -> None:
    said = watching.text()
    gone = _html("<html><body><h1>Gone</h1></body></html>", status)
    told = [watching.told(**{LAST: gone}) for _ in range(4)]
    assert told == [set(), {("statement_withdrawn", LAST, "confirmed")}, set(), set()]
    assert watching.text() == said
    # A page that was never had is not withdrawn.
    index = watching.page("/press").replace(
        "</ul></main>", "<li><a href='/press/plenary-99'>99th plenary</a></li></ul></main>"
    )
    assert [watching.told(**{"/press": index, LAST: gone}) for _ in range(3)] == [set()] * 3
    assert watching.outcomes["/press/plenary-99"].outcome == "failed"


# A: what the network does to a page, and the one fault of it that only the page itself can show


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<p>half", marks=pytest.mark.fault("A9"), id="half"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>",
            marks=pytest.mark.fault("A11"),
            id="bad chunk",
        ),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", id="no HTTP"),
    ],
)
def test_a_page_that_the_network_breaks_is_told_unreachable_and_stays_what_it_was(
    watching: Mornings, raw: bytes
) -> None:
    said, versions = watching.text(), watching.versions()
    broken = Answer(raw=raw)
    assert [watching.told(**{LAST: broken}) for _ in range(3)] == [
        set(),
        {("source_unreachable", LAST, "confirmed")},
        set(),
    ]
    assert (watching.text(), watching.versions()) == (said, versions)
    assert watching.told() == {("source_recovered", LAST, "confirmed")}


@pytest.mark.fault("A4")
def test_a_host_that_is_down_leaves_every_page_what_it_was(watching: Mornings) -> None:
    said, versions = watching.text(), watching.versions()
    watching.site.close()
    told = [watching.told() for _ in range(3)]
    assert (told[0], told[2]) == (set(), set())
    assert {kind for kind, _, _ in told[1]} == {"source_unreachable"}
    assert (watching.text(), watching.versions()) == (said, versions)


@pytest.mark.fault("A10")
def test_a_length_shorter_than_the_body_cuts_the_page_and_is_seen(watching: Mornings) -> None:
    said, body = watching.text(), watching.page().encode()
    cut = Answer(200, body, {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body) * 2 // 3)})
    assert watching.told(**{LAST: cut}) == set()
    assert (watching.outcomes[LAST].outcome, watching.text()) == ("quarantined", said)
    assert watching.told() == set()


# C: what stands in a page's place


ROWS = sorted({s.row for s in SUBSTITUTES}, key=lambda row: int(row[1:]))


def test_there_are_a_hundred_substitutes_and_more() -> None:
    assert len({s.html for s in SUBSTITUTES}) >= 100


@pytest.mark.parametrize("row", [pytest.param(row, marks=pytest.mark.fault(row)) for row in ROWS])
def test_no_substitute_becomes_a_version_of_a_page_known_new_or_declared(watching: Mornings, row: str) -> None:
    said, versions = watching.text(), watching.versions()
    index = watching.page("/press").replace(
        "</ul></main>", "<li><a href='/press/plenary-27'>27th plenary</a></li></ul></main>"
    )
    for one in (s for s in SUBSTITUTES if s.row == row):
        answer = _answer(one)
        told = watching.told(**{LAST: answer, "/press": index, "/press/plenary-27": answer, "/members": answer})
        assert {kind for kind, _, _ in told} <= {"source_unreachable"}, one.name
        assert {watching.outcomes[path].failed for path in (LAST, "/press/plenary-27", "/members")} == {True}, one.name
    assert (watching.text(), watching.versions()) == (said, versions)
    assert {kind for kind, _, _ in watching.told()} == {"source_recovered"}


def _answer(one: Substitute) -> Answer:
    return _html(one.html, one.status, **one.headers)


@pytest.mark.parametrize("row", ROWS)
def test_no_substitute_passes_for_an_index(watching: Mornings, row: str) -> None:
    for one in (s for s in SUBSTITUTES if s.row == row):
        told = watching.told(**{"/press": _answer(one)})
        assert {kind for kind, _, _ in told} <= {"source_unreachable"}, one.name
        assert {path for path in watching.outcomes if path.startswith("/press/")} == set(), one.name


@pytest.mark.fault("C11")
@pytest.mark.parametrize("front", ["/", "/index.html", "/en/", "/home"])
def test_a_page_that_leads_to_the_front_page_is_not_the_page(watching: Mornings, front: str) -> None:
    said = watching.text()
    home = in_site(
        "Home",
        "<h1>Welcome</h1><p>The regime has Participating States on five continents. "
        + "They share aims. " * 40
        + "</p>",
    )
    for expected in (set(), {("source_unreachable", LAST, "confirmed")}):
        assert watching.told(**{LAST: _leads(front, 302), front: home}) == expected
        assert "front page" in (watching.outcomes[LAST].error or "")
    assert watching.text() == said


# D: redirects and identity


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        pytest.param([LAST], "without end", marks=pytest.mark.fault("D1"), id="to itself"),
        pytest.param(["/a", LAST], "without end", marks=pytest.mark.fault("D1"), id="in a ring"),
        pytest.param([f"/{n}" for n in range(12)], "without end", marks=pytest.mark.fault("D2"), id="a dozen times"),
        pytest.param(["http://10.0.0.1/page"], "not a public address", marks=pytest.mark.fault("D7"), id="inside"),
        pytest.param(["javascript:alert(1)"], "no web address", marks=pytest.mark.fault("D8"), id="to a script"),
        pytest.param(["/a", "file:///etc/passwd"], "no web address", marks=pytest.mark.fault("D8"), id="to a file"),
    ],
)
def test_a_redirect_that_leads_nowhere_tells_nothing_but_that(watching: Mornings, steps: list[str], says: str) -> None:
    said, versions = watching.text(), watching.versions()
    chain = {at: _leads(to, 302) for at, to in zip([LAST, *steps], steps, strict=False)}
    assert watching.told(**chain) == set()
    assert says in (watching.outcomes[LAST].error or "")
    assert watching.told(**chain) == {("source_unreachable", LAST, "confirmed")}
    assert (watching.text(), watching.versions()) == (said, versions)
    assert watching.told() == {("source_recovered", LAST, "confirmed")}


@pytest.mark.fault("D3")
@pytest.mark.parametrize("trusted", [True, False], ids=["", "with a certificate of nobody's"])
def test_a_site_that_turned_to_https_tells_nothing(site: Site, tmp_path: Path, trusted: bool) -> None:
    authority = Authority(tmp_path)
    watching = Mornings(
        tmp_path, site, ca_bundle=str(authority.bundle), allow_private=frozenset({"127.0.0.1", "localhost"})
    )
    versions = watching.versions()
    with a_site(authority.context("localhost", self_signed=not trusted)) as secure:
        for path, html in watching.pages.items():
            secure.answers[path] = partial(_say, html)
        moved = {path: _leads(f"https://localhost:{secure.server_port}{path}") for path in watching.pages}
        told = [watching.told(**moved) for _ in range(2)]
        failed = {path for path in watching.pages if path in watching.outcomes and watching.outcomes[path].failed}
        assert secure.paths() if trusted else not secure.paths()
    assert watching.versions() == versions
    assert {kind for kind, _, _ in told[1]} == (set() if trusted else {"source_unreachable"})
    assert (told[0], bool(failed)) == (set(), not trusted)
    watching.close()


def _say(html: bytes, asked: Asked) -> None:
    asked.say(200, html, Content_Type="text/html; charset=utf-8")


@pytest.mark.fault("D4")
def test_a_site_that_moved_to_another_host_tells_nothing(watching: Mornings) -> None:
    there = Site()
    try:
        anew = {path: html.replace(b"/press/", b"/en/releases/") for path, html in watching.pages.items()}
        there.put({path.replace("/press/", "/en/releases/"): html for path, html in anew.items()})
        moved = {path: _leads(there.address + path.replace("/press/", "/en/releases/")) for path in watching.pages}
        assert watching.told(**moved) == set()
        assert watching.told(**moved) == set()
        assert [error for error in watching.errors if "/news/" not in error] == []
    finally:
        there.close()


FRENCH = (
    "<!doctype html><html lang='fr'><head><title>26e réunion plénière</title></head><body><main><h1>26e réunion plénière</h1>"
    "<p>Les États participants se sont réunis à Helsinki, en Finlande, du 6 au 8 mai 2011 pour leur 26e réunion plénière.</p>"
    "<p>Ils se disent préoccupés par les programmes de missiles et rappellent la résolution 1540 du Conseil de sécurité.</p>"
    "<p>Les délégations ont remercié la Finlande de son accueil et de la présidence de cette réunion.</p></main></body></html>"
)


@pytest.mark.fault("D5")
def test_an_address_that_leads_to_another_language_is_no_edit(watching: Mornings) -> None:
    said = watching.text()
    assert watching.told(**{LAST: _leads("/fr/plenary-26"), "/fr/plenary-26": FRENCH}) == set()
    assert "wrong_document" in (watching.outcomes[LAST].error or "")
    assert watching.text() == said


@pytest.mark.fault("D6")
def test_an_address_that_leads_to_another_plenary_is_not_that_statement(watching: Mornings) -> None:
    said = watching.text()
    for expected in (set(), {("source_unreachable", LAST, "confirmed")}, set()):
        assert watching.told(**{LAST: _leads("/press/plenary-24", 302)}) == expected
        assert "identity_mismatch" in (watching.outcomes[LAST].error or "")
    assert watching.text() == said
    assert watching.told() == {("source_recovered", LAST, "confirmed")}


@pytest.mark.fault("D9")
@pytest.mark.parametrize(
    "twin",
    [
        "/press/plenary-26/",
        "/press/plenary-26/index.php",
        "/index.php/press/plenary-26",
        "/press/plenary-26?utm_source=feed",
    ],
)
def test_a_twin_of_an_address_is_the_same_page(watching: Mornings, twin: str) -> None:
    index = (
        watching.page("/press").replace('"/press/plenary-26"', f'"{twin}"').replace("'/press/plenary-26'", f"'{twin}'")
    )
    assert index != watching.page("/press")
    versions = watching.versions()
    assert watching.told(**{"/press": index, twin: watching.page()}) == set()
    assert watching.versions() == versions


@pytest.mark.fault("D10")
def test_the_same_statement_at_a_second_address_is_told_only_where_it_differs(watching: Mornings) -> None:
    copy = watching.page().replace("<footer>", "<footer><p>A ministry's own foot</p>")
    index = "<html><body><main><h1>Plenary statements</h1><ul><li><a href='/ministry/plenary-26'>26th plenary</a></li></ul></main></body></html>"
    assert watching.told(**{"/ministry": index, "/ministry/plenary-26": copy}) == set()
    wrong = copy.replace("from 6 to 8 May 2011", "from 6 to 9 May 2011").replace("6-8 May", "6-9 May")
    told = watching.told(**{"/ministry": index, "/ministry/plenary-26": wrong})
    assert ("mirrors_disagree", "end", "confirmed") in told
