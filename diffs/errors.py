"""The errors of comparisons.

PlenarywatchError
└── DiffError
    └── ScriptDoesNotApply  an edit script and a text that it was not made from
"""

from __future__ import annotations

from parsers.errors import PlenarywatchError


class DiffError(PlenarywatchError):
    """A comparison that cannot be made."""


class ScriptDoesNotApply(DiffError):
    """An edit script and a text that it was not made from."""
