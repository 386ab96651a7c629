"""What changes stand on: how many sources state them now, and when their page was last seen to say so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diffs.change import Change
from diffs.stated import may_be_stated, states
from parsers.record import Record, from_json
from storage import tables as t


class Support(Struct, frozen=True):
    """The addresses of the pages whose newest believed version states a change, and when the page that told it last
    answered well."""

    sources: tuple[str, ...] = ()
    verified: datetime | None = None


# What a change stands on of which the store knows nothing.
UNSUPPORTED = Support()


class SupportReader:
    """The questions about what changes stand on."""

    session: Session

    def support(self, changes: Sequence[Change]) -> dict[str, Support]:
        """What each of *changes* stands on, by its key."""
        verified = self._verified({change.key for change in changes})
        stating: dict[str, dict[str, None]] = {change.key: {} for change in changes}
        stated = [change for change in changes if may_be_stated(change)]
        for url, record in self._pages({change.regime for change in stated}) if stated else ():
            for change in stated:
                if states(record, change):
                    stating[change.key][url] = None
        return {key: Support(tuple(urls), verified.get(key)) for key, urls in stating.items()}

    def _verified(self, keys: Collection[str]) -> dict[str, datetime]:
        change, state = t.ChangeRow, t.SourceState
        by_version = (
            select(change.key, state.last_verified)
            .join(t.Record, t.Record.id == change.record_id)
            .join(state, state.source_id == t.Record.source_id)
        )
        # What a source itself does is told by no version; its address is the subject.
        by_address = (
            select(change.key, state.last_verified)
            .join(t.Source, (t.Source.regime == change.regime) & (t.Source.url == change.subject))
            .join(state, state.source_id == t.Source.id)
            .where(change.record_id.is_(None))
        )
        found = {}
        for query in (by_version, by_address):
            for key, moment in self.session.execute(query.where(change.key.in_(keys))):
                if moment is not None:
                    found[key] = moment
        return found

    def _pages(self, regimes: Collection[str]) -> Iterator[tuple[str, Record]]:
        """The newest believed version of each page of these regimes, one at a time: its address and record."""
        row = t.Record
        newest = select(func.max(row.id)).where(row.regime.in_(regimes), row.held.is_(False)).group_by(row.source_id)
        query = select(row.url, row.record).where(row.id.in_(newest)).order_by(row.id)
        for url, record in self.session.execute(query.execution_options(yield_per=100)):
            yield url, from_json(record)
