"""Each state's standing with a regime by year, in the codes of political science."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from parsers.record import Participant
from storage.exporting.panel import ASSOCIATE, MEMBER, MISSING, NONE, NOT_IN_EXISTENCE, OBSERVER, status_by_year
from storage.values import Membership, Version
from tests.storage.making import NOON, a_document, a_plenary, a_record

# A regime that no table knows begins with the first day that is known of it.
REGIME = "zz"


def held(country: str, begin: date | None, end: date | None = None, basis: str = "effective") -> Membership:
    return Membership(
        REGIME, country, country, 0, begin, end, basis, NOON, None, 1, "/members/0", "https://e.org", None
    )


def version(year: int, *, adherents: tuple[str, ...] = (), observers: tuple[str, ...] = (), **more: object) -> Version:
    record = a_record(
        regime=REGIME, plenary=a_plenary(None, date(year, 5, 1)), adherents=tuple(Participant(c, c) for c in adherents),
        observers=tuple(Participant(c, c) for c in observers),
    )  # fmt: skip
    made = Version(1, "page", REGIME, "https://e.org", "", None, "", False, NOON, None, record, a_document("x"))
    return msgspec.structs.replace(made, **more)


def by_year(*rows: Membership, versions: tuple[Version, ...] = (), until: int = 2004) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for cell in status_by_year(rows, versions, until=until):
        assert cell.regime == REGIME
        found.setdefault(cell.country, []).append(cell.status)
    return found


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (held("AR", date(2002, 6, 1)), [NONE, NONE, MEMBER, MEMBER, MEMBER]),
        (held("AR", date(2002, 12, 31)), [NONE, NONE, MEMBER, MEMBER, MEMBER]),
        (held("AR", date(2002, 6, 1), basis="stated"), [MISSING, MISSING, MEMBER, MEMBER, MEMBER]),
        (held("AR", date(2001, 1, 1), date(2003, 1, 1)), [NONE, MEMBER, MEMBER, NONE, NONE]),
        (held("AR", date(2001, 1, 1), date(2003, 1, 2)), [NONE, MEMBER, MEMBER, MEMBER, NONE]),
        (held("AR", date(2001, 1, 1), date(2003, 1, 2), "stated"), [MISSING, MEMBER, MEMBER, MEMBER, NONE]),
        (held("AR", None), [MEMBER] * 5),
        (held("AR", None, date(2002, 1, 1)), [MEMBER, MEMBER, NONE, NONE, NONE]),
    ],
)
def test_a_state_is_a_member_in_every_year_of_which_it_was_one_a_day(row: Membership, expected: list[int]) -> None:
    first = held("BR", date(2000, 3, 1))
    assert by_year(first, row) == {"AR": expected, "BR": [MEMBER] * 5}


def test_a_state_that_came_back_was_none_between() -> None:
    rows = held("AR", date(2000, 1, 1), date(2001, 1, 1)), held("AR", date(2003, 1, 1))
    assert by_year(*rows) == {"AR": [MEMBER, NONE, NONE, MEMBER, MEMBER]}


def test_adherents_and_observers_are_that_in_the_year_that_lists_them() -> None:
    versions = (
        version(2001, adherents=("IL",)),
        version(2003, observers=("IL", "AR")),
        version(2002, adherents=("IL",), held=True),
    )
    assert by_year(held("AR", date(2000, 1, 1), date(2002, 1, 1)), versions=versions) == {
        "AR": [MEMBER, MEMBER, NONE, OBSERVER, NONE],
        "IL": [NONE, ASSOCIATE, NONE, OBSERVER, NONE],
    }


def test_a_year_begins_with_the_first_day_known_whoever_tells_it() -> None:
    assert by_year(versions=(version(2002, adherents=("IL",)),)) == {"IL": [ASSOCIATE, NONE, NONE]}
    record = msgspec.structs.replace(
        version(2002, adherents=("IL",)).record, plenary=a_plenary(None), published=date(2003, 1, 1)
    )
    assert by_year(versions=(version(2002, record=record),)) == {"IL": [ASSOCIATE, NONE]}
    record = msgspec.structs.replace(record, published=None)
    assert by_year(versions=(version(2002, record=record),), until=2012) == {"IL": [ASSOCIATE, NONE]}
    assert by_year() == {}


def test_a_state_that_there_was_not_yet_is_told_as_that() -> None:
    assert by_year(held("AR", date(2010, 1, 1)), held("SS", date(2013, 1, 1)), until=2013)["SS"] == [
        NOT_IN_EXISTENCE, NONE, NONE, MEMBER,
    ]  # fmt: skip
