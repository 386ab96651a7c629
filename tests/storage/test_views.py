"""The views that people read with tools of their own say what the program says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from sqlalchemy import text

from storage import Store
from storage.views import VIEWS
from tests.storage.making import a_plenary, a_record
from tests.storage.observing import a_version, listed


def rows(store: Store, query: str) -> list[dict[str, object]]:
    with store.engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(query)).mappings()]


def test_members_now_are_the_members(store: Store) -> None:
    listed(store, a_record("AR", "BR"), on=date(2011, 4, 15))
    with store.reading() as r:
        held = {(m.country, m.name, m.valid_from) for m in r.members("mtcr")}
    found = rows(store, "SELECT * FROM members_now")
    assert {row["country"] for row in found} == {country for country, _, _ in held} == {"AR", "BR"}
    assert all(len(str(row["capture"])) == 64 and row["url"] for row in found)


def test_a_resolution_is_first_cited_at_the_earliest_plenary_whatever_was_read_first(store: Store) -> None:
    for ordinal, year in ((25, 2011), (24, 2009)):
        with store.writing() as w:
            record = a_record(plenary=a_plenary(ordinal, date(year, 4, 11)), cites=(1540,))
            a_version(w, record, source=str(ordinal))
    (found,) = rows(store, "SELECT * FROM first_citations WHERE number = 1540")
    assert (str(found["first_cited"]), found["pages"]) == ("2009-04-11", 2)


def test_every_view_answers_and_is_told_of_in_the_page(store: Store) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "schema.md").read_text(encoding="utf-8")
    assert set(VIEWS) <= set(re.findall(r"`(\w+)`", page))
    for name in VIEWS:
        assert rows(store, f"SELECT * FROM {name}") == []
