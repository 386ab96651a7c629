"""A site's folder after a building that was killed, and while several build at once."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from reports.folder import SiteFolder

# Killed by the system at the last moment: the page is written beside its place, and not yet in it.
_KILLED = """
import os, signal, sys
from pathlib import Path
from reports.folder import SiteFolder
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with SiteFolder(Path(sys.argv[1])) as out:
    out.write(sys.argv[2], "half")
"""


def _killed(folder: Path, name: str) -> Path:
    """What a building of *folder* that was killed while it wrote *name* left behind."""
    done = subprocess.run([sys.executable, "-c", _KILLED, str(folder), name], timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = (folder / name).parent.glob(".*.tmp")
    return left


def test_what_a_killed_building_left_is_removed_by_the_next_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    left = [_killed(folder, "index.html"), _killed(folder, "mtcr/index.html")]
    # The second was removed by no one yet; the first by the building that was killed after it.
    assert [path.exists() for path in left] == [False, True]
    others = [folder / ".notes.tmp", folder / "mtcr" / ".site-map", tmp_path / left[1].name]
    for path in others:
        path.write_text("not the site's")
    (folder / "linked").symlink_to(tmp_path)
    with SiteFolder(folder) as out:
        out.write("index.html", "whole")
    assert not left[1].exists()
    assert [path.read_text() for path in others] == ["not the site's"] * 3
    assert (folder / "index.html").read_text() == "whole"


def test_what_a_building_at_work_writes_is_left_to_it(tmp_path: Path) -> None:
    with SiteFolder(tmp_path):
        left = _killed(tmp_path, "a.html")
        for _ in range(2):
            with SiteFolder(tmp_path) as out:
                out.write("index.html", "whole")
            assert left.exists()
    with SiteFolder(tmp_path):
        assert not left.exists()


def test_a_building_that_is_done_or_failed_holds_the_folder_no_longer(tmp_path: Path) -> None:
    left = _killed(tmp_path, "a.html")
    at_work = SiteFolder(tmp_path)
    try:
        with at_work:
            left.write_text("again")
            raise ValueError("failed")
    except ValueError:
        pass
    with SiteFolder(tmp_path):
        assert not left.exists()
