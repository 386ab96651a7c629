"""A comparison as a PDF to send or to print: the facts, then the redline, moves and folds said in words.

By reportlab, which is pure Python: a browser would print the site's own pages as well, but a server has none.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from diffs.facts import say_wording
from diffs.render import carried, origin, unchanged
from diffs.script import EditScript, Op
from diffs.sentence import say
from reports.comparison import Comparison
from reports.errors import NotInstalled
from reports.quotes import printable

# Tried in this order; the last comes with reportlab, and has the letters of Western Europe alone.
_FONTS = (
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
    ("Vera.ttf", "VeraBd.ttf"),
)
_MISSING = "\u25a1"
_DELETED, _INSERTED, _SOFT = "#8a1626", "#14532d", "#5a6675"


def as_pdf(found: Comparison) -> bytes:
    """The document's bytes, the same for the same comparison. Raises `NotInstalled` without reportlab."""
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.lib.units import mm
        from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate
    except ImportError:
        raise NotInstalled("--format pdf: needs reportlab; run: pip install 'plenarywatch[documents]'") from None
    letters = _letters()
    body = ParagraphStyle("body", fontName="Text", fontSize=10, leading=14.5, spaceAfter=7)
    title = ParagraphStyle("title", body, fontName="TextBold", fontSize=16, leading=20, spaceAfter=10)
    head = ParagraphStyle("head", body, fontName="TextBold", fontSize=12, leading=16, spaceBefore=10)
    soft = ParagraphStyle("soft", body, textColor=_SOFT, fontSize=8.5, leading=12)
    words = _Words(letters)
    facts = [f"<b>{c.severity.value}</b> {words.said(say(c))}" for c in found.facts]
    facts += [words.said(say_wording(fact)) for fact in found.wording]
    story: list[Flowable] = [Paragraph(words.said(found.heading), title)]
    if found.caution:
        story.append(Paragraph(words.said(found.caution), soft))
    story += [Paragraph(fact, body, bulletText="•") for fact in facts or ["No fact changed."]]
    story.append(Paragraph("Redline", head))
    story += [Paragraph(text, soft if folded else body) for text, folded in _redline(found.script, words)]
    pages = f"{found.before.url} · {found.after.url} · seen {found.after.observed_at:%Y-%m-%d %H:%M} UTC"
    story.append(Paragraph(words.said(pages), soft))
    if words.missing:
        told = f"{words.missing} letters are not in the fonts of the machine that made this, and stand as {_MISSING}."
        story.append(Paragraph(words.said(told), soft))
    file = io.BytesIO()
    SimpleDocTemplate(
        file, pagesize=A4, leftMargin=22 * mm, rightMargin=22 * mm, topMargin=20 * mm, bottomMargin=20 * mm,
        title=printable(found.heading), author="Plenarywatch", invariant=1,
    ).build(story)  # fmt: skip
    return file.getvalue()


class _Words:
    """Text made ready for reportlab's own markup, with the letters that no font has counted."""

    def __init__(self, letters: frozenset[int]) -> None:
        self._letters = letters
        self.missing = 0

    def said(self, text: str) -> str:
        """*text* as it is: none of it is markup."""
        kept = []
        for letter in printable(text):
            here = ord(letter) in self._letters or letter.isspace()
            self.missing += not here
            kept.append(letter if here else _MISSING if ord(_MISSING) in self._letters else "?")
        return escape("".join(kept))


def _redline(script: EditScript, words: _Words) -> Iterator[tuple[str, bool]]:
    """The paragraphs as markup; True for the line that stands for unchanged ones."""
    for shows, run in groupby(script.edits, key=lambda edit: edit.shows):
        edits = list(run)
        if not shows:
            yield unchanged(len(edits)), True
            continue
        for edit in edits:
            said = (_noted(carried(w, script)) + _marked(w.op, words.said(w.text)) for w in edit.words)
            yield _noted(origin(edit)) + "".join(said), False


def _noted(told: str) -> str:
    return f"<b>({told})</b> " if told else ""


def _marked(op: Op, text: str) -> str:
    if op is Op.DELETE:
        return f'<font color="{_DELETED}"><strike>{text}</strike></font>'
    return f'<font color="{_INSERTED}"><u>{text}</u></font>' if op is Op.INSERT else text


def _letters() -> frozenset[int]:
    """Register the first fonts that are there, as "Text" and "TextBold"; the letters that both have."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    for normal, bold in _FONTS:
        try:
            fonts = (TTFont("Text", normal), TTFont("TextBold", bold))
        except TTFError:
            continue
        for font in fonts:
            pdfmetrics.registerFont(font)
        pdfmetrics.registerFontFamily("Text", normal="Text", bold="TextBold", italic="Text", boldItalic="TextBold")
        return frozenset(fonts[0].face.charToGlyph) & frozenset(fonts[1].face.charToGlyph)
    raise NotInstalled("--format pdf: reportlab came without its fonts; install it anew")
