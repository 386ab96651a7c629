"""Prefect's settings for a run without a server of the user's: quiet, and patient with a first start.

Set before Prefect is imported. A user's own settings win.
"""

from __future__ import annotations

import os

# A first start creates the engine's database and was measured at 25 s; the default limit is 20 s. The temporary server
# is a process of its own, which must not take a person's types.py for Python's. The rest keeps its log off a run's
# standard error, and tells nobody anything.
_DEFAULTS = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    # What failed stands in what the command prints.
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    "DO_NOT_TRACK": "1",
    "PYTHONSAFEPATH": "1",
}


def has_server() -> bool:
    """Whether the user has told of a Prefect server in the environment."""
    return bool(os.environ.get("PREFECT_API_URL"))


def prepare() -> None:
    """Put the defaults in the environment, unless a server or the user's own values are there."""
    if has_server():
        return
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
