"""Options that several commands share, and the reading of their values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.errors import BadRequest

Config = Annotated[
    Path | None, typer.Option("--config", help="A regime's YAML, or a folder of them; default: the packaged six.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
Regime = Annotated[str, typer.Option("--regime", help="The regime whose words the page speaks.")]
Private = Annotated[
    list[str] | None,
    typer.Option("--allow-private", help="A host of your own that may be reached though it is not public."),
]


def moment(text: str | None, option: str) -> datetime | None:
    """An ISO 8601 moment, UTC where it names no zone. Raises `BadRequest`."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"{option} {text!r}: not an ISO 8601 moment; write 2026-01-31T06:00:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(text: str | None, option: str) -> date | None:
    """An ISO 8601 day. Raises `BadRequest`."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"{option} {text!r}: not a day; write 2026-01-31") from None
