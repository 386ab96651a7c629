"""What can be wrong with a declaration of sources.

PlenarywatchError
└── SourcesError
    ├── ConfigMissing       no such file or folder, or a folder that holds no declaration
    ├── ConfigInvalid       a declaration that is refused: ``file:line: what is wrong; the mend``
    └── UnknownRegime       a regime that no declaration names
"""

from __future__ import annotations

from pathlib import Path

from parsers.errors import PlenarywatchError

__all__ = ["ConfigInvalid", "ConfigMissing", "PlenarywatchError", "SourcesError", "UnknownRegime"]


class SourcesError(PlenarywatchError):
    """A declaration of sources that cannot be used."""


class ConfigMissing(SourcesError):
    """No such file or folder, or a folder that holds no declaration."""


class ConfigInvalid(SourcesError):
    """A declaration that is refused. `file` and `line` (from 1) say where."""

    def __init__(self, file: Path, line: int, wrong: str) -> None:
        self.file = file
        self.line = line
        super().__init__(" ".join(f"{file}:{line}: {wrong}".split()))


class UnknownRegime(SourcesError):
    """A regime that no declaration names."""
