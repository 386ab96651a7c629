"""The demo's report in a real browser, read from its folder: every page, the keys, the links, the slider, the search,
dark and narrow, and what axe-core says of it.

The rules of axe on every page take most of a minute: only in the slow suite. One page of each kind is always tried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.builders.browsing import Watched, chromium
from tests.builders.program import Program

pytestmark = pytest.mark.browser

KINDS = [
    "index.html", "coverage.html", "matrix.html", "resolutions.html", "cross-check.html", "search.html", "held.html", "changes/index.html",
    "changes/2016.html", "mtcr/index.html", "mtcr/map.html", "mtcr/plenary-24.html", "mtcr/plenary-25.html",
    "countries/IN.html",
]  # fmt: skip
NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    ran = Program(home / "home")("demo", "--direct", "--folder", str(home / "run"))
    assert ran.code == 0, ran.err
    return Path(ran.out.strip().splitlines()[-1]).parent


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=WIDE)
    yield page
    page.close()


def names(report: Path) -> list[str]:
    return sorted(str(path.relative_to(report)) for path in report.rglob("*.html"))


def serious(page: Page) -> list[str]:
    """What axe finds that keeps people from a page, with the element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {node['html'][:120]}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


def record_page(report: Path) -> str:
    """Any record's: which number a record gets depends on which page was answered first."""
    return next(name for name in names(report) if name.startswith("mtcr/record-"))


def change_page(report: Path, kind: str) -> str:
    changes = json.loads((report / "api/v1/changes.json").read_text())
    return next(f"changes/{change['key']}.html" for change in changes if change["kind"] == kind)


def test_every_page_loads_without_a_fault_asks_for_nothing_outside_and_fits_a_narrow_screen(
    page: Page, report: Path
) -> None:
    watched = Watched(page, report)
    page.set_viewport_size(NARROW)
    for name in names(report):
        page.goto((report / name).as_uri())
        assert page.locator("h1").count() == 1, name
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    assert len(watched.asked) > 100
    assert (watched.said, watched.outside) == ([], [])


def test_the_front_page_says_what_changed(page: Page, report: Path) -> None:
    page.goto((report / "index.html").as_uri())
    page.get_by_role("link", name="India joined the MTCR.").click()
    assert page.get_by_role("heading", name="India joined the MTCR.").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_page_of_each_kind_has_no_serious_barrier(page: Page, report: Path, scheme: str) -> None:
    # Half of them in each scheme, narrow in the dark, so that all of it is tried and nothing twice.
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(NARROW if scheme == "dark" else WIDE)
    for name in [*KINDS[scheme == "dark" :: 2], change_page(report, "statement_revised"), record_page(report)]:
        page.goto((report / name).as_uri())
        assert serious(page) == [], name


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_no_page_has_a_serious_barrier(page: Page, report: Path, scheme: str, size: dict[str, int]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    for name in names(report):
        page.goto((report / name).as_uri())
        assert serious(page) == [], name


def test_a_fact_leads_to_the_words_that_state_it(page: Page, report: Path) -> None:
    page.goto((report / "mtcr/plenary-25.html").as_uri())
    page.locator("dl.facts").get_by_role("link", name="S/RES/1929 (2010)").click()
    assert page.locator(":target").inner_text() == "1929"


def test_a_membership_leads_to_the_words_that_state_it(page: Page, report: Path) -> None:
    page.goto((report / "countries/IN.html").as_uri())
    page.locator("table a.fact").first.click()
    assert page.locator("mark:target").inner_text() == "India"


def test_what_a_change_quotes_is_found_in_the_text(page: Page, report: Path) -> None:
    page.goto((report / change_page(report, "membership_decision")).as_uri())
    quote = page.locator("blockquote mark").last.inner_text()
    page.locator("blockquote a").last.click()
    assert page.locator("mark:target").inner_text() == quote


def test_from_the_front_page_one_click_leads_to_the_words_in_the_archived_text(page: Page, report: Path) -> None:
    page.goto((report / "index.html").as_uri())
    said = page.locator("li.change", has=page.get_by_role("link", name="The MTCR announced the accession of India."))
    quote = said.locator("mark").inner_text()
    said.locator(".says a").click()
    assert page.locator("mark:target").inner_text() == quote == "India"
    assert page.locator("mark:target").evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_every_link_to_words_leads_to_words_that_stand_there(page: Page, report: Path) -> None:
    address = (report / "index.html").as_uri()
    page.goto(address)
    led = page.locator(".says a").evaluate_all("links => links.map(a => [a.href, a.querySelector('mark').innerText])")
    assert len(led) > 20
    for href, quote in led:
        page.goto(href)
        assert quote in page.locator(":target").inner_text(), href


def test_keys_step_through_a_redline_switch_its_view_and_unfold_it(page: Page, report: Path) -> None:
    page.goto((report / "mtcr/plenary-25.html").as_uri())
    assert page.locator(".keys").first.is_visible()
    at = []
    for key in "nnjpk":
        page.keyboard.press(key)
        at.append(page.evaluate("location.hash"))
        assert page.locator(":target").evaluate("e => e.getBoundingClientRect().top < innerHeight")
    assert at == [f"#redline-{n}" for n in (1, 2, 3, 2, 1)]
    first = page.locator("#redline-1")
    assert (first.locator(".inline").is_visible(), first.locator(".columns").is_visible()) == (True, False)
    page.keyboard.press("s")
    assert (first.locator(".inline").is_visible(), first.locator(".columns").is_visible()) == (False, True)
    assert page.locator("details.fold[open]").count() == 0
    page.keyboard.press("u")
    assert page.locator("details.fold:not([open])").count() == 0


def test_a_step_beyond_the_last_change_stays_there_and_its_address_can_be_opened(page: Page, report: Path) -> None:
    address = (report / "mtcr/plenary-25.html").as_uri()
    page.goto(f"{address}#redline-9")
    page.keyboard.press("n")
    assert page.evaluate("location.hash") == "#redline-9"
    assert page.locator("#redline-9:target").is_visible()


def test_the_slider_shows_who_belonged_at_the_end_of_a_year(page: Page, report: Path) -> None:
    page.goto((report / "mtcr/map.html").as_uri())
    slider = page.get_by_label("Members at the end of")
    india = page.locator("#picture-map [data-held]", has=page.locator("title", has_text="India:"))
    assert page.locator("#year-said").inner_text() == "2016: 35 members"
    assert "member" in (india.get_attribute("class") or "").split()
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#year-said").inner_text() == "2015: 34 members"
    assert "other" in (india.get_attribute("class") or "").split()
    page.keyboard.press("Home")
    assert page.locator("#year-said").inner_text() == "1987: 7 members"


def test_the_slider_says_what_the_table_beside_it_says(page: Page, report: Path) -> None:
    page.goto((report / "mtcr/map.html").as_uri())
    rows = page.locator("h2#years + .scroll tbody tr").all_inner_texts()
    for row in rows:
        year, members = re.split(r"\s+", row)[:2]
        page.get_by_label("Members at the end of").fill(year)
        assert page.locator("#year-said").inner_text() == f"{year}: {members} members"


@pytest.mark.parametrize(
    ("words", "kind", "leads_to"),
    [
        ("arg", "country", "countries/AR.html"),
        ("turkiye", "country", "countries/TR.html"),
        ("plenary 25", "plenary", "mtcr/plenary-25.html"),
        ("india joined", "change", "changes/"),
        ("mtcr", "regime", "mtcr/index.html"),
        ("partners", "source", "coverage.html#source-"),
        ("brokering intangible", "text", "mtcr/plenary-25.html#b"),
    ],
)
def test_the_search_finds(page: Page, report: Path, words: str, kind: str, leads_to: str) -> None:
    page.goto((report / "search.html").as_uri())
    page.keyboard.type(words)
    first = page.locator("#found li").first
    assert first.locator(".badge").inner_text() == kind
    first.get_by_role("link").click()
    assert leads_to in page.url
    assert page.locator("h1").is_visible()


def test_a_search_has_an_address_and_the_slash_key_leads_to_it(page: Page, report: Path) -> None:
    page.goto((report / "index.html").as_uri())
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    page.get_by_label("Words to look for").fill("nowhere to be found")
    assert page.locator("#count").inner_text() == "nothing found"
    page.get_by_label("Words to look for").fill("brazil")
    page.goto("about:blank")
    page.goto(f"{(report / 'search.html').as_uri()}#q=brazil")
    assert page.locator("#found a").first.inner_text() == "Brazil"


def test_the_page_is_dark_where_the_reader_wants_it_so(page: Page, report: Path) -> None:
    page.goto((report / "index.html").as_uri())
    brightness = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness.append(sum(map(int, re.findall(r"\d+", colour))))
    assert brightness[0] > 700 > 150 > brightness[1]


def test_a_picture_can_be_saved_as_svg_csv_and_png(page: Page, report: Path) -> None:
    page.goto((report / "mtcr/map.html").as_uri())
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PNG").click()
    saved = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename == "Members of the MTCR on a map.png"
    assert saved.startswith(b"\x89PNG")
    width, height = (int.from_bytes(saved[at : at + 4], "big") for at in (16, 20))
    *_, wide, high = str(page.locator("#picture-map").get_attribute("viewBox")).split()
    # Twice the drawing's own size, and room for its title and its note.
    assert width == 2 * int(wide)
    assert height > 2 * (int(high) + 44)
    for kind in ("SVG", "CSV"):
        href = page.locator(".downloads").get_by_role("link", name=kind).get_attribute("href")
        assert (report / "mtcr" / str(href)).resolve().is_file()


def test_without_scripts_nothing_is_lost_but_comfort(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((report / "mtcr/map.html").as_uri())
    assert not page.locator(".slider").is_visible()
    assert page.get_by_role("region", name="Members by year").is_visible()
    page.goto((report / "mtcr/plenary-25.html").as_uri())
    page.locator("#redline-1").get_by_label("next change").click()
    assert page.locator("#redline-2:target").is_visible()
    page.get_by_label("side by side").check()
    assert page.locator("#redline-2 .columns").is_visible()
    page.goto((report / "search.html").as_uri())
    assert page.get_by_text("The search needs JavaScript").is_visible()
    context.close()


def test_on_paper_the_page_has_no_tools_and_shows_its_changes(page: Page, report: Path) -> None:
    page.goto((report / "mtcr/plenary-25.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator(".tools").first.is_visible()
    assert page.locator("#redline-1 .inline ins").first.is_visible()
    host = page.locator("li.change a.out").first
    assert host.get_attribute("href") in host.evaluate("a => getComputedStyle(a, '::after').content")
