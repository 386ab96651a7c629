"""The readable text of a blob: ordered blocks without site furniture."""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec import Struct


class Role(StrEnum):
    """What a block is on its page.

    `META` and `ADDRESS` blocks stand after the readable ones: what the page says of itself outside its
    text (its ``<title>``, its stated publication date) and the URL it was read from. They exist so that a
    fact stated only there still has evidence; comparisons of text leave them out.
    """

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    META = "meta"
    ADDRESS = "address"


READABLE = frozenset(Role) - {Role.META, Role.ADDRESS}


class Link(Struct, frozen=True):
    """A hyperlink inside a block: half-open character span of its words, and the address as written."""

    start: int
    end: int
    href: str


class Block(Struct, frozen=True, omit_defaults=True):
    """One unit of text. `text` is NFC, its white space single blanks; table cells are parted by ``" | "``.

    `level` is a heading's rank 1-6. `number` is the label of a numbered paragraph or list item ("3",
    "(a)"), which is not part of `text`. `marks` are the footnote marks that stood in the text, as (offset,
    mark) pairs, taken out of `text`; a FOOTNOTE block carries its own mark in `number`. `page` counts from 1
    (PDF). `name` says which META block this is ("title", "published", "publisher", "description").
    """

    role: Role
    text: str
    level: int = 0
    number: str = ""
    marks: tuple[tuple[int, str], ...] = ()
    page: int = 0
    name: str = ""
    links: tuple[Link, ...] = ()


class Document(Struct, frozen=True):
    """What a blob says, in reading order.

    `language` is the ISO 639-1 code of the body's own language (not the address's), or None when there is
    too little text to tell. `encoding` names the decoding that was chosen and why, e.g. ``"utf-8 (bom)"``.
    `format` is one of ``html``, ``text``, ``pdf``, ``docx``. `canonical` is the address that the page gives
    as its own, as written.
    """

    format: str
    blocks: tuple[Block, ...]
    title: str | None = None
    language: str | None = None
    encoding: str = ""
    canonical: str | None = None

    @property
    def readable(self) -> tuple[Block, ...]:
        """The blocks a person reads: all but META and ADDRESS."""
        return tuple(block for block in self.blocks if block.role in READABLE)

    @property
    def text(self) -> str:
        """The readable blocks, a line each."""
        return "\n".join(block.text for block in self.readable)


_decoder = msgspec.json.Decoder(Document)


def document_from_json(data: bytes | str) -> Document:
    """The document that was written as JSON. Raises `msgspec.ValidationError` for JSON of another shape."""
    return _decoder.decode(data)
