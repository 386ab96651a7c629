"""Since when a state belongs, no more exactly than a page says it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from storage.values import Membership, Version

_HOW = {
    "since": "the page gives it",
    "effective": "the day it took effect",
    "decided": "the day it was decided",
    "stated": "listed by then, joined perhaps before",
}


class Begun(Struct, frozen=True):
    """The beginning of a membership: `day` as a page gives it ("1993", "2018-01-19"; empty where none does), `known`
    how that is known, and whether it is the beginning itself (`exact`) or a day on which the state already belonged."""

    day: str
    known: str
    exact: bool

    @property
    def said(self) -> str:
        """The beginning in a cell of a table."""
        return "not stated" if not self.day else self.day if self.exact else f"by {self.day}"

    @property
    def year(self) -> str:
        """Its year in a cell of a narrow table; empty where none is known."""
        return f"{'' if self.exact else 'by '}{self.day[:4]}" if self.day else ""


def begun(membership: Membership, versions: Mapping[int, Version]) -> Begun:
    """When *membership* began; *versions* are the archived texts by the number of their record."""
    exact = membership.basis != "stated"
    day = membership.valid_from.isoformat() if membership.valid_from else ""
    known = _HOW.get(membership.basis, membership.basis) if day else ""
    if membership.basis == "since" and (given := _given(membership, versions)) and day.startswith(given):
        day = given
    return Begun(day, known, exact)


def _given(membership: Membership, versions: Mapping[int, Version]) -> str:
    """What the page writes beside the name: a year, or a day."""
    version = versions.get(membership.record_id)
    _, _, place = membership.pointer.partition("/members/")
    members = version.record.members if version else ()
    return (members[int(place)].since or "") if place.isdigit() and int(place) < len(members) else ""
