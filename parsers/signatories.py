"""Who signed a statement or a notice: the person named alone at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.annotate.people import find_persons
from parsers.document import Role
from parsers.fields.officer_resolver import officer_of
from parsers.page import Found, Page, Sentence
from parsers.record import Officer, OfficerRole

# How many of the last blocks a signature can stand in, furniture that was taken for text among them.
_LAST = 8
_LONGEST = 140
_SIGNED = re.compile(
    r"\W*(?:signed(?:\s+by)?|sgd|s/|firmado(?:\s+por)?|signé(?:\s+par)?|gezeichnet|gez\.|подписал\w*|подписано)[\s:.,)\]]*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly)|(?:with )?(?:best|kind|warm) (?:regards|wishes)|sincerely(?: yours)?|respectfully(?: yours)?"
    r"|mit freundlichen grüßen|atentamente|cordialmente|cordialement|с уважением)\W*\Z",
    re.IGNORECASE,
)
_CHAIR = re.compile(r"\W*(?:the )?(?:[\w-]+ ){0,5}(?:co-?)?chair(?:man|woman|person)?\b", re.IGNORECASE)


def signatories(page: Page) -> list[Found[Officer]]:
    """Those who signed, in the order in which they stand: a person behind "(signed)", under a closing formula, or
    in a last line of his own above or beside the office of the chair."""
    if len(page.readable) < 3:
        return []
    found: list[Found[Officer]] = []
    last = page.readable[-_LAST:]
    for place, (index, block) in enumerate(last):
        if len(block.text) > _LONGEST or block.role in (Role.HEADING, Role.FOOTNOTE) or place + len(page.readable) < 3:
            continue
        before = last[place - 1][1].text if place else ""
        behind = last[place + 1][1].text if place + 1 < len(last) else ""
        found.extend(_signed(Sentence(index, 0, block.text), before, behind))
    return found


def _signed(line: Sentence, before: str, behind: str) -> Iterator[Found[Officer]]:
    sign = _SIGNED.match(line.text)
    begin = sign.end() if sign else 0
    closed = sign or _SIGNED.fullmatch(before) or _CLOSING.search(before[-60:])
    office = len(behind) < _LONGEST and _CHAIR.match(behind) and not behind.endswith(".")
    if not (closed or office):
        return
    for person in find_persons(line.text)[:1]:
        if person.low - begin > 2:
            continue
        rest = line.text[person.high :].strip(" ,.;")
        if (closed and (not rest or _CHAIR.match(rest))) or (office and not rest and person.title):
            yield officer_of(OfficerRole.SIGNATORY, line, person)
