"""Bytes to documents: which reader a blob needs is decided by its bytes, not by what it is called."""

from __future__ import annotations

from parsers.document import Document
from parsers.errors import EmptyInput, NotADocument, TooLarge
from parsers.read.text import read_text

MAX_BYTES = 20 * 1024 * 1024

# First bytes of what states nothing that could be read here.
_OTHER = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a media file",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\x1f\x8b": "gzip data",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\xd0\xcf\x11\xe0": "an old Office file; save it as DOCX or PDF",
    b"SQLite format 3": "a database",
    b"\xca\xfe\xba\xbe": "a program",
}


def read_document(body: bytes, *, url: str | None = None, content_type: str | None = None) -> Document:
    """What *body* says, as ordered blocks.

    *url* becomes the ADDRESS block; *content_type* is the header's, used for its charset alone. Raises
    `EmptyInput`, `NotADocument`, `NeedsOCR`, `Damaged` or `TooLarge`.
    """
    if len(body) > MAX_BYTES:
        raise TooLarge(f"{len(body)} bytes; pages over {MAX_BYTES} bytes are not read")
    head = body[:1024].lstrip()
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise EmptyInput("no bytes to read; fetch it again")
    if body[:1024].find(b"%PDF-") >= 0 and head[:1] != b"<":
        from parsers.read.pdf import read_pdf

        return read_pdf(body, url=url)
    if body.startswith(b"PK\x03\x04"):
        from parsers.read.docx import read_docx

        return read_docx(body, url=url)
    for magic, what in _OTHER.items():
        if body.startswith(magic):
            raise NotADocument(f"the bytes are {what}, not a page, text, PDF or DOCX")
    from parsers.read.encoding import decode, looks_binary

    if looks_binary(body):
        raise NotADocument("the bytes are not text, HTML, PDF or DOCX; give the page itself")
    text, encoding = decode(body, content_type)
    if _is_html(text):
        from parsers.read.html import read_html

        return read_html(text, encoding=encoding, url=url)
    return read_text(text, encoding=encoding, url=url)


def _is_html(text: str) -> bool:
    head = text[:4096].lstrip().lower()
    if head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<!--")):
        return True
    return any(
        tag in text[:65536].lower() for tag in ("<p>", "<div", "<body", "<br", "<li>", "<table", "<p ", "<h1", "</a>")
    )
