"""What a parse comes to. Whoever only takes it need not load what reads."""

from __future__ import annotations

from typing import NamedTuple

from parsers.document import Document
from parsers.record import Record


class Parsed(NamedTuple):
    """A page's text and what it states; the record's evidence points into the document's blocks."""

    document: Document
    record: Record
