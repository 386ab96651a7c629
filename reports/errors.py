"""The errors of the reporting room.

PlenarywatchError
└── ReportsError
    └── CannotWrite   the site's folder cannot be written
"""

from parsers.errors import PlenarywatchError


class ReportsError(PlenarywatchError):
    """A fault of a report."""


class CannotWrite(ReportsError):
    """The site's folder cannot be written."""
