"""The demo command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import print_line


def register(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(demo)


def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where the demo keeps its database and site.")] = Path(
        "demo-run"
    ),
    direct: Annotated[bool, typer.Option("--direct", help="Without the Prefect engine.")] = False,
) -> None:
    """Several days of a bundled site, watched over real HTTP; ends with the report's path."""
    from flows.demo.run import run_demo

    print_line(str(run_demo(folder, direct=direct, say=print_line)))
