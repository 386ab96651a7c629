"""The body of an answer, read whole or not at all: bounded in size and in ratio."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import requests

from fetchers.fault import Fault
from fetchers.settings import FetchSettings

_CHUNK = 16 * 1024
_GZIP = ("gzip", "x-gzip", "deflate")


def read_body(response: requests.Response, settings: FetchSettings) -> bytes:
    """The whole body, decoded here so that its bounds hold for what is unpacked too. Raises `Fault`."""
    coding = (response.headers.get("Content-Encoding") or "").lower().strip()
    if coding not in ("", "identity", *_GZIP):
        raise Fault("damaged", f"compressed in a way that was not asked for ({coding[:20]}); tell its owner")
    unpacker = _Unpacker(settings.max_bytes) if coding in _GZIP else None
    wire = size = 0
    parts: list[bytes] = []
    for chunk in _arriving(response):
        wire += len(chunk)
        part = chunk if unpacker is None else unpacker.unpacked(chunk)
        size += len(part)
        parts.append(part)
        if size > settings.max_bytes or wire > settings.max_bytes:
            raise Fault("too_large", f"larger than {settings.max_bytes} bytes; look at it by hand")
        if size > 1_000_000 and size > settings.max_ratio * max(1, wire):
            raise Fault("too_large", f"unpacks to {size // max(1, wire)} times its size; look at it by hand")
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and wire < int(length):
        raise Fault("truncated", f"cut off after {wire} of {length} bytes; try again later", again=True)
    if unpacker is not None and wire and not unpacker.ended:
        raise Fault("truncated", "cut off inside its compression; try again later", again=True)
    return b"".join(parts)


class _Unpacker:
    """Unpacks gzip and deflate as they arrive, a bounded number of bytes at a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)

    @property
    def ended(self) -> bool:
        return self._inflate.eof

    def unpacked(self, packed: bytes) -> bytes:
        found = b""
        while packed:
            if self._inflate.eof:  # Another member of the same stream (RFC 1952, 2.2).
                self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
            try:
                found += self._inflate.decompress(packed, self._most)
            except zlib.error as error:
                raise Fault("damaged", "its compression is broken; try again later", again=True) from error
            packed = self._inflate.unused_data
        if self._inflate.unconsumed_tail:
            raise Fault("too_large", f"unpacks to more than {self._most} bytes; look at it by hand")
        return found


def _arriving(response: requests.Response) -> Iterator[bytes]:
    """The body as it arrives, undecoded."""
    if response.raw.chunked:
        yield from response.raw.stream(_CHUNK, decode_content=False)
        return
    while chunk := response.raw.read1(_CHUNK, decode_content=False):
        yield chunk
