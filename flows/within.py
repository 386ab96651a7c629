"""A page read within its time limit: a long one in a process beside, which is ended when the time is over."""

from __future__ import annotations

import atexit
import threading
from typing import NamedTuple

from flows.beside import Beside
from flows.errors import WorkersLost
from flows.settings import page_seconds
from parsers.errors import ParseError, TookTooLong, Unread
from parsers.parsed import Parsed
from parsers.regime import RegimeProfile

# Bytes of text that are read in a moment whatever they repeat (``benchmarks/growth.py``), so that no process need begin.
SHORT = 32 * 1024
_PACKED = (b"%PDF-", b"PK\x03\x04")

_idle: list[Beside] = []
_guard = threading.Lock()


class _Page(NamedTuple):
    body: bytes
    regime: RegimeProfile
    url: str | None
    content_type: str | None


def is_short(body: bytes) -> bool:
    """True if a page is read in a moment whatever it says. A PDF or a DOCX may unpack to anything."""
    return len(body) <= SHORT and not any(magic in body[:1024] for magic in _PACKED)


def parse_within(
    body: bytes, *, regime: RegimeProfile, url: str | None = None, content_type: str | None = None
) -> Parsed:
    """`parsers.parse.parse`, ended after the seconds of `flows.settings.page_seconds`. Raises `ParseError`, and
    `BadRequest` where these are none."""
    page, limit = _Page(body, regime, url, content_type), page_seconds()
    if is_short(body):
        return _parse(page)
    with _guard:
        process = _idle.pop() if _idle else Beside()
    try:
        found = process.do(_parse, page, limit)
    except TookTooLong:
        process.end()
        raise
    except ParseError:
        _idle.append(process)
        raise
    except WorkersLost as error:
        process.end()
        raise Unread("the process that read it was lost; look at it by hand") from error
    except BaseException:
        process.end()
        raise
    _idle.append(process)
    return found


def _parse(page: _Page) -> Parsed:
    # Who has this done by another process need not load what reads.
    from parsers.parse import parse

    return parse(page.body, regime=page.regime, url=page.url, content_type=page.content_type)


@atexit.register
def end_idle() -> None:
    """End the processes that wait for a page."""
    with _guard:
        while _idle:
            _idle.pop().end()
