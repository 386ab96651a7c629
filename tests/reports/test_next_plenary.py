"""The next plenary on the front page: one that is announced and yet to begin."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parsers.record import Plenary
from reports.site import build
from tests.builders.comparing import NOON, a_meeting, a_record
from tests.builders.stores import a_store, observed

BEFORE, AHEAD = date(NOON.year - 1, 10, 1), date(NOON.year + 1, 10, 1)


def front_page(folder: Path, announced: Plenary, *, held: date | None = None) -> str:
    store = a_store(folder)
    with store, store.writing() as w:
        observed(w, a_record(plenary=a_meeting(24, day=date(NOON.year - 2, 11, 9)), next_plenary=announced))
        if held is not None:
            observed(w, a_record(plenary=a_meeting(25, day=held)), name="later")
    with store:
        return build(store, folder / "site", NOON).read_text(encoding="utf-8")


def test_an_announced_plenary_is_said_with_its_place_and_day(tmp_path: Path) -> None:
    assert "next: Oslo, from 1 October 2027" in front_page(tmp_path, Plenary(None, "Oslo", "NO", AHEAD, AHEAD))


@pytest.mark.parametrize(
    ("announced", "held"),
    [(Plenary(None, "Oslo", "NO", BEFORE, BEFORE), None), (Plenary(None, "Oslo", "NO"), BEFORE)],
    ids=["its day is past", "another was held since"],
)
def test_one_that_is_past_is_next_no_more(tmp_path: Path, announced: Plenary, held: date | None) -> None:
    page = front_page(tmp_path, announced, held=held)
    assert "next: Oslo" not in page
    assert "next: not announced" in page
