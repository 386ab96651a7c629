"""`docs/schema.md` draws the tables as they are, and its SQL answers as the program does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Boolean, Date, Float, Integer, Text, inspect, text
from sqlalchemy.types import TypeEngine

from storage import Store
from storage.guards import KEPT
from storage.tables import Base, Instant
from tests.storage.making import NOON, a_record
from tests.storage.observing import listed

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "schema.md").read_text(encoding="utf-8")
DIAGRAM = PAGE.split("```mermaid")[1].split("```")[0]
_KINDS: tuple[tuple[type[TypeEngine[object]], str], ...] = (
    (Boolean, "boolean"), (Integer, "integer"), (Float, "number"), (Date, "date"), (Text, "text"),
)  # fmt: skip


def kind(column_type: object) -> str:
    if isinstance(column_type, Instant):
        return "instant"
    return next(name for known, name in _KINDS if isinstance(column_type, known))


def test_the_diagram_draws_every_table_with_every_column_and_no_other() -> None:
    drawn = {
        name: re.findall(r"^ {4}(\w+) (\w+)", body, re.MULTILINE)
        for name, body in re.findall(r"^ {2}(\w+) \{\n(.*?)^ {2}\}", DIAGRAM, re.MULTILINE | re.DOTALL)
    }
    made = {
        table.name: [(kind(column.type), column.name) for column in table.columns]
        for table in Base.metadata.tables.values()
    }
    assert drawn == made


def test_the_diagram_draws_every_reference_and_no_other() -> None:
    drawn = set(re.findall(r"^ {2}(\w+) (\|o|\|\|)--o\{ (\w+) : \"(\w+)\"", DIAGRAM, re.MULTILINE))
    made = {
        (key.column.table.name, "|o" if key.parent.nullable else "||", table.name, key.parent.name)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
    }
    assert drawn == made


def test_the_page_tells_of_every_table_and_of_what_is_kept() -> None:
    told = set(re.findall(r"`(\w+)`", PAGE))
    assert set(Base.metadata.tables) <= told
    kept = PAGE.split("no row of")[1].split("can be deleted")[0]
    assert set(re.findall(r"`(\w+)`", kept)) == set(KEPT)


def test_the_database_has_the_tables_that_the_models_speak_of(store: Store) -> None:
    found = inspect(store.engine)
    for table in Base.metadata.tables.values():
        assert {c["name"]: c["nullable"] for c in found.get_columns(table.name)} == {
            column.name: column.nullable for column in table.columns
        }
        assert {name for index in found.get_indexes(table.name) if (name := index["name"])} >= {
            str(index.name) for index in table.indexes
        }


def test_the_pages_question_in_two_times_is_answered_as_the_program_answers_it(store: Store) -> None:
    known = datetime(2012, 1, 1, tzinfo=UTC)
    listed(store, a_record("AR"), on=date(2009, 11, 13), now=known)
    listed(store, a_record("BR"), on=date(2009, 11, 13), now=known + timedelta(days=900), source="late")
    listed(store, a_record("CL"), on=date(2011, 4, 15), now=NOON, source="after")
    (sql,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    with store.engine.connect() as connection:
        told = set(connection.execute(text(sql)).scalars())
    with store.reading() as r:
        at = datetime(2012, 6, 1, tzinfo=UTC)
        assert told == {m.country for m in r.members("mtcr", as_of=date(2010, 1, 1), known_at=at)} == {"AR"}
