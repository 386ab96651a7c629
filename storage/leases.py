"""Leases with fencing tokens: one worker at a time, and none that was thought dead and comes back."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy.orm import Session

from storage import tables as t
from storage.errors import LeaseLost


class Lease(Struct, frozen=True):
    """The right to write about *name* until a moment. `token` is greater than that of every lease before."""

    name: str
    holder: str
    token: int
    until: datetime


class LeaseWriter:
    """The writing verbs on leases.

    Take a lease in a transaction of its own, work, and call `fence` first in the transaction that writes
    the result: when the lease went to another worker meanwhile, it raises and nothing is written. The token
    decides, never the clock, so a clock that steps back lets nobody in twice.
    """

    session: Session

    def lease(self, name: str, holder: str, *, now: datetime, length: timedelta) -> Lease | None:
        """A lease on *name* for *holder*, or None while another holds it. The holder itself may take it anew,
        under a new token."""
        row = self.session.get(t.Lease, name)
        if row is None:
            row = t.Lease(name=name, holder=holder, token=0, until=now)
            self.session.add(row)
        elif row.until > now and row.holder != holder:
            return None
        row.holder, row.token, row.until = holder, row.token + 1, now + length
        self.session.flush()
        return Lease(name, holder, row.token, row.until)

    def fence(self, lease: Lease) -> None:
        """Refuse to go on unless *lease* is still the newest on its name. Raises `LeaseLost`."""
        row = self.session.get(t.Lease, lease.name)
        if row is None or row.token != lease.token:
            raise LeaseLost(
                f"{lease.name}: its lease went to {row.holder if row else 'nobody'} while this worker was away; "
                "nothing was written, the next run does it"
            )

    def renew(self, lease: Lease, *, now: datetime, length: timedelta) -> Lease:
        """The same lease for longer. Raises `LeaseLost`."""
        self.fence(lease)
        row = self.session.get_one(t.Lease, lease.name)
        row.until = now + length
        self.session.flush()
        return Lease(lease.name, lease.holder, lease.token, row.until)

    def release(self, lease: Lease) -> None:
        """Give a lease back early; one that was lost already is left to its new holder."""
        row = self.session.get(t.Lease, lease.name)
        if row is not None and row.token == lease.token:
            row.until, row.token = min(row.until, _LONG_AGO), row.token + 1
            self.session.flush()


# Before any clock that a run could have.
_LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
