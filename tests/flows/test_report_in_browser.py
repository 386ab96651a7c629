"""The demo's report in a real browser: it loads whole from a file, asks for nothing outside, and its links work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.flows.conftest import Program

pytestmark = pytest.mark.browser

_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    ran = Program(home / "home")("demo", "--direct", "--folder", str(home / "run"))
    assert ran.code == 0, ran.err
    return Path(ran.out.strip().splitlines()[-1])


@pytest.fixture
def page() -> Iterator[Page]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium; apt-get install chromium")
        pytest.skip("no chromium; apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=_QUIET)
        yield browser.new_page()
        browser.close()


def test_the_front_page_loads_without_a_fault_and_asks_for_nothing_outside(page: Page, report: Path) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    assert page.get_by_role("heading", name="What changed").is_visible()
    assert page.get_by_role("link", name="India joined the MTCR.").is_visible()
    assert said == []
    assert all(url.startswith((report.parent.as_uri(), "data:")) for url in asked)


def test_a_fact_leads_to_the_words_that_state_it(page: Page, report: Path) -> None:
    page.goto((report.parent / "mtcr" / "plenary-25.html").as_uri())
    page.locator("dl.facts").get_by_role("link", name="S/RES/1929 (2010)").click()
    assert page.locator(":target").inner_text() == "1929"


@pytest.mark.parametrize("name", ["index.html", "coverage.html", "mtcr/index.html", "mtcr/plenary-24.html"])
def test_a_narrow_screen_needs_no_sideways_scrolling(page: Page, report: Path, name: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto((report.parent / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
