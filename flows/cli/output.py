"""How commands print: one JSON value and nothing else for programs, tables for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from diffs.display import shown


def print_json(value: object) -> None:
    """*value* as one JSON value on standard output."""
    import msgspec

    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.flush()


def safe(text: object) -> str:
    """*text* without control characters: what a page says must not steer a terminal."""
    return shown("" if text is None else str(text))


def print_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str = "Nothing yet."
) -> None:
    """A table on standard output, or the line *empty* when there are no rows."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    listed = list(rows)
    console = Console(width=None if sys.stdout.isatty() else 140)
    if not listed:
        console.print(f"{title}: {empty}", highlight=False, markup=False)
        return
    table = Table(
        title=title, title_justify="left", title_style="bold", header_style="bold", show_edge=False, pad_edge=False
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in listed:
        table.add_row(*(Text(safe(cell)) for cell in row))
    console.print(table)


def print_line(text: str) -> None:
    """One line on standard output, at once: whoever reads it may be waiting for it."""
    sys.stdout.write(safe(text) + "\n")
    sys.stdout.flush()
