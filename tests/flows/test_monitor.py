"""Runs over real HTTP: what they tell, that they tell it once, and what they do not believe."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.demo.server import DemoServer
from tests.builders.program import ROOT, Program


class Watching:
    """A program that watches a site from day to day without the engine."""

    def __init__(self, program: Program, site: DemoServer, config: Path) -> None:
        self.program, self.site, self.config = program, site, config

    def arguments(self, now: str) -> tuple[str, ...]:
        return (
            "monitor",
            "--config",
            str(self.config),
            "--allow-private",
            "127.0.0.1",
            "--now",
            now,
            "--direct",
            "--json",
        )

    def on(self, day: int, now: str) -> dict[str, list[dict[str, object]]]:
        self.site.day = day
        ran = self.program(*self.arguments(now))
        assert ran.err == ""
        result = ran.json
        assert isinstance(result, dict)
        return result


@pytest.fixture
def watching(program: Program, site: DemoServer, config: Path) -> Iterator[Watching]:
    return Watching(program, site, config)


def kinds(result: dict[str, list[dict[str, object]]]) -> set[tuple[object, object]]:
    return {(c["kind"], c["subject"]) for c in result["changes"]}


def test_a_first_look_is_history_and_a_new_statement_is_news(watching: Watching) -> None:
    first = watching.on(0, "2010-01-15")
    assert first["changes"] == first["alerts"] == []
    second = watching.on(1, "2011-04-18")
    assert ("resolution_cited", "S/RES/1929 (2010)") in kinds(second)
    cited = next(c for c in second["changes"] if c["subject"] == "S/RES/1929 (2010)")
    assert (cited["novelty"], cited["severity"], cited["plenary"], cited["prior"]) == ("first_ever", "critical", 25, 24)
    assert cited["evidence"]["after"][0]["quote"] == "1929"  # type: ignore[index, call-overload]
    third = watching.on(2, "2011-04-19")
    assert third["changes"] == third["alerts"] == []
    assert {o["outcome"] for o in third["sources"]} == {"not_modified", "listed"}


def test_a_joining_seen_on_two_pages_is_told_once(watching: Watching) -> None:
    watching.on(3, "2011-04-20")
    result = watching.on(4, "2016-06-28")
    assert [c["kind"] for c in result["changes"] if c["subject"] == "IN"].count("member_joined") == 1
    assert len([a for a in result["alerts"] if a["kind"] == "member_joined"]) == 1
    members = watching.program("members", "mtcr", "--json", "--as-of", "2016-06-28").json
    assert len(members) == 35  # type: ignore[arg-type]


def test_a_list_that_is_gone_is_held_and_nobody_has_left(watching: Watching) -> None:
    watching.on(4, "2016-06-28")
    result = watching.on(5, "2016-06-29")
    assert [(c["kind"], c["status"]) for c in result["changes"]] == [("source_drift", "held")]
    assert len(watching.program("members", "mtcr", "--json").json) == 35  # type: ignore[arg-type]
    assert watching.on(5, "2016-06-30")["changes"] == []


def test_an_edit_of_a_known_statement_is_told_with_what_it_changed(watching: Watching) -> None:
    watching.on(2, "2011-04-19")
    result = watching.on(3, "2011-04-20")
    edited = next(c for c in result["changes"] if c["kind"] == "statement_revised")
    assert "24th-plenary" in str(edited["subject"])
    assert "concerns" in str(edited["detail"])


def test_a_host_that_is_down_is_told_at_the_second_failure_and_its_return_once(watching: Watching) -> None:
    watching.on(0, "2010-01-15")
    watching.site.down()
    ran = watching.program(*watching.arguments("2010-01-16"))
    assert ran.code == 1
    assert ran.json["changes"] == []  # type: ignore[index]
    assert all(o["error"] for o in ran.json["sources"])  # type: ignore[index]
    assert {c["kind"] for c in watching.on(0, "2010-01-17")["changes"]} == {"source_unreachable"}
    assert watching.on(0, "2010-01-18")["changes"] == []
    watching.site.up()
    assert {c["kind"] for c in watching.on(0, "2010-01-19")["changes"]} == {"source_recovered"}
    assert watching.on(0, "2010-01-20")["changes"] == []


def test_two_runs_at_once_on_one_database_tell_each_change_once(watching: Watching) -> None:
    watching.on(0, "2010-01-15")
    watching.site.day = 1
    command = [sys.executable, "-c", "from flows.cli import main; main()", *watching.arguments("2011-04-18")]
    env = {"PLENARYWATCH_HOME": str(watching.program.home), "PATH": "/usr/bin:/bin"}
    both = [
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in both:
        _, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, b"")
    alerts = watching.program("alerts", "list", "--json").json
    keys = [a["change"]["key"] for a in alerts]  # type: ignore[union-attr, index, call-overload]
    assert keys
    assert len(keys) == len(set(keys))
    lines = (watching.program.home / "alerts.jsonl").read_bytes().splitlines()
    assert len(lines) == len(keys)
    assert len(watching.program("records", "mtcr", "--json").json) == 4  # type: ignore[arg-type]


def test_a_regime_nobody_knows_is_watched_by_its_declaration_alone(
    program: Program, site: DemoServer, tmp_path: Path
) -> None:
    config = tmp_path / "moon.yaml"
    config.write_text(
        "regime: moon\nname: Lunar Export Group\nmembers_called: Partners\nsources:\n"
        f"  - {{id: partners, kind: members, url: '{site.address}/partners.html'}}\n"
    )
    arguments = ("monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--direct", "--json")
    program(*arguments, "--now", "2010-01-01")
    site.day = 4
    result = program(*arguments, "--now", "2016-06-28").json
    assert ("member_joined", "IN") in kinds(result)  # type: ignore[arg-type]
