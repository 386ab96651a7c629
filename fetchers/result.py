"""What came of one attempt on one URL."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

# Headers that identify a person or a session never leave the fetcher.
SECRET_HEADERS = frozenset(("set-cookie", "cookie", "authorization", "proxy-authorization", "www-authenticate"))


class FetchResult(Struct, frozen=True, kw_only=True):
    """One attempt: never an exception for what the network did.

    `status` is None when no answer came. `body` is decoded of its transfer coding and archived under `sha256`
    before anybody sees it. `error` is one line naming the fault and the mend, `error_kind` its short name.
    `elapsed` is in seconds, `hops` are the addresses passed on the way to `final_url`.
    """

    url: str
    final_url: str
    fetched_at: datetime
    hops: tuple[str, ...] = ()
    status: int | None = None
    headers: dict[str, str] = {}
    content_type: str | None = None
    body: bytes | None = None
    sha256: str | None = None
    error: str | None = None
    error_kind: str | None = None
    elapsed: float = 0.0

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed since the validators it was given."""
        return self.status == 304 and self.error is None

    @property
    def etag(self) -> str | None:
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        return self.headers.get("last-modified")
