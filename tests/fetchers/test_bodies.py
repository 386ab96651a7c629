"""A body is read whole or not at all: what is cut off is asked for again, and no ratio is passed."""

from __future__ import annotations

import gzip
import io
import random
import zlib

import pytest
import requests
from urllib3 import HTTPResponse

from fetchers.body import read_body
from fetchers.fault import Fault
from fetchers.settings import FetchSettings

NOISE = random.Random(1).randbytes(100_000)


def _read(wire: bytes, coding: str = "", length: int | None = None, **bounds: float) -> bytes:
    """What is read of a body that travels as *wire*."""
    response = requests.Response()
    response.headers["Content-Encoding"] = coding
    if length is not None:
        response.headers["Content-Length"] = str(length)
    response.raw = HTTPResponse(io.BytesIO(wire), preload_content=False, decode_content=False)
    return read_body(response, FetchSettings(**bounds))  # type: ignore[arg-type]


def _fault(wire: bytes, coding: str = "", length: int | None = None, **bounds: float) -> Fault:
    with pytest.raises(Fault) as caught:
        _read(wire, coding, length, **bounds)
    return caught.value


@pytest.mark.parametrize("coding", ["", "identity", " GZIP ", "x-gzip", "deflate"])
def test_what_was_asked_for_is_unpacked(coding: str) -> None:
    plain = coding in ("", "identity")
    packed = {"deflate": zlib.compress(NOISE)}.get(coding, gzip.compress(NOISE))
    assert _read(NOISE if plain else packed, coding) == NOISE


def test_what_is_unpacked_is_bounded_to_the_byte() -> None:
    packed = gzip.compress(bytes(70_000))
    assert _read(packed, "gzip", max_bytes=70_000) == bytes(70_000)
    assert _fault(packed, "gzip", max_bytes=69_999).kind == "too_large"


def test_a_large_body_unpacks_to_so_many_times_its_size_at_most() -> None:
    packed = gzip.compress(bytes(2_000_000))
    ratio = 2_000_000 / len(packed)
    assert len(_read(packed, "gzip", max_ratio=ratio + 1)) == 2_000_000
    fault = _fault(packed, "gzip", max_ratio=ratio - 1)
    assert fault.kind == "too_large"
    assert f"unpacks to {int(ratio)} times its size" in fault.line


@pytest.mark.parametrize("told", [4, 5, None])
def test_a_body_of_the_length_that_was_told_is_whole(told: int | None) -> None:
    assert _read(b"whole", length=told) == b"whole"


def test_a_body_shorter_than_was_told_is_asked_for_again() -> None:
    fault = _fault(b"whole", length=6)
    assert (fault.kind, fault.again) == ("truncated", True)
    assert "cut off after 5 of 6 bytes" in fault.line


def test_a_length_that_is_no_number_is_not_believed() -> None:
    response = requests.Response()
    response.headers["Content-Length"] = "-1"
    response.raw = HTTPResponse(io.BytesIO(b"whole"), preload_content=False)
    assert read_body(response, FetchSettings()) == b"whole"


@pytest.mark.parametrize("left", [1, 5, 11, -9, -1])
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_body_cut_off_inside_its_compression_is_asked_for_again(coding: str, left: int) -> None:
    packed = gzip.compress(NOISE) if coding == "gzip" else zlib.compress(NOISE)
    fault = _fault(packed[:left], coding)
    assert (fault.kind, fault.again) == ("truncated", True)


def test_an_empty_body_is_empty_though_it_says_that_it_is_packed() -> None:
    assert _read(b"", "gzip") == b""


def test_a_compression_that_is_broken_is_asked_for_again() -> None:
    fault = _fault(b"\x1f\x8b\x08" + bytes(7) + b"garbage", "gzip")
    assert (fault.kind, fault.again) == ("damaged", True)
    assert "its compression is broken" in fault.line


def test_members_of_one_stream_follow_one_another_whatever_their_form() -> None:
    assert _read(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip") == b"one two"
    assert _read(gzip.compress(b"one ") + zlib.compress(b"two"), "gzip") == b"one two"


def test_what_is_wrong_with_a_body_is_told_to_the_letter() -> None:
    packed, bomb = gzip.compress(NOISE), gzip.compress(bytes(70_000))
    told = [
        _fault(b"x", "zstandard-with-a-long-name"),
        _fault(b"whole", max_bytes=4),
        _fault(packed[:-9], "gzip"),
        _fault(b"\x1f\x8b\x08" + bytes(7) + b"garbage", "gzip"),
        _fault(bomb, "gzip", max_bytes=69_999),
        _fault(b"whole", length=6),
    ]
    assert [(fault.kind, fault.line, fault.again) for fault in told] == [
        ("damaged", "compressed in a way that was not asked for (zstandard-with-a-lon); tell its owner", False),
        ("too_large", "larger than 4 bytes; look at it by hand", False),
        ("truncated", "cut off inside its compression; try again later", True),
        ("damaged", "its compression is broken; try again later", True),
        ("too_large", "unpacks to more than 69999 bytes; look at it by hand", False),
        ("truncated", "cut off after 5 of 6 bytes; try again later", True),
    ]
