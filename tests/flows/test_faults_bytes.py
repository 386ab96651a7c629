"""Section E through the whole pipeline: the same statement in other bytes is no change, and what cannot be read is kept
with its reason while the last good version stays."""

from __future__ import annotations

import gzip
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from tests.world.server import Answer, Site
from tests.world.watching import LAST, Mornings

# Words beyond ASCII, so that a wrong decoding shows.
SPEAKS = "Türkiye’s delegation thanked the chair – Mr. Göran Łukasz – for his “warm” welcome."


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


@pytest.fixture
def watching(site: Site, tmp_path: Path) -> Iterator[Mornings]:
    """A site whose last statement speaks in words beyond ASCII."""
    begun = Mornings(tmp_path, site)
    begun.pages[LAST] = _spoken(begun).encode()
    begun.told()
    assert SPEAKS in begun.text()
    yield begun
    begun.close()


def _spoken(watching: Mornings) -> str:
    return watching.page().replace("The mood of the meeting was good.", SPEAKS)


def _sent(body: bytes, content_type: str | None = "text/html; charset=utf-8", **headers: str) -> Answer:
    return Answer(200, body, headers | ({"Content-Type": content_type} if content_type else {}))


# The same page in other bytes


@pytest.mark.parametrize(
    ("encoding", "content_type", "declared"),
    [
        pytest.param("utf-8", None, "utf-8", marks=pytest.mark.fault("E1"), id="no content type"),
        pytest.param("utf-8", "application/pdf", "utf-8", marks=pytest.mark.fault("E2"), id="told to be a PDF"),
        pytest.param("utf-8", "application/octet-stream", "utf-8", marks=pytest.mark.fault("E2"), id="told to be a file"),
        pytest.param("utf-8", "text/html; charset=iso-8859-1", "windows-1251", marks=pytest.mark.fault("E3"), id="header, meta and bytes differ"),
        pytest.param("utf-8", "text/html; charset=no-such-code", "x", marks=pytest.mark.fault("E3"), id="a charset that there is not"),
        pytest.param("utf-8-sig", "text/html", "iso-8859-1", marks=pytest.mark.fault("E5"), id="byte order mark"),
        pytest.param("utf-16", "text/html", "utf-8", marks=pytest.mark.fault("E6"), id="UTF-16 with a mark"),
        pytest.param("utf-16-le", "text/html; charset=utf-16le", "utf-16le", marks=pytest.mark.fault("E6"), id="UTF-16 without one"),
    ],
)  # fmt: skip
def test_the_same_text_in_another_encoding_is_no_change(
    watching: Mornings, encoding: str, content_type: str | None, declared: str
) -> None:
    said = watching.text()
    html = _spoken(watching).replace("charset='utf-8'", f"charset='{declared}'")
    assert watching.told(**{LAST: _sent(html.encode(encoding), content_type)}) == set()
    assert not watching.outcomes[LAST].failed
    assert watching.text() == said


@pytest.mark.fault("E4")
def test_words_of_windows_told_to_be_latin_keep_their_marks(watching: Mornings) -> None:
    spoken = _spoken(watching).replace("Łukasz", "Lukasz")
    watching.told(**{LAST: spoken})
    said = watching.text()
    html = spoken.replace("charset='utf-8'", "charset='iso-8859-1'")
    assert watching.told(**{LAST: _sent(html.encode("cp1252"), "text/html; charset=iso-8859-1")}) == set()
    assert watching.text() == said
    assert "–" in said


@pytest.mark.fault("E7")
def test_garbled_letters_are_mended_in_the_text_and_kept_in_the_bytes(watching: Mornings) -> None:
    said = watching.text()
    garbled = _spoken(watching).encode().decode("cp1252", "replace").replace("\ufffd", "").encode()
    assert "Türkiye".encode() not in garbled
    watching.told(**{LAST: _sent(garbled)})
    assert "Türkiye" in watching.text()
    kept = watching.watched.watch.archive.get(_sha256(watching))
    assert kept == garbled
    assert "Türkiye" in said


def _sha256(watching: Mornings) -> str:
    with watching.watched.watch.store.reading() as r:
        (found,) = (s.source for s in r.standings() if s.source.url == watching.site.address + LAST)
        version = r.latest_version(found.id)
        assert version is not None
        return version.sha256


@pytest.mark.parametrize(
    "noise",
    [
        pytest.param(b"\x00", marks=pytest.mark.fault("E8"), id="null"),
        pytest.param(b"\xed\xa0\x80", marks=pytest.mark.fault("E9"), id="half of a pair"),
        pytest.param("\u200b".encode(), marks=pytest.mark.fault("E10"), id="a blank of no width"),
        pytest.param("\u202e".encode(), marks=pytest.mark.fault("E10"), id="right to left"),
        pytest.param("\u2066\u2069".encode(), marks=pytest.mark.fault("E10"), id="isolates"),
        pytest.param("\u00ad".encode(), marks=pytest.mark.fault("E10"), id="a soft hyphen"),
        pytest.param("\ufeff".encode(), marks=pytest.mark.fault("E10"), id="a mark in the middle"),
    ],
)
def test_characters_that_nobody_sees_are_no_change(watching: Mornings, noise: bytes) -> None:
    said = watching.text()
    html = _spoken(watching).encode().replace(b"concerned about", b"concer" + noise + b"ned about")
    assert watching.told(**{LAST: _sent(html)}) == set()
    assert watching.text().replace("\ufffd", "") == said


@pytest.mark.fault("E11")
@pytest.mark.parametrize("form", ["NFD", "NFKC"])
def test_letters_put_together_another_way_are_no_change(watching: Mornings, form: str) -> None:
    said = watching.text()
    html = unicodedata.normalize(form, _spoken(watching))  # type: ignore[arg-type]
    assert watching.told(**{LAST: html}) == set()
    assert watching.text() == said


# What cannot be read


def _pdf(*lines: str, picture: bool = False, encrypt: StandardEncryption | None = None) -> bytes:
    made = io.BytesIO()
    pdf = canvas.Canvas(made, pagesize=A4, encrypt=encrypt)
    if picture:
        pdf.rect(50, 50, 400, 700, fill=1)
    for n, line in enumerate(lines):
        pdf.drawString(72, 780 - 16 * n, line)
    pdf.showPage()
    pdf.save()
    return made.getvalue()


PDF_LINES = (
    "27th Plenary Meeting of the Lisbon Drone Accord",
    "Participating States of the Lisbon Drone Accord (LDA) met for their 27th Plenary",
    "in Oslo, Norway, from 2 to 4 March 2012.",
    "The Plenary underlined the weight of United Nations Security Council resolution 1540 (2004).",
)


def _docx(*lines: str) -> bytes:
    made = io.BytesIO()
    words = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        file.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{words}</w:body></w:document>',
        )
    return made.getvalue()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        pytest.param(_sent(gzip.compress(b"<p>" + bytes(range(32, 127)) * 99)[:-40], **{"Content-Encoding": "gzip"}), "cut off", marks=pytest.mark.fault("E13"), id="compression cut off"),
        pytest.param(_sent(bytes(100_000_000)), "larger than", marks=pytest.mark.fault("E14"), id="100 MB"),
        pytest.param(_sent(_pdf(picture=True), "application/pdf"), "OCR", marks=pytest.mark.fault("E15"), id="a PDF of pictures"),
        pytest.param(_sent(_pdf("secret", encrypt=StandardEncryption("word", canPrint=0)), "application/pdf"), "encrypted", marks=pytest.mark.fault("E16"), id="a PDF behind a password"),
        pytest.param(_sent(_pdf(*PDF_LINES)[:700], "application/pdf"), "PDF", marks=pytest.mark.fault("E17"), id="a PDF cut off"),
        pytest.param(_sent(b"PK\x03\x04" + bytes(80), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), "cut off", marks=pytest.mark.fault("E18"), id="a docx cut off"),
    ],
)  # fmt: skip
def test_bytes_that_cannot_be_read_say_why_and_leave_what_is_known(
    watching: Mornings, answer: Answer, says: str
) -> None:
    said, versions = watching.text(), watching.versions()
    assert watching.told(**{LAST: answer}) == set()
    assert watching.outcomes[LAST].failed
    assert says in (watching.outcomes[LAST].error or "")
    assert (watching.text(), watching.versions()) == (said, versions)
    assert watching.told() == set()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(_pdf(*PDF_LINES), "text/html", marks=pytest.mark.fault("E2"), id="a PDF told to be HTML"),
        pytest.param(_docx(*PDF_LINES), "application/octet-stream", marks=pytest.mark.fault("E18"), id="a docx"),
    ],
)
def test_a_statement_that_is_a_file_is_read_by_its_bytes(watching: Mornings, body: bytes, content_type: str) -> None:
    index = watching.page("/press").replace(
        "</ul></main>", "<li><a href='/press/plenary-27'>27th plenary</a></li></ul></main>"
    )
    told = watching.told(**{"/press": index, "/press/plenary-27": _sent(body, content_type)})
    assert ("plenary_announced", "27", "confirmed") in told
