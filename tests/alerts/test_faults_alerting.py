"""The rows of the catalogue on alerting, against real receivers and processes that are really killed.

What concerns mail alone (I10, I11, I13) stands in ``test_mail.py``, the two senders that are killed in
``test_drain.py``.
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.channels import ConsoleChannel, FileChannel, channels_named
from alerts.mail import MailChannel
from alerts.message import Message
from alerts.outbox import DOWN_AFTER, LEASE, deliver
from alerts.retraction import retract
from alerts.webhook import WebhookChannel
from diffs.change import ChangeKind, Status
from storage import Store
from tests.builders.comparing import NOON
from tests.builders.receivers import SECRET, HttpReceiver, http_receiver, mail_receiver
from tests.builders.stores import a_change, a_store, told

ROOT = Path(__file__).resolve().parents[2]
HOUR = timedelta(hours=1)


@pytest.fixture
def receiver() -> Iterator[HttpReceiver]:
    with http_receiver() as server:
        yield server


def _with_alerts(folder: Path, count: int, *channels: str) -> Store:
    store = a_store(folder)
    with store.writing() as w:
        for number in range(count):
            told(w, a_change(subject=f"state {number}"), *channels)
    return store


def _states(store: Store) -> dict[str, str]:
    with store.reading() as r:
        return {d.channel: d.state for alert in r.alerts() for d in alert.deliveries}


def _killed(script: str, *arguments: str) -> None:
    """Run *script* in a process that kills itself."""
    command = [sys.executable, "-c", textwrap.dedent(script), *arguments]
    died = subprocess.run(command, cwd=ROOT, check=False, timeout=60)
    assert died.returncode == -signal.SIGKILL


@pytest.mark.fault("I1")
def test_a_channel_that_is_down_gets_everything_once_it_is_back(tmp_path: Path, receiver: HttpReceiver) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    down = WebhookChannel(f"webhook+http://127.0.0.1:{port}/hook", SECRET)
    store = _with_alerts(tmp_path, 20, down.name)
    assert deliver(store, [down], NOON).failed == DOWN_AFTER
    back = WebhookChannel(receiver.address, SECRET)
    back.name = down.name
    assert deliver(store, [back], NOON + HOUR).sent == 20
    assert sorted(receiver.taken.values()) == [1] * 20


@pytest.mark.fault("I2")
def test_a_slow_channel_holds_up_no_other(tmp_path: Path, receiver: HttpReceiver) -> None:
    receiver.pause = 3.0
    slow, file = WebhookChannel(receiver.address, SECRET), FileChannel(tmp_path / "out.jsonl")
    store = _with_alerts(tmp_path, 5, slow.name, "file")
    thread = threading.Thread(target=deliver, args=(store, [slow, file], NOON))
    thread.start()
    ended = threading.Event()
    try:
        # The first answer takes three seconds; by then the file has everything, though the slow one was asked first.
        while not receiver.asked:
            ended.wait(0.01)
        while not file.path.exists() or len(file.path.read_bytes().splitlines()) < 5:
            assert thread.is_alive()
            ended.wait(0.01)
        assert receiver.asked == 1
    finally:
        receiver.pause = 0.0
        thread.join()
    assert _states(store) == {slow.name: "sent", "file": "sent"}


@pytest.mark.fault("I3")
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413])
def test_a_lasting_refusal_is_asked_once_and_never_again(tmp_path: Path, receiver: HttpReceiver, status: int) -> None:
    receiver.answers = [(status, {})]
    channel = WebhookChannel(receiver.address, SECRET)
    store = _with_alerts(tmp_path, 1, channel.name)
    assert deliver(store, [channel], NOON).given_up == 1
    deliver(store, [channel], NOON + timedelta(days=30))
    assert receiver.asked == 1
    with store.reading() as r:
        assert r.alerts()[0].deliveries[0].last_error == f"{channel.name}: answered {status}"


@pytest.mark.fault("I3")
def test_what_was_given_up_is_sent_when_a_person_says_so_under_the_same_key(
    tmp_path: Path, receiver: HttpReceiver
) -> None:
    receiver.answers = [(404, {})]
    channel = WebhookChannel(receiver.address, SECRET)
    store = _with_alerts(tmp_path, 1, channel.name)
    deliver(store, [channel], NOON)
    with store.reading() as r:
        key = r.alerts()[0].deliveries[0].idempotency_key
    with store.writing() as w:
        assert w.replay(1, None, NOON + HOUR) == (channel.name,)
    assert deliver(store, [channel], NOON + HOUR).sent == 1
    assert dict(receiver.taken) == {key: 1}


@pytest.mark.fault("I4")
def test_who_asks_for_quiet_is_not_asked_again_before_by_any_message(tmp_path: Path, receiver: HttpReceiver) -> None:
    receiver.answers = [(429, {"retry-after": "7200"})]
    channel = WebhookChannel(receiver.address, SECRET)
    store = _with_alerts(tmp_path, 10, channel.name)
    deliver(store, [channel], NOON)
    deliver(store, [channel], NOON + HOUR)
    assert receiver.asked == 1
    assert deliver(store, [channel], NOON + 2 * HOUR + timedelta(minutes=1)).sent == 10


@pytest.mark.fault("I5")
def test_what_was_taken_and_not_answered_in_time_is_repeated_under_the_same_key_and_counted(
    tmp_path: Path, receiver: HttpReceiver
) -> None:
    receiver.pause = 1.0
    channel = WebhookChannel(receiver.address, SECRET, deadlines=(1.0, 0.2))
    store = _with_alerts(tmp_path, 1, channel.name)
    assert deliver(store, [channel], NOON).failed == 1
    with store.reading() as r:
        assert r.alerts()[0].deliveries[0].outcome_unknown
    receiver.pause = 0.0
    summary = deliver(store, [channel], NOON + HOUR)
    assert (summary.sent, summary.repeated) == (1, 1)
    assert list(receiver.taken.values()) == [2]


@pytest.mark.fault("I5")
def test_a_later_refusal_does_not_hide_that_a_first_try_may_have_arrived(
    tmp_path: Path, receiver: HttpReceiver
) -> None:
    receiver.pause = 1.0
    channel = WebhookChannel(receiver.address, SECRET, deadlines=(1.0, 0.2))
    store = _with_alerts(tmp_path, 1, channel.name)
    deliver(store, [channel], NOON)
    receiver.pause, receiver.answers = 0.0, [(503, {})]
    deliver(store, [channel], NOON + HOUR)
    with store.reading() as r:
        assert r.alerts()[0].deliveries[0].outcome_unknown


@pytest.mark.fault("I6")
def test_killed_between_commit_and_send_the_alert_is_sent_by_the_next_who_looks(tmp_path: Path) -> None:
    _killed(
        """
        import os, signal, sys
        from pathlib import Path
        from tests.builders.stores import a_change, a_store, told

        with a_store(Path(sys.argv[1])).writing() as w:
            told(w, a_change(), "file")
        os.kill(os.getpid(), signal.SIGKILL)
        """,
        str(tmp_path),
    )
    channel = FileChannel(tmp_path / "out.jsonl")
    assert deliver(a_store(tmp_path), [channel], NOON).sent == 1
    assert len(channel.path.read_bytes().splitlines()) == 1


@pytest.mark.fault("I6")
def test_killed_before_the_commit_there_is_neither_a_change_nor_an_alert(tmp_path: Path) -> None:
    a_store(tmp_path).close()
    _killed(
        """
        import os, signal, sys
        from pathlib import Path
        from tests.builders.stores import a_change, a_store, told

        with a_store(Path(sys.argv[1])).writing() as w:
            told(w, a_change(), "file")
            os.kill(os.getpid(), signal.SIGKILL)
        """,
        str(tmp_path),
    )
    with a_store(tmp_path).reading() as r:
        assert (r.changes(), r.alerts()) == ((), ())


@pytest.mark.fault("I7")
def test_killed_between_send_and_mark_it_is_sent_again_after_the_lease_and_counted(
    tmp_path: Path, receiver: HttpReceiver
) -> None:
    channel = WebhookChannel(receiver.address, SECRET)
    store = _with_alerts(tmp_path, 1, channel.name)
    _killed(
        """
        import os, signal, sys
        from pathlib import Path
        from alerts.outbox import deliver
        from alerts.webhook import WebhookChannel
        from tests.builders.comparing import NOON
        from tests.builders.receivers import SECRET
        from tests.builders.stores import a_store

        class Dying(WebhookChannel):
            def send(self, message):
                super().send(message)
                os.kill(os.getpid(), signal.SIGKILL)

        deliver(a_store(Path(sys.argv[1])), [Dying(sys.argv[2], SECRET)], NOON)
        """,
        str(tmp_path),
        receiver.address,
    )
    assert deliver(store, [channel], NOON + LEASE / 2).sent == 0
    summary = deliver(store, [channel], NOON + 2 * LEASE)
    assert (summary.sent, summary.repeated) == (1, 1)
    assert list(receiver.taken.values()) == [2]


@pytest.mark.fault("I8")
def test_a_sending_that_outlasts_its_lease_is_not_repeated_by_another_sender(
    tmp_path: Path, receiver: HttpReceiver
) -> None:
    receiver.pause = 0.1
    channel = WebhookChannel(receiver.address, SECRET)
    store = _with_alerts(tmp_path, 25, channel.name)
    lease = timedelta(seconds=0.9)
    # Twenty-five messages take at least two and a half seconds: nearly three leases.
    slow = threading.Thread(target=deliver, args=(store, [channel], NOON), kwargs={"lease": lease})
    slow.start()
    started = NOON
    while slow.is_alive():
        started += timedelta(seconds=0.05)
        slow.join(0.05)
        deliver(store, [channel], started, lease=lease)
    assert sorted(receiver.taken.values()) == [1] * 25


@pytest.mark.fault("I9")
def test_a_hundred_alerts_of_one_run_arrive_once_each_and_a_channel_that_is_down_is_not_asked_for_each(
    tmp_path: Path, receiver: HttpReceiver
) -> None:
    receiver.answers = [(503, {})] * DOWN_AFTER
    channel = WebhookChannel(receiver.address, SECRET)
    store = _with_alerts(tmp_path, 100, channel.name)
    deliver(store, [channel], NOON)
    assert receiver.asked == DOWN_AFTER
    assert deliver(store, [channel], NOON + HOUR).sent == 100
    assert sorted(receiver.taken.values()) == [1] * 100


@pytest.mark.fault("I10")
def test_what_was_never_told_is_not_told_once_it_is_rejected(tmp_path: Path) -> None:
    held = a_change(ChangeKind.MEMBER_LEFT, "FR", status=Status.HELD)
    store, channel = a_store(tmp_path), FileChannel(tmp_path / "out.jsonl")
    with store.writing() as w:
        told(w, held, "file")
    with store.writing() as w:
        assert retract(w, w.review(held.key, Status.REJECTED, who="ada", why="cut", now=NOON), NOON) is None
    assert deliver(store, [channel], NOON + HOUR).sent == 0
    assert not channel.path.exists()
    assert _states(store) == {"file": "given_up"}


@pytest.mark.fault("I10", "I5")
def test_who_may_have_been_told_is_told_that_it_was_none(tmp_path: Path, receiver: HttpReceiver) -> None:
    held = a_change(ChangeKind.MEMBER_LEFT, "FR", status=Status.HELD)
    receiver.pause = 1.0
    channel = WebhookChannel(receiver.address, SECRET, deadlines=(1.0, 0.2))
    store = a_store(tmp_path)
    with store.writing() as w:
        told(w, held, channel.name)
    deliver(store, [channel], NOON)
    receiver.pause = 0.0
    with store.writing() as w:
        retract(w, w.review(held.key, Status.REJECTED, who="ada", why="cut", now=NOON), NOON)
    assert deliver(store, [channel], NOON + HOUR).sent == 1
    # Under a key of its own: a receiver that drops repeats must not drop this.
    assert list(receiver.taken.values()) == [1, 1]


@pytest.mark.fault("I10")
def test_what_is_rejected_while_it_is_being_sent_is_taken_back(tmp_path: Path, receiver: HttpReceiver) -> None:
    held = a_change(ChangeKind.MEMBER_LEFT, "FR", status=Status.HELD)
    receiver.pause = 1.0
    channel, store = WebhookChannel(receiver.address, SECRET), a_store(tmp_path)
    with store.writing() as w:
        told(w, held, channel.name)
    sending = threading.Thread(target=deliver, args=(store, [channel], NOON))
    sending.start()
    while not receiver.asked:
        assert sending.is_alive()
        sending.join(0.01)
    with store.writing() as w:
        rejected = w.review(held.key, Status.REJECTED, who="ada", why="cut", now=NOON)
        assert retract(w, rejected, NOON) is not None
    sending.join()
    receiver.pause = 0.0
    deliver(store, [channel], NOON + HOUR)
    sentences = [json.loads(body)["data"]["sentence"] for (body,) in receiver.bodies.values()]
    assert [sentence.split(":")[0] for sentence in sentences] == ["Held for review", "Retracted"]
    assert list(receiver.taken.values()) == [1, 1]
    assert _states(store) == {channel.name: "sent"}


@pytest.mark.fault("I12")
def test_a_message_that_cannot_be_made_touches_no_other_of_its_channel(tmp_path: Path) -> None:
    class Choking(FileChannel):
        def send(self, message: Message) -> None:
            if message.about == "state 0":
                raise ZeroDivisionError("s3cret")
            super().send(message)

    store, channel = _with_alerts(tmp_path, 8, "file"), Choking(tmp_path / "out.jsonl")
    summary = deliver(store, [channel], NOON)
    assert (summary.sent, summary.failed) == (7, 1)
    with store.reading() as r:
        assert r.alerts()[0].deliveries[0].last_error == "file: a fault of ours (ZeroDivisionError)"


@pytest.mark.fault("I14")
def test_one_channel_fails_and_the_others_get_everything(tmp_path: Path, receiver: HttpReceiver) -> None:
    receiver.answers = [(500, {})] * 100
    with mail_receiver() as mailbox:
        hook, mail, file = (
            WebhookChannel(receiver.address, SECRET),
            MailChannel(mailbox.address()),
            FileChannel(tmp_path / "out.jsonl"),
        )
        store = _with_alerts(tmp_path, 4, hook.name, mail.name, "file")
        summary = deliver(store, [hook, mail, file], NOON)
        assert (summary.sent, summary.failed) == (8, DOWN_AFTER)
        assert len(mailbox.raw) == 4
    assert len(file.path.read_bytes().splitlines()) == 4
    assert _states(store) == {hook.name: "pending", mail.name: "sent", "file": "sent"}


@pytest.mark.fault("K24")
def test_the_console_gets_no_character_that_steers_a_terminal(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        told(w, a_change(ChangeKind.CONCERN_ADDED, "Iran\x1b]0;owned\x07\x1b[2J\x9b31m\r\u202e"), "console")
    assert deliver(store, [ConsoleChannel()], NOON).sent == 1
    line = capfd.readouterr().err
    assert line.startswith("ALERT [critical] ")
    assert not set("\x1b\x07\x9b\r\u202e") & set(line)


@pytest.mark.fault("K23")
def test_words_of_a_page_that_look_like_a_template_stay_words(tmp_path: Path, receiver: HttpReceiver) -> None:
    words = "{{ 7 * 7 }} ${7*7} {0.__class__} %(key)s {% raw %}"
    channel = WebhookChannel(receiver.address, SECRET)
    file = FileChannel(tmp_path / "out.jsonl")
    store = a_store(tmp_path)
    with store.writing() as w:
        told(w, a_change(ChangeKind.CONCERN_ADDED, words), channel.name, "file")
    assert deliver(store, [channel, file], NOON).sent == 2
    ((body,),) = receiver.bodies.values()
    for told_as in (body.decode(), file.path.read_text(encoding="utf-8")):
        assert words in told_as


@pytest.mark.fault("K20")
def test_neither_errors_nor_the_outbox_nor_a_log_hold_a_secret_of_an_address(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, receiver: HttpReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLENARYWATCH_WEBHOOK_SECRET", SECRET)
    caplog.set_level("DEBUG")
    taking = receiver.address.removeprefix("webhook+http://").removesuffix("/hook")
    channels = channels_named(
        f"json://user:s3cret@127.0.0.1:1/t0ken json://user:s3cret@{taking}/t0ken webhook+http://{taking}/t0ken "
        "smtps://user:s3cret@127.0.0.1:1/?from=a@b.org&to=c@d.org",
        home=tmp_path,
    )
    store = _with_alerts(tmp_path, 1, *(channel.name for channel in channels))
    summary = deliver(store, channels, NOON)
    assert (summary.sent, summary.failed) == (2, 2)
    with store.reading() as r:
        kept = [(d.channel, d.last_error or "") for d in r.alerts()[0].deliveries]
    assert not any(secret in text for pair in kept for text in pair for secret in ("s3cret", "t0ken"))
    assert "s3cret" not in caplog.text
    assert "t0ken" not in caplog.text
