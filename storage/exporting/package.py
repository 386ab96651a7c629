"""What stands beside the data: a Frictionless Data Package descriptor, and a page to read first."""

from __future__ import annotations

from datetime import datetime

import msgspec

from storage.exporting.tables import Table


def descriptor(tables: tuple[Table, ...]) -> bytes:
    """``datapackage.json`` for the CSV files (https://specs.frictionlessdata.io/data-package/)."""
    resources = [
        {
            "name": table.name,
            "path": f"{table.name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "description": table.description,
            "schema": {
                "fields": [
                    {"name": column.name, "type": column.type, "description": column.description}
                    for column in table.columns
                ],
                "primaryKey": [column.name for column in table.columns[: table.key]],
                "missingValues": [""],
            },
        }
        for table in tables
    ]
    package = {
        "profile": "tabular-data-package",
        "name": "plenarywatch",
        "title": "What export-control regimes publish: memberships, plenaries and their statements",
        "resources": resources,
    }
    return msgspec.json.format(msgspec.json.encode(package)) + b"\n"


def readme(tables: tuple[Table, ...], now: datetime) -> bytes:
    """``README.md`` of the ZIP: what each table and column is."""
    lines = [
        "# Plenarywatch: the data",
        "",
        f"Written {now:%Y-%m-%d %H:%M} UTC. Each table stands here as CSV (described by `datapackage.json`), as JSON "
        "Lines, and as a sheet of `plenarywatch.xlsx`; `records.jsonl` holds every version's whole record with its "
        "evidence; `plenarywatch.ftm.json` the memberships as FollowTheMoney entities.",
        "",
        "`url` and `capture` say which page and which bytes state a row, `known_since` when it was observed. In the "
        "CSV and XLSX files a text that a spreadsheet would take for a formula has an apostrophe before it.",
    ]
    for table in tables:
        lines += ["", f"## {table.name} ({len(table.rows)} rows)", "", f"{table.description}.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [f"| {column.name} | {column.type} | {column.description} |" for column in table.columns]
    return ("\n".join(lines) + "\n").encode()
