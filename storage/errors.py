"""The errors of the storage room.

PlenarywatchError
└── StorageError
    ├── CannotExport    a format that is not known or not installed, or a folder that cannot be written
    ├── CannotOpen      the database or the archive cannot be reached, read or written
    ├── BadQuery        words to search for that cannot be searched for
    ├── BadBackup       a backup that is cut off or altered, or that would overwrite what is there
    ├── BadCorrection   a corrected value that its field cannot have
    ├── DamagedBlob     a blob whose bytes no longer have the hash that names it
    ├── LeaseLost       a worker whose lease went to another while it was away
    └── NotFound        a record, plenary, alert or blob that is asked for by a name nothing has
"""

from parsers.errors import PlenarywatchError


class StorageError(PlenarywatchError):
    """A fault of the database or the archive."""


class CannotOpen(StorageError):
    """The database or the archive cannot be reached, read or written."""


class CannotExport(StorageError):
    """A format that is not known or not installed, or a folder that cannot be written."""


class BadQuery(StorageError):
    """Words to search for that cannot be searched for."""


class BadBackup(StorageError):
    """A backup that is cut off or altered, or that would overwrite what is there."""


class LeaseLost(StorageError):
    """A worker whose lease went to another while it was away: what it was about to write is not written."""


class BadCorrection(StorageError):
    """A corrected value that its field cannot have."""


class DamagedBlob(StorageError):
    """A blob whose bytes no longer have the hash that names it."""


class NotFound(StorageError):
    """A record, plenary, alert or blob that is asked for by a name nothing has."""
