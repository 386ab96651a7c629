"""The command line: `plenarywatch`. Slow imports stay inside the commands that need them."""

from flows.cli.main import main

__all__ = ["main"]
