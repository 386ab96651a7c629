"""The errors of the reporting room.

PlenarywatchError
└── ReportsError
    ├── BadTable      a table of country groups that is none
    ├── CannotWrite   the site's folder cannot be written
    └── NotInstalled  a format whose library is not there
"""

from parsers.errors import PlenarywatchError


class ReportsError(PlenarywatchError):
    """A fault of a report."""


class BadTable(ReportsError):
    """A table of country groups that is none."""


class CannotWrite(ReportsError):
    """The site's folder cannot be written."""


class NotInstalled(ReportsError):
    """A format whose library is not there."""
