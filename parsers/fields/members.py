"""The member states that a page lists."""

from __future__ import annotations

import re
from functools import cache

from parsers.document import Role
from parsers.fields.enumerations import Enumeration, inline_lists, merged
from parsers.fields.listed_lines import line_lists
from parsers.page import Found, Page, Span
from parsers.record import Member
from parsers.vocabulary import words


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(words("member_words", "lists", kind)), re.IGNORECASE)


# A list that is longer than any other enumeration of states needs no words before it.
_SPEAKS_FOR_ITSELF = 12
# As many may be those who founded it, or who joined last.
_FEW = 10
_OBSERVERS_APART = re.compile(r"observers?\)?[.,:]? .{0,40}members", re.IGNORECASE)


def enumerations(page: Page) -> tuple[Enumeration, ...]:
    """Every list of five or more states: those inside a text, then those in lines of their own."""
    return (*merged(page, inline_lists(page)), *merged(page, line_lists(page)))


def membership_list(page: Page) -> Enumeration | None:
    """The enumeration that lists the members, or None: the longest of those led up to as members'."""
    best, best_score = None, 0.0
    listings = enumerations(page)
    titled = bool(listings) and _words("members").search(_titles(page)) is not None
    for listed in listings:
        near = _SENTENCES.split(listed.near[-90:])[-1]
        if _words("others").search(near) and not _OBSERVERS_APART.search(near) and not _stands_alone(page, listed):
            continue
        if _words("behind").search(_behind(page, listed)):
            continue
        if len(listed.items) < _FEW and (_words("founders").search(near) or _words("newcomers").search(near)):
            continue
        called = _words("members").search(listed.lead[-160:]) or _is_a_note(page, listed)
        if listed.rows and not (called or titled):
            continue
        if listed.rows and _words("offices").search(listed.lead[-120:]):
            continue
        if not called and len(listed.items) < _SPEAKS_FOR_ITSELF and not titled:
            continue
        score = len({item.code for item in listed.items}) + (3 if called else 0)
        if score > best_score:
            best, best_score = listed, score
    return best


def _stands_alone(page: Page, listed: Enumeration) -> bool:
    """Whether a long list fills its block, under a sentence of its own: the note at a statement's end."""
    text, begin = page.blocks[listed.block].text, listed.items[0].span.start
    if len(listed.items) < _SPEAKS_FOR_ITSELF or _LETTERS.search(text, 0, begin):
        return False
    above = [block for i, block in page.readable if i < listed.block][-1:]
    return bool(above) and above[0].role is not Role.HEADING and above[0].text.rstrip().endswith((".", ";"))


_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])")
_LETTERS = re.compile(r"[^\W\d_]{3}")


def _behind(page: Page, listed: Enumeration) -> str:
    """What the sentence says behind its list."""
    last = listed.items[-1].span
    return re.split(r"[.;!?]\s", page.blocks[last.block].text[last.end : last.end + 140])[0]


_MARKED_COUNT = re.compile(r"(?:members?|countries|states|partners|governments|participants)\W*$", re.IGNORECASE)


def _is_a_note(page: Page, listed: Enumeration) -> bool:
    """Whether the list is the note to a mark that stands behind a word for the members: "the 34 countries¹"."""
    if page.blocks[listed.block].role is not Role.FOOTNOTE:
        return False
    mark = page.blocks[listed.block].number
    return any(
        _MARKED_COUNT.search(block.text[:at]) for _, block in page.readable for at, sign in block.marks if sign == mark
    )


def _titles(page: Page) -> str:
    return " ".join(block.text for _, block in page.headings) + (page.url or "")


def read(page: Page) -> list[Found[Member]]:
    """The members in the page's order, each once; one that the page lists twice has two spans. A name that no
    table knows is kept with no country."""
    listed = membership_list(page)
    if listed is None:
        return []
    found: dict[str, tuple[Member, list[Span]]] = {}
    for item in listed.items:
        name = item.name.strip()
        _, spans = found.setdefault(item.code or name, (Member(item.code, name, item.since), []))
        spans.append(item.span)
    return [Found(member, tuple(spans)) for member, spans in found.values()]
