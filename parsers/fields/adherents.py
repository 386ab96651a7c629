"""States that keep to a regime's guidelines without being members."""

from __future__ import annotations

import re

from parsers.countries import country_named
from parsers.document import Role
from parsers.page import Found, Page, Sentence, Span
from parsers.record import Participant

_HEADING = re.compile(r"\badherents?\b(?! to the treaty)", re.IGNORECASE)
_STATED = re.compile(
    r"(?:current )?(?:[A-Z]{2,5} )?adherents (?:include|are|now include)|formal(?:ly)? adher\w+|(?:became|becomes|become) (?:an? )?(?:[A-Z]{2,5} )?adherent"
    r"|adherents?:|recogni[sz]ed as (?:an? )?(?:\w+ )?adherents?|adherence was recognised|recogni[sz]ed .{0,40}adheren|status of adherent",
    re.IGNORECASE,
)


def read(page: Page) -> list[Found[Participant]]:
    """The adherents that the page lists or recognises; an intention to adhere is not adherence."""
    found: dict[str, Found[Participant]] = {}

    def add(code: str, name: str, span: Span) -> None:
        found.setdefault(code, Found(Participant(code, name), (span,)))

    under = False
    for i, block in page.readable:
        if _HEADING.search(block.text) and len(block.text) < 120 and not page.mentions(i):
            under = block.role is Role.HEADING or block.text.rstrip().endswith((":", "s"))
            continue
        if not under:
            continue
        if re.match(r"^(?:country|state|date|year)\b", block.text, re.IGNORECASE) and len(block.text) < 40:
            continue
        mentions = page.mentions(i)
        if mentions and len(block.text) < 60 and country_named(block.text[: mentions[0].end].strip()):
            add(mentions[0].code, mentions[0].name, Span(i, mentions[0].start, mentions[0].end))
        else:
            under = False
    for sentence in page.sentences:
        stated = _STATED.search(sentence.text)
        if stated and not re.search(r"\b(?:would|will|intend\w*|announce\w*|intention)\b", sentence.text):
            for match in _about(page, sentence, stated):
                add(match[0], match[1], sentence.span(match[2], match[3]))
    return list(found.values())


def _about(page: Page, sentence: Sentence, stated: re.Match[str]) -> list[tuple[str, str, int, int]]:
    """The states that the wording is about: the list behind it, or the one list right before it."""
    mentions = page.mentions_in(sentence)
    after = [m for m in mentions if m.start >= stated.end() - 12]
    before = [m for m in mentions if m.end <= stated.start() + 30]
    run = before[-1:] if before and stated.start() - before[-1].end < 20 else []
    for m in reversed(before[:-1] if run else []):
        if not re.fullmatch(r"(?:[\s,]|and|the|as well as)*", sentence.text[m.end : run[0].start]):
            break
        run.insert(0, m)
    chosen = after if re.search(r"include|are|:$", stated.group()) else run or after[:1]
    return [(m.code, m.name, m.start, m.end) for m in chosen]
