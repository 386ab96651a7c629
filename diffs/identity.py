"""Whether what stands at another address than before is the same document."""

from __future__ import annotations

from parsers.parsed import Parsed
from parsers.record import Record


def mismatch(before: Record, language: str | None, found: Parsed) -> str | None:
    """Why the document *found* where an address now leads is not the one that it told of *before*, or None.

    Another plenary's statement is another document, and so is the same one in another *language*: its facts may
    agree, but its words are not an edit.
    """
    was, now = before.plenary, found.record.plenary
    if was.ordinal is not None and now.ordinal is not None:
        if was.ordinal != now.ordinal:
            return f"it was on plenary {was.ordinal}, and leads to one on plenary {now.ordinal}"
    elif was.start is not None and now.start is not None and was.start != now.start:
        return f"it was on the meeting of {was.start}, and leads to one on that of {now.start}"
    speaks = found.document.language
    if language and speaks and language != speaks:
        return f"it was in language {language!r}, and leads to one in {speaks!r}"
    return None
