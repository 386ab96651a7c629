"""Officers who speak for themselves: a statement or an address by the chair, or by who opens the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.lines import Letters
from parsers.officers_joined import officer_of
from parsers.page import Found, Page, Sentence
from parsers.persons import find_persons
from parsers.record import Officer, OfficerRole

_I_AM_CHAIR = re.compile(r"\b(?:I am|As|I serve as|my term as) (?:the )?(?:new )?(?:NSG |MTCR |HCoC )?Chair\b")
_WELCOMES = re.compile(
    r"\b(?:I|me to|to) (?:warmly |particularly |would like to |also )?welcome you\b|\bwelcome you all\b|\b[Oo]pening [Rr]emarks\b"
)
# What either of them holds, in small letters.
_SPOKEN = Letters(("i am", "as ", "i serve", "my term", "welcome you", "opening remarks"))
_SPEECH = re.compile(
    r"^(?:(?:[Ss]tatement|[Aa]ddress|[Rr]emarks|[Ss]peech|[Oo]pening [Rr]emarks|[Oo]pening [Ss]tatement)\s+)?(?:[Bb]y|[Oo]f)\s+"
    r"|^(?:[Ss]tatement|[Aa]ddress|[Ss]peech|[Oo]pening [Rr]emarks),?\s+(?:by\s+)?"
)


def who_speaks(page: Page) -> Iterator[Found[Officer]]:
    """Who speaks of himself as chair, or welcomes the meeting, and is named in a line above."""
    spoken = [s.text for s in page.sentences_with(_SPOKEN)]
    chairs = any(map(_I_AM_CHAIR.search, spoken))
    welcomes = any(map(_WELCOMES.search, spoken))
    if not (chairs or welcomes):
        return
    for index, block in page.readable[:14]:
        if len(block.text) > 140:
            continue
        lead = _SPEECH.match(block.text)
        sentence = Sentence(index, 0, block.text)
        for person in find_persons(block.text)[:1]:
            if not person.title:
                continue
            alone = person.low <= 1 and person.high >= len(block.text) - 2
            if chairs and alone:
                yield officer_of(OfficerRole.CHAIR, sentence, person)
            elif welcomes and lead is not None and person.low - lead.end() <= 4:
                yield officer_of(OfficerRole.OPENED_BY, sentence, person)
