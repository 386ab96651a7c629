"""Who is told, what the message says, and where it goes."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.audience import Audience
from alerts.channels import AppriseChannel, ConsoleChannel, FileChannel, channels_named, names
from alerts.errors import ChannelInvalid
from alerts.load import packaged_rules
from alerts.message import Message
from alerts.rules import Routing
from diffs.change import BothSides, Change, ChangeKind, Severity, Status
from parsers.record import Evidence
from storage.values import State
from tests.builders.comparing import NOON
from tests.builders.stores import a_change, a_message, a_source, a_store, observed
from tests.storage.making import a_record

K = ChangeKind
HOSTILE = "India\x1b[2J\x07\r\nBcc: all@example.org\u202e\u2066 <script>alert(1)</script>"
# The subjects of sources are their addresses.
SOURCES = (K.SOURCE_DRIFT, K.SOURCE_UNREACHABLE, K.SOURCE_RECOVERED)


def _hostile() -> Message:
    span = Evidence(0, 0, 4, HOSTILE)
    change = a_change(K.CONCERN_ADDED, HOSTILE, after=HOSTILE, url=HOSTILE, evidence=BothSides((span,), (span,)))
    return a_message(change)


def _audience(change: Change) -> Audience | None:
    """Whom the packaged rules tell *change*."""
    telling = Routing(packaged_rules(), ("file",)).telling(change)
    return telling.audience if telling else None


@pytest.mark.parametrize("severity", [Severity.CRITICAL, Severity.WARNING])
def test_analysts_are_told_what_weighs(severity: Severity) -> None:
    assert _audience(a_change(severity=severity)) is Audience.ANALYST


def test_nobody_is_told_what_is_only_worth_a_line_in_a_report() -> None:
    assert _audience(a_change(K.TOPIC_ADDED, "transit", severity=Severity.INFO)) is None


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("severity", Severity)
def test_operators_are_told_of_sources_whatever_they_weigh(kind: ChangeKind, severity: Severity) -> None:
    assert _audience(a_change(kind, severity=severity)) is Audience.OPERATOR


@pytest.mark.parametrize("severity", Severity)
def test_what_is_held_is_an_operators_and_not_an_analysts(severity: Severity) -> None:
    assert _audience(a_change(K.CONCERN_ADDED, status=Status.HELD, severity=severity)) is Audience.OPERATOR


@pytest.mark.parametrize("kind", [K.MEMBER_JOINED, K.MEMBER_LEFT, K.MEMBERSHIP_DECISION])
def test_an_analyst_is_told_of_a_membership_that_waits_for_review_and_of_nothing_critical(kind: ChangeKind) -> None:
    held = a_change(kind, status=Status.HELD, severity=Severity.CRITICAL)
    assert _audience(held) is Audience.ANALYST
    assert a_message(held).subject.startswith("[info] Held for review: ")


@pytest.mark.parametrize("kind", [K.MEMBER_LEFT, K.SOURCE_DRIFT])
def test_what_was_rejected_is_told_to_nobody(kind: ChangeKind) -> None:
    assert _audience(a_change(kind, status=Status.REJECTED)) is None


def test_the_subject_says_how_much_it_weighs_and_what_happened() -> None:
    assert a_message(a_change()).subject == "[critical] India joined the MTCR."


def test_no_character_that_steers_a_display_or_a_mail_reaches_a_message() -> None:
    for text in (_hostile().subject, _hostile().text.replace("\n", ""), _hostile().html):
        assert not set("\x1b\x07\r\n\u202e\u2066") & set(text)


def test_a_page_adds_no_line_to_a_message() -> None:
    assert not any(line.startswith("Bcc") for line in _hostile().text.splitlines())


def test_the_html_of_a_message_holds_no_markup_of_the_page() -> None:
    assert "<script" not in _hostile().html
    assert "&lt;script&gt;" in _hostile().html


def test_a_subject_is_short_whatever_the_page_says() -> None:
    assert len(a_message(a_change(K.CONCERN_ADDED, "x" * 5000)).subject) <= 200


def test_a_message_carries_the_words_of_both_sides_the_source_and_the_key() -> None:
    sides = BothSides((Evidence(3, 0, 11, "34 Partners"),), (Evidence(4, 0, 11, "35 Partners"),))
    change = a_change(K.MEMBER_COUNT_CHANGED, "mtcr", before=34, after=35, evidence=sides)
    text = a_message(change).text
    for words in ("“34 Partners”", "“35 Partners”", "https://mtcr.example/1", "2026-03-02 12:00 UTC", change.key):
        assert words in text


def test_a_held_change_is_said_to_be_held() -> None:
    assert "Sure: held for review" in a_message(a_change(K.MEMBER_LEFT, status=Status.HELD)).text


def test_a_message_says_how_many_pages_state_it_and_when_its_own_was_last_seen(tmp_path: Path) -> None:
    joined = a_change(K.MEMBER_JOINED, "IN", url="https://mtcr.example/partners")
    later = NOON + timedelta(hours=6)
    with a_store(tmp_path) as store:
        with store.writing() as w:
            first = observed(w, a_record("IN", "FR"), name="partners")
            w.save_changes(w.begin_run("monitor", NOON), [joined], first.id)
            w.set_state(a_source(w, "partners").id, State(checks=2, last_checked=later, last_verified=later))
            observed(w, a_record("FR"), name="old")
        with store.reading() as r:
            alone = r.support([joined])[joined.key]
        with store.writing() as w:
            observed(w, a_record("IN"), name="mirror")
            w.hold(observed(w, a_record("IN"), name="drifted").id)
        with store.reading() as r:
            both = r.support([joined])[joined.key]
    assert "Sure: one source" in a_message(joined, support=alone).text
    text = a_message(joined, support=both).text
    assert "Sure: two sources" in text
    assert "Last verified: 2026-03-02 18:00 UTC" in text


def test_a_message_links_the_page_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Report:" not in a_message(a_change()).text
    monkeypatch.setenv("PLENARYWATCH_SITE", "https://watch.example/")
    address = f"https://watch.example/changes/{a_change().key}.html"
    message = a_message(a_change())
    assert f"Report: {address}\n" in message.text
    assert f'<a href="{address}">{address}</a>' in message.html
    assert json.loads(bytes(message.data))["page"] == address


def test_an_address_that_is_no_plain_one_of_the_web_is_no_link() -> None:
    for url in ("javascript:alert(1)", "https://a@b.example/", 'https://x.example/"><b>'):
        assert "<a " not in a_message(a_change(url=url)).html


def test_the_file_channel_appends_one_json_line_an_alert(tmp_path: Path) -> None:
    channel = FileChannel(tmp_path / "new" / "folder" / "alerts.jsonl")
    channel.send(a_message(a_change(), key="key-1"))
    channel.send(_hostile())
    first, second = (json.loads(line) for line in channel.path.read_bytes().splitlines())
    assert (first["idempotency_key"], first["change"]["subject"]) == ("key-1", "IN")
    assert (second["idempotency_key"], second["change"]["subject"]) == ("k", HOSTILE)


def test_the_console_gets_one_line_an_alert() -> None:
    lines: list[str] = []
    ConsoleChannel(lines.append).send(_hostile())
    assert len(lines) == 1
    assert lines[0].startswith("ALERT [critical] ")
    assert "\x1b" not in lines[0]


def test_channels_are_made_in_the_order_they_are_declared(tmp_path: Path) -> None:
    assert names(channels_named("file  console", home=tmp_path)) == ("file", "console")
    assert channels_named("", home=tmp_path) == ()


def test_a_word_that_is_no_channel_is_named() -> None:
    with pytest.raises(ChannelInvalid, match="'pager' is no channel"):
        channels_named("console pager", home=Path())


def test_an_address_of_no_known_service_is_refused_without_showing_its_secret() -> None:
    with pytest.raises(ChannelInvalid) as refused:
        channels_named("nosuch://user:s3cret@host", home=Path())
    assert "s3cret" not in str(refused.value)


def test_a_channels_name_holds_no_secret_and_tells_addresses_apart() -> None:
    one = AppriseChannel("json://user:s3cret@localhost/one").name
    other = AppriseChannel("json://user:s3cret@localhost/other").name
    assert "s3cret" not in one
    assert one != other
    assert one == AppriseChannel("json://user:s3cret@localhost/one").name
