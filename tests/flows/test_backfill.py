"""History taken from a web archive over real HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.builders.program import Program

REGIME = """
regime: demo
name: Missile Technology Control Regime
names: [MTCR]
sources:
  - id: partners
    kind: members
    url: https://mtcr.example/partners
"""
STATES = ["Argentina", "Australia", "Austria", "Belgium", "Brazil", "Bulgaria", "Canada"]


def page(*states: str) -> str:
    items = "".join(f"<li>{state}</li>" for state in states)
    return (
        "<html><head><title>Partners of the MTCR</title></head><body><main><h1>MTCR Partners</h1>"
        f"<p>The {len(states)} partners of the Missile Technology Control Regime are:</p><ul>{items}</ul></main></body></html>"
    )


class WebArchive:
    """A Wayback-style archive on loopback: a CDX server, and the original bytes of each capture."""

    def __init__(self, server: HTTPServer) -> None:
        self.captures: dict[str, tuple[int, str]] = {}
        self.asked: list[str] = []
        self.host = server.host
        self.cdx = server.url_for("/cdx/search/cdx")
        server.expect_request("/robots.txt").respond_with_data("", status=404)
        server.expect_request("/cdx/search/cdx").respond_with_handler(self._list)
        server.expect_request("").respond_with_handler(self._replay)

    def _list(self, request: Request) -> Response:
        names = ["timestamp", "original", "mimetype", "statuscode", "digest"]
        rows = [
            [at, request.args["url"], "text/html", "200", str(hash(html))] for at, (_, html) in self.captures.items()
        ]
        return Response(json.dumps([names, *rows]), content_type="application/json")

    def _replay(self, request: Request) -> Response:
        at = request.path.removeprefix("/web/").partition("id_/")[0]
        self.asked.append(at)
        status, html = self.captures.get(at, (404, ""))
        return Response(html, status=status, content_type="text/html; charset=utf-8")


@pytest.fixture
def archive(httpserver: HTTPServer) -> WebArchive:
    found = WebArchive(httpserver)
    found.captures = {
        "20090101000000": (200, page(*STATES[:6])),
        "20110418120000": (200, page(*STATES[:6], "Canada")),
        "20120101000000": (
            200,
            "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>",
        ),
    }
    return found


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "demo.yaml"
    path.write_text(REGIME)
    return path


def taken(program: Program, archive: WebArchive, config: Path, *more: str) -> dict[str, list[dict[str, object]]]:
    ran = program(
        "backfill", "--regime", "demo", "--cdx", archive.cdx, "--config", str(config), "--allow-private", archive.host,
        "--json", *more,
    )  # fmt: skip
    assert ran.code in (0, 1), ran
    assert isinstance(ran.json, dict)
    return ran.json


def test_each_capture_is_a_version_of_its_time_and_no_alert(
    program: Program, archive: WebArchive, config: Path
) -> None:
    summary = taken(program, archive, config)
    assert [o["outcome"] for o in summary["sources"]] == ["baseline", "changed", "quarantined"]
    assert summary["alerts"] == []
    assert program("alerts", "list", "--json").json == []
    records = program("records", "demo", "--config", str(config), "--json").json
    assert isinstance(records, list)
    assert [str(r["observed_at"])[:10] for r in records] == ["2009-01-01", "2011-04-18"]
    assert {r["url"] for r in records} == {"https://mtcr.example/partners"}


def test_what_was_taken_in_is_not_fetched_again(program: Program, archive: WebArchive, config: Path) -> None:
    taken(program, archive, config)
    archive.asked.clear()
    archive.captures["20130101000000"] = (200, page(*STATES))
    summary = taken(program, archive, config)
    assert archive.asked == ["20130101000000"]
    assert [o["outcome"] for o in summary["sources"]] == ["unchanged"]


def test_a_capture_that_could_not_be_had_is_tried_again(program: Program, archive: WebArchive, config: Path) -> None:
    whole = archive.captures["20090101000000"]
    archive.captures = {"20090101000000": (404, "")}
    assert taken(program, archive, config)["sources"][0]["outcome"] == "failed"
    archive.captures = {"20090101000000": whole}
    assert taken(program, archive, config)["sources"][0]["outcome"] == "baseline"


def test_only_captures_since_a_year_are_taken_in(program: Program, archive: WebArchive, config: Path) -> None:
    taken(program, archive, config, "--since", "2011")
    assert "20090101000000" not in archive.asked


def test_what_is_no_web_archive_is_said_in_one_line(program: Program, httpserver: HTTPServer, config: Path) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/cdx").respond_with_data("<html>Busy</html>", content_type="text/html")
    ran = program(
        "backfill", "--regime", "demo", "--cdx", httpserver.url_for("/cdx"), "--config", str(config),
        "--allow-private", httpserver.host,
    )  # fmt: skip
    assert ran.code == 1
    assert "give the address of a CDX server" in ran.out
    assert "Traceback" not in ran.out + ran.err
