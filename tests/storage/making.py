"""Records that list states, with evidence for each: what memberships, verification and exports are about."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec

from parsers.document import Block, Document, Role
from parsers.record import Evidence, Kind, Member, Plenary, Record, Resolution

NOON = datetime(2011, 4, 18, 12, tzinfo=UTC)


def a_document(*lines: str) -> Document:
    """A page with a paragraph a line."""
    return Document("text", tuple(Block(Role.PARAGRAPH, line) for line in lines))


def a_record(
    *countries: str,
    regime: str = "mtcr",
    cites: tuple[int, ...] = (),
    since: dict[str, str] | None = None,
    **fields: object,
) -> Record:
    """A record that lists *countries*, with evidence for each in one block that names them all."""
    members = tuple(Member(code, code, (since or {}).get(code)) for code in countries)
    line = " ".join(countries)
    evidence: dict[str, tuple[Evidence, ...]] = {}
    for i, code in enumerate(countries):
        start = sum(len(c) + 1 for c in countries[:i])
        evidence[f"/members/{i}"] = (Evidence(0, start, start + len(code), line[start : start + len(code)]),)
    resolutions = tuple(Resolution(number, None, f"S/RES/{number}") for number in cites)
    record = Record(
        regime=regime,
        kind=Kind.STATEMENT,
        members=members,
        resolutions=resolutions,
        evidence=evidence,
        parser="test 1",
    )
    return msgspec.structs.replace(record, **fields)


def a_plenary(ordinal: int | None, start: date | None = None, **fields: object) -> Plenary:
    """A meeting; its end is its first day unless said."""
    return msgspec.structs.replace(Plenary(ordinal=ordinal, start=start, end=start), **fields)
