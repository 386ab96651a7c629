"""Mail against a real SMTP server: what arrives, what is refused, what an attacker cannot add."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.channels import channels_named
from alerts.errors import ChannelInvalid
from alerts.mail import MailChannel
from alerts.outbox import deliver
from alerts.retraction import retract
from diffs.change import BothSides, Change, ChangeKind, Status
from parsers.record import Evidence
from storage import Store
from tests.builders.comparing import NOON
from tests.builders.receivers import Mailbox, mail_receiver
from tests.builders.stores import a_change, a_store, told

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_receiver() as box:
        yield box


def _told(folder: Path, mailbox: Mailbox, change: Change, to: str = "desk@example.org") -> tuple[Store, MailChannel]:
    store, channel = a_store(folder), MailChannel(mailbox.address(to))
    with store.writing() as w:
        told(w, change, channel.name)
    return store, channel


def _state(store: Store) -> tuple[str, str | None]:
    with store.reading() as r:
        delivery = r.alerts()[0].deliveries[0]
    return delivery.state, delivery.last_error


def test_a_mail_says_the_same_words_as_text_and_as_html(tmp_path: Path, mailbox: Mailbox) -> None:
    change = a_change(evidence=BothSides((), (Evidence(0, 0, 5, "India joined as the 35th Partner"),)))
    store, channel = _told(tmp_path, mailbox, change, to="desk@example.org,chief@example.org")
    assert deliver(store, [channel], NOON).sent == 1
    (mail,) = mailbox.mails
    assert (mail["subject"], mail["from"]) == ("[critical] India joined the MTCR.", "watch@example.org")
    assert mailbox.recipients == [["desk@example.org", "chief@example.org"]]
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "“India joined as the 35th Partner”" in plain.get_content()
    assert "“India joined as the 35th Partner”" in html.get_content()


@pytest.mark.fault("I13")
def test_names_that_are_not_ascii_arrive_whole_in_subject_and_body(tmp_path: Path, mailbox: Mailbox) -> None:
    name = "São Tomé, Türkiye, Côte d'Ivoire, 大韓民国, Россия"
    store, channel = _told(tmp_path, mailbox, a_change(ChangeKind.CONCERN_ADDED, name))
    deliver(store, [channel], NOON)
    (mail,) = mailbox.mails
    head = mailbox.raw[0].split(b"\r\n\r\n", 1)[0]
    assert name in mail["subject"]
    assert head.isascii()
    body = mail.get_body(("plain",))
    assert body is not None
    assert name in body.get_content()


@pytest.mark.fault("I10")
def test_a_retraction_stands_in_the_thread_of_what_it_takes_back(tmp_path: Path, mailbox: Mailbox) -> None:
    held = a_change(ChangeKind.MEMBER_LEFT, "FR", status=Status.HELD)
    store, channel = _told(tmp_path, mailbox, held)
    deliver(store, [channel], NOON)
    with store.writing() as w:
        retract(w, w.review(held.key, Status.REJECTED, who="ada", why="cut", now=LATER), LATER)
    deliver(store, [channel], LATER)
    first, second = mailbox.mails
    assert second["subject"] == "[critical] Retracted: France left the MTCR."
    assert first["message-id"] in second["references"]
    assert first["message-id"] == second["in-reply-to"]
    assert first["message-id"] != second["message-id"]


def test_every_try_of_a_mail_has_the_same_message_id(tmp_path: Path, mailbox: Mailbox) -> None:
    store, channel = _told(tmp_path, mailbox, a_change())
    deliver(store, [channel], NOON)
    with store.writing() as w:
        w.replay(1, None, LATER, sent=True)
    deliver(store, [channel], LATER)
    assert len(mailbox.raw) == 2
    assert len({mail["message-id"] for mail in mailbox.mails}) == 1


@pytest.mark.parametrize(("answer", "state"), [("451 greylisted", "pending"), ("554 no", "given_up")])
def test_a_passing_refusal_is_tried_again_and_a_lasting_one_is_given_up(
    tmp_path: Path, mailbox: Mailbox, answer: str, state: str
) -> None:
    mailbox.answer = answer
    store, channel = _told(tmp_path, mailbox, a_change())
    deliver(store, [channel], NOON)
    assert _state(store) == (state, f"{channel.name}: the server answered {answer[:3]} ({answer[:3]})")


@pytest.mark.fault("I11")
def test_a_recipient_that_is_unknown_is_told_and_the_others_get_the_mail(tmp_path: Path, mailbox: Mailbox) -> None:
    mailbox.refuse = {"gone@example.org": "550 unknown"}
    store, channel = _told(tmp_path, mailbox, a_change(), to="gone@example.org,desk@example.org")
    deliver(store, [channel], NOON)
    assert mailbox.recipients == [["desk@example.org"]]
    state, error = _state(store)
    assert state == "given_up"
    assert "1 of 2 recipients were refused (550)" in (error or "")


@pytest.mark.fault("I5")
def test_a_mail_that_was_taken_and_never_acknowledged_is_repeated_under_the_same_id(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    mailbox.pause = 1.0
    store = a_store(tmp_path)
    channel = MailChannel(mailbox.address(), deadline=0.3)
    with store.writing() as w:
        told(w, a_change(), channel.name)
    assert deliver(store, [channel], NOON).failed == 1
    assert _state(store) == ("pending", f"outcome unknown: {channel.name}: no answer in time")
    mailbox.pause = 0.0
    summary = deliver(store, [channel], LATER)
    assert (summary.sent, summary.repeated) == (1, 1)
    assert len({mail["message-id"] for mail in mailbox.mails}) == 1


@pytest.mark.fault("K17")
def test_a_page_adds_no_header_and_no_recipient_to_a_mail(tmp_path: Path, mailbox: Mailbox) -> None:
    hostile = "Iran\r\nBcc: all@example.org\r\n\r\nbody\x00\u2028X-Evil: 1"
    store, channel = _told(tmp_path, mailbox, a_change(ChangeKind.CONCERN_ADDED, hostile, url=hostile))
    assert deliver(store, [channel], NOON).sent == 1
    (mail,) = mailbox.mails
    assert mail["bcc"] is None
    assert mail["x-evil"] is None
    assert mailbox.recipients == [["desk@example.org"]]
    assert "Bcc: all@example.org" in mail["subject"]


@pytest.mark.fault("K12")
def test_a_mail_holds_no_markup_of_a_page(tmp_path: Path, mailbox: Mailbox) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    change = a_change(
        ChangeKind.CONCERN_ADDED, script, after=script, evidence=BothSides((), (Evidence(0, 0, 1, script),))
    )
    store, channel = _told(tmp_path, mailbox, change)
    deliver(store, [channel], NOON)
    html = mailbox.mails[0].get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content()
    assert "<img" not in html.get_content()
    assert "&lt;script&gt;" in html.get_content()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param("smtp://host/?from=a@b.org", "no recipient", marks=pytest.mark.fault("I11"), id="none"),
        pytest.param("smtp://host/?from=a@b.org&to=", "no recipient", marks=pytest.mark.fault("I11"), id="empty"),
        pytest.param("smtp://host/?from=a@b.org&to=,%20,", "no recipient", marks=pytest.mark.fault("I11"), id="blanks"),
        pytest.param("smtp://host/?to=a@b.org", "from= is no mail address", id="no sender"),
        pytest.param("smtp://host/?from=a@b.org&to=nobody", "to= is no mail address", id="no address"),
        pytest.param("smtp://host/?from=a@b.org&to=c@d.org%0aX:1", "to= is no mail address", id="line end"),
        pytest.param("smtp:///?from=a@b.org&to=c@d.org", "names no server", id="no server"),
        pytest.param("smtp://host:mail/?from=a@b.org&to=c@d.org", "port is no number", id="port"),
        pytest.param("smtp://host/?from=a@b.org&to=c@d.org&tls=maybe", "tls=maybe", id="tls"),
        pytest.param("smtp://host/?from=a@b.org&too=c@d.org", "'too'", id="misspelt"),
        pytest.param("smtp://u:s3cret@host/?from=a@b.org&to=c@d.org&tls=none", "for all to read", id="password"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_its_reason_and_without_its_secret(
    address: str, said: str
) -> None:
    with pytest.raises(ChannelInvalid) as refused:
        channels_named(address, home=Path())
    assert said in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_a_server_without_tls_gets_no_mail_unless_the_address_says_so(tmp_path: Path, mailbox: Mailbox) -> None:
    store = a_store(tmp_path)
    channel = MailChannel(mailbox.address().removesuffix("&tls=none"))
    with store.writing() as w:
        told(w, a_change(), channel.name)
    assert deliver(store, [channel], NOON).given_up == 1
    assert "offers no STARTTLS" in (_state(store)[1] or "")
    assert mailbox.raw == []
