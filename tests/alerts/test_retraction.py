"""A change that was told and then rejected is taken back, once, and only where it was told."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from alerts.channels import FileChannel, NotDelivered
from alerts.message import Message
from alerts.outbox import deliver
from alerts.retraction import retract
from diffs.change import ChangeKind, Status
from storage import Store
from tests.builders.comparing import NOON
from tests.builders.stores import a_change, a_message, a_store, told

LATER = NOON + timedelta(hours=1)
LEFT = a_change(ChangeKind.MEMBER_LEFT, "FR", status=Status.HELD)


class Down:
    """A channel that has never taken anything."""

    name = "down"
    flood: int | None = None

    def send(self, message: Message) -> None:
        raise NotDelivered("down")


def _reject(store: Store) -> int | None:
    with store.writing() as w:
        change = w.review(LEFT.key, Status.REJECTED, who="ada", why="the page was cut", now=LATER)
        return retract(w, change, LATER)


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_who_was_told_is_told_that_it_was_none_under_another_key(tmp_path: Path) -> None:
    store, channel = a_store(tmp_path), FileChannel(tmp_path / "out.jsonl")
    with store.writing() as w:
        told(w, LEFT, "file")
    deliver(store, [channel], NOON)
    assert _reject(store) is not None
    assert deliver(store, [channel], LATER).sent == 1
    first, second = _lines(channel.path)
    assert second["sentence"].startswith("Retracted: ")
    assert first["idempotency_key"] != second["idempotency_key"]
    assert deliver(store, [channel], LATER + timedelta(days=1)).sent == 0


def test_a_channel_that_never_took_the_alert_is_not_told_anew(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        told(w, LEFT, "file", "down")
    deliver(store, [FileChannel(tmp_path / "out.jsonl"), Down()], NOON)
    _reject(store)
    with store.reading() as r:
        attempts = {d.channel: d.attempts for d in r.alerts()[0].deliveries}
    assert attempts == {"file": 0, "down": 1}


def test_what_was_told_to_nobody_needs_no_retraction(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        w.save_changes(w.begin_run("monitor", NOON), [LEFT], None)
    assert _reject(store) is None


def test_a_retraction_says_so_in_its_subject_and_how_sure_it_is() -> None:
    change = a_change(ChangeKind.MEMBER_LEFT, "FR", status=Status.REJECTED)
    message = a_message(change)
    assert message.subject == "[critical] Retracted: France left the MTCR."
    assert "Sure: no: a person rejected it" in message.text
