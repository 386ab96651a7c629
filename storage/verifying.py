"""Whether everything kept is whole: every blob, row, reference, span and interval; what is not is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import msgspec
from msgspec import Struct
from sqlalchemy import select, text

from diffs.change import Status, change_from_json
from parsers.document import Document, document_from_json
from parsers.errors import ParseError
from parsers.read import read_document
from parsers.record import Record, from_json
from parsers.version import PARSER
from storage import tables as t
from storage.archive import Archive
from storage.errors import StorageError
from storage.outbox import idempotency_key
from storage.reading import Reader
from storage.store import Store
from storage.writing import text_hash


class Damage(Struct, frozen=True):
    """One damaged object: which, and what is wrong with it."""

    object: str
    what: str


class Verification(Struct, frozen=True):
    """What was looked at, and what is damaged. `unreferenced` blobs are whole and belong to no fetch: a run
    was cut off between keeping a body and writing its row; they cost space and harm nothing."""

    blobs: int
    records: int
    memberships: int
    changes: int
    unreferenced: int
    damaged: tuple[Damage, ...]


def verify(store: Store, archive: Archive) -> Verification:
    """Look at everything. Raises `CannotOpen` only where the database cannot be read at all."""
    with store.reading() as r:
        damaged = [*_of_database(r, store.engine.dialect.name), *_of_blobs(r, archive)]
        counts = {}
        for name, table, check in (
            ("records", t.Record, _of_record),
            ("changes", t.ChangeRow, _of_change),
        ):
            counts[name] = 0
            for row in r.session.scalars(select(table).order_by(table.id).execution_options(yield_per=100)):
                counts[name] += 1
                damaged.extend(check(row, archive, r))  # type: ignore[arg-type]
        members = list(_memberships(r))
        damaged.extend(_of_intervals(members))
        damaged.extend(_of_pointers(r, members))
        damaged.extend(_of_deliveries(r))
        known = set(r.session.scalars(select(t.Blob.sha256)))
    held = list(archive)
    stray = [sha256 for sha256 in held if sha256 not in known]
    for sha256 in stray:
        damaged.extend(_of_blob(archive, sha256, None))
    return Verification(
        len(known), counts["records"], len(members), counts["changes"], len(stray), tuple(dict.fromkeys(damaged))
    )


def _of_database(r: Reader, dialect: str) -> Iterator[Damage]:
    """SQLite's own checks of its pages and references; PostgreSQL keeps its references itself."""
    if dialect != "sqlite":
        return
    for (line,) in r.session.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield Damage("database", f"{line}; restore it from a backup")
    for table, row, parent, _ in r.session.execute(text("PRAGMA foreign_key_check")):
        yield Damage(f"{table} {row}", f"points to a row of {parent} that is not there")


def _of_blobs(r: Reader, archive: Archive) -> Iterator[Damage]:
    for sha256, size in r.session.execute(select(t.Blob.sha256, t.Blob.size).order_by(t.Blob.sha256)):
        yield from _of_blob(archive, sha256, size)


def _of_blob(archive: Archive, sha256: str, size: int | None) -> Iterator[Damage]:
    try:
        data = archive.get(sha256)
    except StorageError as error:
        yield Damage(f"blob {sha256}", str(error))
        return
    if size is not None and len(data) != size:
        yield Damage(f"blob {sha256}", f"has {len(data)} bytes, its row says {size}")


def _of_record(row: t.Record, archive: Archive, r: Reader) -> Iterator[Damage]:
    name = f"record {row.id}"
    try:
        record, document = from_json(row.record), document_from_json(row.document)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        yield Damage(name, f"cannot be decoded ({error}); derive it again with 'plenarywatch reparse'")
        return
    if text_hash(document) != row.text_hash:
        yield Damage(name, "its text has another hash than the row says; derive it again with 'plenarywatch reparse'")
    for pointer, spans in record.evidence.items():
        if not _leads_somewhere(record, pointer):
            yield Damage(name, f"has evidence for {pointer}, where it states nothing")
        for span in spans:
            quoted = document.blocks[span.block].text[span.start : span.end] if _within(document, span.block) else None
            if quoted != span.quote:
                yield Damage(name, f"evidence of {pointer} does not stand at block {span.block}, {span.start}")
    if record.parser == PARSER:
        yield from _of_reading(row, document, archive, r)


def _of_reading(row: t.Record, document: Document, archive: Archive, r: Reader) -> Iterator[Damage]:
    """Whether the blob still reads as the stored document, so that each span stands in the blob itself."""
    fetch = r.session.get(t.Fetch, row.fetch_id)
    try:
        body = archive.get(row.sha256)
    except StorageError:
        return  # Named already as a damaged blob.
    try:
        again = read_document(body, url=address_read_from(row, fetch), content_type=row.content_type)
    except ParseError as error:
        yield Damage(f"record {row.id}", f"its blob {row.sha256} cannot be read ({error})")
        return
    if again.blocks != document.blocks:
        yield Damage(f"record {row.id}", f"its blob {row.sha256} reads otherwise than the stored text")


def address_read_from(row: t.Record, fetch: t.Fetch | None) -> str | None:
    """The address that the page was read with. One brought in as a file, with no address given, had none:
    the file's own path is no statement of the page."""
    brought_in = fetch is not None and fetch.status is None
    return None if brought_in and row.url.startswith("file:") else row.url


def _within(document: Document, block: int) -> bool:
    return 0 <= block < len(document.blocks)


def _leads_somewhere(record: Record, pointer: str) -> bool:
    at: object = record
    for step in pointer.strip("/").split("/"):
        if isinstance(at, tuple):
            if not step.isdigit() or int(step) >= len(at):
                return False
            at = at[int(step)]
        elif isinstance(at, msgspec.Struct) and step in at.__struct_fields__:
            at = getattr(at, step)
        else:
            return False
    return at is not None


def _of_change(row: t.ChangeRow, _archive: Archive, _reader: Reader) -> Iterator[Damage]:
    try:
        change = change_from_json(row.change)
    except msgspec.MsgspecError as error:
        yield Damage(f"change {row.key}", f"cannot be decoded ({error}); restore it from a backup")
        return
    for name, stored, said in (
        ("key", row.key, change.key),
        ("kind", row.kind, change.kind.value),
        ("regime", row.regime, change.regime),
        ("subject", row.subject, change.subject),
    ):
        if stored != said:
            yield Damage(f"change {row.key}", f"its {name} is {said!r} inside and {stored!r} outside")


def _memberships(r: Reader) -> Iterator[t.Membership]:
    row = t.Membership
    yield from r.session.scalars(select(row).order_by(row.regime, row.country, row.id))


def _of_intervals(rows: list[t.Membership]) -> Iterator[Damage]:
    known_now: dict[tuple[str, str], list[t.Membership]] = {}
    for row in rows:
        name = f"membership {row.id} ({row.regime} {row.country})"
        if row.superseded_at is not None and row.superseded_at < row.observed_at:
            yield Damage(name, "was known better before it was known")
        if row.valid_from and row.valid_to and row.valid_from > row.valid_to:
            yield Damage(name, "ends before it begins")
        if row.superseded_at is None:
            known_now.setdefault((row.regime, row.country), []).append(row)
    for same in known_now.values():
        same.sort(key=lambda m: (m.valid_from or date.min, m.valid_to or date.max))
        for one, other in pairwise(same):
            if one.valid_to is None or other.valid_from is None or other.valid_from < one.valid_to:
                name = f"membership {other.id} ({other.regime} {other.country})"
                yield Damage(name, f"overlaps membership {one.id}")


def _of_pointers(r: Reader, rows: list[t.Membership]) -> Iterator[Damage]:
    known = set(r.session.scalars(select(t.Record.id)))
    for row in rows:
        if row.record_id not in known:
            yield Damage(f"membership {row.id} ({row.regime} {row.country})", f"its record {row.record_id} is missing")


def _of_deliveries(r: Reader) -> Iterator[Damage]:
    query = select(t.DeliveryRow, t.AlertRow.change_key).join(t.AlertRow, t.AlertRow.id == t.DeliveryRow.alert_id)
    for row, key in r.session.execute(query.execution_options(yield_per=200)):
        # A change is told as what it was then: held, and later confirmed.
        possible = {idempotency_key(key, status, row.channel) for status in Status}
        if row.idempotency_key not in possible:
            yield Damage(f"delivery {row.id}", "its idempotency key is not that of its change and channel")
        if row.state == "sent" and row.sent_at is None:
            yield Damage(f"delivery {row.id}", "is sent at no time")
