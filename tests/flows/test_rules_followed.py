"""Rules, channels by name and digests through the command line, as a person uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diffs.change import BothSides, ChangeKind
from storage import Store
from storage.values import State
from tests.builders.comparing import NOON
from tests.builders.program import Program
from tests.builders.receivers import SECRET, http_receiver
from tests.builders.stores import a_change, a_source, told
from tests.flows.test_command_line import refused

RULES = """
channels:
  desk: {}
routes:
  - {name: members, audience: analyst, to: [desk, file], when: {kind: [member_joined, member_left], regime: mtcr}}
  - {name: elsewhere, audience: analyst, to: default, when: {regime: lda}}
digests:
  weekly: {to: desk}
"""


def _store(program: Program) -> Store:
    return Store.open(f"sqlite:///{program.home / 'plenarywatch.sqlite'}")


@pytest.fixture
def ruled(program: Program) -> Program:
    program.home.mkdir()
    (program.home / "alerts.yaml").write_text(RULES, encoding="utf-8")
    return program


@pytest.mark.fault("K20")
def test_a_channel_has_its_address_in_the_environment_and_nowhere_else(ruled: Program) -> None:
    with _store(ruled) as store, store.writing() as w:
        told(w, a_change(), "desk")
    waits = ruled("deliver", "--json").json
    # The alert, and the digest that has been due since.
    assert waits["failed"] == 2  # type: ignore[index, call-overload]
    with http_receiver() as receiver:
        address = receiver.address.replace("/hook", "/t0ken")
        desk = {"PLENARYWATCH_CHANNEL_DESK": address, "PLENARYWATCH_WEBHOOK_SECRET": SECRET}
        ran = ruled("alerts", "retry", "1", env=desk)
        assert ran.out.splitlines()[0] == "alert 1: due again to desk"
        listed = ruled("alerts", "list", "--json", env=desk)
        kinds = {json.loads(body)["type"] for bodies in receiver.bodies.values() for body in bodies}
    assert kinds == {"plenarywatch.member_joined"}
    assert listed.json[0]["deliveries"][0]["state"] == "sent"  # type: ignore[index, call-overload]
    kept = b"".join(file.read_bytes() for file in ruled.home.rglob("*") if file.is_file())
    assert b"desk" in kept
    for place in (ran.out, ran.err, listed.out, kept.decode("latin-1")):
        assert "t0ken" not in place
        assert SECRET not in place


def test_alerts_check_says_where_each_route_leads_and_what_it_lacks(ruled: Program) -> None:
    ran = ruled("alerts", "check", "--json")
    members, elsewhere = ran.json  # type: ignore[misc]
    assert ran.code == 1
    assert members["channels"] == ["desk", "file"]
    assert members["wrong"] == [
        "channel 'desk' has no address; set PLENARYWATCH_CHANNEL_DESK or make the Secret block plenarywatch-channel-desk"
    ]
    assert "no regime 'lda' is declared; known are ag, hcoc" in elsewhere["wrong"][0]
    assert ruled("alerts", "check", env={"PLENARYWATCH_ALERTS": "alerts/default.yaml"}).code == 0


def test_rules_that_are_wrong_stop_a_run_before_it_begins(ruled: Program) -> None:
    (ruled.home / "alerts.yaml").write_text("routes:\n  - {name: a, audience: analyst, to: pager}\n")
    line = refused(ruled, "monitor", "--direct", "--regime", "mtcr")
    assert "alerts.yaml:2: the channel 'pager' is not declared" in line
    assert not (ruled.home / "plenarywatch.sqlite").exists()


def test_a_channel_whose_address_is_wrong_is_named_by_its_setting_without_its_secret(ruled: Program) -> None:
    desk = {"PLENARYWATCH_CHANNEL_DESK": "smtp://u:s3cret@host/?from=a@b.org"}
    line = refused(ruled, "deliver", env=desk)
    assert "PLENARYWATCH_CHANNEL_DESK" in line
    assert "no recipient" in line
    assert "s3cret" not in line


@pytest.mark.parametrize(("form", "begins"), [("text", "Plenarywatch, weekly"), ("md", "# Pl"), ("html", "<!doctype")])
def test_the_digest_is_printed_in_each_form_and_sends_nothing(program: Program, form: str, begins: str) -> None:
    with _store(program) as store, store.writing() as w:
        run = w.begin_run("monitor", NOON)
        w.save_changes(run, [a_change()], None)
        w.set_state(a_source(w).id, State(last_checked=NOON, last_verified=NOON, checks=1))
        w.end_run(run, "completed", "", NOON)
    ran = program("digest", "--until", "2026-03-03", "--format", form)
    assert ran.out.startswith(begins)
    assert "India joined the MTCR." in ran.out
    found = program("digest", "daily", "--until", "2026-03-03", "--json").json
    assert [c["subject"] for c in found["changes"]] == ["IN"]  # type: ignore[index, call-overload]
    assert [c["source"] for c in found["unchanged"]] == ["statements"]  # type: ignore[index, call-overload]
    assert program("digest", "daily", "--until", "2026-03-02", "--json").json["changes"] == []  # type: ignore[index, call-overload]
    assert not (program.home / "digests").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("monthly",), "write daily or weekly"),
        (("--format", "rtf"), "write text, md, html or json"),
        (("--since", "2026-03-09", "--until", "2026-03-02"), "write an earlier moment"),
        (("--since", "soon"), "--since 'soon'"),
    ],
)
def test_a_digest_that_cannot_be_is_refused(program: Program, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(program, "digest", *arguments)


CLUB = "https://club.example/partners"
PAGE = b"<html><body><main><h1>Partners</h1><ul>%s</ul></main></body></html>"
FIVE = b"".join(b"<li>%s</li>" % name for name in (b"Argentina", b"Australia", b"Austria", b"Belgium", b"Brazil"))


@pytest.mark.fault("I10")
def test_a_reading_that_is_taken_out_takes_back_what_was_told_from_it(program: Program, tmp_path: Path) -> None:
    page, club = tmp_path / "partners.html", tmp_path / "club.yaml"
    club.write_text(f"regime: club\nname: The Club\nsources:\n  - {{id: partners, kind: members, url: '{CLUB}'}}\n")
    for day, members in (("2026-01-05", FIVE), ("2026-01-06", FIVE + b"<li>Norway</li>")):
        page.write_bytes(PAGE % members)
        known = ("--regime", "club", "--config", str(club), "--url", CLUB, "--observed-at", day)
        assert program("ingest", str(page), *known).code == 0
    told_lines = (program.home / "alerts.jsonl").read_text().splitlines()
    assert [json.loads(line)["sentence"] for line in told_lines] == ["Norway joined CLUB."]
    with _store(program) as store, store.reading() as r:
        (change,) = (c for c in r.changes() if c.kind is ChangeKind.MEMBER_JOINED)
        version = r.versions("club")[-1]
        assert isinstance(change.evidence, BothSides)
    pointer = next(p for p, e in version.record.evidence.items() if e == change.evidence.after)
    assert program("review", "reject", f"r{version.id}{pointer}", "--why", "a cruel joke").code == 0
    program("deliver")
    program("deliver")
    told_lines = (program.home / "alerts.jsonl").read_text().splitlines()
    assert [json.loads(line)["sentence"] for line in told_lines][1:] == ["Retracted: Norway joined CLUB."]
    assert "NO" not in {m["country"] for m in program("members", "club", "--json").json}  # type: ignore[union-attr, index, call-overload]


@pytest.mark.fault("I10")
def test_a_confirmed_change_that_is_rejected_after_all_is_taken_back(program: Program) -> None:
    with _store(program) as store, store.writing() as w:
        told(w, a_change(), "file")
    assert program("deliver").code == 0
    assert program("review", "reject", a_change().key[:12], "--why", "it was another India").code == 0
    assert "1 sent" in program("deliver").out
    assert "not held" in refused(program, "review", "reject", a_change().key)
