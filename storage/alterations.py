"""Whether records were altered after they were written: what is held of them in memory asks before it is used.

Records are added, in the order of their ids; what was drawn from those up to one of them stands while none of them is
altered. That is counted for each regime by the database itself (`alterations`), whoever writes.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from storage import tables as t

_ALTERED = select(t.Alteration.altered).where(t.Alteration.regime == bindparam("of"))


def alterations(connection: Connection, regime: str) -> int:
    """How often records of *regime* were altered, as *connection* sees them."""
    return connection.execute(_ALTERED, {"of": regime}).scalar() or 0
