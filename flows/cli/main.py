"""The commands, and what becomes of their errors: one line on standard error, exit code 2."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import Annotated

import typer

from flows.cli import alerts, demo, keeping, pages, records, reports, reviews, runs, serving
from flows.cli.output import safe
from flows.cli.signals import INTERRUPTED
from flows.limits import allow_files, out_of_files

app = typer.Typer(
    name="plenarywatch",
    help="Watches what export-control regimes publish, and tells each real change once, with its evidence.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback with an error.")] = False,
) -> None:
    if debug:
        os.environ["PLENARYWATCH_DEBUG"] = "1"


for module in (demo, runs, alerts, reviews, pages, records, keeping, reports, serving):
    module.register(app)


def main() -> None:
    """Run a command. Exit code 0 when it did, 1 when a source failed, 2 for bad input, 130 when it was interrupted."""
    # A command makes much and little of it is garbage: Python looks for it less often than it would (700 new objects).
    gc.set_threshold(20_000)
    # A service is stopped by SIGTERM, a person's Ctrl-C is SIGINT: both let a run close its record.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        allow_files()
        code = app(standalone_mode=False)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away; nothing is lost by it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 (the edge of the program)
        sys.exit(_refused(error))
    sys.exit(code if isinstance(code, int) else 0)


def _refused(error: Exception) -> int:
    """Say what is wrong in one line; the exit code."""
    from parsers.errors import PlenarywatchError

    error = out_of_files(error) or error
    exit_code = getattr(error, "exit_code", None)
    if type(error).__name__ in ("Exit", "Abort"):
        return int(exit_code or 0)
    if isinstance(exit_code, int) and hasattr(error, "format_message"):
        line = error.format_message()
    elif isinstance(error, PlenarywatchError):
        line = str(error)
    elif os.environ.get("PLENARYWATCH_DEBUG"):
        raise error
    else:
        from flows.settings import shown

        line = f"{type(error).__name__}: {shown(str(error))} (a fault of ours; run again with --debug and report it)"
    if os.environ.get("PLENARYWATCH_DEBUG") and isinstance(error, PlenarywatchError):
        raise error
    sys.stderr.write(f"plenarywatch: {safe(' '.join(str(line).split()))}\n")
    return 2
