"""Any format's bytes become the same kind of blocks, or one clear error."""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from parsers.document import Role
from parsers.errors import Damaged, EmptyInput, NeedsOCR, NotADocument, TooLarge
from parsers.read import read_document
from tests.builders.hostile import pdf_of


def a_pdf(*pages: list[str], encrypt: StandardEncryption | None = None) -> bytes:
    made = io.BytesIO()
    pdf = canvas.Canvas(made, pagesize=A4, encrypt=encrypt)
    for lines in pages:
        for n, line in enumerate(lines):
            pdf.drawString(72, 780 - 16 * n, line)
        pdf.showPage()
    pdf.save()
    return made.getvalue()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", EmptyInput),
        (b"\x00" * 5000, EmptyInput),
        (b" \n\t ", EmptyInput),
        (b"<html><body><p> </p></body></html>", EmptyInput),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, NotADocument),
        (b"\x1f\x8b\x08\x00rest", NotADocument),
        (bytes(range(1, 32)) * 300, NotADocument),
        (b"PK\x03\x04 cut off", Damaged),
        (b"%PDF-1.7 cut off", Damaged),
        (b"<p>The members are " + b"," * 1_000_000, TooLarge),
        (b"<div>" * 2_000_000, TooLarge),
        (b"x" * 21_000_000, TooLarge),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else f"{len(value)} bytes",
)
def test_bytes_that_state_nothing_give_an_error_of_one_line(body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        read_document(body)
    assert str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_stray_zero_byte_is_dropped_from_the_text() -> None:
    document = read_document(b"<p>The 25th Ple\x00nary met in Oslo.</p>")
    assert document.text == "The 25th Plenary met in Oslo."


def test_the_address_stands_after_the_readable_blocks() -> None:
    document = read_document(b"<p>The Plenary met in Oslo.</p>", url="https://example.org/oslo-2014")
    assert document.blocks[-1].role is Role.ADDRESS
    assert document.blocks[-1].text == "https://example.org/oslo-2014"
    assert document.text == "The Plenary met in Oslo."


def test_a_pdf_gives_blocks_with_their_pages_and_whole_words() -> None:
    document = read_document(
        a_pdf(
            ["Delegations spoke for long about the prolifer-", "ation of rockets and agreed to meet again in Oslo."],
            ["The 34 Partners thanked Argentina for its hospitality in the week of the meeting."],
        )
    )
    assert document.format == "pdf"
    assert "proliferation of rockets" in document.text
    assert [block.page for block in document.readable] == [1, 2]


def test_a_running_head_and_page_numbers_are_no_text() -> None:
    pages = [
        ["Chair's summary of the Plenary", f"Item {name} was discussed by all delegations.", str(n)]
        for n, name in enumerate(("one", "two", "three", "four"), 1)
    ]
    document = read_document(a_pdf(*pages))
    assert "Chair's summary" not in document.text
    assert document.readable[0].text == "Item one was discussed by all delegations."
    assert not any(block.text.isdigit() for block in document.readable)


def test_a_scan_needs_ocr() -> None:
    with pytest.raises(NeedsOCR, match="OCR"):
        read_document(a_pdf([], []))


def test_a_pdf_behind_a_password_is_refused_and_one_that_only_forbids_changes_is_read() -> None:
    lines = ["The 34 Partners thanked Argentina for its hospitality in the week of the meeting."]
    with pytest.raises(Damaged, match="encrypted"):
        read_document(a_pdf(lines, encrypt=StandardEncryption("opened by few", "owned by one")))
    assert "34 Partners" in read_document(a_pdf(lines, encrypt=StandardEncryption("", "owned by one"))).text


def test_a_word_file_behind_a_password_or_of_another_kind_is_refused() -> None:
    with pytest.raises(NotADocument, match="old Office file"):
        read_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("page.html", "<p>The Plenary met.</p>")
    with pytest.raises(NotADocument, match="ZIP"):
        read_document(archive.getvalue())


def test_a_large_picture_in_a_pdf_does_not_make_it_a_bomb() -> None:
    pixels = zlib.compress(bytes(range(256)) * 40_000, 1)
    body = pdf_of([
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]>>",
        b"<</Type /XObject /Subtype /Image /Width 3200 /Height 3200 /Filter /FlateDecode /Length %d>>\nstream\n%b\nendstream"
        % (len(pixels), pixels),
    ])  # fmt: skip
    with pytest.raises(NeedsOCR):
        read_document(body)
    with pytest.raises(TooLarge, match="unpacks"):
        read_document(body.replace(b"/Subtype /Image", b"/Subtype /Form "))


def test_a_word_file_gives_headings_items_and_rows() -> None:
    word = docx.Document()
    word.add_heading("Plenary of Oslo", 1)
    word.add_paragraph("The Plenary met in Oslo in October.")
    word.add_paragraph("Norway", style="List Bullet")
    table = word.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "India", "2016"
    made = io.BytesIO()
    word.save(made)
    document = read_document(made.getvalue())
    assert document.format == "docx"
    assert [(block.role, block.text) for block in document.readable] == [
        (Role.HEADING, "Plenary of Oslo"),
        (Role.PARAGRAPH, "The Plenary met in Oslo in October."),
        (Role.LIST_ITEM, "Norway"),
        (Role.TABLE_ROW, "India | 2016"),
    ]
