"""Dates in running text: every shape that statements of the regimes have written them in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.dates import find_dates, find_days, month_number

# What the text says, the year that the page speaks in (0: none needed), the first and the last day.
STATED = [
    ("from 11 to 15 April 2011", 0, "2011-04-11", "2011-04-15"),
    ("13-15 April", 2011, "2011-04-13", "2011-04-15"),
    ("16th to 20th October 2017", 0, "2017-10-16", "2017-10-20"),
    ("30 September – 4 October", 2016, "2016-09-30", "2016-10-04"),
    ("29 November - 02 December", 1993, "1993-11-29", "1993-12-02"),
    ("on 22 and 23 June 2017", 0, "2017-06-22", "2017-06-23"),
    ("on the 1st and 2nd of June 2006", 0, "2006-06-01", "2006-06-02"),
    ("from November 4 – 7", 1991, "1991-11-04", "1991-11-07"),
    ("November 5-9, 2007", 0, "2007-11-05", "2007-11-09"),
    ("3.10.94 – 6.10.94", 0, "1994-10-03", "1994-10-06"),
    ("17.-21. Oktober 2022", 0, "2022-10-17", "2022-10-21"),
    ("vom 23. bis 25. Juni 2003", 0, "2003-06-23", "2003-06-25"),
    ("2-5 June 2003", 0, "2003-06-02", "2003-06-05"),
    ("between 8 – 10 October 1996", 0, "1996-10-08", "1996-10-10"),
    ("17- 21 October 2016", 0, "2016-10-17", "2016-10-21"),
    ("Du 16 au 19 octobre 1995", 0, "1995-10-16", "1995-10-19"),
    ("29 de noviembre - 1 de diciembre de 1994", 0, "1994-11-29", "1994-12-01"),
    ("del 29 de noviembre al 1 de diciembre de 1994", 0, "1994-11-29", "1994-12-01"),
    ("los días 14 a 17 de octubre de 1996", 0, "1996-10-14", "1996-10-17"),
    ("entre el 16 y el 19 de septiembre de 2003", 0, "2003-09-16", "2003-09-19"),
    ("Ve dnech 11. až 15. června 2018", 0, "2018-06-11", "2018-06-15"),
    ("20. a 24. června 2022", 0, "2022-06-20", "2022-06-24"),
    ("w dniach 20-24 czerwca 2022 r.", 0, "2022-06-20", "2022-06-24"),
    ("с 6 по 8 октября 2004 года", 0, "2004-10-06", "2004-10-08"),
    ("1993年6月2 – 10日", 0, "1993-06-02", "1993-06-10"),
    ("2016년 10월 17일부터 21일", 0, "2016-10-17", "2016-10-21"),
    ("2-5 أكتوبر", 2000, "2000-10-02", "2000-10-05"),
    ("29 June – 2 July of 1992", 0, "1992-06-29", "1992-07-02"),
    ("from May 30 to May 31, 2013", 0, "2013-05-30", "2013-05-31"),
    ("December 30, 2004 to January 3, 2005", 0, "2004-12-30", "2005-01-03"),
    ("28 December 2004 – 2 January 2005", 0, "2004-12-28", "2005-01-02"),
    ("30 December - 2 January 2005", 0, "2004-12-30", "2005-01-02"),
    ("15, 16 and 17 October 2001", 0, "2001-10-15", "2001-10-17"),
    ("October 15, 16 and 17, 2001", 0, "2001-10-15", "2001-10-17"),
    ("Monday 11 to Friday 15 April 2011", 0, "2011-04-11", "2011-04-15"),
    ("von 6. bis 7. Juni 2017", 0, "2017-06-06", "2017-06-07"),
    ("6-9 Oct. 1997", 0, "1997-10-06", "1997-10-09"),
    ("Nov. 4-7, 1991", 0, "1991-11-04", "1991-11-07"),
    ("22–23 JUNE 2017", 0, "2017-06-22", "2017-06-23"),
    ("from 10 to 13 October, 2000", 0, "2000-10-10", "2000-10-13"),
    ("on December 6 and 7 in Vienna", 2017, "2017-12-06", "2017-12-07"),
    ("entre os dias 1º e 2 de junho de 2006", 0, "2006-06-01", "2006-06-02"),
    ("dal 10 al 14 ottobre 2005", 0, "2005-10-10", "2005-10-14"),
    ("7./8. Dezember 2004", 0, "2004-12-07", "2004-12-08"),
    ("31 May - 1 June: the 11th", 2012, "2012-05-31", "2012-06-01"),
    ("5th to 9th October 2015", 0, "2015-10-05", "2015-10-09"),
    ("April 11, 2011", 0, "2011-04-11", "2011-04-11"),
    ("6 October 202115:40", 0, "2021-10-06", "2021-10-06"),
    ("24.06.2022minister", 0, "2022-06-24", "2022-06-24"),
    ("le 1er juin 2010", 0, "2010-06-01", "2010-06-01"),
    ("2015-10-09", 0, "2015-10-09", "2015-10-09"),
    ("25/10/1994", 0, "1994-10-25", "1994-10-25"),
    ("10/25/1994", 0, "1994-10-25", "1994-10-25"),
]


@pytest.mark.parametrize(("text", "year", "first", "last"), STATED)
def test_a_date_is_read_in_the_shape_it_was_written(text: str, year: int, first: str, last: str) -> None:
    found = find_dates(text, year_hint=year or None)
    assert [(m.first, m.last) for m in found] == [(date.fromisoformat(first), date.fromisoformat(last))]
    assert found[0].year_stated is (year == 0)


@pytest.mark.parametrize(
    "text",
    [
        "12 may join the talks of 2011",
        "03/10/1994",
        "Resolution 1540 (2004) May",
        "35 states on 12 items",
        "S/RES/2231 (2015)",
        "31 February 2011",
        "page 4, version 10.4.1",
    ],
)
def test_what_is_no_date_or_could_be_two_is_left_alone(text: str) -> None:
    assert find_dates(text) == ()


def test_two_dates_that_are_no_range_stay_two() -> None:
    found = find_dates("25 September 2001 and 3 March 2002")
    assert [m.first for m in found] == [date(2001, 9, 25), date(2002, 3, 3)]


def test_a_date_without_a_year_waits_for_one() -> None:
    assert find_dates("from 4 to 7 November") == ()
    assert find_days("from 4 to 7 November")[0].year is None


@pytest.mark.parametrize(
    ("slug", "first", "last"),
    [
        ("/11th-plenary-meeting-edinburgh-scotland-8-10-october-1996", "1996-10-08", "1996-10-10"),
        ("6th-plenary-meeting-oslo-norway-29-june-2-july-1992", "1992-06-29", "1992-07-02"),
        ("29_november_2_december_1993", "1993-11-29", "1993-12-02"),
        ("rotterdam-9th-october-2015", "2015-10-09", "2015-10-09"),
        ("press-october-11-1996", "1996-10-11", "1996-10-11"),
        ("https://example.org/2015/10/09/news", "2015-10-09", "2015-10-09"),
    ],
)
def test_an_address_is_read_with_hyphens_for_blanks(slug: str, first: str, last: str) -> None:
    found = [m.resolve() for m in find_days(slug, slug=True)]
    assert [(m.first.isoformat(), m.last.isoformat()) for m in found if m] == [(first, last)]


def test_months_are_known_in_the_languages_of_the_hosts() -> None:
    names = (
        "October",
        "octobre",
        "Oktober",
        "octubre",
        "октября",
        "outubro",
        "ottobre",
        "oktober",
        "października",
        "října",
    )
    assert {month_number(name) for name in (*names, "أكتوبر")} == {10}


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1987, 1, 2), date(2049, 12, 1)), st.integers(0, 20))
def test_any_range_written_out_is_read_back(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    text = f"held from {first:%d %B %Y} to {last:%d %B %Y} in Vienna"
    found = find_dates(text)
    assert [(m.first, m.last) for m in found] == [(first, last)]
    assert text[found[0].start : found[0].end] == text[10 : -len(" in Vienna")]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789 -–.,/:adehjmnortuyMAJ'年月日", max_size=80))
def test_spans_lie_in_the_text_whatever_it_is(text: str) -> None:
    for match in find_dates(text, year_hint=2011):
        assert 0 <= match.start < match.end <= len(text)
        assert match.first <= match.last
