"""Officers whom no sentence names: who stands under a heading that says what he is, and who speaks for himself."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.annotate import Item, Kind, setting_of, with_people
from parsers.annotate.people import Person
from parsers.fields.officer_resolver import officer_of
from parsers.lines import Letters
from parsers.page import Found, Page, Sentence
from parsers.record import Officer, OfficerRole
from parsers.relate.match import relations
from parsers.relate.rules import rules_of
from parsers.relate.sentences import may_state
from parsers.tables import yaml_rules

# A heading has no more letters than a line, nor more items; who speaks is named among the first blocks.
_LINE, _MOST, _FIRST = 140, 7, 14
_NOT_ALONE = frozenset((Kind.PERSON, Kind.COUNTRIES, Kind.OTHER, Kind.SUBGROUP, Kind.PRESIDENT))
_ROLES = {"speaks_as_chair": OfficerRole.CHAIR, "welcomes": OfficerRole.OPENED_BY}


def under_headings(page: Page) -> Iterator[Found[Officer]]:
    """The person who stands alone in a line under one that names the chair and nobody else: "Chair's Corner"."""
    words = yaml_rules("annotations.yaml")["presiding"]
    lines = {at: i for i, (at, _) in enumerate(page.readable)}
    for heading in page.sentences_with(_chairs()):
        place = lines[heading.block] + 1
        if len(heading.text) > _LINE or heading.text != page.blocks[heading.block].text or place >= len(page.readable):
            continue
        block, below = page.readable[place]
        items = with_people(*setting_of(page, heading))
        chairs = [i for i in items if i.kind is Kind.CHAIR or i.low in words["nouns"]["en"]]
        past = any(i.traits & {"former", "outgoing", "incoming"} or i.low.endswith(("s", "men")) for i in chairs)
        if not chairs or past or len(items) > _MOST or any(i.kind in _NOT_ALONE for i in items) or items[-1].low == ".":
            continue
        person = _alone(page, Sentence(block, 0, below.text))
        if person is not None:
            yield officer_of(OfficerRole.CHAIR, Sentence(block, 0, below.text), person)


def _chairs() -> Letters:
    return Letters(("chair",))


def _alone(page: Page, line: Sentence) -> Person | None:
    """The person of whom a line says nothing more."""
    if len(line.text) > _LINE:
        return None
    items = with_people(*setting_of(page, line))
    if len(items) == 1 and len(items[0].people) == 1:
        return items[0].people[0]
    return None


def who_speaks(page: Page) -> Iterator[Found[Officer]]:
    """The person who speaks of himself as chair, or welcomes the meeting, and is named in a line above."""
    said = {name for sentence in page.sentences_with(_spoken()) for name in _said(page, sentence)}
    for block, text in ((i, b.text) for i, b in page.readable[:_FIRST] if said and len(b.text) <= _LINE):
        line = Sentence(block, 0, text)
        items = with_people(*setting_of(page, line))
        at = next((i for i, item in enumerate(items) if item.kind is Kind.PERSON), None)
        if at is None or len(items[at].people) != 1 or not items[at].people[0].title:
            continue
        person = items[at].people[0]
        if "speaks_as_chair" in said and len(items) == 1:
            yield officer_of(OfficerRole.CHAIR, line, person)
        elif "welcomes" in said and (_leads(items[:at]) or (not at and items[1:2] and items[1].low == ":")):
            yield officer_of(OfficerRole.OPENED_BY, line, person)


def _leads(items: tuple[Item, ...]) -> bool:
    """True if what stands before a person says that the page is his: "Opening statement by"."""
    words = rules_of("chairing").words["speech_of"]
    lows = tuple(item.low for item in items)
    return bool(lows) and any(lows == row for rows in words.values() for row in rows)


def _spoken() -> Letters:
    return Letters(("i am", "as ", "i serve", "my term", "welcome", "opening", "my privilege", "i declare", "i open"))


def _said(page: Page, sentence: Sentence) -> Iterator[str]:
    """The relations that a sentence in the first person states of its speaker."""
    if len(sentence.text) <= _LINE * 4 and may_state(page, sentence, "speaking"):
        setting = setting_of(page, sentence)
        for relation in relations(rules_of("speaking"), with_people(*setting), setting[3]):
            yield relation.name
