"""Settings that hold secrets: from the environment, or from a Secret block of the user's Prefect server."""

from __future__ import annotations

import os

from flows import engine


def look_up(setting: str) -> str | None:
    """The value of a setting such as ``PLENARYWATCH_CHANNEL_DESK``: the environment's, else the Secret block's of the
    same name as Prefect writes names (``plenarywatch-channel-desk``). None where neither is there, or where no server
    is set or answers: what needs it waits."""
    if value := os.environ.get(setting):
        return value
    if not engine.has_server():
        return None
    # Two seconds to import, so only where the environment does not say it.
    from prefect.blocks.system import Secret

    try:
        held = Secret.load(block_of(setting), _sync=True).get()  # type: ignore[call-arg, union-attr]
    except Exception:  # noqa: BLE001 (no such block, or no server; the words of either may hold an address)
        return None
    return str(held) or None


def block_of(setting: str) -> str:
    """The name of the Secret block that may hold a setting."""
    return setting.lower().replace("_", "-")
