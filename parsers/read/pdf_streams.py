"""Whether the packed streams of a PDF stay within bounds once unpacked: PDFium itself lets one grow to a gigabyte."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

from parsers.errors import TooLarge

# Unpacked bytes. A page's own text and drawing is far smaller; a picture of a scanned page is larger, and packs
# less well than what was made to grow.
_MOST_IN_A_STREAM, _MOST_IN_ALL = 8_000_000, 48_000_000
_MOST_IN_A_PICTURE, _BEST_PACKED_PICTURE = 16_000_000, 100
_CHUNK = 1_000_000
_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_RULES_REACH = 1500


def check_streams(body: bytes) -> None:
    """Raises `TooLarge` for a PDF of which a stream, or all together, unpack to more than any statement needs.

    Streams that cannot be unpacked here (encrypted, or packed by another rule) are left to PDFium.
    """
    total = 0
    for match in _STREAM.finditer(body):
        rules = _rules_before(body, match.start())
        times = len(_FLATE.findall(rules))
        if not times:
            continue
        picture = _PICTURE.search(rules) is not None
        read = _Counted(body, match.end())
        size = sum(len(part) for part in _unpacked(read, times, _MOST_IN_ALL))
        packed = max(1, read.taken)
        if picture and (size <= _MOST_IN_A_PICTURE or size <= _BEST_PACKED_PICTURE * packed):
            continue
        total += size
        if size > _MOST_IN_A_STREAM or total > _MOST_IN_ALL:
            raise TooLarge(f"a stream of the PDF unpacks to more than {_MOST_IN_A_STREAM} bytes; give the page as text")


def _rules_before(body: bytes, at: int) -> bytes:
    """The dictionary of the stream that begins at *at*, from its object's head on."""
    reach = body[max(0, at - _RULES_REACH) : at]
    return reach[max(0, reach.rfind(b" obj")) :]


class _Counted:
    """The packed bytes from *at* on, in chunks; `taken` is how many were asked for."""

    def __init__(self, body: bytes, at: int) -> None:
        self._body, self._at, self.taken = body, at, 0

    def __iter__(self) -> Iterator[bytes]:
        while part := self._body[self._at + self.taken : self._at + self.taken + 65536]:
            self.taken += len(part)
            yield part


def _unpacked(packed: Iterable[bytes], times: int, most: int) -> Iterator[bytes]:
    """The bytes of *packed* unpacked so often, in chunks, no more than about *most* of each turn."""
    if not times:
        yield from packed
        return
    machine, given = zlib.decompressobj(), 0
    for part in _unpacked(packed, times - 1, most):
        left = part
        while left and given <= most and not machine.eof:
            try:
                out = machine.decompress(left, _CHUNK)
            except zlib.error:
                return
            given += len(out)
            yield out
            left = machine.unconsumed_tail
        if machine.eof or given > most:
            return
