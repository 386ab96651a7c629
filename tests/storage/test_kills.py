"""Killed at any write, nothing is lost and nothing is told twice.

``KILLS=2000`` kills so often on each database; continuous integration has less time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "200"))


def killed(url: str, folder: Path, kills: int, seed: int) -> dict[str, object]:
    """What stands after a worker was killed so often at a random write."""
    command = [sys.executable, "-m", "tests.storage.killing", url, str(folder), str(kills), str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, object] = json.loads(done.stdout)
    return told


def nothing_lost_or_repeated(told: dict[str, object], kills: int) -> None:
    pages = told["pages"]
    assert told == {
        "pages": pages, "killed": kills, "versions": pages, "changes": pages, "alerts": pages, "sent": pages,
        "members": 1, "keys_sent": pages, "damaged": [],
    }  # fmt: skip


@pytest.mark.fault("H1")
def test_killed_at_random_writes_nothing_is_lost_or_repeated(database_url: str, tmp_path: Path) -> None:
    nothing_lost_or_repeated(killed(database_url, tmp_path, 20, seed=1), 20)


@pytest.mark.slow
@pytest.mark.fault("H1")
def test_killed_often_nothing_is_lost_or_repeated(database_url: str, tmp_path: Path) -> None:
    nothing_lost_or_repeated(killed(database_url, tmp_path, KILLS, seed=2), KILLS)
