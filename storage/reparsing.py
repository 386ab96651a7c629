"""Every version derived again from the archive, by the present parser: what changes is our reading, not the world.

Never a change, never an alert. What an older parser read is kept beside (`earlier_readings`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor
from datetime import date, datetime
from typing import NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, func, select, true

from parsers.document import Document
from parsers.errors import ParseError
from parsers.record import Record, to_json
from parsers.version import PARSER
from storage import tables as t
from storage.archive import Archive
from storage.errors import StorageError
from storage.indexing import forget_facts, forget_words, index_address, index_facts, index_words
from storage.store import Store
from storage.verifying import address_read_from
from storage.writing import Writer, text_hash

# Versions that are read in one go and written in one transaction: killed between two, the next run goes on there.
_BATCH = 50
_SILENT = frozenset({"evidence", "parser"})


class Page(NamedTuple):
    """What a version was read from."""

    body: bytes
    regime: str
    url: str | None
    content_type: str | None


Parse = Callable[[Page], tuple[Document, Record]]
"""Reads a page as the flows do. It must be importable by name when several processes share the work."""


class FactChanged(Struct, frozen=True):
    """A field that the present parser reads otherwise, both values as JSON."""

    record: int
    url: str
    field: str
    before: str
    after: str


class Unreadable(Struct, frozen=True):
    """A version that could not be derived again, and why; its old reading stays."""

    record: int
    url: str
    why: str


class Reparsed(Struct, frozen=True):
    """What became of a derivation: `same` records came out byte for byte as they were, `updated` ones differ
    in nothing but spans and the parser's name or in the facts that `changed` lists."""

    read: int
    same: int
    updated: int
    changed: tuple[FactChanged, ...]
    failed: tuple[Unreadable, ...]


def reparse(
    store: Store,
    archive: Archive,
    parse: Parse,
    *,
    now: datetime,
    everything: bool = False,
    only: Collection[int] | None = None,
    parser: str = PARSER,
    executor: Executor | None = None,
    stated_on: Callable[[Record, str, datetime], date] | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Reparsed:
    """Read again every version that another parser than *parser* read, or, with *everything*, each one; with
    *only*, those of these ids whoever read them.

    Decisions that persons took (`corrections`) are applied again. With *stated_on* (the day for which a
    record's list holds, from the record, its source's kind and when it was seen) a state that is read on a
    list only now becomes a member; nobody's membership is ended. *progress* is told versions done and all.
    Killed and started again, it goes on with what is left.
    """
    same = updated = done = 0
    changed: list[FactChanged] = []
    failed: list[Unreadable] = []
    chosen = _chosen(parser, everything, only)
    total = _count(store, chosen)
    for pages in _batches(store, archive, chosen, failed):
        results = executor.map(_attempt, [parse] * len(pages), [p for _, p in pages]) if executor else None
        outcomes = list(results) if results is not None else [_attempt(parse, page) for _, page in pages]
        with store.writing() as w:
            for (record_id, _), outcome in zip(pages, outcomes, strict=True):
                done += 1
                row = w.session.get_one(t.Record, record_id)
                if isinstance(outcome, str):
                    failed.append(Unreadable(record_id, row.url, outcome))
                    continue
                document, record = outcome[0], w.corrected(outcome[1])
                if to_json(record) == row.record.encode() and msgspec.json.encode(document) == row.document.encode():
                    same += 1
                    continue
                changed.extend(_facts_changed(row, record))
                _replace(w, row, document, record, now)
                if stated_on is not None and not row.held:
                    source = w.session.get_one(t.Source, row.source_id)
                    day = stated_on(record, source.kind, row.observed_at)
                    w.members_listed(record, row.id, stated_on=day, now=now)
                updated += 1
        progress(done, total)
    return Reparsed(done, same, updated, tuple(changed), tuple(failed))


def _attempt(parse: Parse, page: Page) -> tuple[Document, Record] | str:
    """The reading, or why there is none; an exception would not cross between processes whole."""
    try:
        return parse(page)
    except ParseError as error:
        return str(error)


def _chosen(parser: str, everything: bool, only: Collection[int] | None) -> ColumnElement[bool]:
    if only is not None:
        return t.Record.id.in_(only)
    return true() if everything else t.Record.parser != parser


def _count(store: Store, chosen: ColumnElement[bool]) -> int:
    with store.reading() as r:
        return r.session.scalar(select(func.count()).select_from(t.Record).where(chosen)) or 0


def _batches(
    store: Store, archive: Archive, chosen: ColumnElement[bool], failed: list[Unreadable]
) -> Iterator[list[tuple[int, Page]]]:
    last = 0
    while True:
        query = select(t.Record).where(t.Record.id > last, chosen).order_by(t.Record.id).limit(_BATCH)
        batch: list[tuple[int, Page]] = []
        with store.reading() as r:
            rows = list(r.session.scalars(query))
            for row in rows:
                last = row.id
                address = address_read_from(row, r.session.get(t.Fetch, row.fetch_id))
                try:
                    batch.append((row.id, Page(archive.get(row.sha256), row.regime, address, row.content_type)))
                except StorageError as error:
                    failed.append(Unreadable(row.id, row.url, str(error)))
        if not rows:
            return
        if batch:
            yield batch


def _facts_changed(row: t.Record, record: Record) -> Iterator[FactChanged]:
    before = msgspec.json.decode(row.record)
    after = msgspec.json.decode(to_json(record))
    for field in sorted(before.keys() | after.keys() - _SILENT):
        if field not in _SILENT and before.get(field) != after.get(field):
            old, new = msgspec.json.encode(before.get(field)), msgspec.json.encode(after.get(field))
            yield FactChanged(row.id, row.url, field, old.decode(), new.decode())


def _replace(w: Writer, row: t.Record, document: Document, record: Record, now: datetime) -> None:
    """The new reading in the row, the old one beside it, and what was drawn from it drawn anew."""
    connection = w.session.connection()
    w.session.add(
        t.EarlierReading(
            record_id=row.id,
            parser=row.parser,
            text_hash=row.text_hash,
            record=row.record,
            document=row.document,
            replaced_at=now,
        )
    )
    forget_words(connection, row.id, msgspec.json.decode(row.document, type=Document))
    forget_facts(connection, row.id)
    row.record, row.document = to_json(record).decode(), msgspec.json.encode(document).decode()
    row.parser, row.text_hash, row.kind = record.parser, text_hash(document), record.kind.value
    row.title, row.published = record.title, record.published
    plenary = w.plenary_of(record)
    row.plenary_id = plenary.id if plenary else None
    w.session.flush()
    index_words(connection, row.id, document)
    index_facts(connection, row.id, record)
    index_address(connection, row.id, row.text_hash, row.url, row.observed_at)
