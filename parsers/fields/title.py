"""A page's title: the first line above the text that tells what the page is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.annotate import Kind, annotated
from parsers.cities import find_cities
from parsers.dateline import dateline
from parsers.dates import find_days
from parsers.head import Line, Sort, head_of, is_place, line_of, without_dates
from parsers.mentions import mentions_of
from parsers.page import Found, Page, Sentence, Span

# A text of so many characters is what the lines above it stand for; a shorter one may be a site's saying.
_TEXT, _SENTENCE = 120, 40
_WORDED = ("headline", "statement")
# So few words name a part of a site.
_WORDS = 2


def read(page: Page) -> Found[str] | None:
    """The title with the block that states it, or None for a page without one.

    The date, the office, the part of the site and the bare name of the regime are titles only of a page that has no
    other, the last of them alone."""
    stated = page.document.title if page.document.format != "text" else None
    if stated and line_of(page, stated).sort in (None, Sort.TEXT, Sort.TRAIL):
        return _standing(page, stated)
    lines = list(_above(page))
    titles = [line for line in lines if line.sort is None and dateline(page, line.text) is None]
    if stated and any(line.level for line in titles):
        titles = [line for line in titles if line.level]
    named = next((line for line in lines if line.sort is Sort.NAME), None)
    title = next((line for line in titles if _tells(page, line, titles[0], named=named is not None)), None)
    parts = (
        line for line in lines if line.sort is Sort.SECTION and any(p.of == "reference" and p.whole for p in line.said)
    )
    title = title or named or next(iter(titles), None) or next(parts, None)
    if title is not None:
        at = _LABEL.match(title.text)
        text = _without_dateline(title.text[at.end() if at else 0 :])
        return Found(text, (Span(title.block, at.end() if at else 0, (at.end() if at else 0) + len(text)),))
    return _standing(page, stated) if stated else None


# "SUBJECT: NSG PLENARY READOUT".
_LABEL = re.compile(r"(?:subject|subj|title|titel|betreff|objet|asunto|assunto|oggetto|тема):\s+", re.IGNORECASE)


def _above(page: Page) -> Iterator[Line]:
    """The lines before the first paragraph; behind a short one, those alone that are worded as heads."""
    begun = False
    for line in head_of(page):
        if line.sort is Sort.TEXT and len(line.text) >= _TEXT:
            return
        begun = begun or (line.sort is Sort.TEXT and len(line.text) >= _SENTENCE)
        if not begun or line.sort is Sort.TEXT or any(phrase.of in _WORDED for phrase in line.said):
            yield line


def _tells(page: Page, line: Line, first: Line, *, named: bool) -> bool:
    """True if a line is on a meeting, or worded as a headline or a statement's head; the *first* also where it is on the
    regime (which no line of its own *named*), a later one as a headline only where it is on the regime or the first is
    no more than two words, as a statement's head where the first has no regime, town or day."""
    mentioned = any(mention.sentence.block == line.block and mention.title for mention in mentions_of(page))
    if mentioned and " " in line.text.strip():
        return True
    heads = any(phrase.of == "statement" for phrase in line.said)
    if heads and not (find_days(first.text) or find_cities(first.text) or _is_own(page, first)):
        return True
    worded = any(phrase.of in _WORDED for phrase in line.said)
    if worded and (line is first or len(first.text.split()) <= _WORDS):
        return True
    return _is_own(page, line) and (worded or (line is first and not named))


def _is_own(page: Page, line: Line) -> bool:
    return any(item.kind is Kind.OWN for item in annotated(page, Sentence(line.block, 0, line.text)))


def _without_dateline(text: str) -> str:
    """*text* without the place and the day that a broken line left behind the day it ends with."""
    for day in find_days(text):
        rest = text[day.end :]
        if find_days(rest) and (not (bare := without_dates(rest)) or is_place(bare)):
            return text[: day.end]
    return text


def _standing(page: Page, title: str) -> Found[str] | None:
    for i, block in enumerate(page.blocks):
        # The page's letters may have been made natural ones.
        at = block.text.lower().find(title.lower())
        if at >= 0:
            return Found(title, (Span(i, at, at + len(title)),))
    return None
