"""A comparison as Word's tracked changes and as a PDF: whole both ways, and hostile words are text."""

from __future__ import annotations

import io
import re
import zipfile

import msgspec
import pypdfium2
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from diffs.change import ChangeKind
from diffs.meaning import wording_facts
from diffs.redline import redline_texts
from diffs.script import Part
from reports.as_docx import as_docx
from reports.as_pdf import as_pdf
from reports.comparison import Comparison, as_html
from storage.values import Version
from tests.builders.comparing import NOON, a_document, a_record
from tests.builders.stores import a_change
from tests.reports.conftest import HOSTILE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BEFORE = [
    "The partners met in Oslo.",
    "They should report.",
    "Five states spoke.",
    "Thanks to the host city and its people.",
]
AFTER = [
    "Thanks to the host city and its people.",
    "The partners met in Bern.",
    "They shall report.",
    "A new paragraph.",
]


def compared(before: list[str], after: list[str]) -> Comparison:
    sides = [
        Version(i, "s", "mtcr", "https://mtcr.example/1", "ab", None, str(i), False, NOON, str(23 + i), a_record(), a_document(*lines))
        for i, lines in ((1, before), (2, after))
    ]  # fmt: skip
    script = redline_texts(before, after)
    return Comparison("mtcr", sides[0], sides[1], (), script, wording_facts(script))


def decided(data: bytes, *, accept: bool) -> list[str]:
    """The redline's paragraphs after all tracked changes were accepted, or rejected, as a word processor does it."""
    body = Document(io.BytesIO(data)).element.body
    paragraphs = [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle") is None]
    dropped = {f"{W}{kind}" for kind in (("del", "moveFrom") if accept else ("ins", "moveTo"))}
    found, joining = [], ""
    for paragraph in paragraphs:
        words = [
            t.text or ""
            for t in paragraph.iter(f"{W}t", f"{W}delText")
            if not any(parent.tag in dropped for parent in t.iterancestors())
        ]
        joining += "".join(words)
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None and len(mark) and mark[0].tag in dropped:
            continue  # Its mark goes: what is left of it runs on into the next.
        found.append(joining)
        joining = ""
    return found


def test_accepting_gives_the_later_text_and_rejecting_the_earlier() -> None:
    data = as_docx(compared(BEFORE, AFTER))
    assert (decided(data, accept=True), decided(data, accept=False)) == (AFTER, BEFORE)


LINES = st.lists(
    st.sampled_from([*BEFORE, *AFTER, "The host thanked “all”.", 'The host thanked "all".']), max_size=6, unique=True
)


@given(LINES, LINES)
@settings(max_examples=25, deadline=None)
def test_whatever_became_of_it_both_texts_come_back(before: list[str], after: list[str]) -> None:
    data = as_docx(compared(before, after))
    assert (decided(data, accept=True), decided(data, accept=False)) == (after, before)


def test_what_moved_is_marked_as_moved_under_one_name() -> None:
    root = Document(io.BytesIO(as_docx(compared(BEFORE, AFTER)))).element
    names = [{found.get(f"{W}name") for found in root.iter(f"{W}{kind}RangeStart")} for kind in ("moveFrom", "moveTo")]
    assert names[0] == names[1] != set()


def test_a_paragraph_that_was_cut_changes_its_mark_alone() -> None:
    whole = "The partners adopted the guidelines on brokering in full. They asked the secretariat to publish the annex soon."
    first, second = whole.split(" They")
    pieces = [f"{first} ", f"They{second}"]
    found = compared([whole], pieces)
    assert {edit.part for edit in found.script.edits} == {Part.SPLIT}
    data = as_docx(found)
    assert (decided(data, accept=True), decided(data, accept=False)) == (pieces, [whole])


def test_each_tracked_change_has_an_author_a_time_and_an_id_of_its_own() -> None:
    root = Document(io.BytesIO(as_docx(compared(BEFORE, AFTER)))).element
    told = list(root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"))
    assert {(e.get(f"{W}author"), e.get(f"{W}date")) for e in told} == {("Plenarywatch", "2026-03-02T12:00:00Z")}
    assert len({e.get(f"{W}id") for e in told}) == len(told)


@pytest.mark.fault("K11")
def test_hostile_words_are_text_in_word_and_on_paper() -> None:
    found = compared(["Plain words."], [HOSTILE])
    with zipfile.ZipFile(io.BytesIO(as_docx(found))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
        assert "TargetMode" not in package.read("word/_rels/document.xml.rels").decode()
    assert "<script>document.title='taken'</script>" in "".join(root.itertext())
    assert "\u202e" not in "".join(root.itertext())
    said = printed(as_pdf(found))
    assert "<script>document.title='taken'</script><img src=x" in said


@pytest.mark.fault("K11")
@pytest.mark.parametrize("field", ["regime", "changes"])
def test_hostile_words_are_text_in_a_facts_sentence_and_in_the_heading(field: str) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    value = hostile if field == "regime" else (a_change(ChangeKind.CONCERN_ADDED, hostile),)
    html = as_html(msgspec.structs.replace(compared(["Words."], ["Other words."]), **{field: value}))
    assert "<img" not in html.lower()
    assert "&lt;img" in html.lower()


def printed(data: bytes) -> str:
    """The PDF's text as one line."""
    pages = pypdfium2.PdfDocument(data)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages))


def test_the_pdf_says_the_facts_the_words_and_what_moved() -> None:
    said = printed(as_pdf(compared(BEFORE, AFTER)))
    assert "MTCR: plenary 24 (record 1) and plenary 25 (record 2)" in said
    assert "the obligation became stronger: “should” is now “shall”" in said
    assert "(moved from § 1) The partners met in" in said


def test_the_pdf_is_the_same_for_the_same_comparison() -> None:
    assert as_pdf(compared(BEFORE, AFTER)) == as_pdf(compared(BEFORE, AFTER))


def test_letters_that_no_font_has_are_counted_and_said() -> None:
    assert "3 letters are not in the fonts" in printed(as_pdf(compared(["One."], ["One 国際会."])))
