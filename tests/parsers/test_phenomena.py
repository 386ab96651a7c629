"""Sentences that others wrote, kind by kind, with what each states: ``../shared/phenomena``.

A table that is read right stays so. Rows are ``[field, sentence, stated]``, with a regime before the field in some.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.builders.said import said

FOLDER = Path(__file__).parents[2].parent / "shared" / "phenomena"
if os.environ.get("CI") == "true" and not FOLDER.exists():
    pytest.fail(f"{FOLDER.name}: the shared folder is missing", pytrace=False)
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the shared folder is not beside the repository")

TABLES = ("assertion", "joining")
# The words that mean the same of a state that has become a member.
_JOINED = {"acceded", "admitted", "subscribed", "welcomed"}
_DAY = re.compile(r" (?:on|from) \d{4}-\d\d-\d\d")


def rows() -> list[tuple[str, str, str, str]]:
    """Regime, field, sentence and what it states, of all tables."""
    found = []
    for table in TABLES if FOLDER.exists() else ():
        for row in YAML(typ="safe").load((FOLDER / f"{table}.yaml").read_text("utf-8")):
            found.append(tuple(row) if len(row) == 4 else ("mtcr", *row))
    return found


def meant(field: str, stated: str) -> object:
    """*stated* without what the tables leave out: brackets, days, who went, and which word of joining it was."""
    if field == "officers":
        return sorted(stated.replace("(", "").replace(")", "").split("; "))
    words = _DAY.sub("", stated).replace(";", " ").split()
    if field == "membership_decisions":
        return {"joined" if word in _JOINED else word for word in words}
    return {word for word in words if word.isupper()}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[1]}: {row[2]}")
def test_a_sentence_states_what_a_person_reads_in_it(row: tuple[str, str, str, str]) -> None:
    regime, field, sentence, stated = row
    assert meant(field, said(field, sentence, regime)) == meant(field, stated)
