"""The digest of a time, made for whoever asks: nothing is stored or sent by it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from alerts.digest import Digest, digest_of, lines_of
from alerts.hours import PERIODS, next_due
from alerts.load import load_rules, packaged_rules
from alerts.writing import as_html, as_markdown, as_text
from flows.errors import BadRequest
from flows.settings import settings_from_environment
from storage import Store


def digest_for(name: str, until: datetime, since: datetime | None = None) -> Digest:
    """The digest ``daily`` or ``weekly`` up to *until*, from *since* (default: its own time before). Raises
    `BadRequest`."""
    if name not in PERIODS:
        raise BadRequest(f"{name!r}: no digest of that name; write daily or weekly")
    begin = since or until - PERIODS[name]
    if begin >= until:
        raise BadRequest(f"--since {begin.isoformat()}: not before {until.isoformat()}; write an earlier moment")
    settings = settings_from_environment()
    digests = (load_rules(settings.alerts) if settings.alerts else packaged_rules()).digests
    following = next_due(digests.daily if name == "daily" else digests.weekly, until)
    with Store.open(settings.database_url) as store, store.reading() as r:
        return digest_of(r, name, begin, until, following=following)


def written(digest: Digest, form: str) -> str:
    """The digest as ``text``, ``md``, ``html`` or ``json``. Raises `BadRequest`."""
    if form == "json":
        return msgspec.json.encode(digest).decode() + "\n"
    write = {"text": as_text, "md": as_markdown, "html": as_html}.get(form)
    if write is None:
        raise BadRequest(f"--format {form!r}: write text, md, html or json")
    return write(list(lines_of(digest)))
