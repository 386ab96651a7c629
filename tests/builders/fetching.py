"""A fetcher as tests use it: impatient, of loopback alone, and with an archive that can be looked into."""

from __future__ import annotations

import hashlib

from fetchers.fetcher import Fetcher
from fetchers.settings import FetchSettings

_QUICK: dict[str, object] = {
    "allow_private": frozenset({"127.0.0.1"}), "robots": False, "retries": 0, "backoff": 0.01, "connect": 2.0,
    "read": 2.0, "total": 5.0, "pace": 0.0, "contact": "ops@example.org",
}  # fmt: skip


def a_fetcher(kept: list[bytes] | None = None, **options: object) -> Fetcher:
    """A fetcher that puts what it archives into *kept*; *options* are those of `FetchSettings`."""

    def archive(body: bytes) -> str:
        if kept is not None:
            kept.append(body)
        return hashlib.sha256(body).hexdigest()

    return Fetcher(FetchSettings(**(_QUICK | options)), archive=archive)  # type: ignore[arg-type]
