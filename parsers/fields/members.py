"""The member states that a page lists."""

from __future__ import annotations

from parsers.lists.items import Item, StateList
from parsers.lists.roles import MEMBERS, SPEAKS_FOR_ITSELF, lists_of
from parsers.lists.words import told
from parsers.page import Found, Page, Span
from parsers.record import Member


def membership_list(page: Page) -> StateList | None:
    """The list of the members, or None: the longest of those that are called so, by words right before if there are."""
    called = [listed for listed, role in lists_of(page) if role == MEMBERS]
    return max(
        called, key=lambda listed: (_says_so(listed), len({item.code for item in _members(listed)})), default=None
    )


def _says_so(listed: StateList) -> bool:
    return len(listed.states) >= SPEAKS_FOR_ITSELF or told(listed.near).says(MEMBERS)


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
