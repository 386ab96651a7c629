"""What was fetched, as a WARC file (ISO 28500, version 1.1) that other people's tools replay and check."""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

import msgspec
from sqlalchemy import select
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage import tables as t
from storage.archive import Archive
from storage.errors import CannotExport
from storage.exporting.formats import Exported
from storage.store import Store

_SAME_BYTES = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# They told how the body travelled; it is kept unpacked. The prefix is that of Wayback-style archives.
_OF_TRANSFER = frozenset(("content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"))
_IDS = uuid.uuid5(uuid.NAMESPACE_DNS, "plenarywatch.warc")
_hops = msgspec.json.Decoder(tuple[str, ...])
_headers = msgspec.json.Decoder(dict[str, str])


def export_warc(
    store: Store,
    archive: Archive,
    folder: Path,
    *,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    regime: str | None = None,
) -> Exported:
    """Write every answer that was kept between two moments into ``plenarywatch.warc.gz`` in *folder*: from *since* on,
    and before *until*.

    An answer is a ``response`` with its headers and its body as archived; where the file holds the body already, or
    the server said that it was not modified, a ``revisit``; a file that was brought in is a ``resource``. Beside
    each stands a ``metadata`` record: our verdict, the error, the addresses that led there. Attempts without an answer
    are left out. The payload's digest is the blob's SHA-256. Equal data give equal bytes, but for the moment *now* in
    the first record. Raises `CannotExport`, and `NotFound` or `DamagedBlob` for a blob that is not whole.
    """
    path = folder / "plenarywatch.warc.gz"
    temporary = folder / f".{path.name}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with open(temporary, "wb") as file:
                warc = _Warc(file, now)
                count = sum(
                    warc.add(row, held, archive)
                    for row, held in _answers(store, since=since, until=until, regime=regime)
                )
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise CannotExport(f"{folder}: cannot be written ({error.strerror}); choose another --out") from error
    return Exported((path,), {"answers": count})


def _answers(
    store: Store, *, since: datetime | None, until: datetime | None, regime: str | None
) -> Iterator[tuple[t.Fetch, str | None]]:
    """The fetches that had an answer, oldest first, each with the hash of what its source last sent by then."""
    query = select(t.Fetch).order_by(t.Fetch.fetched_at, t.Fetch.id)
    if regime is not None:
        query = query.join(t.Source, t.Source.id == t.Fetch.source_id).where(t.Source.regime == regime)
    if until is not None:
        query = query.where(t.Fetch.fetched_at < until)
    held: dict[int, str] = {}
    with store.reading() as r:
        for row in r.session.scalars(query.execution_options(yield_per=500)):
            if row.sha256 is not None:
                held[row.source_id] = row.sha256
            if (row.status is not None or row.sha256 is not None) and (since is None or row.fetched_at >= since):
                yield row, held.get(row.source_id)


class _Warc:
    """A WARC file being written, and under which address and date it holds each body."""

    def __init__(self, file: BinaryIO, now: datetime) -> None:
        self._writer = WARCWriter(file, gzip=True, warc_version="1.1")
        self._first: dict[str, tuple[str, str]] = {}
        told = {
            "software": "Plenarywatch",
            "format": "WARC File Format 1.1",
            "description": "Bodies stand unpacked; headers that told how they travelled are named X-Archive-Orig-",
        }
        self._write("", "warcinfo", _fields(told), {"WARC-Date": _date(now)})

    def add(self, row: t.Fetch, held: str | None, archive: Archive) -> int:
        """Write an answer, whose source last sent the body *held*, and what we know of it; the number of answers
        written, one."""
        told = {"WARC-Date": _date(row.fetched_at)}
        not_modified = row.status == HTTPStatus.NOT_MODIFIED and held is not None
        sha256 = held if not_modified else row.sha256
        if sha256 is not None:
            told["WARC-Payload-Digest"] = f"sha256:{sha256}"
        body = b""
        if not_modified or sha256 in self._first:
            kind = "revisit"
            told["WARC-Profile"] = _NOT_MODIFIED if not_modified else _SAME_BYTES
            if sha256 in self._first:
                told["WARC-Refers-To-Target-URI"], told["WARC-Refers-To-Date"] = self._first[sha256]
        else:
            kind = "response" if row.status else "resource"
            if sha256 is not None:
                body = archive.get(sha256)
                self._first[sha256] = row.final_url, told["WARC-Date"]
        if kind == "resource":
            told["Content-Type"] = _kind_of(body)
        id = self._write(row.final_url, kind, body, told, _answered(row, len(body)) if row.status else None)
        hops = _hops.decode(row.hops)
        said = {"verdict": row.verdict, "error": row.error or "", "redirected-from": " ".join(hops)}
        said["fetchTimeMs"] = str(round(row.elapsed * 1000))
        self._write(
            row.final_url, "metadata", _fields(said), {"WARC-Date": told["WARC-Date"], "WARC-Concurrent-To": id}
        )
        return 1

    def _write(
        self, url: str, kind: str, body: bytes, told: dict[str, str], http: StatusAndHeaders | None = None
    ) -> str:
        """The id of the record, made of what it is."""
        id = f"<urn:uuid:{uuid.uuid5(_IDS, ' '.join((kind, url, *told.values())))}>"
        record = self._writer.create_warc_record(
            url, kind, io.BytesIO(body), len(body), warc_headers_dict={"WARC-Record-ID": id} | told, http_headers=http
        )
        self._writer.write_record(record)
        return id


def _answered(row: t.Fetch, length: int) -> StatusAndHeaders:
    """The answer's status and headers over a body of *length* bytes that travels unpacked."""
    kept = _headers.decode(row.headers)
    headers = [(f"X-Archive-Orig-{n}" if n.lower() in _OF_TRANSFER else n, v) for n, v in kept.items()]
    status = row.status or 0
    phrase = HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else "Answered"
    return StatusAndHeaders(f"{status} {phrase}", [*headers, ("Content-Length", str(length))], protocol="HTTP/1.1")


def _fields(said: dict[str, str]) -> bytes:
    """Named fields, a line each, those without a value left out."""
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in said.items() if value).encode()


def _date(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _kind_of(body: bytes) -> str:
    """The content type of a file, by how it begins."""
    if body.startswith(b"%PDF"):
        return "application/pdf"
    if body.startswith(b"PK\x03\x04"):
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return "text/html"
