"""A comparison as a Word document whose redline is real tracked changes: accept or reject them one by one.

Accepting all of them gives the later text, rejecting all of them the earlier one. What moved is marked as moved
(ECMA-376, 17.13.5). A paragraph that was cut, or put together of several, changes its paragraph marks; where its
pieces do not stand together, they stay paragraphs of their own when changes are rejected.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from diffs.facts import say_wording
from diffs.script import Edit, Op, Part, Words
from diffs.sentence import say
from reports.comparison import Comparison
from reports.errors import NotInstalled
from reports.quotes import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.paragraph import CT_P
    from lxml.etree import _Element

_AUTHOR = "Plenarywatch"


def as_docx(found: Comparison) -> bytes:
    """The document's bytes. Raises `NotInstalled` without python-docx."""
    try:
        from docx import Document as new_document
    except ImportError:
        raise NotInstalled("--format docx: needs python-docx; run: pip install 'plenarywatch[documents]'") from None
    document = new_document()
    document.core_properties.author = _AUTHOR
    document.core_properties.title = printable(found.heading)
    document.core_properties.created = document.core_properties.modified = found.after.observed_at
    document.add_heading(printable(found.heading), 1)
    if found.caution:
        document.add_paragraph(printable(found.caution), style="Intense Quote")
    facts = [f"{c.severity.value}: {say(c)}" for c in found.facts] + [say_wording(fact) for fact in found.wording]
    for fact in facts or ["No fact changed."]:
        document.add_paragraph(printable(fact), style="List Bullet")
    document.add_heading("Redline", 2)
    _Tracked(document, found.after.observed_at).write(found.script.edits)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class _Tracked:
    """Writes edits as tracked changes, each with an id of its own."""

    def __init__(self, document: Document, at: datetime) -> None:
        self._document = document
        self._at = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._ids = count(1)

    def write(self, edits: Sequence[Edit]) -> None:
        """All edits, what moved also where it was."""
        listed = list(_with_sources(edits))
        for place, (edit, source) in enumerate(listed):
            following = listed[place + 1][0] if place + 1 < len(listed) else None
            if edit.moved:
                self._moved(edit, source)
            else:
                self._paragraph(edit, following)

    def _paragraph(self, edit: Edit, following: Edit | None) -> None:
        paragraph = self._new()
        mark = {Op.INSERT: "w:ins", Op.DELETE: "w:del"}.get(edit.op)
        if _goes_on(edit, following):
            mark = "w:ins" if edit.part is Part.SPLIT else "w:del"
        if mark:
            self._mark(paragraph, mark)
        for words in edit.words:
            self._words(paragraph, words)

    def _words(self, paragraph: _Element, words: Words) -> None:
        if words.op is Op.KEEP and words.earlier == words.later:
            self._run(paragraph, words.text, "w:t")
            return
        if words.earlier:
            self._run(self._change(paragraph, "w:del"), words.earlier, "w:delText")
        if words.later:
            self._run(self._change(paragraph, "w:ins"), words.later, "w:t")

    def _moved(self, edit: Edit, source: bool) -> None:
        """The paragraph where it was (*source*), or where it is now; both under one name."""
        kind = "moveFrom" if source else "moveTo"
        paragraph = self._new()
        self._mark(paragraph, f"w:{kind}")
        start, number = self._change(paragraph, f"w:{kind}RangeStart"), next(self._ids)
        start.set(_name("w:id"), str(number))
        start.set(_name("w:name"), f"move{edit.before}-{(edit.before_span or (0,))[0]}")
        self._run(self._change(paragraph, f"w:{kind}"), edit.earlier if source else edit.later, "w:t")
        end = _element(f"w:{kind}RangeEnd")
        end.set(_name("w:id"), str(number))
        paragraph.append(end)

    def _new(self) -> CT_P:
        return self._document.add_paragraph()._p

    def _mark(self, paragraph: CT_P, kind: str) -> None:
        """Say of the paragraph's own mark that it came, went or moved."""
        properties = paragraph.get_or_add_pPr()
        self._change(_added(properties, "w:rPr"), kind)

    def _change(self, parent: _Element, kind: str) -> _Element:
        element = _added(parent, kind)
        element.set(_name("w:id"), str(next(self._ids)))
        element.set(_name("w:author"), _AUTHOR)
        element.set(_name("w:date"), self._at)
        return element

    @staticmethod
    def _run(parent: _Element, text: str, kind: str) -> None:
        words = _added(_added(parent, "w:r"), kind)
        words.text = printable(text)
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _with_sources(edits: Sequence[Edit]) -> Iterator[tuple[Edit, bool]]:
    """Each edit in its order, and before it what moved away from there; True for where something was."""
    gone = sorted((e for e in edits if e.moved), key=lambda e: (e.before or 0, e.before_span or (0, 0)))
    at = 0
    for edit in edits:
        if edit.before is not None and not edit.moved:
            while at < len(gone) and (gone[at].before or 0, gone[at].before_span or (0, 0)) < (
                edit.before, edit.before_span or (0, 0),
            ):  # fmt: skip
                yield gone[at], True
                at += 1
        yield edit, False
    for edit in gone[at:]:
        yield edit, True


def _goes_on(edit: Edit, following: Edit | None) -> bool:
    """Whether the next paragraph is the next piece of the same one, before or after."""
    if edit.part is None or following is None or following.part is not edit.part or following.moved:
        return False
    if edit.part is Part.SPLIT:
        return following.before == edit.before
    return following.after == edit.after


def _element(kind: str) -> _Element:
    from docx.oxml import OxmlElement

    return OxmlElement(kind)


def _added(parent: _Element, kind: str) -> _Element:
    element = _element(kind)
    parent.append(element)
    return element


def _name(kind: str) -> str:
    from docx.oxml.ns import qn

    return qn(kind)
