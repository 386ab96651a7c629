"""Everything ever seen: the archive of bytes, and the database of what they say.

A flow uses the room like this::

    archive = open_archive(archive_url)
    store = Store.open(database_url)
    with store.writing() as w:
        run = w.begin_run("monitor", now)
    ...
    with store.writing() as w:                       # one observation, whole or not at all
        fetch_id = w.fetch(run, source.id, attempt)
        version = w.save_version(source, fetch_id, ...)
        new = w.save_changes(run, changes, version.id)
        w.save_alert(change, ...)                    # with its pending deliveries
    with store.reading() as r:
        r.members("mtcr", as_of=date(2011, 4, 15))
"""

from storage.archive import Archive, FolderArchive, open_archive
from storage.store import Store

__all__ = ["Archive", "FolderArchive", "Store", "open_archive"]
