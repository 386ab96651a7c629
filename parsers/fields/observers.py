"""Bodies and states that take part without being members: observers and guests."""

from __future__ import annotations

from parsers.fields.members import membership_list
from parsers.lists.roles import OBSERVERS, lists_of
from parsers.lists.words import is_party, sits_with_members
from parsers.page import Found, Page
from parsers.participation import participants
from parsers.record import Participant


def read(page: Page) -> list[Found[Participant]]:
    """The observers the page names, bodies by their English name: only where the page says that they take part."""
    found: dict[str, Found[Participant]] = {}
    members = membership_list(page)
    listed = [
        Found(Participant(item.code, item.name), (item.span,))
        for listed, role in lists_of(page)
        for item in listed.items
        if item.name and ((item.role or role) == OBSERVERS or (item.body and listed is members and _watches(item.name)))
    ]
    for one in sorted((*listed, *participants(page, "observer", "body")), key=lambda one: one.spans):
        key = one.value.country or one.value.name
        if page.regime.name in one.value.name:
            continue
        held = found.get(key)
        spans = (*held.spans, *one.spans) if held else one.spans
        found[key] = Found(held.value if held else one.value, tuple(dict.fromkeys(spans)))
    # Bodies first.
    return sorted(found.values(), key=lambda one: one.value.country is not None)


def _watches(body: str) -> bool:
    return sits_with_members(body) and not is_party(body)
