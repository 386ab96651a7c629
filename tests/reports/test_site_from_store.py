"""The site built from a small store: escaped, guarded, stable, and readable in a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from diffs.change import ChangeKind, Severity, Status
from reports.errors import CannotWrite
from reports.site import build
from storage.values import State
from tests.builders.comparing import NOON
from tests.builders.stores import a_change, a_source, a_store
from tests.reports.conftest import hostile_store, pages


@pytest.fixture
def site(hostile_site: Path) -> Path:
    return hostile_site


def test_the_front_page_is_named_and_every_regime_and_plenary_has_its_own(site: Path) -> None:
    assert {"index.html", "coverage.html", "mtcr/index.html", "mtcr/plenary-24.html", "mtcr/plenary-25.html"} <= set(
        pages(site)
    )


def test_every_link_inside_the_site_leads_to_a_file(site: Path) -> None:
    for name, html in pages(site).items():
        for href in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', html):
            assert (site / name).parent.joinpath(href).resolve().is_file(), f"{name} links to {href}"


def test_every_anchor_that_a_page_links_to_stands_there(site: Path) -> None:
    said = pages(site)
    ids = {name: set(re.findall(r'\bid="([^"]+)"', html)) for name, html in said.items()}
    for name, html in said.items():
        for href, anchor in re.findall(r'href="([^"#:]*)#([^"]+)"', html):
            target = str((site / name).parent.joinpath(href).resolve().relative_to(site.resolve())) if href else name
            assert anchor in ids[target], f"{name} links to {href}#{anchor}"


def test_a_fact_links_to_the_words_that_state_it(site: Path) -> None:
    html = pages(site)["mtcr/plenary-25.html"]
    (target,) = set(re.findall(r'class="fact" href="#(e0-0-\d+)"', html))
    assert f'id="{target}"' in html


def test_a_second_building_writes_no_file_again(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with hostile_store(tmp_path) as store:
        build(store, folder, NOON)
        before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}
        build(store, folder, NOON)
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()} == before


def test_only_the_pages_that_say_something_new_are_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with hostile_store(tmp_path) as store:
        build(store, folder, NOON)
        before = {p: p.stat().st_mtime_ns for p in folder.rglob("*.html")}
        with store.writing() as w:
            w.save_changes(w.begin_run("monitor", NOON), [a_change(subject="ZA", plenary=25)], None)
        build(store, folder, NOON)
    written = {
        p.relative_to(folder).as_posix() for p in folder.rglob("*.html") if before.get(p) != p.stat().st_mtime_ns
    }
    assert {name for name in written if not name.startswith("changes/")} == {
        "index.html", "mtcr/index.html", "mtcr/plenary-25.html",
    }  # fmt: skip
    assert len(written) == 6


def test_a_page_that_the_site_no_longer_has_is_removed_and_what_others_put_there_stays(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with hostile_store(tmp_path) as store:
        build(store, folder, NOON)
    (folder / "mtcr" / "notes.txt").write_text("mine")
    (tmp_path / "other").mkdir()
    with a_store(tmp_path / "other") as empty:
        build(empty, folder, NOON)
    assert not list(folder.glob("changes/*[0-9a-f].html"))
    assert not (folder / "mtcr" / "plenary-25.html").exists()
    assert (folder / "mtcr" / "notes.txt").read_text() == "mine"


def test_a_page_that_a_hand_altered_is_written_again(tmp_path: Path) -> None:
    with hostile_store(tmp_path) as store:
        page = build(store, tmp_path / "site", NOON).parent / "mtcr" / "plenary-25.html"
        right = page.read_text()
        page.write_text("altered")
        build(store, tmp_path / "site", NOON)
    assert page.read_text() == right


def test_every_json_file_is_json(site: Path) -> None:
    files = {str(p.relative_to(site)): json.loads(p.read_text()) for p in site.rglob("*.json")}
    assert [c["kind"] for c in files["api/v1/changes.json"]] == [
        "concern_added", "topic_added", "source_drift", "statement_revised",
    ]  # fmt: skip
    assert {m["country"] for m in files["api/v1/regimes/mtcr/members.json"]} == {"AR", "BE", "MT"}


def test_a_store_of_nothing_makes_a_site_that_says_so(tmp_path: Path) -> None:
    with a_store(tmp_path) as store:
        front = build(store, tmp_path / "site", NOON)
    assert "Nothing has changed since the first look" in front.read_text()


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with a_store(tmp_path) as store, pytest.raises(CannotWrite, match="name a folder you may write to"):
        build(store, tmp_path / "taken", NOON)


def test_the_front_page_stays_small_however_much_is_held_blind_or_said(tmp_path: Path) -> None:
    long = "word " * 2_000
    with a_store(tmp_path) as store:
        with store.writing() as w:
            kinds, states = ChangeKind, (Status.HELD, Status.CONFIRMED)
            many = [
                a_change(kinds.CONCERN_ADDED, f"{number} {long}", status=states[number % 2], severity=severity)
                for number, severity in enumerate(list(Severity) * 100)
            ]
            w.save_changes(w.begin_run("monitor", NOON), many, None)
            for number in range(100):
                source = a_source(w, f"{number} {long}")
                w.set_state(source.id, State(checks=3, failures=3, failing_since=NOON))
        front = build(store, tmp_path / "site", NOON)
    assert front.stat().st_size < 300_000
    assert len(re.findall('class="change ', front.read_text())) == 3 * 30 + 20
    assert "130 more" in front.read_text()
    assert len(re.findall('class="change ', (tmp_path / "site/held.html").read_text())) == 150
