"""The publisher of a page: the office or the agency that its opening lines, its dateline or its foot name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.dateline import dateline
from parsers.dates import find_dates
from parsers.head import Sort, head_of
from parsers.page import Found, Page, Span

_STATED = re.compile(
    r"\b(?:Publisher|Published by|Source|Fuente|Fonte|Quelle|Источник|Éditeur|Herausgeber)\s?:\s*(?P<name>[^.;|:]{3,60})"
    r"|(?:©|\bCopyright(?: ©)?)\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s*)?(?P<holder>[A-ZÀ-ŽА-ЯЁ][^.;|,:©]{2,60})"
)
_SMALL = frozenset(["of", "and", "for", "the", "on", "in", "to"])
# How many of the last blocks may hold a page's foot, and in how many of the first its publisher is named.
_FOOT, _TOP = 6, 10
# The name of a site has no more words.
_WORDS = 3


def read(page: Page) -> Found[str] | None:
    """The publisher's name as the page gives it, an all-capitals office in title case."""
    return next(_named(page), None)


def _named(page: Page) -> Iterator[Found[str]]:
    for i, block in page.readable[:_TOP]:
        yield from _stated(i, block.text)
    for line in head_of(page):
        if line.sort in (Sort.OFFICE, Sort.INSTITUTE):
            name = _until_dateline(line.text)
            yield Found(_title_case(name), (Span(line.block, 0, len(name)),))
    for i, block in page.readable[:_TOP]:
        if (found := dateline(page, block.text)) is not None:
            yield _in_full(page, i, found.name, found.start, found.end)
    if meta := page.meta("publisher"):
        yield Found(meta[1].text, (Span(meta[0], 0, len(meta[1].text)),))
    for i, block in page.readable[-_FOOT:]:
        yield from _stated(i, block.text)
        yield from _of_the_site(page, i, block.text)


# Whose a picture is.
_PICTURE = re.compile(r"/|photo|foto|image|imagen|imagem|immagin|bild|изображ|фото", re.IGNORECASE)


def _stated(index: int, text: str) -> Iterator[Found[str]]:
    match = _STATED.search(text) if len(text) < 200 and not _PICTURE.search(text) else None
    if match is not None:
        group = "name" if match["name"] else "holder"
        name = match[group].strip(" -–—")
        if name[:1].isupper() and len(name.split()) <= 8:
            yield Found(name, (Span(index, match.start(group), match.start(group) + len(name)),))


def _in_full(page: Page, index: int, name: str, start: int, end: int) -> Found[str]:
    """The agency of a dateline, by the fuller name that the text quotes it with: "МИА «Казинформ»"."""
    text = page.blocks[index].text
    match = re.search(rf"\b[A-ZА-ЯЁ]{{2,5}} [«\"“]{re.escape(name)}[»\"”]", text, re.IGNORECASE)
    if match is not None:
        return Found(match.group(), (Span(index, *match.span()),))
    return Found(name, (Span(index, start, end),))


def _of_the_site(page: Page, index: int, text: str) -> Iterator[Found[str]]:
    """The name that holds the site's own host, at the foot of a page: "SWI example.ch - a branch of …"."""
    host = ".".join("".join(page.address[1].text.split("/")[2:3]).split(".")[-2:]) if page.address else ""
    name = text[: text.lower().find(host) + len(host)]
    if host and name[:1].isupper() and name.lower().split()[-1] == host and len(name.split()) <= _WORDS:
        yield Found(name, (Span(index, 0, len(name)),))


def _until_dateline(name: str) -> str:
    """*name* without the date glued to it."""
    for found in find_dates(name + " 1", year_hint=2000):
        name = name[: found.start]
    return name.rstrip(" ,|-–")


def _title_case(name: str) -> str:
    if not name.isupper() or len(name) < 12:
        return name
    words = name.lower().split()
    return " ".join(word if i and word in _SMALL else word.capitalize() for i, word in enumerate(words))
