"""The kind of a page, by who speaks on it, and of what."""

from __future__ import annotations

from parsers.dates import find_days
from parsers.head import Sort, ends_a_sentence, head_of, lead_of
from parsers.issuer import Issuer, is_of_the_day, issuer_of, said_in_text
from parsers.page import Page
from parsers.page_words import phrases_in
from parsers.record import Kind, Record

# A list of members names so many, and the press or a book of reference no more words for each.
_FEW = 5
# So early a page tells what is still to come, where that is its news.
_LEAD = 300


def read(page: Page, draft: Record) -> Kind:
    """``statement`` where the body itself tells of its meeting or takes a stand, or its own words are given, on whosever
    page; ``press_release`` for news of a state or an office, and the body's of a joining or a visit; ``members`` for a
    list of members; ``other`` for what the press or anybody else writes, and for pages that report nothing."""
    issuer, heads, said = issuer_of(page), _heads(page), frozenset().union(*said_in_text(page))
    held = bool(draft.plenary.start or draft.plenary.ordinal or draft.plenary.end)
    news = bool(draft.membership_decisions or draft.outreach)
    own = issuer is Issuer.BODY
    if not held and "deciding" not in said and _lists(page, draft, issuer, heads):
        return Kind.MEMBERS
    if "voiced" in said or (held and "reproduced" in said):
        return Kind.STATEMENT
    if "statement" in heads and ("headline" not in heads or held or own) and issuer is not Issuer.REFERENCE:
        return Kind.PRESS_RELEASE if news and not held else Kind.STATEMENT
    if issuer in (Issuer.PRESS, Issuer.REFERENCE) or (own and _is_index(page)):
        return Kind.PRESS_RELEASE if own and "release" in heads else Kind.OTHER
    planned = any(phrase.of == "to_come" for phrase in phrases_in(lead_of(page)[:_LEAD]))
    met = said & {"deciding", "convened"} and ("event" in heads or not news)
    if own and not planned and (held or met or "convened" in heads):
        return Kind.STATEMENT
    told = issuer is not None and (news or "headline" in heads or _is_dated(page))
    told = told or (issuer is Issuer.STATE and bool(held or draft.published or is_of_the_day(page)))
    return Kind.PRESS_RELEASE if told or "release" in heads else Kind.OTHER


def _heads(page: Page) -> frozenset[str]:
    """The kinds of heading among the lines above the text, and on the body's own site the last part of the address."""
    heads: set[str] = set()
    for line in head_of(page):
        if line.sort is not Sort.TEXT:
            said = {phrase.of for phrase in line.said}
            # "Communiqué" in "communiqué de presse" heads no statement; "ends" tells of a meeting beside its name.
            heads |= said - {
                "statement" if line.sort is Sort.SECTION else "",
                "convened" if "event" not in said else "",
            }
    if page.address is not None and issuer_of(page) is Issuer.BODY:
        slug = page.address[1].text.rstrip("/").rsplit("/", 1)[-1]
        heads |= {phrase.of for phrase in phrases_in(slug.translate(_BLANKS))} & {"statement", "convened"}
    return frozenset(heads)


def _is_dated(page: Page) -> bool:
    """True if a line above the text gives a day, or the address is that of a part of a site for news."""
    if any(find_days(line.text) for line in head_of(page) if line.sort is not Sort.TEXT):
        return True
    parts = page.address[1].text.lower().split("/")[3:] if page.address else ()
    return any(p.of == "newsroom" and p.whole for part in parts for p in phrases_in(part.translate(_BLANKS)))


_BLANKS = str.maketrans("-_+.", "    ")
# A page of so many lines, of which no more than a part are sentences and none so long, lists what there is.
_LINES, _PART, _LONG = 8, 4, 200


def _is_index(page: Page) -> bool:
    texts = [block.text for _, block in page.readable]
    sentences = sum(map(ends_a_sentence, texts))
    return len(texts) >= _LINES and max(map(len, texts)) < _LONG and sentences * _PART <= len(texts)


def _lists(page: Page, draft: Record, issuer: Issuer | None, heads: frozenset[str]) -> bool:
    listed, named = len(draft.members), "members" in heads
    if listed < _FEW or "headline" in heads or (draft.membership_decisions and not named):
        return False
    if issuer is Issuer.STATE and is_of_the_day(page):
        return False
    if issuer is None and any("quoted" in said for said in said_in_text(page)):
        return False
    words = sum(len(block.text.split()) for _, block in page.readable)
    if issuer in (Issuer.PRESS, Issuer.REFERENCE):
        return words <= _FEW * listed
    return True
