"""What lasts is told again, until it ends or somebody has acknowledged it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.channels import FileChannel
from alerts.load import load_rules
from alerts.mail import MailChannel
from alerts.outbox import deliver
from alerts.reminding import remind
from alerts.retraction import retract
from alerts.rules import Routing
from diffs.change import Change, ChangeKind, Status
from diffs.sources import unreachable
from storage import Store
from storage.values import State
from tests.builders.comparing import NOON
from tests.builders.receivers import Mailbox, mail_receiver
from tests.builders.stores import a_change, a_source, a_store, told

DAY = timedelta(days=1)
HELD = a_change(ChangeKind.MEMBER_LEFT, "FR", status=Status.HELD)
RULES = "routes:\n  - {name: hands, audience: operator, to: default, remind: 3d}\n"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_receiver() as box:
        yield box


def _routing(folder: Path, channel: str = "file", rules: str = RULES) -> Routing:
    (folder / "alerts.yaml").write_text(rules, encoding="utf-8")
    return Routing(load_rules(folder / "alerts.yaml"), (channel,))


def _blind(store: Store, channel: str = "file") -> Change:
    """A source that cannot be reached since noon, and was told so."""
    with store.writing() as w:
        source = a_source(w)
        change = unreachable("mtcr", source.url, outage=0, reason="no answer", since=NOON, now=NOON)
        told(w, change, channel)
        w.set_state(source.id, State(checks=3, failures=2, failing_since=NOON, told_unreachable=True))
    return change


def _day(store: Store, channel: FileChannel | MailChannel, routing: Routing, days: float) -> int:
    """What is sent so many days after noon."""
    now = NOON + days * DAY
    with store.writing() as w:
        remind(w, routing, now)
    return deliver(store, [channel], now, routing=routing).sent


def test_a_blind_source_is_told_again_after_each_such_time_under_another_key(tmp_path: Path) -> None:
    store, routing, file = a_store(tmp_path), _routing(tmp_path), FileChannel(tmp_path / "out.jsonl")
    _blind(store)
    assert [_day(store, file, routing, day) for day in range(8)] == [1, 0, 0, 0, 1, 0, 0, 0]
    lines = [json.loads(line) for line in file.path.read_text().splitlines()]
    assert [line.get("reminder", 0) for line in lines] == [0, 1]
    assert lines[0]["idempotency_key"] != lines[1]["idempotency_key"]


def test_a_source_that_is_seen_again_is_not_reminded_of(tmp_path: Path) -> None:
    store, routing, file = a_store(tmp_path), _routing(tmp_path), FileChannel(tmp_path / "out.jsonl")
    _blind(store)
    _day(store, file, routing, 0)
    with store.writing() as w:
        w.set_state(a_source(w).id, State(checks=4, outage=1, last_verified=NOON))
    assert _day(store, file, routing, 9) == 0


def test_an_outage_that_is_over_is_not_reminded_of_while_another_lasts(tmp_path: Path) -> None:
    store, routing, file = a_store(tmp_path), _routing(tmp_path), FileChannel(tmp_path / "out.jsonl")
    _blind(store)
    with store.writing() as w:
        source = a_source(w)
        told(w, unreachable("mtcr", source.url, outage=1, reason="again", since=NOON, now=NOON), "file")
        w.set_state(source.id, State(checks=9, failures=2, failing_since=NOON, told_unreachable=True, outage=1))
    assert _day(store, file, routing, 0) == 2
    assert _day(store, file, routing, 4) == 1
    assert json.loads(file.path.read_text().splitlines()[-1])["change"]["after"] == "again"


def test_what_somebody_has_acknowledged_is_not_reminded_of(tmp_path: Path) -> None:
    store, routing, file = a_store(tmp_path), _routing(tmp_path), FileChannel(tmp_path / "out.jsonl")
    _blind(store)
    _day(store, file, routing, 0)
    with store.writing() as w:
        w.acknowledge(1, NOON)
    assert _day(store, file, routing, 9) == 0


def test_rules_that_ask_for_no_reminder_get_none(tmp_path: Path) -> None:
    store, file = a_store(tmp_path), FileChannel(tmp_path / "out.jsonl")
    routing = _routing(tmp_path, rules=RULES.replace(", remind: 3d", ""))
    _blind(store)
    assert [_day(store, file, routing, day) for day in (0, 9)] == [1, 0]


def test_a_reminder_stands_in_the_thread_of_the_first_and_says_that_it_is_one(tmp_path: Path, mailbox: Mailbox) -> None:
    store, mail = a_store(tmp_path), MailChannel(mailbox.address())
    routing = _routing(tmp_path, mail.name)
    with store.writing() as w:
        told(w, HELD, mail.name)
    assert [_day(store, mail, routing, day) for day in (0, 4)] == [1, 1]
    first, second = mailbox.mails
    assert second["subject"].startswith("[info] Reminder: Held for review: France")
    assert second["in-reply-to"] == first["message-id"] != second["message-id"]


@pytest.mark.fault("I10")
def test_what_was_reminded_of_is_taken_back_though_the_reminder_was_not_sent_yet(tmp_path: Path) -> None:
    store, routing, file = a_store(tmp_path), _routing(tmp_path), FileChannel(tmp_path / "out.jsonl")
    with store.writing() as w:
        told(w, HELD, "file")
    _day(store, file, routing, 0)
    later = NOON + 4 * DAY
    with store.writing() as w:
        assert remind(w, routing, later) == 1
        assert retract(w, w.review(HELD.key, Status.REJECTED, who="ada", why="cut", now=later), later) is not None
    assert deliver(store, [file], later, routing=routing).sent == 1
    assert json.loads(file.path.read_text().splitlines()[-1])["sentence"].startswith("Retracted: ")
    assert _day(store, file, routing, 20) == 0
