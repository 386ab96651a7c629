"""What each field reads off a few sentences: the tables in ``claims/``, one a field, held word for word.

A table is a list of ``[text, stated]``, with the regime's id third where it is not MTCR; lines of a text are
paragraphs of a page, and ``stated`` is the field's value in the short form that `said` writes ("" for nothing).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.builders.said import said

HERE = Path(__file__).parent / "claims"
TABLES = {path.stem: YAML(typ="safe").load(path.read_text("utf-8")) for path in sorted(HERE.glob("*.yaml"))}
ROWS = [(field, i, *row) for field, rows in TABLES.items() for i, row in enumerate(rows)]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_a_sentence_states_this_and_nothing_else(row: tuple[str, int, str, str]) -> None:
    field, _, text, stated, *regime = row
    assert said(field, text, *regime) == stated, text


def test_no_sentence_stands_twice() -> None:
    for field, rows in TABLES.items():
        assert len({row[0] for row in rows}) == len(rows), field


@pytest.mark.parametrize("field", TABLES)
def test_each_field_is_held_by_sixty_sentences_some_of_which_state_nothing(field: str) -> None:
    stated = [row[1] for row in TABLES[field]]
    assert len(stated) >= 60
    assert stated.count("") >= 8
