"""One page observed, as the flows do it, without a network: bytes kept, version written."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from parsers.document import Document
from parsers.record import Record
from storage import Archive, Store
from storage.values import Attempt, Version
from storage.writing import Writer
from tests.storage.making import NOON, a_document


def a_version(
    w: Writer,
    record: Record,
    *,
    source: str = "page",
    document: Document | None = None,
    body: bytes | None = None,
    archive: Archive | None = None,
    now: datetime = NOON,
) -> Version:
    """A version of *source* that states *record*, in the transaction that is open."""
    document = document or a_document(" ".join(m.name for m in record.members) or "Nothing was said.")
    body = body if body is not None else document.text.encode()
    sha256 = archive.put(body) if archive is not None else hashlib.sha256(body).hexdigest()
    run = w.begin_run("test", now)
    ref = w.found_source(record.regime, source, "statement", f"https://example.org/{source}", baseline=False, now=now)
    attempt = Attempt(ref.url, ref.url, 200, "good", now, sha256=sha256, size=len(body))
    fetch = w.fetch(run, ref.id, attempt)
    w.end_run(run, "completed", "", now)
    return w.save_version(
        ref, fetch, sha256=sha256, url=ref.url, content_type="text/plain", document=document, record=record, now=now
    )


def listed(store: Store, record: Record, *, on: date | None, now: datetime = NOON, source: str = "page") -> Version:
    """A version whose list holds for the day *on*, its memberships written."""
    with store.writing() as w:
        version = a_version(w, record, source=source, now=now)
        w.members_listed(record, version.id, stated_on=on, now=now)
    return version
