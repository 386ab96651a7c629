"""A page that takes longer than its time limit is set aside with its reason, whichever command reads it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fetchers.verdict import Kind, Verdict
from flows import within
from flows.errors import BadRequest
from flows.readers import Readers
from flows.settings import page_seconds
from flows.within import parse_within
from parsers.errors import TookTooLong
from parsers.parsed import Parsed
from tests.builders.growing import SHAPES
from tests.builders.pages import MTCR
from tests.builders.program import ROOT, Program
from tests.flows.test_backfill import REGIME, STATES, WebArchive, page
from tests.flows.test_readers import _answer

# Half a second of work and more, and far less time than that.
LONG = SHAPES["numbered points"](100_000) + SHAPES["states in a table"](1_000_000)
SHORT_LIMIT = "0.05"


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    within.end_idle()


def test_a_long_page_is_ended_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLENARYWATCH_PAGE_SECONDS", SHORT_LIMIT)
    with pytest.raises(TookTooLong, match=r"0\.05 s"):
        parse_within(LONG, regime=MTCR)
    monkeypatch.delenv("PLENARYWATCH_PAGE_SECONDS")
    assert parse_within(LONG, regime=MTCR).document.blocks


@pytest.mark.parametrize("sources", [3, 1000])
def test_a_run_sets_it_aside_and_reads_its_other_sources(monkeypatch: pytest.MonkeyPatch, sources: int) -> None:
    readers = Readers(sources)
    monkeypatch.setenv("PLENARYWATCH_PAGE_SECONDS", SHORT_LIMIT)
    verdict = readers.read(_answer(25, body=LONG))
    assert isinstance(verdict, Verdict)
    assert verdict.kind is Kind.UNREAD
    assert "0.05 s" in verdict.reason
    monkeypatch.delenv("PLENARYWATCH_PAGE_SECONDS")
    assert isinstance(readers.read(_answer(26)), Parsed)
    readers.close()


@pytest.mark.parametrize("command", ["parse", "ingest"])
def test_a_command_ends_in_one_line(tmp_path: Path, command: str) -> None:
    page = tmp_path / "long.html"
    page.write_bytes(LONG)
    environment = os.environ | {"PLENARYWATCH_PAGE_SECONDS": SHORT_LIMIT, "PLENARYWATCH_HOME": str(tmp_path / "home")}
    begin = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-m", "flows.cli", command, str(page), "--regime", "mtcr"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=100,
    )
    said = ran.stderr.decode().strip()
    assert ran.returncode == 2, said
    assert "ended after 0.05 s" in said
    assert "\n" not in said
    assert time.monotonic() - begin < 60


@pytest.mark.parametrize("text", ["soon", "0", "-1", "inf", "nan"])
def test_a_limit_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PLENARYWATCH_PAGE_SECONDS", text)
    with pytest.raises(BadRequest, match="PLENARYWATCH_PAGE_SECONDS"):
        page_seconds()


_SHORTLY = {"PLENARYWATCH_PAGE_SECONDS": SHORT_LIMIT}


def _outcomes(program: Program, *arguments: str, env: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """What came of each page of a run, and the reason where one was set aside."""
    ran = program(*arguments, "--json", env=env)
    assert ran.code in (0, 1), ran.err
    found = json.loads(ran.out)["sources"]
    return [
        (told["outcome"], "ended after 0.05 s" if "ended after 0.05 s" in (told["error"] or "") else "")
        for told in found
    ]


def _aside(outcomes: list[tuple[str, str]]) -> list[bool]:
    """Of each page whether it was set aside for its time; it was for nothing else."""
    aside = [outcome == "quarantined" for outcome, _ in outcomes]
    assert [bool(why) for _, why in outcomes] == aside
    return aside


@pytest.fixture
def declared(tmp_path: Path, httpserver: HTTPServer) -> Path:
    config = tmp_path / "demo.yaml"
    config.write_text(REGIME.replace("https://mtcr.example/partners", httpserver.url_for("/partners")))
    return config


def _long(states: list[str]) -> str:
    """A members page, and after its list so much that it takes long to read, though not for ever."""
    annex = "".join(
        f"<p>Item {n} of the annex, which has {n + 1} lines, is a pump of {n} litres.</p>" for n in range(2_000)
    )
    return page(*states).replace("</main>", f"<h2>Annex</h2>{annex}</main>")


def test_a_backfill_sets_a_capture_aside_reads_the_others_and_comes_back_to_it(
    program: Program, httpserver: HTTPServer, declared: Path
) -> None:
    archive = WebArchive(httpserver)
    archive.captures = {
        "20090101000000": (200, page(*STATES[:5])),
        "20100101000000": (200, _long(STATES[:6])),
        "20110101000000": (200, page(*STATES[:6])),
    }
    arguments = ("backfill", "--regime", "demo", "--cdx", archive.cdx, "--config", str(declared))
    arguments += ("--allow-private", archive.host)
    assert _aside(_outcomes(program, *arguments, env=_SHORTLY)) == [False, True, False]
    # With more time it is read; what was read is not asked for again.
    archive.asked.clear()
    assert _aside(_outcomes(program, *arguments)) == [False]
    assert archive.asked == ["20100101000000"]
    records = program("records", "demo", "--config", str(declared), "--json").json
    assert isinstance(records, list)
    assert sorted(str(record["observed_at"])[:4] for record in records) == ["2009", "2010", "2011"]
    assert program("alerts", "list", "--json").json == []


def test_a_backfill_from_saved_files_comes_back_to_a_page_that_was_set_aside(program: Program, tmp_path: Path) -> None:
    saved, declared = tmp_path / "saved" / "20090101000000" / "mtcr.example", tmp_path / "demo.yaml"
    saved.mkdir(parents=True)
    (saved / "partners.html").write_text(_long(STATES[:6]))
    declared.write_text(REGIME)
    arguments = ("backfill", "--regime", "demo", str(tmp_path / "saved"), "--config", str(declared))
    assert _aside(_outcomes(program, *arguments, env=_SHORTLY)) == [True]
    assert _aside(_outcomes(program, *arguments)) == [False]
    assert _outcomes(program, *arguments) == []


@pytest.mark.parametrize("etag", ["", '"1"'], ids=["full answers", "not modified"])
def test_a_run_comes_back_to_a_page_that_was_set_aside(
    program: Program, httpserver: HTTPServer, declared: Path, etag: str
) -> None:
    def answer(asked: Request) -> Response:
        if etag and asked.headers.get("If-None-Match") == etag:
            return Response(status=304, headers={"ETag": etag})
        headers = {"ETag": etag} if etag else {}
        return Response(_long(STATES[:6]), content_type="text/html; charset=utf-8", headers=headers)

    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/partners").respond_with_handler(answer)
    arguments = ("monitor", "--direct", "--config", str(declared), "--allow-private", httpserver.host)
    assert _aside(_outcomes(program, *arguments, env=_SHORTLY)) == [True]
    assert [outcome for outcome, _ in _outcomes(program, *arguments)] == ["baseline"]
    assert program("alerts", "list", "--json").json == []


@pytest.mark.parametrize("workers", ["1", "2"])
def test_pages_that_take_too_long_to_derive_again_keep_what_was_read(
    program: Program, tmp_path: Path, workers: str
) -> None:
    for name, body in (("short", page(*STATES[:6])), ("long", _long(STATES))):
        (tmp_path / f"{name}.html").write_text(body)
        assert program("ingest", str(tmp_path / f"{name}.html"), "--regime", "mtcr").code == 0
    before = program("records", "mtcr", "--json").out
    again = ("reparse", "--all", "--workers", workers)
    ran = program(*again, "--json", env=_SHORTLY)
    assert ran.code == 1, ran
    told = json.loads(ran.out)
    assert (told["read"], told["same"], told["updated"]) == (2, 1, 0)
    (left,) = told["failed"]
    assert left["url"].endswith("/long.html")
    assert "ended after 0.05 s" in left["why"]
    assert program("records", "mtcr", "--json").out == before
    assert program(*again).code == 0
    assert program("records", "mtcr", "--json").out == before


@pytest.mark.parametrize("command", ["monitor", "backfill", "ingest", "parse", "reparse"])
@pytest.mark.parametrize("text", [page(*STATES[:6]), _long(STATES[:6])], ids=["a short page", "a long page"])
def test_a_limit_that_is_none_is_one_line_of_each_command_and_no_sources_failure(
    program: Program, tmp_path: Path, httpserver: HTTPServer, declared: Path, command: str, text: str
) -> None:
    httpserver.expect_request("/partners").respond_with_data(text, content_type="text/html")
    archive = WebArchive(httpserver)
    archive.captures = {"20090101000000": (200, text)}
    saved = tmp_path / "partners.html"
    saved.write_text(text)
    local = ("--config", str(declared), "--allow-private", httpserver.host)
    arguments = {
        "monitor": ("--direct", *local),
        "backfill": ("--regime", "demo", "--cdx", archive.cdx, *local),
        "ingest": (str(saved), "--regime", "mtcr"),
        "parse": (str(saved), "--regime", "mtcr"),
        "reparse": ("--all", "--workers", "2"),
    }
    if command == "reparse":
        assert program("ingest", *arguments["ingest"]).code == 0
    ran = program(command, *arguments[command], env={"PLENARYWATCH_PAGE_SECONDS": "soon"})
    assert ran.code == 2, ran
    assert ran.err.splitlines()[-1].startswith("plenarywatch: PLENARYWATCH_PAGE_SECONDS='soon': not a number")
