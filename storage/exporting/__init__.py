"""The data as other people's tools want it.

`snapshot` gives the tables as known at a moment, `delta` what was added, changed or removed between two, and
`export` writes them: CSV, JSON Lines, XLSX, Parquet, FollowTheMoney, or one ZIP of it all. `export_warc` writes what
was fetched.
"""

from storage.exporting.formats import FORMATS, Exported, export
from storage.exporting.tables import Column, Table, delta, snapshot
from storage.exporting.warc import export_warc

__all__ = ["FORMATS", "Column", "Exported", "Table", "delta", "export", "export_warc", "snapshot"]
