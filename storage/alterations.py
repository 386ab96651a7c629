"""What is drawn from a regime's records and held in memory while none of them is altered.

Records are added, in the order of their ids; what was drawn from those up to one of them stands while none of them is
altered. That is counted for each regime by the database itself (`alterations`), whoever writes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from storage import tables as t

_ALTERED = select(t.Alteration.altered).where(t.Alteration.regime == bindparam("of"))
Answer = TypeVar("Answer", covariant=True)


def alterations(connection: Connection, regime: str) -> int:
    """How often records of *regime* were altered, as *connection* sees them."""
    return connection.execute(_ALTERED, {"of": regime}).scalar() or 0


class Drawn(Protocol[Answer]):
    """What was drawn from a regime's records so far."""

    def grown(self, connection: Connection, regime: str) -> Answer:
        """Read the records that were added since, and answer."""


class Held(Generic[Answer]):
    """Something drawn for each regime, added to from one question to the next, and drawn anew where a record was altered
    since: it is always what the store holds. Share it between threads."""

    def __init__(self, begin: Callable[[], Drawn[Answer]]) -> None:
        self._begin = begin
        self._held: dict[str, tuple[int, Drawn[Answer]]] = {}
        self._guard = threading.Lock()

    def of(self, session: Session, regime: str) -> Answer:
        """What the records tell: those that *session* sees, and any that another question found added since."""
        connection = session.connection()
        with self._guard:
            altered = alterations(connection, regime)
            # Taken out until it is whole: a question that fails leaves nothing half drawn.
            count, drawn = self._held.pop(regime, (-1, None))
            if drawn is None or count != altered:
                drawn = self._begin()
            answer = drawn.grown(connection, regime)
            self._held[regime] = altered, drawn
            return answer
