"""A folder in which a person works: modules and folders of the person's own have the names of ours, or of Python's."""

from __future__ import annotations

import sys
from pathlib import Path

BIN = Path(sys.executable).parent
"""Where the commands are installed: beside the interpreter."""


def namesakes(folder: Path) -> Path:
    """*folder* with a package, modules and mere folders named as our rooms are; who imports a module of them fails."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("flows/__init__.py", "flows/monitor.py", "parsers.py", "alerts.py"):
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"raise RuntimeError('{name} of a person was imported')\n")
    # Without an __init__.py, as a folder of declarations or of data is.
    for name in ("storage", "sources", "diffs"):
        (folder / name).mkdir()
    (folder / "sources" / "mine.yaml").write_text("regime: mine\n")
    return folder


def namesakes_of_pythons_own(folder: Path) -> Path:
    """*folder* with scripts named as modules are that every process of ours needs."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("pickle", "random", "types", "tempfile", "pydantic", "regex"):
        (folder / f"{name}.py").write_text(f"raise RuntimeError('{name}.py of a person was imported')\n")
    return folder
