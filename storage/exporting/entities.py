"""FollowTheMoney entities: regimes as Organization, states as PublicBody, memberships between them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from storage.exporting.cells import plain
from storage.exporting.tables import Cell, Row, Table


class Entity(Struct, frozen=True):
    """As https://followthemoney.tech has it: each property is a list of texts."""

    id: str
    schema: str
    properties: dict[str, list[str]]


def entities(tables: tuple[Table, ...]) -> Iterator[Entity]:
    """The entities of an export's memberships, each once: those that others point to come first."""
    table = next(table for table in tables if table.name == "memberships")
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    for regime in sorted({str(row["regime"]) for row in rows}):
        yield Entity(f"plenarywatch-{regime}", "Organization", {"name": [regime.upper()], "topics": ["gov.igo"]})
    states: dict[str, set[str]] = {}
    for row in rows:
        states.setdefault(str(row["country"]), set()).add(str(row["name"]))
    for country, called in sorted(states.items()):
        properties = {"name": sorted(called), "country": [country.lower()], "topics": ["gov.national"]}
        yield Entity(f"plenarywatch-state-{country.lower()}", "PublicBody", properties)
    for row in rows:
        yield _membership(row)


def _membership(row: dict[str, Cell]) -> Entity:
    regime, country = str(row["regime"]), str(row["country"]).lower()
    properties = {
        "member": f"plenarywatch-state-{country}",
        "organization": f"plenarywatch-{regime}",
        "role": "member",
        "status": "ended" if row["valid_to"] else "current",
        "startDate": plain(row["valid_from"]),
        "endDate": plain(row["valid_to"]),
        # FollowTheMoney knows addresses of the web alone; a page read from a file has none.
        "sourceUrl": url if (url := str(row["url"])).startswith(("http://", "https://")) else None,
        "retrievedAt": str(plain(row["known_since"]))[:19],
        "recordId": plain(row["capture"]),
        "description": plain(row["quote"]),
    }
    kept = {name: [str(value)] for name, value in properties.items() if value}
    return Entity(f"plenarywatch-{regime}-{country}-{row['epoch']}", "Membership", kept)


def as_line(row: Row, table: Table) -> bytes:
    """A row as a JSON object."""
    return msgspec.json.encode({c.name: plain(cell) for c, cell in zip(table.columns, row, strict=True)})
