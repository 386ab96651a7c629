"""What kind of page it is, told by what it was found to state."""

from __future__ import annotations

import re

from parsers.page import Page
from parsers.record import Kind, Record

_STATEMENT = re.compile(
    r"public statement|statement by the (?:chair|participating)|plenary (?:meeting|session|statement)|regular meeting|chair.{0,3} statement"
    r"|final communiqu|joint statement|joint appeal|ministerial statement|plenary\b|pl[ée]ni[èe]re|plenaria|plenum",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"press release|media release|report by the .{0,12}chair|news|communiqu[ée] –|comunicado de prensa|accession of"
    r"|outreach (?:mission|visit)|joins the|chair.?s.? statement on the accession|fact sheet",
    re.IGNORECASE,
)
_MEMBERS = re.compile(
    r"\b(?:members|partners|participants|participating (?:states|governments)|subscribing states|membership)\b",
    re.IGNORECASE,
)


def read(page: Page, draft: Record) -> Kind:
    """``members`` for a page that is a list of members, ``statement`` for one on a plenary, ``press_release``
    for one on another event, else ``other``."""
    words = sum(len(block.text.split()) for _, block in page.readable)
    held = draft.plenary.start or draft.plenary.ordinal or draft.plenary.end
    headings = " ".join(block.text for _, block in page.headings)
    listed = len(draft.members)
    if (
        listed >= 5
        and not held
        and (words < 40 * listed or _MEMBERS.search(headings))
        and not draft.membership_decisions
    ):
        return Kind.MEMBERS
    if _RELEASE.search(headings) and not draft.plenary.ordinal:
        return Kind.PRESS_RELEASE
    if held and (_STATEMENT.search(headings) or draft.plenary.ordinal or draft.plenary.end):
        return Kind.STATEMENT
    if listed >= 5 and not draft.membership_decisions:
        return Kind.MEMBERS
    if draft.membership_decisions or draft.outreach or (draft.published and _RELEASE.search(headings)):
        return Kind.PRESS_RELEASE
    return Kind.STATEMENT if _STATEMENT.search(headings) else Kind.OTHER
