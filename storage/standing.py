"""How all sources of a run stand, asked and written by the hundred: a check that finds nothing new stays cheap."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

import msgspec
from msgspec import Struct
from sqlalchemy import CursorResult, Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.adding import Adding
from storage.indexing import index_address
from storage.values import Attempt, SourceRef, State

_STATES = cast(Table, t.SourceState.__table__)
_STATE = tuple(_STATES.c[name] for name in State.__struct_fields__)
# Asked and written about every page: put together once, for SQLAlchemy takes longer to do it than SQLite to answer.
_STATE_OF = select(*_STATE).where(_STATES.c.source_id == bindparam("of"))
_CHECKS_OF = select(_STATES.c.checks).where(_STATES.c.source_id == bindparam("of")).with_for_update()
_stands = Adding(_STATES, key="source_id")
_blob = Adding(cast(Table, t.Blob.__table__))
_ADD_FETCH = insert(t.Fetch)
# A worker that comes back late sets no source back to how it stood before others checked it.
_SET_NEWER = (
    update(_STATES)
    .where(_STATES.c.source_id == bindparam("of"), _STATES.c.checks < bindparam("new_checks"))
    .values({name: bindparam(f"new_{name}") for name in State.__struct_fields__})
)


class Standing(Struct, frozen=True):
    """A source and how it stands."""

    source: SourceRef
    state: State


class Declared(Struct, frozen=True):
    """A source as its regime's declaration gives it."""

    regime: str
    name: str
    kind: str
    url: str


class StandingReader:
    """The questions on how sources stand."""

    session: Session

    def state(self, source_id: int) -> State:
        """How a source stands; all empty before its first check."""
        row = self.session.connection().execute(_STATE_OF, {"of": source_id}).first()
        return State() if row is None else State(*row)

    def standings(self, regimes: Collection[str] | None = None, *, parent: int | None = None) -> tuple[Standing, ...]:
        """The sources of these regimes (default: of all), or those found under *parent*, oldest first."""
        source, state = t.Source.__table__, t.SourceState.__table__
        query = select(source, *_STATE).outerjoin(state, state.c.source_id == source.c.id).order_by(source.c.id)
        if regimes is not None:
            query = query.where(source.c.regime.in_(regimes))
        if parent is not None:
            query = query.where(source.c.parent == parent)
        found = []
        width = len(source.c)
        for row in self.session.connection().execute(query):
            own = dict(zip(source.c.keys(), row[:width], strict=True))
            # A source that was never checked has no row of its own: all is NULL, its counts too.
            kept = State(*row[width:]) if row[width + _CHECKS] is not None else State()
            found.append(Standing(SourceRef(**{name: own[name] for name in SourceRef.__struct_fields__}), kept))
        return tuple(found)


_CHECKS = State.__struct_fields__.index("checks")


class StandingWriter(StandingReader):
    """The writing verbs that touch many sources at once."""

    def declare(self, sources: Sequence[Declared], now: datetime) -> None:
        """Make the declared sources that are new, and bring a known one to what its declaration now says."""
        table = t.Source.__table__
        connection = self.session.connection()
        held = {
            (row.regime, row.name): row
            for row in connection.execute(
                select(table.c.id, table.c.regime, table.c.name, table.c.kind, table.c.url).where(
                    table.c.regime.in_({s.regime for s in sources}), table.c.parent.is_(None)
                )
            )
        }
        new = [s for s in sources if (s.regime, s.name) not in held]
        if new:
            rows = [{**msgspec.structs.asdict(s), "baseline": True, "first_seen": now} for s in new]
            connection.execute(insert(t.Source), rows)
        for source in sources:
            row = held.get((source.regime, source.name))
            if row is not None and (row.kind, row.url) != (source.kind, source.url):
                connection.execute(
                    update(t.Source).where(t.Source.id == row.id).values(kind=source.kind, url=source.url)
                )

    def moved(self, source_id: int, url: str) -> None:
        """Ask for a page at *url* from now on; where it was stands in its fetches and versions."""
        self.session.execute(update(t.Source).where(t.Source.id == source_id).values(url=url))

    def overtaken(self, source_id: int, known: State) -> bool:
        """Whether a source was checked since it stood as *known*: the count of checks is the fencing token.

        Asked first in a transaction that writes about the source, it keeps others from doing so until its end.
        """
        checks = self.session.connection().execute(_CHECKS_OF, {"of": source_id}).scalar()
        return checks is not None and checks != known.checks

    def set_state(self, source_id: int, state: State) -> None:
        """How a source stands from now on."""
        _stands(self.session.connection(), {"source_id": source_id, **msgspec.structs.asdict(state)})

    def fetch(self, run: str, source_id: int, attempt: Attempt) -> int:
        """The id of this attempt, kept whether it went well or not."""
        connection = self.session.connection()
        if attempt.sha256 is not None:
            _blob(connection, {"sha256": attempt.sha256, "size": attempt.size, "first_seen": attempt.fetched_at})
        return made_by(connection.execute(_ADD_FETCH, _fetch_row(run, source_id, attempt)))

    def checked_again(self, run: str, checks: Sequence[tuple[int, Attempt, State]]) -> None:
        """Keep attempts that found what was known, and how their sources stand since."""
        if not checks:
            return
        connection = self.session.connection()
        connection.execute(_ADD_FETCH, [_fetch_row(run, source, attempt) for source, attempt, _ in checks])
        connection.execute(_SET_NEWER, [_state_row(source, state) for source, _, state in checks])
        for source, attempt, _ in checks:
            if attempt.final_url != attempt.url:
                self.located(source, attempt.final_url, attempt.fetched_at)

    def located(self, source_id: int, url: str, now: datetime) -> None:
        """Keep that what a source said last was found at *url* too: the same document, with one more locator."""
        query = select(t.Record.id, t.Record.text_hash).where(t.Record.source_id == source_id)
        newest = self.session.execute(query.order_by(t.Record.id.desc()).limit(1)).first()
        if newest is not None:
            index_address(self.session.connection(), newest.id, newest.text_hash, url, now)


def made_by(insertion: CursorResult[Any]) -> int:
    """The id of the row that was inserted."""
    key = insertion.inserted_primary_key
    assert key is not None
    return int(key[0])


def _fetch_row(run: str, source_id: int, attempt: Attempt) -> dict[str, object]:
    return {
        "run_id": run,
        "source_id": source_id,
        "url": attempt.url,
        "final_url": attempt.final_url,
        "hops": msgspec.json.encode(attempt.hops).decode(),
        "status": attempt.status,
        "verdict": attempt.verdict,
        "error": attempt.error,
        "headers": msgspec.json.encode(attempt.headers).decode(),
        "sha256": attempt.sha256,
        "fetched_at": attempt.fetched_at,
        "elapsed": attempt.elapsed,
    }


def _state_row(source_id: int, state: State) -> dict[str, object]:
    return {"of": source_id, **{f"new_{name}": getattr(state, name) for name in State.__struct_fields__}}
