"""About whom the statements of a regime express concern, plenary by plenary, as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.countries import display_name
from reports.known import Statement
from reports.pictures import ACCENT, Picture, joined, label, rule, text

_WIDTH, _NAMES, _RIGHT, _ROW, _HEAD = 720, 170, 20, 26, 34
# The picture shows the newest so many plenaries; the table beside it has all.
_PLENARIES = 40
_LABELS = 14


def concerns_over_time(statements: Sequence[Statement], name: str, download: str) -> Picture | None:
    """A row a country or region, a column a plenary, a dot where the statement names it; None where none does."""
    shown = [s for s in statements if s.plenary.label][-_PLENARIES:]
    named = {s.plenary.label: _named(s) for s in statements}
    order = dict.fromkeys(who for s in statements for who in named[s.plenary.label])
    if not order or not shown:
        return None
    height = _HEAD + _ROW * len(order) + 10
    step = (_WIDTH - _NAMES - _RIGHT) / max(1, len(shown))
    every = -(-len(shown) // _LABELS)
    parts = []
    for at, statement in enumerate(shown):
        if (len(shown) - 1 - at) % every == 0:
            parts.append(label(_NAMES + (at + 0.5) * step, 18, statement.plenary.label))
    for row, who in enumerate(order):
        y = _HEAD + (row + 0.5) * _ROW
        parts += [
            rule(_NAMES, y, _WIDTH - _RIGHT, y),
            label(_NAMES - 12, y + 4, who, anchor="end", kind="name", size=13),
        ]
        parts += [
            f'<circle class="dot" cx="{_NAMES + (at + 0.5) * step:.1f}" cy="{y:.1f}" r="{min(6.0, step / 2):.1f}" '
            f'fill="{ACCENT}"><title>{text(f"{who}: plenary {s.plenary.label}")}</title></circle>'
            for at, s in enumerate(shown)
            if who in named[s.plenary.label]
        ]
    newest = ", ".join(named[shown[-1].plenary.label]) or "nobody"
    said = f"Concerns of {name}: {len(order)} named in {len(statements)} statements; the newest names {newest}."
    rows = tuple((who, *("named" if who in named[s.plenary.label] else "" for s in statements)) for who in order)
    note = "A dot where the statement of that plenary names the country or region among its concerns."
    if len(statements) > _PLENARIES:
        note += f" The newest {_PLENARIES} plenaries; the table has all."
    columns = ("concern", *(s.plenary.label for s in statements))
    return Picture(
        "concerns", f"Concerns of {name}", said, note, _WIDTH, height, joined(parts), columns, rows, download
    )


def _named(statement: Statement) -> list[str]:
    concerns = statement.shown.record.concerns
    return list(dict.fromkeys(c.region or display_name(c.country or "") for c in concerns))
