"""What is drawn from a record when it is written, so that questions over all versions stay quick:
its words for full text, the resolutions it cites, its officers, and the addresses of its text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, Table, delete, insert, text

from parsers.document import Document
from parsers.record import Record
from parsers.remembered import remembered
from storage import tables as t
from storage.adding import Adding
from storage.words import words_of

# PostgreSQL refuses a text vector above 1 MB; so many words of a page stay well below it.
_MOST_WORDS = 100_000
_located = Adding(cast(Table, t.Locator.__table__))
_CITATIONS, _OFFICERS = insert(t.Citation), insert(t.OfficerRow)


def create_search(connection: Connection) -> None:
    """The full-text index, empty: FTS5 on SQLite (words alone, no copy of the text), else a text vector."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("CREATE VIRTUAL TABLE record_words USING fts5(words, content='', columnsize=0)"))
        return
    connection.execute(
        text(
            "CREATE TABLE record_words (record_id INTEGER PRIMARY KEY REFERENCES records(id), words TSVECTOR NOT NULL)"
        )
    )
    connection.execute(text("CREATE INDEX ix_record_words ON record_words USING gin(words)"))


def index_words(connection: Connection, record_id: int, document: Document) -> None:
    """Make the words of a version findable."""
    if connection.dialect.name == "sqlite":
        command = "INSERT INTO record_words (rowid, words) VALUES (:id, :words)"
    else:
        command = "INSERT INTO record_words (record_id, words) VALUES (:id, to_tsvector('simple', :words))"
    connection.execute(text(command), {"id": record_id, "words": _words(document)})


def forget_words(connection: Connection, record_id: int, document: Document) -> None:
    """Take the words of a version out again; *document* must be the one that was put in."""
    if connection.dialect.name == "sqlite":
        command = "INSERT INTO record_words (record_words, rowid, words) VALUES ('delete', :id, :words)"
        connection.execute(text(command), {"id": record_id, "words": _words(document)})
    else:
        connection.execute(text("DELETE FROM record_words WHERE record_id = :id"), {"id": record_id})


def _words(document: Document) -> str:
    return " ".join([word for block in document.readable for word in _words_in(block.text)][:_MOST_WORDS])


_words_in = remembered(words_of)


def index_facts(connection: Connection, record_id: int, record: Record) -> None:
    """The resolutions and the officers of a version, as rows of their own."""
    citations = [
        {
            "record_id": record_id,
            "position": i,
            "regime": record.regime,
            "body": r.body,
            "number": r.number,
            "year": r.year,
            "symbol": r.symbol,
        }
        for i, r in enumerate(record.resolutions)
    ]
    officers = [
        {
            "record_id": record_id,
            "position": i,
            "regime": record.regime,
            "role": o.role.value,
            "name": o.name,
            "title": o.title,
            "country": o.country,
        }
        for i, o in enumerate(record.officers)
    ]
    if citations:
        connection.execute(_CITATIONS, citations)
    if officers:
        connection.execute(_OFFICERS, officers)


def index_address(connection: Connection, record_id: int, digest: str, url: str, seen: datetime) -> None:
    """That the text of this hash was seen at *url*, unless that is known."""
    _located(connection, {"text_hash": digest, "url": url, "first_seen": seen, "record_id": record_id})


def forget_facts(connection: Connection, record_id: int) -> None:
    """Take back the rows that were drawn from an older reading of a version."""
    for table in (t.Citation, t.OfficerRow):
        connection.execute(delete(table).where(table.record_id == record_id))


def index_all_words(connection: Connection, documents: Iterable[tuple[int, Document]]) -> None:
    """Build the full-text index anew."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO record_words (record_words) VALUES ('delete-all')"))
    else:
        connection.execute(text("DELETE FROM record_words"))
    for record_id, document in documents:
        index_words(connection, record_id, document)
