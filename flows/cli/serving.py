"""Commands that put it on a schedule: deploy, serve."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import Config, Private
from flows.cli.output import print_line


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command()(deploy)
    app.command()(serve)


def deploy(config: Config = None, allow_private: Private = None) -> None:
    """Put the work pool, the deployments of prefect.yaml and each host's pace on your Prefect server."""
    from flows.deploying import POOL
    from flows.deploying import deploy as put

    limits = put(config, tuple(allow_private or ()))
    print_line(f"deployed; {len(limits)} hosts have a pace that all workers share")
    print_line(f"start a worker: prefect worker start --pool {POOL}")


def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The site's port; 0 takes a free one.")] = 8765,
    prefect_port: Annotated[
        int, typer.Option("--prefect-port", min=1, max=65535, help="The port of Prefect's server.")
    ] = 4200,
    first: Annotated[bool, typer.Option("--first-run/--no-first-run", help="Check every regime at once.")] = True,
    config: Config = None,
    allow_private: Private = None,
) -> None:
    """Everything on this machine, on 127.0.0.1, until Ctrl-C: Prefect server, deployments, worker, first run, site."""
    from flows.serving import serve_all

    serve_all(port, prefect_port, first=first, say=print_line, config=config, private=tuple(allow_private or ()))
