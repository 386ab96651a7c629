"""The errors of the storage room.

PlenarywatchError
└── StorageError
    ├── CannotOpen      the database or the archive cannot be reached, read or written
    ├── DamagedBlob     a blob whose bytes no longer have the hash that names it
    └── NotFound        a record, plenary, alert or blob that is asked for by a name nothing has
"""

from parsers.errors import PlenarywatchError


class StorageError(PlenarywatchError):
    """A fault of the database or the archive."""


class CannotOpen(StorageError):
    """The database or the archive cannot be reached, read or written."""


class DamagedBlob(StorageError):
    """A blob whose bytes no longer have the hash that names it."""


class NotFound(StorageError):
    """A record, plenary, alert or blob that is asked for by a name nothing has."""
