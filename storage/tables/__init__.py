"""The tables: typed SQLAlchemy models, the same on SQLite and PostgreSQL.

What was observed is only ever added (`fetches`, `blobs`, `documents`, `records`, `memberships`, `changes`).
What tells how things stand is rewritten in place (`source_states`, `deliveries`, the status of a change).
"""

from storage.tables.base import Base, Instant
from storage.tables.known import ChangeRow, Correction, Membership, Review
from storage.tables.said import Alteration, Citation, EarlierReading, Locator, OfficerRow, Plenary, Record
from storage.tables.seen import Blob, Fetch, Run, Source, SourceState
from storage.tables.told import AlertRow, DeliveryRow, DigestRow, Lease

__all__ = [
    "AlertRow",
    "Alteration",
    "Base",
    "Blob",
    "ChangeRow",
    "Citation",
    "Correction",
    "DeliveryRow",
    "DigestRow",
    "EarlierReading",
    "Fetch",
    "Instant",
    "Lease",
    "Locator",
    "Membership",
    "OfficerRow",
    "Plenary",
    "Record",
    "Review",
    "Run",
    "Source",
    "SourceState",
]
