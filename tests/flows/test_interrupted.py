"""Killed at any moment, a work leaves nothing half done, and done again it leaves what an undisturbed one does.

``KILLS=100`` kills each so often; continuous integration has less time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders.program import ROOT
from tests.storage.conftest import BOTH, postgres_folder

__all__ = ["postgres_folder"]

KILLS = int(os.environ.get("KILLS", "12"))
NAMES = ("deliver", "backup", "restore", "reparse", "migration", "report")


@pytest.mark.slow
@pytest.mark.fault("H1")
@pytest.mark.parametrize("database", BOTH)
@pytest.mark.parametrize("name", NAMES)
def test_a_work_that_is_killed_and_done_again_is_done_once(
    name: str, database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server = [request.getfixturevalue("postgres_folder")] if database == "postgresql" else []
    done = subprocess.run(
        [sys.executable, "-m", "tests.flows.interrupting", name, str(tmp_path), str(KILLS), "3", *server],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=3600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["differ"] == []
    assert told["killed"] == KILLS
