"""A store on a file, filled through its own verbs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, update

from alerts.message import Message, message_of
from diffs.change import Change, ChangeKind, Severity, Status, change_key
from parsers.document import Document
from parsers.record import Record
from parsers.version import PARSER
from storage import Store
from storage import tables as t
from storage.support import UNSUPPORTED, Support
from storage.values import AlertView, Attempt, DeliveryView, SourceRef, Version
from storage.writing import Writer
from tests.builders.comparing import NOON, a_document

SHA = "ab" * 32


def a_store(folder: Path) -> Store:
    return Store.open(f"sqlite:///{folder / 'store.db'}")


def read_by_an_older_parser(home: Path) -> None:
    """Every version of the store, as if an older parser had read it; its text and its facts are the same."""
    with Store.open(f"sqlite:///{home / 'plenarywatch.sqlite'}") as store, store.writing() as w:
        older = func.replace(t.Record.record, f'"parser":"{PARSER}"', '"parser":"older"')
        w.session.execute(update(t.Record).values(parser="older", record=older))


def a_source(w: Writer, name: str = "statements", *, regime: str = "mtcr", now: datetime = NOON) -> SourceRef:
    return w.found_source(regime, name, "statement", f"https://{regime}.example/{name}", baseline=True, now=now)


def observed(
    w: Writer, record: Record, *, name: str = "statements", document: Document | None = None, now: datetime = NOON
) -> Version:
    """One version as a flow saves it: its run, its source, its fetch."""
    run = w.begin_run("monitor", now)
    source = a_source(w, name, regime=record.regime, now=now)
    attempt = Attempt(source.url, source.url, 200, "good", now, sha256=SHA, size=9)
    fetch = w.fetch(run, source.id, attempt)
    return w.save_version(
        source, fetch, sha256=SHA, url=source.url, content_type="text/html",
        document=document or a_document("Text of a statement."), record=record, now=now,
    )  # fmt: skip


def a_change(
    kind: ChangeKind = ChangeKind.MEMBER_JOINED,
    subject: str = "IN",
    *,
    status: Status = Status.CONFIRMED,
    severity: Severity = Severity.CRITICAL,
    **fields: object,
) -> Change:
    values: dict[str, object] = {"regime": "mtcr", "url": "https://mtcr.example/1", "observed_at": NOON} | fields
    key = change_key(kind, str(values["regime"]), subject)
    return Change(key=key, kind=kind, severity=severity, subject=subject, status=status, **values)  # type: ignore[arg-type]


def told(w: Writer, change: Change, *channels: str, now: datetime = NOON) -> int:
    """The change saved, with an alert to these channels; the alert's id."""
    w.save_changes(w.begin_run("monitor", now), [change], None)
    alert = w.save_alert(change, audience="analyst", sentence="India joined.", channels=channels, now=now)
    assert alert is not None
    return alert


def a_message(change: Change, *, key: str = "k", support: Support = UNSUPPORTED, reminder: int = 0) -> Message:
    """What a channel is handed of an alert on *change*."""
    delivery = DeliveryView(1, 1, "desk", "pending", key, 1, NOON, None, None, reminder=reminder)
    return message_of(AlertView(1, "analyst", "", NOON, None, change, ()), delivery, support)
