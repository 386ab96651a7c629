"""Who published a page: the office that its opening lines or its head name."""

from __future__ import annotations

import re

from parsers.page import Found, Page, Span

_OFFICE = re.compile(
    r"^(?:U\.?S\.? )?(?:The )?(?:Bureau|Ministry|Department|Office|Secretariat|Federal|Government|Minist[èe]re|Ministerio"
    r"|Minist[ée]rio|Ausw[äa]rtiges|Embassy|Permanent Mission|Agency|[A-Z][\w ]{2,40} Secretariat)\b[^.:;\d]{3,90}",
    re.IGNORECASE,
)
_STATED = re.compile(r"\bPublisher:\s*([^.;|]{3,90})", re.IGNORECASE)
_SMALL = frozenset(["of", "and", "for", "the", "on", "in", "to"])


def read(page: Page) -> Found[str] | None:
    """The publisher's name as the page gives it, an all-capitals one in title case."""
    for i, block in page.readable[:10]:
        if "publisher:" in block.text.lower() and (match := _STATED.search(block.text)):
            return Found(match[1].strip(), (Span(i, match.start(1), match.start(1) + len(match[1].rstrip())),))
    for i, block in page.readable[:6]:
        if len(block.text) > 160:
            continue
        if match := _OFFICE.match(block.text):
            name = _until_dateline(match.group())
            return Found(_title_case(name), (Span(i, 0, len(name)),))
    if meta := page.meta("publisher"):
        return Found(meta[1].text, (Span(meta[0], 0, len(meta[1].text)),))
    return None


def _until_dateline(name: str) -> str:
    """*name* without the month that begins a dateline glued to it."""
    from parsers.dates import find_dates

    with_day = name + " 1"
    for found in find_dates(with_day, year_hint=2000):
        name = name[: found.start]
    return name.rstrip(" ,|-–")


def _title_case(name: str) -> str:
    if not name.isupper():
        return name
    words = name.lower().split()
    return " ".join(word if i and word in _SMALL else word.capitalize() for i, word in enumerate(words))
