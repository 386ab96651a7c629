"""Settings, from the environment and never from code."""

from __future__ import annotations

import math
import os
from pathlib import Path

from msgspec import Struct

from flows.errors import BadRequest


class Settings(Struct, frozen=True):
    """Where things stand: `home` holds the database and the archive unless their addresses say otherwise.
    `channels` are the alert channels, parted by blanks; `country_groups` is a table to check memberships against,
    `alerts` the rules of who is told what (None: the packaged ones)."""

    home: Path
    database_url: str
    archive_url: str
    channels: str
    country_groups: Path | None = None
    alerts: Path | None = None

    def __repr__(self) -> str:
        """Without the passwords of its addresses."""
        from storage.addresses import masked

        return f"Settings(home={str(self.home)!r}, database={masked(self.database_url)!r})"


# The variables whose addresses may hold a password, ours and Prefect's.
_ADDRESSES = (
    "PLENARYWATCH_DATABASE_URL", "PLENARYWATCH_ARCHIVE_URL", "PREFECT_API_DATABASE_CONNECTION_URL", "PREFECT_API_URL",
)  # fmt: skip


def shown(text: str) -> str:
    """*text* without any password of the environment's addresses: for words of other programs, on their way out."""
    # Whoever has no database to open does not load what opens one.
    from storage.addresses import without_secrets

    for name in _ADDRESSES:
        text = without_secrets(text, os.environ.get(name, ""))
    return text


# Seconds that a page may be read: the slowest page seen took two.
_PAGE_SECONDS = 30.0


def page_seconds() -> float:
    """After how many seconds a page is set aside: ``PLENARYWATCH_PAGE_SECONDS``. Raises `BadRequest`."""
    text = os.environ.get("PLENARYWATCH_PAGE_SECONDS") or str(_PAGE_SECONDS)
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not (math.isfinite(seconds) and seconds > 0):
        raise BadRequest(f"PLENARYWATCH_PAGE_SECONDS={text!r}: not a number of seconds above 0; correct or unset it")
    return seconds


def settings_from_environment() -> Settings:
    """The settings of ``PLENARYWATCH_HOME``, ``PLENARYWATCH_DATABASE_URL``, ``PLENARYWATCH_ARCHIVE_URL``,
    ``PLENARYWATCH_CHANNELS``, ``PLENARYWATCH_COUNTRY_GROUPS`` and ``PLENARYWATCH_ALERTS`` (default: ``alerts.yaml`` in
    the home, where there is one)."""
    groups = os.environ.get("PLENARYWATCH_COUNTRY_GROUPS")
    home = Path(os.environ.get("PLENARYWATCH_HOME") or Path.home() / ".plenarywatch")
    rules = os.environ.get("PLENARYWATCH_ALERTS")
    own = home / "alerts.yaml"
    return Settings(
        home=home,
        database_url=os.environ.get("PLENARYWATCH_DATABASE_URL") or f"sqlite:///{home / 'plenarywatch.sqlite'}",
        archive_url=os.environ.get("PLENARYWATCH_ARCHIVE_URL") or str(home / "archive"),
        channels=os.environ.get("PLENARYWATCH_CHANNELS") or "file",
        country_groups=Path(groups) if groups else None,
        alerts=Path(rules) if rules else own if own.is_file() else None,
    )
