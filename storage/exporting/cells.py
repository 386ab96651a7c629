"""Cells as each format takes them; page text that a spreadsheet would run is made harmless."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from storage.exporting.tables import Cell

# What a spreadsheet takes for the beginning of a formula: CWE-1236, and OWASP's page on CSV injection.
_FORMULA = re.compile(r"^[\s\x00-\x1f]*[=+\-@＝＋－＠]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# What one cell of a workbook may hold, in characters.
MOST_OF_A_CELL = 32_767


def plain(cell: Cell) -> str | int | bool | None:
    """The cell with its day or moment as ISO 8601 (moments in UTC)."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return cell.isoformat() if isinstance(cell, date) else cell


def harmless(cell: Cell) -> str | int | bool | None:
    """`plain`, with an apostrophe before a text that a spreadsheet would take for a formula."""
    value = plain(cell)
    if not isinstance(value, str):
        return value
    value = _CONTROL.sub("", value)
    return f"'{value}" if _FORMULA.match(value) else value
