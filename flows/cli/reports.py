"""Commands that make reports: report build, report serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import print_line

Out = Annotated[Path | None, typer.Option("--out", help="The site's folder; default: site in PLENARYWATCH_HOME.")]


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    report = typer.Typer(help="The site of everything that is known.", no_args_is_help=True)
    report.command("build")(build)
    report.command("serve")(serve)
    app.add_typer(report, name="report")


def build(out: Out = None) -> None:
    """Write the static site, and print the path of its front page."""
    from flows.publishing import publish

    print_line(str(publish(out)))


def serve(
    out: Out = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = 8765,
) -> None:
    """The site on 127.0.0.1, built anew whenever the database changes, until Ctrl-C."""
    from flows.publishing import serve_site

    serve_site(out, port, print_line)
