"""What a web archive holds of an address, as its CDX server lists it.

Three forms of a list are read: the Wayback Machine's JSON (an array of rows, the first of which names the columns),
pywb's (an object a line) and the plain one (columns parted by blanks).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple, Protocol
from urllib.parse import urlencode, urlsplit, urlunsplit

from fetchers.errors import NoCaptures
from fetchers.fetcher import Fetcher
from fetchers.result import FetchResult

WAYBACK = "https://web.archive.org/cdx/search/cdx"
# Behind the key by which the server sorts.
_PLAIN = ("timestamp", "original", "mimetype", "statuscode", "digest")
_READABLE = ("text/", "application/pdf", "application/xhtml", "warc/revisit", "-")


class Capture(NamedTuple):
    """One capture: when it was taken, what of, where its original bytes are, and their digest."""

    at: datetime
    original: str
    url: str
    digest: str


class History(Protocol):
    """Where the past of a page is kept. Implement these two to take it from elsewhere."""

    def captures_of(self, url: str, since: int | None = None) -> list[Capture]:
        """The captures of *url* from the year *since* on, oldest first. Raises `FetchError` where they cannot be had."""

    def get(self, capture: Capture) -> FetchResult:
        """The bytes that were captured, archived."""


class WebArchive:
    """A web archive that lists its captures by the CDX server at *cdx*."""

    def __init__(self, fetcher: Fetcher, cdx: str) -> None:
        self._fetcher, self._cdx = fetcher, cdx

    def captures_of(self, url: str, since: int | None = None) -> list[Capture]:
        answer = self._fetcher.get(question(self._cdx, url, since))
        if answer.error is not None or answer.status != 200:
            raise NoCaptures(answer.error or f"{self._cdx}: the archive answered {answer.status}; try again later")
        try:
            return since_year(captures(answer.body or b"", self._cdx), since)
        except NoCaptures as error:
            raise NoCaptures(f"{self._cdx}: {error}") from error

    def get(self, capture: Capture) -> FetchResult:
        return self._fetcher.get(capture.url)


def question(cdx: str, url: str, since: int | None = None) -> str:
    """The address that asks the server *cdx* for the captures of *url*, from the year *since* on."""
    asked = {"url": url, "output": "json", "filter": "statuscode:200", "collapse": "digest"}
    return f"{cdx}?{urlencode(asked | ({'from': str(since)} if since else {}))}"


def captures(body: bytes, cdx: str) -> list[Capture]:
    """The captures of a CDX server's answer, oldest first, those left out whose bytes are the ones before.

    Raises `NoCaptures` for an answer that is no list of captures.
    """
    return without_repeats(filter(None, (_capture(row, cdx) for row in _rows(body))))


def since_year(found: list[Capture], since: int | None) -> list[Capture]:
    """Those of the year *since* and later; all without one."""
    return [capture for capture in found if since is None or capture.at.year >= since]


def without_repeats(found: Iterable[Capture]) -> list[Capture]:
    """Oldest first, those left out whose bytes are the ones before."""
    ordered = sorted(found)
    return [
        c for before, c in zip([None, *ordered], ordered, strict=False) if before is None or c.digest != before.digest
    ]


def _rows(body: bytes) -> Iterator[dict[str, str]]:
    text = body.decode("utf-8", "replace").strip()
    try:
        if text.startswith("["):
            names, *rows = json.loads(text) or [[]]
            yield from (dict(zip(names, row, strict=False)) for row in rows)
        elif text.startswith("{"):
            yield from (json.loads(line) for line in text.splitlines())
        else:
            for line in text.splitlines():
                columns = line.split()
                if len(columns) <= len(_PLAIN) or not columns[1].isdecimal():
                    raise NoCaptures(f"{line[:60]!r}: not a line of captures; give the address of a CDX server")
                yield dict(zip(_PLAIN, columns[1:], strict=False))
    except (ValueError, TypeError) as error:
        raise NoCaptures(f"not a list of captures ({error}); give the address of a CDX server") from error


def _capture(row: dict[str, str], cdx: str) -> Capture | None:
    stamp = str(row.get("timestamp", ""))
    original = str(row.get("original") or row.get("url") or "")
    kind = str(row.get("mimetype") or row.get("mime") or "-")
    status = str(row.get("statuscode") or row.get("status") or "-")
    if status not in ("200", "-") or not kind.startswith(_READABLE) or not original.startswith(("http://", "https://")):
        return None
    try:
        at = datetime.strptime(stamp[:14].ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Capture(at, original, f"{_replay(cdx)}{stamp}id_/{original}", str(row.get("digest", stamp)))


def _replay(cdx: str) -> str:
    """Where the archive of a CDX server gives out what it holds: the Wayback Machine's and pywb's ways."""
    parts = urlsplit(cdx)
    path = parts.path.rstrip("/")
    base = "/web/" if path.endswith("/cdx/search/cdx") else path.removesuffix("/cdx") + "/"
    return urlunsplit((parts.scheme, parts.netloc, base, "", ""))
