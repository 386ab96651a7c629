"""Whose a list is: the members', the observers', the adherents', or another body's."""

from __future__ import annotations

import re

from parsers.document import Role
from parsers.lists.entries import role_beside
from parsers.lists.inline import inline_lists
from parsers.lists.items import LEAST, Item, StateList, is_glue
from parsers.lists.lines import line_lists
from parsers.lists.words import Told, told
from parsers.page import Page

MEMBERS, OBSERVERS, ADHERENTS, OTHERS = "members", "observers", "adherents", "others"
# A list that is longer than any other enumeration of states needs no words before it.
SPEAKS_FOR_ITSELF = 12
# As many may be those who founded it, or who joined last.
_FEW = 12
# As many blocks behind a list may explain its marks.
_LEGENDS = 3
# So near to a list stand the words that make it a part of one, in words.
_NEAR = 4
# What joins two words for those whom a list lists.
_AND = frozenset(("and", "&", ",", "/", "et", "und", "y", "e", "ed", "и"))
# So long may a heading be, or the label of a list.
_TITLE = 80


def lists_of(page: Page) -> tuple[tuple[StateList, str | None], ...]:
    """Every list of the page with whose it is, None where no words tell; those inside a text, then those in lines."""
    held = page.memo.get("lists")
    if not isinstance(held, tuple):
        titled = told(f"{' '.join(block.text for _, block in page.headings)} {page.url or ''}").says(MEMBERS)
        found = (*_merged(page, inline_lists(page)), *_merged(page, line_lists(page)))
        lists = [_with_marks(page, listed) for listed in found]
        held = page.memo["lists"] = tuple((listed, _role(page, listed, titled)) for listed in lists)
    return held


def _merged(page: Page, found: list[StateList]) -> list[StateList]:
    """*found* in reading order, with lists joined that go on from one block to the next, as the lines of a saved
    table do."""
    done: list[StateList] = []
    for listed in sorted(found, key=lambda e: (e.block, e.items[0].span.start)):
        before = done[-1] if done else None
        if before is not None and not listed.rows and 0 < listed.block - before.last_block <= 1:
            head = page.blocks[listed.block].text[: listed.items[0].span.start]
            tail = page.blocks[before.last_block].text[before.items[-1].span.end :]
            if is_glue(head) and is_glue(tail):
                done[-1] = before._replace(items=before.items + listed.items, last_block=listed.last_block)
                continue
        done.append(listed)
    return done


def _with_marks(page: Page, listed: StateList) -> StateList:
    """*listed* with the roles that the marks behind its names tell: "Fiji*", and below "* Observer"."""
    behind = page.blocks[listed.last_block + 1 : listed.last_block + 1 + _LEGENDS]
    roles = {}
    for block in behind:
        mark = block.number if block.role is Role.FOOTNOTE else block.text[:1]
        if mark and not mark.isalpha() and (role := role_beside(block.text)):
            roles[mark] = role
    if not roles:
        return listed

    def marked(item: Item) -> Item:
        block, end = page.blocks[item.span.block], item.span.end
        signs = {sign for at, sign in block.marks if at == end} | {block.text[end : end + 1]}
        return item._replace(role=next((roles[sign] for sign in signs if sign in roles), item.role))

    return listed._replace(items=tuple(map(marked, listed.items)))


def _role(page: Page, listed: StateList, titled: bool) -> str | None:
    """Whose *listed* is, as its words and the page's titles tell."""
    near = told(_SENTENCES.split(listed.near[-90:])[-1])
    behind = told(_behind(page, listed))
    size = len(listed.states)
    if {MEMBERS, OBSERVERS} <= {item.role for item in listed.items}:
        # Columns, or marks, that say of each which it is.
        return MEMBERS
    apart = near.last(MEMBERS, OBSERVERS, ADHERENTS)
    if near.says(OTHERS) and not _stands_alone(page, listed):
        return OTHERS
    if apart and apart.means != MEMBERS and not _stands_alone(page, listed):
        mixed = any(
            word.low in _AND for hit in near.hits if hit.means == MEMBERS for word in near.words[hit.end : apart.start]
        )
        if mixed and any(item.role for item in listed.items):
            # "Members and observers": each says which it is.
            return MEMBERS
        return OTHERS if mixed or len(listed.near) > _TITLE else apart.means
    if behind.says("behind") or (behind.says(OBSERVERS) and not listed.items[-1].body) or _is_part(near, behind):
        return OTHERS
    if size < _FEW and near.says("few"):
        return OTHERS
    called = told(listed.lead[-160:]).says(MEMBERS) or _is_a_note(page, listed)
    if listed.rows and (not (called or titled) or told(listed.lead[-120:]).says("offices")):
        return OTHERS
    if size < LEAST:
        label = listed.lines and not listed.rows and len(listed.near) <= _TITLE and near.says(MEMBERS)
        after = page.blocks[listed.last_block + 1 : listed.last_block + 2]
        whole = all(block.role is not page.blocks[listed.last_block].role for block in after)
        return MEMBERS if label and whole else None
    return MEMBERS if called or titled or size >= SPEAKS_FOR_ITSELF else None


def _is_part(near: Told, behind: Told) -> bool:
    """True if the words right before or behind a list say that it holds some of many."""
    before = any(hit.means == "part" and len(near.words) - hit.end < _NEAR for hit in near.hits)
    return before or any(hit.means == "part" and hit.start < _NEAR for hit in behind.hits)


def _stands_alone(page: Page, listed: StateList) -> bool:
    """True if a long list fills its block, under a sentence of its own: the note at a statement's end."""
    text, begin = page.blocks[listed.block].text, listed.items[0].span.start
    if len(listed.states) < SPEAKS_FOR_ITSELF or _LETTERS.search(text, 0, begin):
        return False
    above = [block for i, block in page.readable if i < listed.block][-1:]
    return bool(above) and above[0].role is not Role.HEADING and above[0].text.rstrip().endswith((".", ";"))


_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])")
_LETTERS = re.compile(r"[^\W\d_]{3}")


def _behind(page: Page, listed: StateList) -> str:
    """The words of the sentence behind its list, but for those that label the next one: "members (…) and guests (…)"."""
    last = listed.items[-1].span
    behind = re.split(r"[.;!?]\s", page.blocks[last.block].text[last.end : last.end + 140])[0]
    return "" if behind.startswith(")") and "(" in behind else behind


def _is_a_note(page: Page, listed: StateList) -> bool:
    """True if the list is the note to a mark that stands behind a word for the members: "the 34 countries¹"."""
    if page.blocks[listed.block].role is not Role.FOOTNOTE:
        return False
    mark = page.blocks[listed.block].number
    return any(
        _MARKED_COUNT.search(block.text[:at]) for _, block in page.readable for at, sign in block.marks if sign == mark
    )


_MARKED_COUNT = re.compile(r"(?:members?|countries|states|partners|governments|participants)\W*$", re.IGNORECASE)
