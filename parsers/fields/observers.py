"""Bodies and states that take part without being members."""

from __future__ import annotations

import re

from parsers.page import Found, Page, Span
from parsers.record import Participant

_BODIES = re.compile(
    r"European (?:Commission|Union|Community)|Chair(?:man)? of the Zangger Committee|International Atomic Energy Agency"
    r"|Commission europ[ée]enne|Union europ[ée]enne|Comisi[óo]n Europea|Europäische (?:Kommission|Union)|Comiss[ãa]o Europ[ée]ia"
)
_NAMES = {
    "Commission européenne": "European Commission",
    "Comisión Europea": "European Commission",
    "Europäische Kommission": "European Commission",
    "Union européenne": "European Union",
    "Europäische Union": "European Union",
}
_TAKES_PART = re.compile(
    r"observers?\b|representatives of|took part|taking part|participa|attend|members?\b|countries|pays|pa[íi]ses|comprising|met for|y était|avec|observateur",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?:in its capacity (?:of|as) (?:an )?observer|as (?:an )?observers?|in an observer capacity)\b", re.IGNORECASE
)


def read(page: Page) -> list[Found[Participant]]:
    """The observers the page names, bodies by their English name."""
    found: dict[str, Found[Participant]] = {}
    for i, block in page.readable:
        for match in _BODIES.finditer(block.text):
            around = block.text[max(0, match.start() - 200) : match.end() + 80]
            short = len(block.text) < 60 and len(page.mentions(i)) <= 2
            if not (_TAKES_PART.search(around) or short or len(page.mentions(i)) >= 5):
                continue
            name = _NAMES.get(match.group(), match.group())
            held = found.get(name)
            span = Span(i, *match.span())
            found[name] = Found(Participant(None, name), (*held.spans, span) if held else (span,))
    for sentence in page.sentences:
        if stated := _STATE.search(sentence.text):
            before = [m for m in page.mentions_in(sentence) if m.end <= stated.start()]
            if before and stated.start() - before[-1].end < 12:
                last = before[-1]
                found.setdefault(
                    last.code, Found(Participant(last.code, last.name), (sentence.span(last.start, last.end),))
                )
    return list(found.values())
