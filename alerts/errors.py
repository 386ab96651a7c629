"""The errors of the alerting room.

PlenarywatchError
└── AlertsError
    ├── ChannelInvalid   a channel's address that cannot be used
    ├── RulesMissing     a file of rules that cannot be read
    └── RulesInvalid     rules that are refused: ``file:line: what is wrong; the mend``
"""

from pathlib import Path

from parsers.errors import PlenarywatchError


class AlertsError(PlenarywatchError):
    """A fault of rules or channels."""


class ChannelInvalid(AlertsError):
    """A channel's address that cannot be used."""


class RulesMissing(AlertsError):
    """A file of rules that cannot be read."""


class RulesInvalid(AlertsError):
    """Rules that are refused. `file` and `line` (from 1) say where."""

    def __init__(self, file: Path, line: int, wrong: str) -> None:
        self.file, self.line = file, line
        super().__init__(" ".join(f"{file}:{line}: {wrong}".split()))
