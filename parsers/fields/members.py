"""The member states that a page lists."""

from __future__ import annotations

import re

from parsers.fields.enumerations import Enumeration, enumerations
from parsers.page import Found, Page
from parsers.record import Member

_MEMBERS = re.compile(
    r"members?\b|\bpartners?\b|participa|participating|subscribing|signator|countries(?:\s*\(|:| are|\s*$)|comprises|consists of|composed"
    r"|partner countries|Mitglied|Teilnehm|membres|miembros|membros|socios|partes del|estados|pa[íi]ses|gouvernements|Partner\b|membri"
    r"|участник|члены|государств|attending|attended|talks were|Ont participé",
    re.IGNORECASE,
)
_NOT_MEMBERS = re.compile(
    r"adherent|non-members?|non-participa|align|outreach|observers?|invit|visited|contact|applicants?|applications|sponsors"
    r"|co-sponsored|voted|embarg|sanction|non-signator|not (?:yet )?(?:a )?(?:member|signed|subscribed)",
    re.IGNORECASE,
)
_FOUNDERS = re.compile(
    r"\bG-?7\b|founded|founding|gegründet|fond[ée]|creado|established by|originally|in 1985|in 1987|1974", re.IGNORECASE
)


def membership_list(page: Page) -> Enumeration | None:
    """The enumeration that lists the members, or None: the longest of those led up to as members'."""
    best, best_score = None, 0.0
    for listed in enumerations(page):
        lead = listed.lead[-160:]
        near = lead[-70:]
        if _NOT_MEMBERS.search(near) and not re.search(r"observers?\)?[.,:]? .{0,40}members", near, re.IGNORECASE):
            continue
        if _FOUNDERS.search(near) and len(listed.items) < 10:
            continue
        called = _MEMBERS.search(lead)
        if not called and len(listed.items) < 12 and not _MEMBERS.search(_titles(page)):
            continue
        score = len({item.code for item in listed.items}) + (3 if called else 0)
        if score > best_score:
            best, best_score = listed, score
    return best


def _titles(page: Page) -> str:
    return " ".join(block.text for _, block in page.headings) + (page.url or "")


def read(page: Page) -> list[Found[Member]]:
    """The members in the page's order, each once; one that the page lists twice has two spans. A name that no
    table knows is kept with no country."""
    listed = membership_list(page)
    if listed is None:
        return []
    found: dict[str, Found[Member]] = {}
    for item in listed.items:
        name = item.name.strip()
        held = found.get(item.code or name)
        if held is None:
            found[item.code or name] = Found(Member(item.code, name, item.since), (item.span,))
        else:
            found[item.code or name] = Found(held.value, (*held.spans, item.span))
    return list(found.values())
