"""Bytes made to cost a reader time or memory, each by a rule."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

_STATES = ("Argentina", "Australia", "Austria", "Belgium", "Brazil", "Canada", "Denmark", "Finland", "France", "Greece")
_SENTENCE = (
    "The MTCR held its 25th Plenary Meeting in Buenos Aires from 11 to 15 April 2011, chaired by Ambassador A. Name. "
)


def pdf_of(objects: list[bytes], root: int = 1, extra: bytes = b"") -> bytes:
    """A PDF of these numbered objects, with a table of where each stands."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d /Root %d 0 R %b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, extra, start)
    return bytes(out)


def _stream(content: bytes, rules: bytes = b"") -> bytes:
    return b"<</Length %d %b>>\nstream\n%b\nendstream" % (len(content), rules, content)


def pdf_with_a_stream_that_grows() -> bytes:
    """A page whose content is packed twice, 2 GB of blanks in a few kilobytes."""
    inner = zlib.compressobj(9)
    packed = b"".join(inner.compress(b" " * 10_000_000) for _ in range(200)) + inner.flush()
    twice = zlib.compress(packed, 9)
    return pdf_of([
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R>>",
        _stream(twice, b"/Filter [/FlateDecode /FlateDecode]"),
    ])  # fmt: skip


def pdf_with_a_huge_object_stream() -> bytes:
    """An object stream that says it holds a million objects and unpacks to 200 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"1 0 " * 2_500_000) for _ in range(20)) + packer.flush()
    return pdf_of([
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        _stream(packed, b"/Type /ObjStm /N 1000000 /First 8000000 /Filter /FlateDecode"),
    ])  # fmt: skip


def pdf_of_many_pages(pages: int = 10_000) -> bytes:
    """A PDF of many empty pages."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(pages))
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]>>"
    return pdf_of([
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [%b] /Count %d>>" % (kids, pages),
        *[page] * pages,
    ])  # fmt: skip


def pdf_of_one_page(text: str, pages: int = 1) -> bytes:
    """A PDF with a text layer, its lines numbered by page."""
    shown = text.encode("latin-1").replace(b"(", b"").replace(b")", b"")
    lines = [shown[i : i + 90] for i in range(0, len(shown), 90)]
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources <</Font <</F1 3 0 R>>>>>>"
    drawn = b"BT /F1 9 Tf 40 760 Td 11 TL %b ET"
    return pdf_of([
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [%b] /Count %d>>" % (kids, pages),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        *[page % (4 + pages + n) for n in range(pages)],
        *[
            _stream(drawn % b" ".join(b"(%d-%d %b) Tj T*" % (n, i, line) for i, line in enumerate(lines)))
            for n in range(pages)
        ],
    ])  # fmt: skip


def docx_that_grows(size: int = 400_000_000) -> bytes:
    """A Word file whose text unpacks to *size* bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as part:
        for _ in range(size // 1_000_000):
            part.write(b"<w:p/>" * 166_666)
    return out.getvalue()


def docx_that_lies(size: int = 300_000_000) -> bytes:
    """The same, whose directory says that it unpacks to a hundred bytes."""
    body = bytearray(docx_that_grows(size))
    at = body.rfind(b"PK\x01\x02")
    body[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(body)


def docx_of(content: str, before: str = "") -> bytes:
    """A Word file whose body holds *content*, with *before* in front of its root."""
    out = io.BytesIO()
    rules = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{before}<w:document xmlns:w="{rules}"><w:body>{content}</w:body></w:document>',
        )
    return out.getvalue()


def _entities(deep: int = 9) -> str:
    """Entities each of which stands for ten of the one before."""
    made = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, deep + 1))
    return f'<!DOCTYPE w:document [<!ENTITY e0 "text">{made}]>'


def pdf_whose_pages_hold_themselves() -> bytes:
    """A PDF whose tree of pages is its own branch."""
    return pdf_of([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>>"])


def pdf_encrypted() -> bytes:
    """A PDF under a password that nobody knows."""
    rules = b"/Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b>>> /ID [<%b> <%b>]"
    filled = rules % (b"41" * 32, b"42" * 32, b"00" * 16, b"00" * 16)
    pages = [b"<</Type /Pages /Kids [3 0 R] /Count 1>>", b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]>>"]
    return pdf_of([b"<</Type /Catalog /Pages 2 0 R>>", *pages], extra=filled)


def names(number: int, between: str) -> str:
    """So many names of states, the same ones again and again."""
    return between.join(_STATES[n % len(_STATES)] for n in range(number))


# What each is called in a test's id, and how it is made.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "10 MB of nested tags": lambda: b"<div>" * 2_000_000,
    "10 MB of tags nested in a list": lambda: b"<ul><li>" * 1_250_000 + b"text",
    "380,000 tags side by side": lambda: b"<p>a</p>" * 190_000,
    "5 MB of attributes": lambda: b"<p " + b"a=b " * 1_250_000 + b">text</p>",
    "a million commas": lambda: b"<p>The members are " + b"," * 1_000_000 + b"</p>",
    "a million commas and blanks": lambda: ("The members are " + ", " * 120_000).encode(),
    "5,000 names in a sentence": lambda: f"<p>The members are: {names(5000, ', ')}.</p>".encode(),
    "5,000 names in a list": lambda: f"<ul><li>{names(5000, '</li><li>')}</li></ul>".encode(),
    "5,000 names nobody knows": lambda: ("Members: " + ", ".join(f"Landia{n}" for n in range(5000))).encode(),
    "null bytes": lambda: b"\x00" * 5_000_000,
    "null bytes in a page": lambda: b"<p>The MTCR\x00 has 34\x00 members.</p>" + b"\x00" * 1_000_000,
    "bare day numbers": lambda: ("The Plenary met on " + "1, 2, 3, 4, 5 and 6 " * 12_000).encode(),
    "day numbers and months": lambda: ("The Plenary met from 5 to 6 May " * 7_500).encode(),
    "ordinals": lambda: ("the twenty-fifth 25th " * 10_500).encode(),
    "numbers": lambda: ("34 members 35 Partners " * 10_500).encode(),
    "resolutions": lambda: ("UNSCRs 1540, 1718 and 1874 " * 9_000).encode(),
    "officers": lambda: ("Ambassador A. Name chaired by Ms. B. Other of Norway " * 4_600).encode(),
    "plenaries": lambda: (_SENTENCE * 2_100).encode(),
    "concerns": lambda: ("concern about Iran's missile launch and North Korea " * 4_700).encode(),
    "one long word": lambda: b"a" * 240_000,
    "capitals": lambda: ("Aa " * 80_000).encode(),
    "brackets": lambda: b"(" * 240_000,
    "pipes": lambda: b"| " * 120_000,
    "line breaks": lambda: b"\n" * 740_000 + b"text",
    "a block a line": lambda: b"a\n\n" * 80_000,
    "a table of many cells": lambda: b"<table>" + b"<tr>" + b"<td>x</td>" * 90_000 + b"</table>",
    "entities": lambda: b"<p>" + b"&amp;" * 230_000 + b"</p>",
    "a PDF of 10,000 pages": pdf_of_many_pages,
    "a PDF whose stream grows": pdf_with_a_stream_that_grows,
    "a PDF with a huge object stream": pdf_with_a_huge_object_stream,
    "a PDF of 300 full pages": lambda: pdf_of_one_page(_SENTENCE * 50, 300),
    "a PDF cut off": lambda: pdf_of_one_page(_SENTENCE * 20)[:700],
    "a DOCX that grows": docx_that_grows,
    "a DOCX that lies": docx_that_lies,
    "a DOCX of entities": lambda: docx_of("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", _entities()),
    "a DOCX of many paragraphs": lambda: docx_of("<w:p><w:r><w:t>The MTCR met.</w:t></w:r></w:p>" * 300_000),
    "a DOCX of nested tables": lambda: docx_of("<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000),
    "a PDF whose pages hold themselves": pdf_whose_pages_hold_themselves,
    "a PDF of deep arrays": lambda: pdf_of([b"<</Type /Catalog /X %b%b>>" % (b"[" * 2_000_000, b"]" * 2_000_000)]),
    "a PDF under a password": pdf_encrypted,
    "a paragraph of 1 MB": lambda: f"<p>{_SENTENCE * 9_000}</p>".encode(),
}  # fmt: skip
