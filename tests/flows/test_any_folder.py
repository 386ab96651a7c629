"""Started in a folder that holds a person's own ``flows/``, ``parsers.py``, ``pickle.py``: ours are what runs."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import Store
from tests.builders.engine import ManyPages
from tests.builders.folders import PROGRAM, namesakes, namesakes_of_pythons_own
from tests.builders.program import Ran

# From so many sources on a run reads in processes beside it.
MANY = 60

in_each_folder = pytest.mark.parametrize("made", [namesakes, namesakes_of_pythons_own])
Folder = Callable[[Path], Path]


def plenarywatch(folder: Path, home: Path, *arguments: str, **more: str) -> Ran:
    """The installed command, as a person who stands in *folder* starts it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PLENARYWATCH_", "PREFECT_", "PYTHONPATH"))}
    done = subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder, env=kept | {"PLENARYWATCH_HOME": str(home)} | more, capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@in_each_folder
def test_a_run_large_enough_for_processes_beside_it_reads_every_page(made: Folder, tmp_path: Path) -> None:
    folder, home = made(tmp_path / "mine"), tmp_path / "home"
    with ManyPages() as pages:
        config = pages.declared(tmp_path, "fx", range(1, MANY + 1))
        arguments = ("--config", str(config), "--allow-private", "127.0.0.1", "--direct", "--json")
        ran = plenarywatch(folder, home, "monitor", *arguments)
    assert ran.code == 0, ran.err
    assert Counter(source["outcome"] for source in json.loads(ran.out)["sources"]) == {"baseline": MANY}
    with Store.open(f"sqlite:///{home / 'plenarywatch.sqlite'}") as store, store.reading() as r:
        assert len(r.versions("fx")) == MANY
