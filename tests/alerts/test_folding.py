"""Many alerts as one message, and the digest that comes whether anything changed or not."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.channels import FileChannel
from alerts.config import Rules
from alerts.folding import fold_runs, make_digests
from alerts.load import load_rules
from alerts.mail import MailChannel
from alerts.outbox import LEASE, deliver
from alerts.retraction import retract
from alerts.rules import Routing
from alerts.webhook import WebhookChannel
from diffs.change import Change, ChangeKind, Severity, Status
from storage import Store
from storage.values import State
from tests.builders.comparing import NOON
from tests.builders.receivers import SECRET, HttpReceiver, Mailbox, http_receiver, mail_receiver
from tests.builders.stores import a_change, a_source, a_store, told

ROOT = Path(__file__).resolve().parents[2]
HOUR = timedelta(hours=1)
# Noon of the builders is on a Monday; digests are due at seven.
NEXT_MONDAY = datetime(2026, 3, 9, 7, tzinfo=UTC)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_receiver() as box:
        yield box


@pytest.fixture
def receiver() -> Iterator[HttpReceiver]:
    with http_receiver() as server:
        yield server


def _rules(folder: Path, text: str) -> Rules:
    (folder / "alerts.yaml").write_text(text, encoding="utf-8")
    return load_rules(folder / "alerts.yaml")


def _weekly(folder: Path, *readers: str) -> Routing:
    text = "routes:\n  - {name: all, audience: analyst, to: default, send: weekly}\n"
    return Routing(_rules(folder, text), readers)


def _changes(count: int) -> list[Change]:
    weights = (Severity.INFO, Severity.WARNING)
    some = [a_change(subject=f"state {n}", severity=weights[n % 2]) for n in range(count - 1)]
    return [*some, a_change(subject="IN", severity=Severity.CRITICAL)]


def _flooded(folder: Path, count: int, *channels: str) -> Store:
    store = a_store(folder)
    with store.writing() as w:
        for change in _changes(count):
            told(w, change, *channels)
    return store


def _waiting(store: Store, routing: Routing, *changes: Change, state: str = "completed") -> None:
    """A run that raised alerts on these changes as the rules say, and ended at noon."""
    with store.writing() as w:
        run = w.begin_run("monitor", NOON - HOUR)
        w.save_changes(run, changes, None)
        for change in changes:
            telling = routing.telling(change)
            assert telling is not None
            w.save_alert(
                change, audience="analyst", sentence="", channels=telling.channels, digests=telling.digests, now=NOON
            )
        if state != "running":
            w.end_run(run, state, "", NOON)


def _states(store: Store) -> set[str]:
    with store.reading() as r:
        return {d.state for alert in r.alerts() for d in alert.deliveries}


@pytest.mark.fault("I9")
def test_a_flood_reaches_a_person_as_one_mail_what_weighs_most_first_and_a_program_as_each(
    tmp_path: Path, mailbox: Mailbox, receiver: HttpReceiver
) -> None:
    mail, hook = MailChannel(mailbox.address()), WebhookChannel(receiver.address, SECRET)
    store = _flooded(tmp_path, 100, mail.name, hook.name)
    assert deliver(store, [mail, hook], NOON).sent == 101
    (one,) = mailbox.mails
    assert one["subject"] == "[critical] 100 alerts: India joined the MTCR. and 99 more"
    body = one.get_body(("plain",))
    assert body is not None
    lines = [line for line in body.get_content().splitlines() if line.startswith("- ")]
    assert lines[0] == "- [critical] India joined the MTCR."
    assert "and 50 more" in lines[-1]
    assert sorted(receiver.taken.values()) == [1] * 100
    assert _states(store) == {"sent"}
    assert deliver(store, [mail, hook], NOON + HOUR).sent == 0


def test_what_is_no_flood_is_told_one_by_one(tmp_path: Path, mailbox: Mailbox) -> None:
    mail = MailChannel(mailbox.address())
    store = _flooded(tmp_path, 20, mail.name)
    assert deliver(store, [mail], NOON).sent == 20
    assert len(mailbox.raw) == 20


@pytest.mark.fault("I9", "I7")
def test_killed_after_a_folded_message_was_taken_the_same_message_comes_again_and_no_other(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    mail = MailChannel(mailbox.address())
    store = _flooded(tmp_path, 30, mail.name)
    script = textwrap.dedent("""
        import os, signal, sys
        from pathlib import Path
        from alerts.mail import MailChannel
        from alerts.outbox import deliver
        from tests.builders.comparing import NOON
        from tests.builders.stores import a_store

        class Dying(MailChannel):
            def send(self, message):
                super().send(message)
                os.kill(os.getpid(), signal.SIGKILL)

        deliver(a_store(Path(sys.argv[1])), [Dying(sys.argv[2])], NOON)
    """)
    command = [sys.executable, "-c", script, str(tmp_path), mailbox.address()]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == -signal.SIGKILL
    with store.writing() as w:
        told(w, a_change(subject="late"), mail.name)
    summary = deliver(store, [mail], NOON + 2 * LEASE)
    assert (summary.sent, summary.repeated) == (2, 1)
    first, again, late = mailbox.mails
    assert first["message-id"] == again["message-id"] != late["message-id"]
    assert len({str(mail.get_body(("html",))) for mail in (first, again)}) == 1
    assert _states(store) == {"sent"}


@pytest.mark.fault("I10")
def test_what_stood_in_a_folded_message_is_taken_back_by_itself(tmp_path: Path, mailbox: Mailbox) -> None:
    mail = MailChannel(mailbox.address())
    store = _flooded(tmp_path, 30, mail.name)
    deliver(store, [mail], NOON)
    wrong = a_change(subject="IN")
    with store.writing() as w:
        rejected = w.review(wrong.key, Status.REJECTED, who="ada", why="a typing error", now=NOON)
        assert retract(w, rejected, NOON) is not None
    assert deliver(store, [mail], NOON + HOUR).sent == 1
    assert mailbox.mails[1]["subject"] == "[critical] Retracted: India joined the MTCR."


def test_what_a_run_found_comes_as_one_message_once_the_run_has_ended(tmp_path: Path, receiver: HttpReceiver) -> None:
    hook = WebhookChannel(receiver.address, SECRET)
    text = "routes:\n  - {name: all, audience: analyst, to: default, send: run}\n"
    routing, store = Routing(_rules(tmp_path, text), (hook.name,)), a_store(tmp_path)
    _waiting(store, routing, *_changes(3), state="running")
    with store.writing() as w:
        fold_runs(w, NOON)
    assert deliver(store, [hook], NOON, routing=routing).sent == 0
    with store.writing() as w:
        # Its worker was lost: the next run closes it.
        w.close_lost_runs("monitor", NOON, NOON)
        fold_runs(w, NOON)
    assert deliver(store, [hook], NOON, routing=routing).sent == 1
    ((body,),) = receiver.bodies.values()
    event = json.loads(body)
    assert event["type"] == "plenarywatch.alerts"
    assert [change["subject"] for change in event["data"]["changes"]] == ["IN", "state 1", "state 0"]
    assert _states(store) == {"sent"}


def test_quiet_hours_hold_back_all_but_what_breaks_them(tmp_path: Path, mailbox: Mailbox) -> None:
    mail = MailChannel(mailbox.address())
    text = (
        "routes:\n  - {name: all, audience: analyst, to: default}\n"
        "channels:\n  default: {quiet: {hours: 08:00-18:00, unless: critical}}\n"
    )
    routing, store = Routing(_rules(tmp_path, text), (mail.name,)), _flooded(tmp_path, 3, mail.name)
    assert deliver(store, [mail], NOON, routing=routing).sent == 1
    assert mailbox.mails[0]["subject"] == "[critical] India joined the MTCR."
    assert deliver(store, [mail], NOON + 5 * HOUR, routing=routing).sent == 0
    evening = NOON + 6 * HOUR
    assert deliver(store, [mail], evening, routing=routing).sent == 2
    with store.reading() as r:
        assert [d.attempts for alert in r.alerts() for d in alert.deliveries] == [1, 1, 1]


def test_a_digest_is_made_once_and_tells_what_waited_and_marks_it_as_sent(tmp_path: Path, mailbox: Mailbox) -> None:
    mail = MailChannel(mailbox.address())
    routing, store = _weekly(tmp_path, mail.name), a_store(tmp_path)
    _waiting(store, routing, *_changes(3))
    for moment, made in ((NOON, 0), (NEXT_MONDAY - HOUR, 0), (NEXT_MONDAY, 1), (NEXT_MONDAY + HOUR, 0)):
        with store.writing() as w:
            assert make_digests(w, routing, moment) == made
        deliver(store, [mail], moment, routing=routing)
    (one,) = mailbox.mails
    assert one["subject"] == "Plenarywatch, weekly digest: no source is watched"
    body = one.get_body(("plain",))
    assert body is not None
    assert "[critical] India joined the MTCR." in body.get_content()
    assert _states(store) == {"sent"}


def test_a_change_that_is_kept_after_its_digest_was_made_is_told_in_the_next(tmp_path: Path) -> None:
    routing, store = _weekly(tmp_path, "file"), a_store(tmp_path)
    _waiting(store, routing, a_change(subject="IN"))
    with store.writing() as w:
        make_digests(w, routing, NEXT_MONDAY)
    _waiting(store, routing, a_change(subject="BR"))
    with store.writing() as w:
        make_digests(w, routing, NEXT_MONDAY + timedelta(days=7))
    with store.reading() as r:
        first, second = (json.loads(digest.message)["data"]["digest"] for digest in r.digests())
    assert [c["subject"] for c in first["changes"]] == ["IN"]
    assert [c["subject"] for c in second["changes"]] == ["BR"]


def test_a_digest_comes_though_nothing_changed_and_says_what_was_checked_held_and_blind(tmp_path: Path) -> None:
    routing, store = _weekly(tmp_path, "file"), a_store(tmp_path)
    seen = NEXT_MONDAY - timedelta(days=1)
    with store.writing() as w:
        run = w.begin_run("monitor", NOON)
        well, ill, idle = (a_source(w, name) for name in ("partners", "press", "idle"))
        w.set_state(well.id, State(last_checked=seen, last_verified=seen, last_changed=NOON - HOUR, checks=9))
        w.set_state(ill.id, State(last_checked=seen, checks=9, failures=3, failing_since=NOON, told_unreachable=True))
        w.set_state(idle.id, State(last_checked=NOON - HOUR, last_verified=NOON - HOUR, checks=1))
        w.save_changes(run, [a_change(ChangeKind.MEMBER_LEFT, "FR", status=Status.HELD)], None)
        w.end_run(run, "completed", "", NOON)
        make_digests(w, routing, NEXT_MONDAY)
        # Of the second week: the first one reaches back to the beginning.
        make_digests(w, routing, NEXT_MONDAY + timedelta(days=7))
    channel = FileChannel(tmp_path / "alerts.jsonl")
    assert deliver(store, [channel], NEXT_MONDAY + timedelta(days=7), routing=routing).digests == 2
    assert not channel.path.exists()
    page = (tmp_path / "digests" / "weekly-2026-03-09.html").read_text(encoding="utf-8")
    for words in (
        "nothing changed, 1 held for review, 1 source blind",
        "partners: last checked 2026-03-08 07:00 UTC, unchanged since",
        "Held for review: France is no longer on the list of members of the MTCR.",
        "the MTCR, press: never seen, failing since 2026-03-02 12:00 UTC",
        "The next weekly digest is due Monday 2026-03-16 07:00 UTC",
    ):
        assert words in page
    later = (tmp_path / "digests" / "weekly-2026-03-16.html").read_text(encoding="utf-8")
    assert "3 of 3 sources not checked" in later
    assert "partners" not in later


def test_before_the_first_run_there_is_nothing_to_tell(tmp_path: Path) -> None:
    with a_store(tmp_path).writing() as w:
        assert make_digests(w, _weekly(tmp_path, "file"), NEXT_MONDAY) == 0


@pytest.mark.fault("K11", "K12")
def test_a_digest_holds_no_markup_of_a_page_in_any_form(tmp_path: Path) -> None:
    from alerts.writing import Line, Rank, as_html, as_markdown, as_text

    words = "<script>alert(1)</script> [x](javascript:alert(1)) \x1b[2J\u202e # head\n- item"
    lines = [Line(Rank.TITLE, words), Line(Rank.ITEM, words), Line(Rank.NOTE, words), Line(Rank.PARAGRAPH, words)]
    assert "<script" not in as_html(lines) + as_markdown(lines)
    assert "[x](" not in as_markdown(lines)
    for said in (as_html(lines), as_markdown(lines), as_text(lines)):
        assert not set("\x1b\u202e") & set(said)
    # Heads and items of its own are not the page's to add.
    assert sum(line.startswith("- ") for line in as_text(lines).splitlines()) == 1
