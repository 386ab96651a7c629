"""Signed events against a real HTTP receiver that takes, refuses, asks to wait, or is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from werkzeug import Request, Response

from alerts.channels import FileChannel, channels_named
from alerts.errors import ChannelInvalid
from alerts.message import Message
from alerts.outbox import deliver
from alerts.webhook import WebhookChannel, waiting
from storage import Store
from tests.builders.comparing import NOON
from tests.builders.stores import a_change, a_store, told

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def receiver() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1") as server:
        yield server


def _channel(receiver: HTTPServer) -> WebhookChannel:
    return WebhookChannel(f"webhook+{receiver.url_for('/hook')}", SECRET)


def _store(folder: Path, channel: WebhookChannel, *others: str, subject: str = "IN") -> Store:
    store = a_store(folder)
    with store.writing() as w:
        told(w, a_change(subject=subject), channel.name, *others)
    return store


def _waits(store: Store) -> timedelta:
    with store.reading() as r:
        return r.alerts()[0].deliveries[0].next_try - NOON


def _states(store: Store) -> dict[str, str]:
    with store.reading() as r:
        return {d.channel: d.state for alert in r.alerts() for d in alert.deliveries}


def test_an_event_verifies_with_the_schemes_own_library(tmp_path: Path, receiver: HTTPServer) -> None:
    seen: list[tuple[bytes, dict[str, str]]] = []

    def take(request: Request) -> Response:
        seen.append((request.get_data(), {k.lower(): v for k, v in request.headers.items()}))
        return Response(status=204)

    receiver.expect_request("/hook", method="POST").respond_with_handler(take)
    channel = _channel(receiver)
    assert deliver(_store(tmp_path, channel), [channel], NOON).sent == 1
    ((body, headers),) = seen
    Webhook(SECRET).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body.replace(b"India", b"Benin"), headers)
    event = json.loads(body)
    assert (event["specversion"], event["type"], event["id"]) == (
        "1.0",
        "plenarywatch.member_joined",
        headers["webhook-id"],
    )
    assert event["data"]["sentence"] == "India joined the MTCR."
    assert event["data"]["change"]["subject"] == "IN"


def test_a_name_that_is_not_ascii_arrives_whole(tmp_path: Path, receiver: HTTPServer) -> None:
    bodies: list[bytes] = []

    def take(request: Request) -> Response:
        bodies.append(request.get_data())
        return Response(status=200)

    receiver.expect_request("/hook").respond_with_handler(take)
    channel = _channel(receiver)
    deliver(_store(tmp_path, channel, subject="São Tomé – Türkiye 土耳其"), [channel], NOON)
    assert json.loads(bodies[0])["subject"] == "São Tomé – Türkiye 土耳其"


@pytest.mark.parametrize("status", [301, 400, 401, 404, 410])
def test_a_lasting_refusal_is_given_up_at_once(tmp_path: Path, receiver: HTTPServer, status: int) -> None:
    receiver.expect_request("/hook").respond_with_data("", status=status)
    channel = _channel(receiver)
    assert deliver(_store(tmp_path, channel), [channel], NOON).given_up == 1


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_passing_refusal_is_tried_again(tmp_path: Path, receiver: HTTPServer, status: int) -> None:
    receiver.expect_request("/hook").respond_with_data("", status=status)
    channel = _channel(receiver)
    store = _store(tmp_path, channel)
    assert deliver(store, [channel], NOON).failed == 1
    assert _states(store) == {channel.name: "pending"}


def test_a_receiver_that_asks_for_two_hours_gets_them(tmp_path: Path, receiver: HTTPServer) -> None:
    receiver.expect_request("/hook").respond_with_data("", status=429, headers={"Retry-After": "7200"})
    channel = _channel(receiver)
    store = _store(tmp_path, channel)
    deliver(store, [channel], NOON)
    assert timedelta(hours=2) <= _waits(store) < timedelta(hours=3)


def test_a_repeat_carries_the_same_id_as_the_first_try(tmp_path: Path, receiver: HTTPServer) -> None:
    ids: list[str] = []

    def take(request: Request) -> Response:
        ids.append(request.headers["webhook-id"])
        return Response(status=503 if len(ids) == 1 else 200)

    receiver.expect_request("/hook").respond_with_handler(take)
    channel = _channel(receiver)
    store = _store(tmp_path, channel)
    deliver(store, [channel], NOON)
    assert deliver(store, [channel], NOON + timedelta(hours=1)).sent == 1
    assert len(ids) == 2
    assert ids[0] == ids[1]


def test_a_receiver_that_is_gone_touches_no_other_channel_and_its_address_is_not_told(tmp_path: Path) -> None:
    with HTTPServer(host="127.0.0.1") as server:
        channel = WebhookChannel(f"webhook+{server.url_for('/t0ken')}", SECRET)
    store = _store(tmp_path, channel, "file")
    summary = deliver(store, [channel, FileChannel(tmp_path / "out.jsonl")], NOON)
    assert (summary.failed, summary.sent) == (1, 1)
    with store.reading() as r:
        errors = [d.last_error or "" for d in r.alerts()[0].deliveries]
    assert not any("t0ken" in error for error in errors)
    assert any("cannot be reached" in error for error in errors)


def test_a_fault_in_one_message_stops_no_other(tmp_path: Path) -> None:
    class Broken:
        name = "broken"
        flood: int | None = None

        def send(self, message: Message) -> None:
            raise KeyError("s3cret")

    store = a_store(tmp_path)
    with store.writing() as w:
        told(w, a_change(), "broken", "file")
    summary = deliver(store, [Broken(), FileChannel(tmp_path / "out.jsonl")], NOON)
    assert (summary.failed, summary.sent) == (1, 1)
    with store.reading() as r:
        assert [d.last_error for d in r.alerts()[0].deliveries] == ["broken: a fault of ours (KeyError)", None]


@pytest.mark.parametrize("secret", ["", "   ", "whsec_not base64!"])
def test_a_webhook_without_a_good_secret_is_refused_with_the_name_of_the_setting(
    secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLENARYWATCH_WEBHOOK_SECRET", secret)
    with pytest.raises(ChannelInvalid, match="PLENARYWATCH_WEBHOOK_SECRET"):
        channels_named("webhook+https://host.example/hook", home=Path())


def test_retry_after_is_read_in_seconds_and_as_a_date_and_never_beyond_a_day() -> None:
    now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert waiting("90", now) == timedelta(seconds=90)
    assert waiting("Mon, 02 Mar 2026 12:10:00 GMT", now) == timedelta(minutes=10)
    assert waiting("Mon, 02 Mar 2020 12:10:00 GMT", now) == timedelta(0)
    assert waiting("99999999999999999999", now) == timedelta(days=1)
    assert waiting("soon", now) is None
    assert waiting(None, now) is None
