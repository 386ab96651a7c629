"""States joined by more than "and": the same words join them in every field and language."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from parsers.coordination import Link, link
from tests.builders.said import said

ROWS = YAML(typ="safe").load((Path(__file__).parent / "joining.yaml").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}-{i}" for i, row in enumerate(ROWS)])
def test_a_field_states_all_that_the_text_joins_and_nothing_else(row: tuple[str, str, str]) -> None:
    field, text, stated, *regime = row
    assert said(field, text, *regime) == stated, text


@pytest.mark.parametrize(
    ("between", "language", "expected"),
    [
        (" together with ", "en", Link.FIRM),
        ("/", "en", Link.FIRM),
        (", in addition to the ", "en", Link.FIRM),
        (" and, separately, ", "en", Link.NOTED),
        (" and neighbouring ", "en", Link.NOTED),
        (" and the ", "en", Link.LOOSE),
        (", ", "en", Link.LOOSE),
        (", later ", "en", Link.LOOSE),
        (" the ", "en", Link.NONE),
        (" visited ", "en", Link.NONE),
        (" and hosted ", "en", Link.NONE),
        (" with ", "en", Link.NONE),
        (" together\nwith ", "en", Link.NONE),
        (" and " + "later " * 12, "en", Link.NONE),
        (" sowie ", "de", Link.FIRM),
        (" sowie ", "en", Link.NONE),
        (" e ", "pt", Link.LOOSE),
        (" e ", "de", Link.NONE),
        (" а также ", "ru", Link.FIRM),
        (" and ", "xx", Link.LOOSE),
    ],
)
def test_the_words_between_two_states_say_how_firmly_they_are_joined(
    between: str, language: str, expected: Link
) -> None:
    assert link(between, language) is expected
