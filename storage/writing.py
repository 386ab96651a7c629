"""The verbs that write, inside one transaction."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

import msgspec
from sqlalchemy import bindparam, func, insert, select, update

from diffs.change import Change, ChangeKind, Status, change_from_json
from parsers.document import Document
from parsers.record import Record, to_json
from storage import tables as t
from storage.corrections import CorrectionWriter
from storage.digests import DigestWriter
from storage.errors import NotFound
from storage.indexing import index_address, index_facts, index_words
from storage.leases import LeaseWriter
from storage.meetings import MeetingWriter
from storage.membership import MembershipWriter
from storage.outbox import OutboxWriter
from storage.reading import Reader, source_ref
from storage.standing import StandingWriter, made_by
from storage.values import SourceRef, Version
from storage.versions import VERSIONS

_ADD = insert(t.Record)
# The meeting that a source's newest version is tied to.
_TIED = (
    select(t.Record.plenary_id)
    .where(t.Record.source_id == bindparam("of"), t.Record.held.is_(False))
    .order_by(t.Record.id.desc())
    .limit(1)
)


class Writer(
    MeetingWriter, MembershipWriter, LeaseWriter, CorrectionWriter, StandingWriter, OutboxWriter, DigestWriter, Reader
):
    """One transaction: what is asked through it sees what was written through it."""

    # Runs

    def begin_run(self, kind: str, now: datetime) -> str:
        """The id of a new run, recorded here whatever the engine above remembers."""
        run = uuid.uuid4().hex
        self.session.add(t.Run(id=run, kind=kind, started_at=now))
        self.session.flush()
        return run

    def end_run(self, run: str, state: str, detail: str, now: datetime) -> None:
        """Close a run: *state* is ``completed``, ``failed`` or ``crashed``."""
        row = self.session.get_one(t.Run, run)
        row.state, row.detail, row.ended_at = state, detail, now
        self.session.flush()

    def close_lost_runs(self, kind: str, before: datetime, now: datetime) -> int:
        """Close as ``crashed`` the runs of *kind* that began before a moment and never ended; how many.

        A worker that was killed cannot close its own. One that lives after all ends its run as usual.
        """
        lost = self.session.scalars(
            select(t.Run).where(t.Run.kind == kind, t.Run.state == "running", t.Run.started_at < before)
        ).all()
        for row in lost:
            row.state, row.detail, row.ended_at = "crashed", "its worker was lost; a later run did its work", now
        self.session.flush()
        return len(lost)

    # Sources

    def found_source(
        self,
        regime: str,
        name: str,
        kind: str,
        url: str,
        *,
        baseline: bool,
        now: datetime,
        parent: int | None = None,
        title: str | None = None,
    ) -> SourceRef:
        """The source of this name, made when it is new. A known one keeps the address it was first seen at,
        unless it is a declared one whose declaration now says another."""
        row = self.session.scalar(select(t.Source).where(t.Source.regime == regime, t.Source.name == name))
        if row is None:
            row = t.Source(
                regime=regime,
                name=name,
                kind=kind,
                url=url,
                baseline=baseline,
                first_seen=now,
                parent=parent,
                title=title,
            )
            self.session.add(row)
        elif row.parent is None:
            row.kind, row.url = kind, url
        self.session.flush()
        return source_ref(row)

    # Observations

    def save_version(
        self,
        source: SourceRef,
        fetch_id: int,
        *,
        sha256: str,
        url: str,
        content_type: str | None,
        document: Document,
        record: Record,
        now: datetime,
        digest: str | None = None,
    ) -> Version:
        """A new version of what *source* says, tied to the plenary it describes. *digest* is its `text_hash`, where that
        is known."""
        digest = digest or text_hash(document)
        connection = self.session.connection()
        tied = connection.execute(_TIED, {"of": source.id}).scalar()
        plenary = self.plenary_of(record, tied=tied, source_id=source.id)
        row = {
            "source_id": source.id,
            "fetch_id": fetch_id,
            "sha256": sha256,
            "plenary_id": plenary.id if plenary else None,
            "regime": record.regime,
            "kind": record.kind.value,
            "url": url,
            "content_type": content_type,
            "title": record.title,
            "published": record.published,
            "text_hash": digest,
            "held": False,
            "parser": record.parser,
            "record": to_json(record).decode(),
            "document": msgspec.json.encode(document).decode(),
            "observed_at": now,
        }
        made = made_by(connection.execute(_ADD, row))
        index_facts(connection, made, record)
        index_words(connection, made, document)
        index_address(connection, made, digest, url, now)
        return Version(
            made,
            source.name,
            record.regime,
            url,
            sha256,
            content_type,
            digest,
            False,
            now,
            plenary.label if plenary else None,
            record,
            document,
        )

    def hold(self, record_id: int, held: bool = True) -> None:
        """Hold a version back from every conclusion, or, with False, let it count again."""
        self.session.get_one(t.Record, record_id).held = held
        self.session.flush()

    # Changes

    def save_changes(self, run: str, changes: Sequence[Change], record_id: int | None) -> tuple[Change, ...]:
        """Those of *changes* that were never seen before, now kept. A held one that comes again confirmed
        is confirmed, and counts as new; a rejected one stays rejected."""
        new = []
        for change in changes:
            row = self.session.scalar(select(t.ChangeRow).where(t.ChangeRow.key == change.key))
            if row is None:
                row = t.ChangeRow(key=change.key, run_id=run, record_id=record_id)
                self.session.add(row)
            elif not (row.status == Status.HELD and change.status is Status.CONFIRMED):
                continue
            row.kind, row.severity, row.regime = change.kind.value, change.severity.value, change.regime
            row.subject, row.status = change.subject, change.status.value
            row.change = msgspec.json.encode(change).decode()
            row.run_id = run
            if change.observed_at is None:
                raise ValueError(f"change {change.key} carries no time")
            row.observed_at = change.observed_at
            # Nothing flushes by itself here: the next change of this key must find this row.
            self.session.flush()
            new.append(change)
        return tuple(new)

    def review(self, key: str, decision: Status, *, who: str, why: str, now: datetime) -> Change:
        """The change under *key* as a person decided it: a held one, or, to reject it after all, a confirmed one.
        Raises `NotFound`."""
        query = select(t.ChangeRow).where(t.ChangeRow.key.startswith(key, autoescape=True))
        undecided = (Status.HELD, Status.CONFIRMED) if decision is Status.REJECTED else (Status.HELD,)
        rows = [row for row in self.session.scalars(query) if row.status in undecided] if key else []
        if len(rows) != 1:
            told = "not held" if not rows else f"{len(rows)} changes begin so"
            raise NotFound(f"change {key!r}: {told}; 'plenarywatch review list' shows what is held")
        row = rows[0]
        was = row.status
        row.status = decision.value
        self.session.add(t.Review(change_key=row.key, decision=decision.value, who=who, why=why, decided_at=now))
        change = msgspec.structs.replace(change_from_json(row.change), status=decision)
        row.change = msgspec.json.encode(change).decode()
        if row.record_id is not None and decision is Status.CONFIRMED and change.kind is ChangeKind.SOURCE_DRIFT:
            self._believe(row.record_id)
        if row.record_id is not None and was == Status.CONFIRMED:
            self.membership_was_none(change, row.record_id, now)
        self.session.flush()
        return change

    def _believe(self, record_id: int) -> None:
        self.session.execute(update(t.Record).where(t.Record.id.in_(self._held_from(record_id))).values(held=False))

    def held_for(self, key: str) -> tuple[Version, ...]:
        """The versions that the drift of this key holds back, oldest first: the first, and those of its source that
        were held after it for the same drift."""
        query = select(t.ChangeRow.record_id).where(t.ChangeRow.key.startswith(key, autoescape=True))
        first = self.session.scalar(query.where(t.ChangeRow.kind == ChangeKind.SOURCE_DRIFT.value).limit(1))
        held = self._held_from(first) if first is not None else []
        return self._versions(VERSIONS.where(t.Record.id.in_(held)).order_by(t.Record.id))

    def _held_from(self, record_id: int) -> list[int]:
        source = select(t.Record.source_id).where(t.Record.id == record_id).scalar_subquery()
        query = select(t.Record.id, t.Record.held).where(t.Record.source_id == source, t.Record.id >= record_id)
        rows = self.session.execute(query.order_by(t.Record.id))
        return [record for record, _ in takewhile(lambda row: row[1], rows)]

    def is_newest(self, version: Version) -> bool:
        """Whether its source has said nothing since."""
        source = select(t.Record.source_id).where(t.Record.id == version.id).scalar_subquery()
        return self.session.scalar(select(func.max(t.Record.id)).where(t.Record.source_id == source)) == version.id


def text_hash(document: Document) -> str:
    """The SHA-256 of what a person reads, whatever its quotes, dashes, white space and stamps of the day: two
    pages that differ in these alone have the same."""
    from diffs.canonical import canonical
    from diffs.furniture import said

    lines = (canonical(block.text) for block in said(document))
    return hashlib.sha256("\n".join(line for line in lines if line).encode()).hexdigest()
