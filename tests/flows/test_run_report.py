"""What the engine's pages show of a run: the changes, how the words changed, and links to the site."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from lxml import html
from markdown_it import MarkdownIt

from diffs.change import Change, ChangeKind
from flows.demo.server import DemoServer
from flows.outcome import MonitorSummary
from flows.run_report import run_report
from storage import Store
from tests.builders.comparing import a_document, a_meeting, a_record
from tests.builders.program import Program
from tests.builders.stores import a_change, a_store, observed
from tests.reports.conftest import HOSTILE

SITE = "https://watch.example/mtcr"


@pytest.fixture
def with_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLENARYWATCH_SITE", f"{SITE}/")


def summary(changes: Sequence[Change] = ()) -> MonitorSummary:
    return MonitorSummary("run", (), tuple(changes), ())


def test_a_run_shows_the_comparison_that_the_command_writes(
    program: Program, site: DemoServer, config: Path, with_site: None
) -> None:
    monitor = ("monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--direct", "--json")
    for day in (0, 1):
        site.day = day
        ran = program(*monitor, "--now", f"2011-04-1{8 + day}T06:00:00Z")
    with Store.open(f"sqlite:///{program.home / 'plenarywatch.sqlite'}") as store, store.reading() as r:
        said = run_report(r, msgspec.convert(ran.json, MonitorSummary))
    assert program("diff", "mtcr", "24", "25", "--format", "md").out.strip() in said
    assert f"[The same on the site]({SITE}/mtcr/plenary-25.html#redline)" in said
    assert f"[The site]({SITE}/index.html)" in said
    assert "[The MTCR cited S/RES/1929 (2010) for the first time ever at plenary 25.]" in said.replace("\\", "")


@pytest.mark.slow
def test_the_artifacts_of_a_run_are_in_the_engine(
    program: Program, site: DemoServer, config: Path, tmp_path: Path
) -> None:
    env = {"PREFECT_HOME": str(tmp_path / "prefect"), "PLENARYWATCH_SITE": SITE}
    monitor = ("monitor", "--config", str(config), "--allow-private", "127.0.0.1")
    for day in (0, 1):
        site.day = day
        assert program(*monitor, "--now", f"2011-04-1{8 + day}T06:00:00Z", env=env).code == 0
    with sqlite3.connect(tmp_path / "prefect" / "prefect.db") as database:
        kept = database.execute("select key, data from artifact order by created").fetchall()
    last = dict(kept)
    assert "MTCR: plenary 24" in last["plenarywatch-changes"]
    assert f"{SITE}/mtcr/plenary-25.html#redline" in last["plenarywatch-changes"]
    assert '"outcome": "new"' in last["plenarywatch-sources"].replace('\\"', '"')


def test_an_edit_is_compared_version_with_version(tmp_path: Path) -> None:
    with a_store(tmp_path) as store:
        with store.writing() as w:
            record = a_record(plenary=a_meeting(24))
            before = observed(w, record, document=a_document("Partners should act."))
            after = observed(w, record, document=a_document("Partners shall act."))
        edit = a_change(
            ChangeKind.STATEMENT_REVISED, after.url, url=after.url, before=before.text_hash, after=after.text_hash
        )
        with store.reading() as r:
            said = run_report(r, summary([edit]))
    assert "Partners ~~should~~**shall** act." in said
    assert "](http" not in said


def test_without_changes_the_report_says_so(tmp_path: Path) -> None:
    with a_store(tmp_path) as store, store.reading() as r:
        assert run_report(r, summary()) == "# Plenarywatch run\n\nNothing changed.\n"


@pytest.mark.fault("K11")
def test_what_a_page_says_is_no_markup_in_the_report(tmp_path: Path, with_site: None) -> None:
    with a_store(tmp_path) as store:
        with store.writing() as w:
            observed(w, a_record(plenary=a_meeting(24)), document=a_document("[here](javascript:alert(1)) " + HOSTILE))
            observed(w, a_record(plenary=a_meeting(25)), name="later", document=a_document("Other words."))
        change = a_change(ChangeKind.TOPIC_ADDED, f"](javascript:x) {HOSTILE}", plenary=25, prior=24)
        with store.reading() as r:
            said = run_report(r, summary([change]))
    page = html.fromstring(MarkdownIt("commonmark", {"html": True}).render(said))
    assert {element.tag for element in page.iter()} <= {"div", "h1", "h2", "ul", "li", "p", "strong", "em", "a"}
    assert {link.get("href").split("/")[2] for link in page.iter("a")} == {"watch.example"}


def test_a_very_long_comparison_is_cut_and_says_how_to_see_the_rest(tmp_path: Path) -> None:
    with a_store(tmp_path) as store:
        with store.writing() as w:
            observed(w, a_record(plenary=a_meeting(24)), document=a_document("A first text."))
            long = a_document(*(f"Paragraph {number} of many words that are new." for number in range(2_000)))
            observed(w, a_record(plenary=a_meeting(25)), name="later", document=long)
        with store.reading() as r:
            said = run_report(r, summary([a_change(plenary=25, prior=24)]))
    assert len(said) < 25_000
    assert said.endswith("The rest: `plenarywatch diff mtcr 24 25`\n")
