"""Records, documents and contexts made of the few values that a comparison is about."""

from __future__ import annotations

from datetime import UTC, date, datetime

from diffs.context import Context, Standing
from parsers.document import Block, Document, Role
from parsers.record import (
    Evidence,
    Kind,
    Member,
    MembershipDecision,
    MembershipDecisionKind,
    Plenary,
    Record,
    Resolution,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAMES = {
    "AR": "Argentina", "AU": "Australia", "BE": "Belgium", "BR": "Brazil", "CA": "Canada", "DK": "Denmark",
    "FR": "France", "TR": "Turkey", "NZ": "New Zealand",
}  # fmt: skip


def some_members(codes: str = "AR AU BE BR CA DK FR", **named: str) -> tuple[Member, ...]:
    """Members by their codes; *named* gives a code another name than its usual one."""
    return tuple(Member(code, named.get(code, NAMES.get(code, code))) for code in codes.split())


def standing(codes: str = "AR AU BE BR CA DK FR", **named: str) -> dict[str, Standing]:
    """The membership known before, by codes."""
    return {m.country or "": Standing(m.name) for m in some_members(codes, **named)}


def a_decision(kind: str, *countries: str, effective: date | None = None) -> MembershipDecision:
    return MembershipDecision(MembershipDecisionKind(kind), countries, effective=effective)


def a_resolution(number: int, year: int | None = None) -> Resolution:
    return Resolution(number, year, f"S/RES/{number}" + (f" ({year})" if year else ""))


def a_meeting(ordinal: int | None = 25, city: str = "Buenos Aires", day: date | None = date(2011, 4, 13)) -> Plenary:
    return Plenary(ordinal, city, "AR", day, day and day.replace(day=day.day + 2))


def a_record(kind: Kind = Kind.STATEMENT, regime: str = "mtcr", **fields: object) -> Record:
    """A record with these fields alone, and evidence of its title."""
    evidence = {"/title": (Evidence(0, 0, 4, "Text"),)} | dict(fields.pop("evidence", {}))  # type: ignore[call-overload]
    return Record(regime=regime, kind=kind, evidence=evidence, **fields)  # type: ignore[arg-type]


def a_document(*lines: str) -> Document:
    return Document("html", tuple(Block(Role.PARAGRAPH, line) for line in lines), language="en")


def a_context(**fields: object) -> Context:
    """What is known when a statement on plenary 25 arrives, after one on plenary 24."""
    defaults: dict[str, object] = {
        "regime": "mtcr", "url": "https://mtcr.example/25", "observed_at": NOON, "plenary": "25", "prior_label": "24",
        "after_hash": "new",
    }  # fmt: skip
    return Context(**(defaults | fields))  # type: ignore[arg-type]
