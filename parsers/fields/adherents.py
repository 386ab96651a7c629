"""States that keep to a regime's guidelines without being members."""

from __future__ import annotations

from parsers.lists.roles import ADHERENTS, lists_of
from parsers.page import Found, Page
from parsers.participation import participants
from parsers.record import Participant


def read(page: Page) -> list[Found[Participant]]:
    """The adherents that the page lists or recognises; an intention to adhere is not adherence."""
    found: dict[str, Found[Participant]] = {}
    for listed, role in lists_of(page):
        for item in listed.items:
            if item.code and (item.role or role) == ADHERENTS:
                found.setdefault(item.code, Found(Participant(item.code, item.name), (item.span,)))
    for one in participants(page, "adherent"):
        if one.value.country:
            found.setdefault(one.value.country, one)
    return list(found.values())
