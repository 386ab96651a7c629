"""A page that contradicts itself is told so, with the words of both sides; one that does not is left alone."""

from __future__ import annotations

import pytest

from parsers.parse import parse
from parsers.record import Record
from tests.builders.pages import MTCR

HELD = "The Missile Technology Control Regime (MTCR) held its 25th Plenary Meeting in Oslo from 11 to 15 April 2011."


def a_record(*lines: str, url: str | None = None) -> Record:
    return parse("\n\n".join(lines).encode(), regime=MTCR, url=url).record


def codes(record: Record) -> list[str]:
    return [inconsistency.code.value for inconsistency in record.inconsistencies]


def sides(record: Record, i: int = 0) -> list[str]:
    return [evidence.quote for evidence in record.evidence[f"/inconsistencies/{i}"]]


def test_a_title_with_other_days_than_the_text() -> None:
    record = a_record("MTCR Plenary Meeting, Oslo, 13-15 April 2011", HELD)
    assert codes(record) == ["date_mismatch"]
    assert "13-15 April 2011" in sides(record)
    assert len(sides(record)) > 1


def test_a_title_with_the_same_days_in_another_shape_is_none() -> None:
    assert codes(a_record("MTCR Plenary Meeting, Oslo, April 11-15, 2011", HELD)) == []


def test_published_before_the_plenary_that_it_tells_of_ended() -> None:
    record = a_record("MTCR Plenary Meeting, Oslo", "April 13, 2011", HELD)
    assert codes(record) == ["published_before_end"]
    assert "April 13, 2011" in sides(record)


def test_an_announcement_may_stand_before_the_end() -> None:
    ahead = "The MTCR will hold its 25th Plenary Meeting in Oslo from 11 to 15 April 2011."
    assert codes(a_record("MTCR Plenary Meeting, Oslo", "April 1, 2011", ahead)) == []


def test_a_title_with_another_ordinal() -> None:
    record = a_record("24th Plenary Meeting of the Missile Technology Control Regime", HELD)
    assert codes(record) == ["ordinal_mismatch"]
    assert {"24th", "25th"} <= set(sides(record))


def test_a_count_that_the_list_contradicts() -> None:
    record = a_record(
        HELD, "The MTCR has 9 members: Austria, Belgium, Canada, Denmark, France, Germany, Italy and Japan."
    )
    assert codes(record) == ["count_mismatch"]
    assert record.inconsistencies[0].detail == "states 9 members, lists 8"


def test_a_count_that_the_list_confirms_is_none() -> None:
    lines = (HELD, "The MTCR has 8 members: Austria, Belgium, Canada, Denmark, France, Germany, Italy and Japan.")
    assert codes(a_record(*lines)) == []


def test_a_state_listed_twice() -> None:
    listed = "The MTCR has 8 members: Austria, Belgium, Canada, Denmark, France, Germany, Italy, Japan and Austria."
    record = a_record(HELD, listed)
    assert codes(record) == ["duplicate_member"]
    assert sides(record) == ["Austria", "Austria"]


@pytest.mark.parametrize("quiet", [HELD, "Partners met.", "34 members"])
def test_a_page_in_harmony_has_none(quiet: str) -> None:
    assert codes(a_record("Missile Technology Control Regime", quiet)) == []
