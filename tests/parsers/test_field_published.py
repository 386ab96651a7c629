"""The day a page was published, told from the days it speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.fields import published
from tests.builders.pages import a_page

BODY = "The Plenary was held in Vienna from 2 to 3 December 2009 and reviewed the Guidelines of 16 April 1987."


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("MTCR Plenary, Buenos Aires, 13-15 April 2011", "April 11, 2011"), "2011-04-11"),
        (("News", "Press Release 27 September 2002"), "2002-09-27"),
        (("News", "Oslo, 23 June 2005"), "2005-06-23"),
        (("News", "Washington, DC", "July 29, 2004"), "2004-07-29"),
        (("News", "Published on: 3 May 2019"), "2019-05-03"),
        (("Chair's statement", "23.10.2012 - Press release"), "2012-10-23"),
        (("Public Statement", "6 October 202115:40"), "2021-10-06"),
        (("News", "Media Release FA48 - 22 April 2005"), "2005-04-22"),
        (("News", "Busan, Republic of Korea, 21 October 2016"), "2016-10-21"),
    ],
)
def test_a_line_of_its_own_dates_the_page(lines: tuple[str, ...], day: str) -> None:
    found = published.read(a_page(*lines, BODY))
    assert found is not None
    assert found.value == date.fromisoformat(day)


@pytest.mark.parametrize(
    "lines", [("News",), ("News", "Last updated: 5 May 2020"), ("Plenary, Vienna, 2-3 December 2009",)]
)
def test_the_days_of_the_plenary_and_of_an_update_are_not_the_publication(lines: tuple[str, ...]) -> None:
    assert published.read(a_page(*lines, BODY)) is None


def test_the_address_of_an_archive_of_news_dates_the_page() -> None:
    found = published.read(a_page("News", BODY, url="https://example.org/2015/10/09/public-statement"))
    assert found is not None
    assert found.value == date(2015, 10, 9)
