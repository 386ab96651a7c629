"""Which meeting a page describes: made once, completed by each page, and renumbered by its own page alone."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.record import Kind, Plenary
from storage.values import PlenaryView
from storage.writing import Writer
from tests.storage.making import a_plenary, a_record
from tests.storage.observing import a_version

APRIL = date(2011, 4, 13)


def said(
    w: Writer, plenary: Plenary, *, source: str = "page", kind: Kind = Kind.STATEMENT, regime: str = "mtcr"
) -> str | None:
    """The label of the meeting that a version of *source* is on."""
    return a_version(w, a_record(regime=regime, plenary=plenary, kind=kind), source=source).plenary


def meetings(
    w: Writer, regime: str = "mtcr"
) -> list[tuple[str, int | None, date | None, date | None, tuple[int, ...]]]:
    return [(p.label, p.ordinal, p.start, p.end, p.records) for p in w.plenaries(regime)]


@pytest.mark.parametrize(
    ("plenary", "kind", "label"),
    [
        (Plenary(ordinal=25), Kind.STATEMENT, "25"),
        (Plenary(start=APRIL), Kind.STATEMENT, "2011-04-13"),
        (Plenary(end=APRIL), Kind.STATEMENT, "2011-04-13"),
        (Plenary(start=APRIL, end=date(2011, 4, 15)), Kind.STATEMENT, "2011-04-13"),
        (Plenary(ordinal=25, start=APRIL), Kind.PRESS_RELEASE, "25"),
        (Plenary(ordinal=25, start=APRIL), Kind.OTHER, "25"),
        (Plenary(ordinal=25, start=APRIL), Kind.MEMBERS, None),
        (Plenary(city="Paris", country="FR"), Kind.STATEMENT, None),
        (Plenary(), Kind.STATEMENT, None),
    ],
)
def test_a_meeting_is_named_by_its_number_or_else_by_its_first_known_day(
    w: Writer, plenary: Plenary, kind: Kind, label: str | None
) -> None:
    assert said(w, plenary, kind=kind) == label
    assert [p.label for p in w.plenaries("mtcr")] == ([] if label is None else [label])


def test_each_page_adds_what_no_other_has_said_and_overrides_nothing(w: Writer) -> None:
    said(w, Plenary(ordinal=25, city="Buenos Aires"), source="one")
    said(w, Plenary(25, "Rosario", "AR", APRIL, date(2011, 4, 15)), source="two")
    said(w, Plenary(25, "La Plata", "CL", date(2011, 4, 12), date(2011, 4, 16)), source="three")
    (held,) = w.plenaries("mtcr")
    assert held == PlenaryView("mtcr", "25", 25, "Buenos Aires", "AR", APRIL, date(2011, 4, 15), (1, 2, 3))
    assert said(w, Plenary(ordinal=25), regime="nsg") == "25"
    assert [p.city for p in w.plenaries("nsg")] == [None]


@pytest.mark.parametrize(
    ("begin", "end", "same"),
    [
        (date(2011, 4, 18), None, True), (date(2011, 4, 19), None, False),
        (date(2011, 4, 10), None, True), (date(2011, 4, 9), None, False),
        (date(2011, 4, 5), date(2011, 4, 10), True), (date(2011, 4, 5), date(2011, 4, 9), False),
        (None, date(2011, 4, 10), True), (None, date(2011, 4, 9), False), (None, date(2011, 4, 19), False),
        (date(2011, 4, 1), date(2011, 4, 30), True), (date(2011, 4, 14), date(2011, 4, 14), True),
        (date(2012, 4, 13), date(2012, 4, 15), False),
    ],
)  # fmt: skip
def test_pages_whose_days_touch_within_three_tell_of_one_meeting(
    w: Writer, begin: date | None, end: date | None, same: bool
) -> None:
    said(w, Plenary(start=APRIL, end=date(2011, 4, 15)), source="one")
    said(w, Plenary(start=begin, end=end), source="other")
    assert len(w.plenaries("mtcr")) == (1 if same else 2)


def test_days_join_no_two_numbers_but_a_number_and_none(w: Writer) -> None:
    assert said(w, a_plenary(25, APRIL), source="one") == "25"
    assert said(w, a_plenary(26, APRIL), source="two") == "26"
    # Its number is unknown here: it is the first that has these days.
    assert said(w, a_plenary(None, APRIL), source="three") == "25"
    assert said(w, Plenary(ordinal=27), source="four") == "27"
    assert said(w, a_plenary(None, date(2012, 1, 1)), source="five") == "2012-01-01"
    assert said(w, a_plenary(28, date(2012, 1, 2)), source="six") == "28"
    assert [p.label for p in w.plenaries("mtcr")] == ["25", "26", "27", "28"]
    (last,) = (p for p in w.plenaries("mtcr") if p.label == "28")
    assert (last.start, last.records) == (date(2012, 1, 1), (5, 6))


def test_a_page_that_gives_its_meeting_another_number_mends_it(w: Writer) -> None:
    said(w, a_plenary(25, APRIL))
    assert said(w, a_plenary(26, APRIL)) == "26"
    assert meetings(w) == [("26", 26, APRIL, APRIL, (1, 2))]


def test_where_other_pages_call_it_as_before_both_numbers_stand(w: Writer) -> None:
    said(w, a_plenary(25, APRIL))
    said(w, a_plenary(25, APRIL), source="other")
    assert said(w, a_plenary(26, APRIL)) == "26"
    assert meetings(w) == [("25", 25, APRIL, APRIL, (1, 2)), ("26", 26, APRIL, APRIL, (3,))]


def test_a_number_that_other_pages_know_already_takes_the_mended_ones_records(w: Writer) -> None:
    said(w, a_plenary(25, APRIL))
    said(w, a_plenary(26, APRIL), source="other")
    assert said(w, a_plenary(26, APRIL)) == "26"
    assert meetings(w) == [("26", 26, APRIL, APRIL, (1, 2, 3))]


def test_a_page_on_the_next_meeting_renumbers_nothing(w: Writer) -> None:
    said(w, a_plenary(25, APRIL))
    assert said(w, a_plenary(26, date(2012, 4, 13))) == "26"
    assert said(w, Plenary(ordinal=27)) == "27"
    assert [label for label, *_ in meetings(w)] == ["25", "26", "27"]


def test_an_older_version_of_a_page_mends_nothing(w: Writer) -> None:
    said(w, a_plenary(25, APRIL))
    (was,) = w.plenaries("mtcr")
    row = w.plenary_of(a_record(plenary=a_plenary(26, APRIL)), tied=1)
    assert row is not None
    assert (row.id, row.label) == (1, "25")
    other = w.plenary_of(a_record(plenary=a_plenary(26, APRIL)), tied=None, source_id=1)
    assert other is not None
    assert (other.id, other.label) == (2, "26")
    assert w.plenaries("mtcr")[0] == was


def test_a_held_version_does_not_say_what_its_page_is_on(w: Writer) -> None:
    said(w, a_plenary(25, APRIL))
    held = a_version(w, a_record(plenary=a_plenary(31, date(2018, 1, 1))))
    w.hold(held.id)
    assert said(w, a_plenary(26, APRIL)) == "26"
    assert [label for label, *_ in meetings(w)] == ["26", "31"]


def test_meetings_stand_in_the_order_they_were_held(w: Writer) -> None:
    for n, plenary in enumerate((
        a_plenary(3, date(2003, 1, 1)), Plenary(ordinal=2), a_plenary(None, date(2001, 6, 1)), a_plenary(1, date(2001, 1, 1)),
        Plenary(ordinal=9), Plenary(end=date(2002, 6, 1)), Plenary(ordinal=4),
    )):  # fmt: skip
        said(w, plenary, source=f"p{n}")
    assert [p.label for p in w.plenaries("mtcr")] == ["1", "2", "2001-06-01", "2002-06-01", "3", "4", "9"]


def test_the_prior_meeting_is_the_last_that_a_page_tells_of(w: Writer) -> None:
    said(w, a_plenary(23, date(2009, 1, 1)))
    w.plenary_of(a_record(plenary=a_plenary(24, date(2010, 1, 1))))
    said(w, a_plenary(25, APRIL), source="last")
    prior = w.prior_plenary("mtcr", "25")
    assert prior is not None
    assert prior.label == "23"
    assert w.prior_plenary("mtcr", "23") is None
    assert w.prior_plenary("mtcr", "99") is None
    assert w.prior_plenary("nsg", "25") is None
