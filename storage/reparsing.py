"""Every version derived again from the archive, by the present parser: what changes is our reading, not the world.

Never a change, never an alert. What an older parser read is kept beside (`earlier_readings`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, func, insert, select, true
from sqlalchemy.orm import defer

from parsers.document import Document, document_from_json
from parsers.errors import ParseError
from parsers.record import Record, from_json, to_json
from parsers.version import PARSER
from storage import tables as t
from storage.ahead import Pool, in_order
from storage.archive import Archive
from storage.corrections import apply
from storage.errors import StorageError
from storage.indexing import forget_facts, forget_words, index_address, index_facts, index_words
from storage.membership import stated_day
from storage.store import Store
from storage.verifying import address_read_from
from storage.writing import Writer, text_hash

# Versions that are read in one go and written in one transaction: killed between two, the next run goes on there.
_BATCH = 200
# A batch ends early at so many bytes of pages: what is held at once stays bounded whatever pages weigh.
_HEAVY = 16 * 1024 * 1024
_SILENT = frozenset({"evidence", "parser"})
# The fields that say who belongs, and for which day. Where none of them is read otherwise, nothing is listed again: a
# state that left on the day of an earlier list would be listed as one that came back.
_BELONGING = frozenset({"members", "membership_decisions", "plenary", "published", "kind"})


class Page(NamedTuple):
    """What a version was read from."""

    body: bytes
    regime: str
    url: str | None
    content_type: str | None


Parse = Callable[[Page], tuple[Document, Record]]
"""Reads a page as the flows do. It must be importable by name when several processes share the work."""


class Reading(NamedTuple):
    """What a page was read as, both as the JSON that is stored."""

    document: bytes
    record: bytes


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
    pool: Pool | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Reparsed:
    """Read again every version that another parser than *parser* read, or, with *everything*, each one; with
    *only*, those of these ids whoever read them.

    Pages are read by *pool*, or here without one; what came of them is written here, in the order of the versions.
    Decisions that persons took (`corrections`) are applied again. A state that is read on a list only now becomes a
    member, unless its version is held; nobody's membership is ended, and what is read as before leaves the memberships
    as they are. *progress* is told versions done and all. Killed and started again, it goes on with what is left.
    """
    same = updated = done = 0
    changed: list[FactChanged] = []
    failed: list[Unreadable] = []
    chosen = _chosen(parser, everything, only)
    total = _count(store, chosen)
    for ids, readings in in_order(partial(read_pages, parse), _batches(store, archive, chosen, failed), pool):
        with store.writing() as w:
            rows = {row.id: row for row in w.session.scalars(select(t.Record).where(t.Record.id.in_(ids)))}
            earlier: list[dict[str, object]] = []
            decided = {regime: w.corrections(regime) for regime in {row.regime for row in rows.values()}}
            for record_id, reading in zip(ids, readings, strict=True):
                row = rows[record_id]
                if isinstance(reading, str):
                    failed.append(Unreadable(record_id, row.url, reading))
                    continue
                record = apply(from_json(reading.record), decided[row.regime]) if decided[row.regime] else None
                found = to_json(record) if record else reading.record
                if found == row.record.encode() and reading.document == row.document.encode():
                    same += 1
                    continue
                record = record or from_json(found)
                facts = tuple(_facts_changed(row, found))
                changed.extend(facts)
                earlier.append(_kept(row, now))
                fields = frozenset(fact.field for fact in facts)
                _replace(w, row, reading.document, record, fields)
                if fields & _BELONGING and not row.held:
                    source = w.session.get_one(t.Source, row.source_id)
                    day = stated_day(record, source.kind, row.observed_at)
                    w.members_listed(record, row.id, stated_on=day, now=now)
                updated += 1
            if earlier:
                w.session.execute(insert(t.EarlierReading), earlier)
        done += len(ids)
        progress(done, total)
    return Reparsed(done, same, updated, tuple(changed), tuple(failed))


def read_pages(parse: Parse, pages: list[Page]) -> list[Reading | str]:
    """Each page's reading, or why there is none; an exception would not cross between processes whole."""
    return [_attempt(parse, page) for page in pages]


def _attempt(parse: Parse, page: Page) -> Reading | str:
    try:
        document, record = parse(page)
    except ParseError as error:
        return str(error)
    return Reading(msgspec.json.encode(document), to_json(record))


def _chosen(parser: str, everything: bool, only: Collection[int] | None) -> ColumnElement[bool]:
    if only is not None:
        return t.Record.id.in_(only)
    return true() if everything else t.Record.parser != parser


def _count(store: Store, chosen: ColumnElement[bool]) -> int:
    with store.reading() as r:
        return r.session.scalar(select(func.count()).select_from(t.Record).where(chosen)) or 0


def _batches(
    store: Store, archive: Archive, chosen: ColumnElement[bool], failed: list[Unreadable]
) -> Iterator[tuple[list[int], list[Page]]]:
    last = 0
    while True:
        query = (
            select(t.Record, t.Fetch)
            .options(defer(t.Record.record), defer(t.Record.document))
            .join(t.Fetch, t.Fetch.id == t.Record.fetch_id)
            .where(t.Record.id > last, chosen)
            .order_by(t.Record.id)
            .limit(_BATCH)
        )
        ids: list[int] = []
        pages: list[Page] = []
        weight = 0
        with store.reading() as r:
            rows = r.session.execute(query).all()
            for row, fetch in rows:
                last = row.id
                try:
                    body = archive.get(row.sha256)
                except StorageError as error:
                    failed.append(Unreadable(row.id, row.url, str(error)))
                    continue
                ids.append(row.id)
                pages.append(Page(body, row.regime, address_read_from(row, fetch), row.content_type))
                if (weight := weight + len(body)) > _HEAVY:
                    break
        if not rows:
            return
        if ids:
            yield ids, pages


def _facts_changed(row: t.Record, found: bytes) -> Iterator[FactChanged]:
    before, after = msgspec.json.decode(row.record), msgspec.json.decode(found)
    for field in sorted(before.keys() | after.keys() - _SILENT):
        if field not in _SILENT and before.get(field) != after.get(field):
            old, new = msgspec.json.encode(before.get(field)), msgspec.json.encode(after.get(field))
            yield FactChanged(row.id, row.url, field, old.decode(), new.decode())


def _kept(row: t.Record, now: datetime) -> dict[str, object]:
    """The row that keeps a reading which is replaced."""
    kept = {name: getattr(row, name) for name in ("parser", "text_hash", "record", "document")}
    return {"record_id": row.id, "replaced_at": now, **kept}


def _replace(w: Writer, row: t.Record, read: bytes, record: Record, fields: frozenset[str]) -> None:
    """The new reading in the row, and what was drawn from it drawn anew where the text, or one of the *fields* that
    changed, asks for it."""
    connection = w.session.connection()
    if row.document.encode() != read:
        document = document_from_json(read)
        forget_words(connection, row.id, document_from_json(row.document))
        index_words(connection, row.id, document)
        row.document, row.text_hash = read.decode(), text_hash(document)
        index_address(connection, row.id, row.text_hash, row.url, row.observed_at)
    if fields & {"resolutions", "officers"}:
        forget_facts(connection, row.id)
        index_facts(connection, row.id, record)
    row.record, row.parser, row.kind = to_json(record).decode(), record.parser, record.kind.value
    row.title, row.published = record.title, record.published
    if row.plenary_id is None or fields & {"plenary", "kind"}:
        newest = w.latest_version(row.source_id, believed=True)
        mends = newest is not None and newest.id == row.id
        plenary = w.plenary_of(record, tied=row.plenary_id, source_id=row.source_id if mends else None)
        row.plenary_id = plenary.id if plenary else None
