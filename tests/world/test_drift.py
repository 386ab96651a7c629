"""Pages that are rebuilt, half loaded or dressed anew: what is said has not changed, so nothing is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world.history import World, beginning
from tests.world.render import CONFIG, pages
from tests.world.server import Site
from tests.world.watching import LAST, STILL, Mornings

WORLD = STILL


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


@pytest.mark.fault("F1")
def test_an_index_in_which_the_selector_finds_nothing_is_a_fault_and_no_page_is_gone(
    site: Site, tmp_path: Path
) -> None:
    config = CONFIG.replace('url: "BASE/press",', 'url: "BASE/press", selector: "main ul",')
    watching = Mornings(tmp_path, site, config)
    rebuilt = watching.page("/press").replace("<main>", "<div>").replace("</main>", "</div>")
    assert watching.told(**{"/press": rebuilt}) == set()
    assert "selector" in (watching.outcomes["/press"].error or "")
    assert watching.told(**{"/press": rebuilt}) == {("source_unreachable", "/press", "confirmed")}
    assert watching.told() == {("source_recovered", "/press", "confirmed")}
    watching.close()


@pytest.mark.fault("F2")
def test_an_index_in_which_the_selector_finds_two_lists_is_read_in_both(site: Site, tmp_path: Path) -> None:
    config = CONFIG.replace('url: "BASE/press",', 'url: "BASE/press", selector: "main ul",')
    watching = Mornings(tmp_path, site, config)
    late = beginning(founders=14, first=24, design=0).unpublished[25]
    html = pages(World(**{**vars(WORLD), "statements": {**WORLD.statements, 25: late}}))
    split = (
        html["/press"]
        .decode()
        .replace("</ul></main>", "</ul></main>")
        .replace('</li><li><a href="/press/plenary-25', '</li></ul><ul><li><a href="/press/plenary-25')
    )
    told = watching.told(**{"/press": split, "/press/plenary-25": html["/press/plenary-25"].decode()})
    assert ("plenary_announced", "25", "confirmed") in told
    watching.close()


@pytest.mark.fault("F3", "F4")
@pytest.mark.parametrize("design", [1, 2, 3])
def test_a_template_changed_around_the_same_text_is_no_change(watching: Mornings, design: int) -> None:
    rebuilt = pages(World(**{**vars(WORLD), "design": design, "news": 5}))
    assert watching.told(**{path: html.decode() for path, html in rebuilt.items()}) == set()
    classes = {path: html.decode().replace("class='", "class='v2-x91 ") for path, html in rebuilt.items()}
    assert watching.told(**classes) == set()


MENU = "<a href='/'>Home</a> <a href='/press'>Press</a> <a href='/members'>Participating States</a> <a href='/a'>About us</a>"
RELATED = "<div><h3>Related</h3><p><a href='/n/{0}'>Chair visits capital number {0}</a></p><p><a href='/n/{1}'>Workshop {1}</a></p></div>"
LEAKS = {
    "a menu of links": f"<div>{MENU}</div>",
    "a menu as a list": "<ul>" + "".join(f"<li>{a}</a></li>" for a in MENU.split("</a>")[:-1]) + "</ul>",
    "a path of links": "<p><a href='/'>Home</a> › <a href='/press'>Press</a></p>",
    "share buttons": "<p><a href='https://x.example/s'>Share</a> <a href='#'>Print</a></p>",
}


@pytest.mark.fault("F7")
@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize("place", ["<h1>", "</main>"])
def test_a_menu_that_leaks_into_the_text_is_no_change(watching: Mornings, leak: str, place: str) -> None:
    assert watching.told(**{LAST: watching.page().replace(place, LEAKS[leak] + place)}) == set()
    assert watching.told() == set()


@pytest.mark.fault("F8")
@pytest.mark.parametrize(
    "widget",
    ["<p>Last updated: {0} March 2012</p>", "<p>Page last modified on {0}.03.2012</p>", "<div>Today is Friday, {0} March 2012</div>",
     "<p>Visitors: 41{0}</p>", "<p>Printed on 2012-03-{0} 10:41</p>"],
)  # fmt: skip
def test_a_date_or_a_counter_that_moves_on_is_no_change(watching: Mornings, widget: str) -> None:
    for place in ("</main>", "</footer>"):
        page = watching.page().replace(place, widget + place)
        watching.told(**{LAST: page.format("11")})
        assert watching.told(**{LAST: page.format("12")}) == set()


@pytest.mark.fault("F9")
@pytest.mark.parametrize("place", ["</main>", "</aside>"])
def test_related_news_that_rotate_are_no_change(watching: Mornings, place: str) -> None:
    for first in (1, 7, 12):
        page = watching.page().replace(place, RELATED.format(first, first + 1) + place)
        assert watching.told(**{LAST: page}) == set()


@pytest.mark.fault("F10")
@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("share", [0.35, 0.5, 0.63])
def test_a_page_half_rendered_is_held_and_says_nothing(watching: Mornings, share: float, closed: bool) -> None:
    page = watching.page()
    begin, end = page.index("<main>"), page.index("</main>")
    half = page[: begin + int((end - begin) * share)] + ("</p>" + page[end:] if closed else "")
    assert watching.told(**{LAST: half}) == ({("source_drift", LAST, "held")} if closed else set())
    assert watching.outcomes[LAST].outcome == ("held" if closed else "quarantined")
    assert watching.told() == set()


@pytest.mark.fault("F11")
def test_a_title_of_another_year_is_a_contradiction_of_the_page_and_no_other_plenary(watching: Mornings) -> None:
    page = watching.page()
    year = str(WORLD.statements[26].start.year)
    wrong = page.replace(f"{year}</h1>", f"{int(year) - 1}</h1>").replace(f"{year} – LDA", f"{int(year) - 1} – LDA")
    assert wrong != page
    kinds = {kind for kind, _, _ in watching.told(**{LAST: wrong})}
    assert kinds == {"statement_revised", "inconsistency_found"}
