"""The member states that a page lists."""

from __future__ import annotations

from parsers.lists.items import Item, StateList
from parsers.lists.roles import MEMBERS, lists_of
from parsers.page import Found, Page, Span
from parsers.record import Member


def membership_list(page: Page) -> StateList | None:
    """The list of the members, or None: the longest of those that are called so."""
    best, best_score = None, 0.0
    for listed, role in lists_of(page):
        score = len({item.code for item in _members(listed)}) if role == MEMBERS else 0
        if score > best_score:
            best, best_score = listed, score
    return best


def _members(listed: StateList) -> list[Item]:
    return [item for item in listed.states if item.role in (None, MEMBERS)]


def read(page: Page) -> list[Found[Member]]:
    """The members in the page's order, each once; one that the page lists twice has two spans. A name that no
    table knows is kept with no country."""
    listed = membership_list(page)
    if listed is None:
        return []
    found: dict[str, tuple[Member, list[Span]]] = {}
    for item in _members(listed):
        name = item.name.strip()
        _, spans = found.setdefault(item.code or name, (Member(item.code, name, item.since), []))
        spans.append(item.span)
    return [Found(member, tuple(spans)) for member, spans in found.values()]
