"""The schema: made from nothing, left alone when it is there, refused when it is newer."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from storage import Store
from storage.database import HEAD, VERSION_TABLE, open_engine, schema_version
from storage.errors import CannotOpen
from storage.tables import Base
from tests.builders.comparing import NOON


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'deep' / 'er' / 'store.db'}"


def test_an_empty_address_gets_the_newest_schema_with_every_table(tmp_path: Path) -> None:
    engine = open_engine(_url(tmp_path))
    assert schema_version(engine) == HEAD
    assert set(inspect(engine).get_table_names()) >= {*Base.metadata.tables, VERSION_TABLE}


def test_the_migrated_columns_are_those_that_the_code_speaks_of(tmp_path: Path) -> None:
    made = inspect(open_engine(_url(tmp_path)))
    for name, table in Base.metadata.tables.items():
        assert {c["name"]: c["nullable"] for c in made.get_columns(name)} == {
            c.name: c.nullable for c in table.columns
        }, name


def test_the_second_opening_changes_nothing(tmp_path: Path) -> None:
    with Store.open(_url(tmp_path)) as store, store.writing() as w:
        run = w.begin_run("monitor", NOON)
    with Store.open(_url(tmp_path)) as store, store.reading() as r:
        assert [found.id for found in r.runs()] == [run]


def test_a_newer_schema_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    engine = open_engine(_url(tmp_path))
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(CannotOpen, match="install the newer Plenarywatch"):
        open_engine(_url(tmp_path))
    assert schema_version(engine) == "9999"
