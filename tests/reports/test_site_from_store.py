"""The site built from a small store: escaped, guarded, stable, and readable in a browser."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from diffs.change import BothSides, ChangeKind, Severity
from parsers.record import Evidence, Kind, Member, Officer, OfficerRole, Plenary
from reports.errors import CannotWrite
from reports.site import build
from storage import Store
from tests.builders.comparing import NOON, a_document, a_meeting, a_record, a_resolution
from tests.builders.stores import a_change, a_store, observed

SCRIPT = "<script>alert(1)</script>"
BIDI = "safe\u202etxt.exe\u2066"
LINK = "javascript:alert(1)"
FORMULA = '=HYPERLINK("http://evil.example")'


def _hostile_store(folder: Path) -> Store:
    """A regime with two plenaries and a list, whose every text means harm."""
    store = a_store(folder)
    hostile = f"{SCRIPT} {BIDI} {LINK}"
    quote = Evidence(0, 0, len(hostile), hostile)
    with store.writing() as w:
        observed(w, a_record(plenary=a_meeting(24, day=date(2009, 11, 9))), document=a_document("The first text."))
        second = a_record(
            plenary=Plenary(25, hostile, "AR", date(2011, 4, 13), date(2011, 4, 15)),
            title=hostile,
            officers=(Officer(OfficerRole.CHAIR, hostile, hostile),),
            resolutions=(a_resolution(1540, 2004),),
            evidence={"/officers/0": (quote,)},
        )
        observed(w, second, document=a_document(hostile, "The partners met again."))
        members = (Member("AR", FORMULA, "1993"), Member("BE", hostile, "1987"))
        listed = a_record(Kind.MEMBERS, members=members, evidence={"/members/0": (quote,)})
        version = observed(w, listed, name=f"list {SCRIPT}")
        w.members_listed(listed, version.id, stated_on=date(2011, 4, 15), now=NOON)
        sides = BothSides((quote,), (quote,))
        w.save_changes(
            w.begin_run("monitor", NOON),
            [
                a_change(ChangeKind.CONCERN_ADDED, hostile, url=LINK, after=hostile, evidence=sides, detail=hostile),
                a_change(ChangeKind.TOPIC_ADDED, FORMULA, severity=Severity.INFO),
            ],
            version.id,
        )
    return store


def _pages(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in folder.rglob("*.html")}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    with _hostile_store(tmp_path) as store:
        build(store, tmp_path / "site", NOON)
    return tmp_path / "site"


def test_the_front_page_is_named_and_every_regime_and_plenary_has_its_own(site: Path) -> None:
    assert {"index.html", "coverage.html", "mtcr/index.html", "mtcr/plenary-24.html", "mtcr/plenary-25.html"} <= set(
        _pages(site)
    )


def test_no_script_of_a_page_reaches_the_site(site: Path) -> None:
    pages = _pages(site)
    assert [name for name, html in pages.items() if "<script" in html.lower()] == []
    assert "&lt;script&gt;" in pages["mtcr/plenary-25.html"]


def test_no_link_of_the_site_runs_anything(site: Path) -> None:
    for html in _pages(site).values():
        assert not re.search(r"""(?:href|src)\s*=\s*["']?\s*javascript:""", html, re.IGNORECASE)


def test_no_character_that_turns_text_around_reaches_a_page(site: Path) -> None:
    assert [name for name, html in _pages(site).items() if set("\u202e\u2066") & set(html)] == []


def test_every_page_forbids_scripts_and_foreign_hosts(site: Path) -> None:
    for name, html in _pages(site).items():
        assert "Content-Security-Policy" in html, name
        assert "default-src 'none'" in html, name
        assert not re.search(r'(?:href|src)="https?:', html), name


def test_every_link_inside_the_site_leads_to_a_file(site: Path) -> None:
    for name, html in _pages(site).items():
        for href in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', html):
            assert (site / name).parent.joinpath(href).resolve().is_file(), f"{name} links to {href}"


def test_a_fact_links_to_the_words_that_state_it(site: Path) -> None:
    html = _pages(site)["mtcr/plenary-25.html"]
    (target,) = set(re.findall(r'class="fact" href="#(e0-0-\d+)"', html))
    assert f'id="{target}"' in html


def test_a_second_building_writes_no_file_again(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with _hostile_store(tmp_path) as store:
        build(store, folder, NOON)
        before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}
        build(store, folder, NOON)
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()} == before


def test_no_cell_of_a_table_is_a_formula(site: Path) -> None:
    for name in ("api/v1/changes.csv", "api/v1/regimes/mtcr/members.csv"):
        rows = list(csv.reader((site / name).read_text("utf-8-sig").splitlines()))
        assert len(rows) == 3, name
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row), name
        assert any(cell == f"'{FORMULA}" for row in rows for cell in row), name


def test_every_json_file_is_json(site: Path) -> None:
    files = {str(p.relative_to(site)): json.loads(p.read_text()) for p in site.rglob("*.json")}
    assert [c["kind"] for c in files["api/v1/changes.json"]] == ["concern_added", "topic_added"]
    assert {m["country"] for m in files["api/v1/regimes/mtcr/members.json"]} == {"AR", "BE"}


def test_a_store_of_nothing_makes_a_site_that_says_so(tmp_path: Path) -> None:
    with a_store(tmp_path) as store:
        front = build(store, tmp_path / "site", NOON)
    assert "Nothing has changed since the first look" in front.read_text()


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with a_store(tmp_path) as store, pytest.raises(CannotWrite, match="name a folder you may write to"):
        build(store, tmp_path / "taken", NOON)


@pytest.mark.browser
def test_the_front_page_stands_in_a_browser_alone_and_on_a_narrow_screen(site: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    quiet = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    options = [*quiet.split(), "--disable-component-update", "--disable-sync"]
    said: list[str] = []
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        widths = []
        for name in ("index.html", "mtcr/index.html", "mtcr/plenary-25.html"):
            page.goto((site / name).as_uri())
            widths.append(page.evaluate("document.documentElement.scrollWidth"))
        browser.close()
    assert said == []
    assert [url for url in asked if not url.startswith((site.as_uri(), "data:"))] == []
    assert widths == [360] * 3
