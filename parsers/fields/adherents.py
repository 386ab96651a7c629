"""States that keep to a regime's guidelines without being members."""

from __future__ import annotations

import re
from functools import cache

from parsers.countries import NameMatch, country_named
from parsers.document import Role
from parsers.fields.enumerations import is_glue
from parsers.mentions import LONGEST_SENTENCE
from parsers.page import Found, Page, Sentence
from parsers.record import Participant
from parsers.vocabulary import words


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words('member_words', 'adherents', kind))})", re.IGNORECASE)


@cache
def _not_yet() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words('member_words', 'adherents', 'not_yet'))})(?!\w)", re.IGNORECASE)


_COLUMN = re.compile(r"^(?:country|state|date|year|name)\b", re.IGNORECASE)


def read(page: Page) -> list[Found[Participant]]:
    """The adherents that the page lists or recognises; an intention to adhere is not adherence."""
    if "dher" not in page.lines.whole:
        return []
    found: dict[str, Found[Participant]] = {}
    for state in (*_listed(page), *_told(page)):
        found.setdefault(state.value.country or state.value.name, state)
    return list(found.values())


def _listed(page: Page) -> list[Found[Participant]]:
    """The states in the lines under a heading of adherents."""
    found: list[Found[Participant]] = []
    under = False
    for i, block in page.readable:
        if len(block.text) < 120 and _words("heading").search(block.text) and not page.mentions(i):
            under = block.role is Role.HEADING or block.text.rstrip().endswith((":", "s"))
            continue
        if not under or (len(block.text) < 60 and _COLUMN.match(block.text)):
            continue
        mentions = page.mentions(i)
        if mentions and len(block.text) < 60 and country_named(block.text[: mentions[0].end].strip()):
            found.append(_found(page.blocks[i].text, i, mentions[0]))
        elif len(mentions) > 1 and _all_names(block.text, mentions):
            found += [_found(block.text, i, m) for m in mentions]
            under = False
        elif block.role is Role.HEADING or not found or mentions:
            under = block.role is not Role.HEADING and not mentions and len(block.text) < 400 and not found
    return found


def _found(text: str, i: int, match: NameMatch) -> Found[Participant]:
    span = Sentence(i, 0, text).span(match.start, match.end)
    return Found(Participant(match.code, match.name), (span,))


def _all_names(text: str, mentions: tuple[NameMatch, ...]) -> bool:
    gaps = zip((0, *(m.end for m in mentions)), (*(m.start for m in mentions), len(text)), strict=True)
    return all(is_glue(text[a:b]) for a, b in gaps)


def _told(page: Page) -> list[Found[Participant]]:
    """The states that a sentence calls adherents, or whose adherence it reports."""
    found: list[Found[Participant]] = []
    asked = False
    for sentence in page.sentences:
        if asked and (answer := page.mentions_in(sentence)) and _all_names(sentence.text.rstrip("."), answer):
            found += [Found(Participant(m.code, m.name), (sentence.span(m.start, m.end),)) for m in answer]
        asked = sentence.text.endswith("?") and _words("heading").search(sentence.text) is not None
        if "dher" not in sentence.text or len(sentence.text) > LONGEST_SENTENCE:
            continue
        mentions = page.mentions_in(sentence)
        for match in (*_words("before").finditer(sentence.text), *_words("after").finditer(sentence.text)):
            about = _about(sentence.text, mentions, match)
            if about and not (_is_a_plan(sentence.text, about, match) or _ELSEWHERE.match(sentence.text, match.end())):
                found += [Found(Participant(m.code, m.name), (sentence.span(m.start, m.end),)) for m in about]
    return found


# "Cuba's adherence to the NPT": to something else than the guidelines.
_ELSEWHERE = re.compile(
    r"[^.;,]{0,40}?\b(?:NPT|CWC|BT?WC|CTBT|INF|[Tt]reat(?:y|ies)|[Cc]onventions?|[Pp]rotocols?|obligations?|[Aa]greements?|moratorium|commitments?|safeguards)\b"
)


def _about(text: str, mentions: tuple[NameMatch, ...], match: re.Match[str]) -> list[NameMatch]:
    """The names in one list with the one that the words stand next to."""
    if match.re is _words("before"):
        after = [m for m in mentions if m.start >= match.end()]
        if not after or after[0].start - match.end() > 24:
            return []
        run = [after[0]]
        for m in after[1:]:
            if not is_glue(text[run[-1].end : m.start]):
                break
            run.append(m)
        return run
    before = [m for m in mentions if m.end <= match.start() + 2]
    if not before or match.start() - before[-1].end > 30:
        return []
    run = [before[-1]]
    for m in reversed(before[:-1]):
        if not is_glue(text[m.end : run[0].start]):
            break
        run.insert(0, m)
    return run


def _is_a_plan(text: str, about: list[NameMatch], match: re.Match[str]) -> bool:
    begin, end = min(about[0].start, match.start()), max(about[-1].end, match.end())
    clause = _CLAUSES.split(text[max(0, begin - 60) : begin])[-1]
    return _not_yet().search(clause + text[begin:end]) is not None


_CLAUSES = re.compile(r"[.;]|, (?:and|but|while) ")
