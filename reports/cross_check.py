"""Declared country groups against membership as it is known: where they agree, and why or that they do not."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from msgspec import Struct

from parsers.countries import display_name
from reports.groups import Group, Table
from reports.known import Known
from reports.pages import Pages


class Finding(StrEnum):
    """How a state's place in a group stands to its membership of the regime."""

    NOT_LISTED = "member, not listed"
    NOT_MEMBER = "listed, not known as a member"
    EXPLAINED = "explained"
    UNDECLARED = "not declared"
    AGREES = "agrees"


_ORDER = list(Finding)


class Line(Struct, frozen=True):
    """One state in one group; `why` explains a difference, where the table does."""

    group: str
    regime: str
    country: str
    name: str
    finding: Finding
    why: str = ""


class Checked(Struct, frozen=True):
    """A group with its lines, differences first; `known` is false where no members of the regime are known."""

    group: Group
    known: bool
    lines: tuple[Line, ...]

    def counted(self, finding: Finding) -> int:
        """How many lines have this finding."""
        return sum(1 for line in self.lines if line.finding is finding)


def checked(group: Group, members: Collection[str]) -> Checked:
    """*group* against the codes of the regime's members."""
    why = {code: note.why for note in group.exceptions for code in note.countries}
    lines = []
    for code in sorted({*members, *group.countries}, key=display_name):
        member, listed = code in members, code in group.countries
        if code in group.undeclared:
            finding = Finding.UNDECLARED
        elif member and listed:
            finding = Finding.AGREES
        elif member:
            finding = Finding.EXPLAINED if code in why else Finding.NOT_LISTED
        else:
            finding = Finding.NOT_MEMBER
        explanation = why.get(code, "") if finding is Finding.EXPLAINED else ""
        lines.append(Line(group.id, group.regime, code, display_name(code), finding, explanation))
    lines.sort(key=lambda line: _ORDER.index(line.finding))
    return Checked(group, bool(members), tuple(lines))


def write_cross_check(known: Known, table: Table, pages: Pages) -> None:
    """The page of the cross-check, and the same as JSON and CSV."""
    members = {regime.id: [m.country for m in regime.members] for regime in known.regimes}
    found = [checked(group, members.get(group.regime, ())) for group in table.groups]
    pages.page(
        "cross-check.html", "cross_check.html",
        declared=table, found=found, seen=known.seen, age=(known.seen.date() - table.as_of).days, Finding=Finding,
    )  # fmt: skip
    lines = [line for one in found if one.known for line in one.lines]
    pages.json("cross-check.json", lines)
    pages.csv("cross-check.csv", ("group", "regime", "country", "name", "finding", "why"), (
        (line.group, line.regime, line.country, line.name, line.finding, line.why) for line in lines
    ))  # fmt: skip
