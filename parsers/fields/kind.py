"""The kind of a page, by who speaks on it, and of what."""

from __future__ import annotations

import re

from parsers.dates import find_days
from parsers.head import Sort, head_of
from parsers.issuer import Issuer, issuer_of, said_in_text
from parsers.page import Page
from parsers.page_words import phrases_in
from parsers.record import Kind, Record

_MEMBERS = re.compile(
    r"\b(?:members|partners|participants|participating (?:states|governments)|subscribing states|membership)\b",
    re.IGNORECASE,
)
# The words that a page may have for each state it lists, to be a list of members.
_WORDS, _FEW = 40, 5


def read(page: Page, draft: Record) -> Kind:
    """``statement`` for the body's own text on a plenary, ``press_release`` for its news of something else and for a
    state's, ``members`` for a list of members, ``other`` for what the press or anybody else writes."""
    issuer = issuer_of(page)
    held = bool(draft.plenary.start or draft.plenary.ordinal or draft.plenary.end)
    heads = _heads(page)
    if _lists(page, draft, issuer, held):
        return Kind.MEMBERS
    if held and _is_reproduced(page):
        return Kind.STATEMENT
    if "statement" in heads and ("headline" not in heads or held) and issuer is not Issuer.REFERENCE:
        return Kind.STATEMENT if held or not _is_news(draft) else Kind.PRESS_RELEASE
    if issuer in (Issuer.PRESS, Issuer.REFERENCE):
        return Kind.OTHER
    if issuer is Issuer.STATE:
        told = (
            held or _is_news(draft) or draft.published is not None or {"headline", "release"} & heads or _is_dated(page)
        )
        return Kind.PRESS_RELEASE if told else Kind.OTHER
    if issuer is Issuer.BODY and held and "headline" not in heads:
        return Kind.STATEMENT
    told = "release" in heads or (issuer is Issuer.BODY and (_is_news(draft) or "headline" in heads or _is_dated(page)))
    return Kind.PRESS_RELEASE if told else Kind.OTHER


def _heads(page: Page) -> frozenset[str]:
    """The kinds of heading among the lines above the text, and on the body's own site the last part of the address."""
    heads = {phrase.of for line in head_of(page) if line.sort is not Sort.TEXT for phrase in line.said}
    if page.address is not None and issuer_of(page) is Issuer.BODY:
        slug = page.address[1].text.rstrip("/").rsplit("/", 1)[-1]
        heads |= {phrase.of for phrase in phrases_in(_SLUG.sub(" ", slug))} & {"statement"}
    return frozenset(heads)


def _is_dated(page: Page) -> bool:
    """True if a line above the text gives a day, or the address is that of a part of a site for news."""
    if any(find_days(line.text) for line in head_of(page) if line.sort is not Sort.TEXT):
        return True
    parts = page.address[1].text.lower().split("/")[3:] if page.address else ()
    return any(p.of == "newsroom" and p.whole for part in parts for p in phrases_in(_SLUG.sub(" ", part)))


_SLUG = re.compile(r"[-_+.]")


def _is_reproduced(page: Page) -> bool:
    """True if the page gives another text in its own words, whoever's page it is."""
    return any("reproduced" in said for said in said_in_text(page))


def _is_news(draft: Record) -> bool:
    return bool(draft.membership_decisions or draft.outreach)


def _lists(page: Page, draft: Record, issuer: Issuer | None, held: bool) -> bool:
    listed = len(draft.members)
    if listed < 5 or held or draft.membership_decisions or "headline" in _heads(page):
        return False
    if issuer is None and any("quoted" in said for said in said_in_text(page)):
        return False
    words = sum(len(block.text.split()) for _, block in page.readable)
    named = any(_MEMBERS.search(block.text) for _, block in page.headings)
    if issuer in (Issuer.PRESS, Issuer.REFERENCE) and words > _FEW * listed:
        return False
    return words < _WORDS * listed or named or issuer is not Issuer.PRESS
