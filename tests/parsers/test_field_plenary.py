"""The plenary that a page reports, among all that it speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.fields import next_plenary, plenary
from parsers.record import Plenary
from tests.builders.pages import AG, HCOC, NSG, a_page

# A text, and its plenary: ordinal, city, state, first day, last day ("-" where it states none).
STATED = [
    (
        "The MTCR held its 26th Plenary Meeting in Berlin from 24 to 26 October 2012.",
        "26|Berlin|DE|2012-10-24|2012-10-26",
    ),
    (
        "The twenty-third Plenary Meeting of the Nuclear Suppliers Group was held in Prague on 13 and 14 June 2013.",
        "23|Prague|CZ|2013-06-13|2013-06-14",
    ),
    (
        "The 33nd Plenary was held in Sochi, Russian Federation, between 4 – 8 October 2021.",
        "33|Sochi|RU|2021-10-04|2021-10-08",
    ),
    (
        "Partners met in plenary session in Stockholm, Sweden, on October 4-6, 1994.",
        "-|Stockholm|SE|1994-10-04|1994-10-06",
    ),
    (
        "В Вене 6-7 июня 2024 года состоялась 23-я ежегодная сессия государств-участников Кодекса.",
        "23|Vienna|AT|2024-06-06|2024-06-07",
    ),
    (
        "Latvia hosted the twenty-eighth Plenary Meeting of the Group.",
        "28|-|LV|-|-",
    ),
    (
        "It met for the 36th MTCR Plenary in Paris from 5 to 9 June 2023.",
        "36|Paris|FR|2023-06-05|2023-06-09",
    ),
    (
        "The XXII Reunión Plenaria se celebró en Atenas, Grecia, del 5 al 9 de noviembre de 2007.",
        "22|Athens|GR|2007-11-05|2007-11-09",
    ),
    (
        "Die 8. Regelmäßige Sitzung fand vom 28. bis 29. Mai 2009 in Wien statt.",
        "8|Vienna|AT|2009-05-28|2009-05-29",
    ),
    (
        "La vingt-cinquième réunion plénière s'est tenue à Buenos Aires du 11 au 15 avril 2011.",
        "25|Buenos Aires|AR|2011-04-11|2011-04-15",
    ),
    (
        "A 16ª reunião plenária realizou-se em Brasília nos dias 1 e 2 de junho de 2006.",
        "16|Brasília|BR|2006-06-01|2006-06-02",
    ),
    (
        "30-е пленарное заседание состоялось в Брюсселе с 22 по 25 июня 2021 года.",
        "30|Brussels|BE|2021-06-22|2021-06-25",
    ),
    (
        "The 18th Regular Meeting of Subscribing States took place in Vienna on 3-4 June 2019.",
        "18|Vienna|AT|2019-06-03|2019-06-04",
    ),
    (
        "The tenth annual Plenary of the Wassenaar Arrangement was held in Vienna, Austria, 8-9 December 2004.",
        "10|Vienna|AT|2004-12-08|2004-12-09",
    ),
    (
        "At its 12th Plenary Meeting in Tokyo between 4 – 6 November 1997 the MTCR welcomed Turkey.",
        "12|Tokyo|JP|1997-11-04|1997-11-06",
    ),
    (
        "The Plenary in Canberra (8 – 11 March 1993) was chaired by Australia.",
        "-|Canberra|AU|1993-03-08|1993-03-11",
    ),
    (
        "The MTCR held its 20th Plenary in Madrid from 30 September to 4 October 2005. The next Plenary will be held in Copenhagen in 2006.",
        "20|Madrid|ES|2005-09-30|2005-10-04",
    ),
    (
        "Since the last Plenary in Oslo much was done. The 29th Plenary was held in Rotterdam from 5 to 9 October 2015.",
        "29|Rotterdam|NL|2015-10-05|2015-10-09",
    ),
    (
        "On the 25th anniversary of the Regime, Partners met in plenary in Rome from 14 to 18 October 2013.",
        "-|Rome|IT|2013-10-14|2013-10-18",
    ),
    (
        "The Plenary welcomed India as the 35th member. It was held in Busan from 17 to 21 October 2016.",
        "-|Busan|KR|2016-10-17|2016-10-21",
    ),
    (
        "The NSG plenary took place in Kuršumlija, Serbia, from 3 to 5 June 2030.",
        "-|Kuršumlija|RS|2030-06-03|2030-06-05",
    ),
    (
        "The Republic of Korea took part in its first Plenary. The 16th Plenary was held in Ottawa from 25 to 28 September 2001.",
        "16|Ottawa|CA|2001-09-25|2001-09-28",
    ),
    (
        "From December 30, 2004 to January 3, 2005 the regime held its 18th Plenary in Lisbon.",
        "18|Lisbon|PT|2004-12-30|2005-01-03",
    ),
    (
        "The 19th Regular Meeting was held in Vienna on 12 October 2020.",
        "19|Vienna|AT|2020-10-12|2020-10-12",
    ),
    (
        "The thirtieth Plenary Meeting of the NSG, held in Brussels from 22 to 25 June 2021, reviewed the Guidelines of 16 April 1987.",
        "30|Brussels|BE|2021-06-22|2021-06-25",
    ),
    (
        "Bylo to 28. plenární zasedání se konalo v Jūrmale ve dnech 11. až 15. června 2018.",
        "28|Jūrmala|LV|2018-06-11|2018-06-15",
    ),
    (
        "Było to 30. posiedzenie plenarne odbyło się w Warszawie w dniach 20-24 czerwca 2022.",
        "30|Warsaw|PL|2022-06-20|2022-06-24",
    ),
    (
        "La 24ª riunione plenaria si è svolta a Roma dal 10 al 14 ottobre 2009.",
        "24|Rome|IT|2009-10-10|2009-10-14",
    ),
    (
        "Plenary Meeting No. 7 was held in Vienna.",
        "7|Vienna|AT|-|-",
    ),
    (
        "The First Committee reported to the 14th Plenary, held in Noordwijk, the Netherlands, 11-15 October 1999.",
        "14|Noordwijk|NL|1999-10-11|1999-10-15",
    ),
    (
        "The HCoC's 22nd Annual Regular Meeting was held at the Hofburg in Vienna, 15-16 June 2023.",
        "22|Vienna|AT|2023-06-15|2023-06-16",
    ),
    (
        "Partners agreed to report to the next Plenary.",
        "none",
    ),
    (
        "The experts report to each Plenary.",
        "none",
    ),
    (
        "Thirty-one partners attended the 18th Plenary, hosted by Argentina.",
        "18|-|AR|-|-",
    ),
    (
        "The 27th Plenary will be held in Rome from 14 to 18 October 2013.",
        "27|Rome|IT|2013-10-14|2013-10-18",
    ),
    (
        "The Plenary was held at the invitation of the Government of Switzerland in Interlaken from 29 November to 2 December 1993.",
        "-|Interlaken|CH|1993-11-29|1993-12-02",
    ),
    (
        "At the November 2007 Plenary in Athens it was decided. The 23rd Plenary was held in Canberra from 5 to 7 November 2008.",
        "23|Canberra|AU|2008-11-05|2008-11-07",
    ),
    (
        "The 31st MTCR Plenary was co-chaired by Ireland and Iceland and held in Dublin, 16th to 20th October 2017.",
        "31|Dublin|IE|2017-10-16|2017-10-20",
    ),
]


def _said(value: Plenary | None) -> str:
    if value is None:
        return "none"
    parts = (value.ordinal, value.city, value.country, value.start, value.end)
    return "|".join("-" if part is None else str(part) for part in parts)


@pytest.mark.parametrize(("text", "stated"), STATED)
def test_the_plenary_of_a_text_is_the_one_it_reports(text: str, stated: str) -> None:
    found = plenary.read(a_page(text))
    assert _said(found.value if found else None) == stated


def test_what_the_text_leaves_out_is_taken_from_title_and_address() -> None:
    page = a_page(
        "Plenary Meeting of the MTCR – Oslo, Norway – 29 June - 2 July 1992",
        "The MTCR met in plenary from 29 June – 2 July.",
        url="https://example.org/press/6th-plenary-meeting-oslo-norway-29-june-2-july-1992",
    )
    found = plenary.read(page)
    assert found is not None
    assert found.value == Plenary(6, "Oslo", "NO", date(1992, 6, 29), date(1992, 7, 2))
    ordinal = found.parts["ordinal"][0]
    assert page.blocks[ordinal.block].text[ordinal.start : ordinal.end] == "6th"


def test_the_text_wins_over_a_title_that_says_other_days() -> None:
    page = a_page(
        "MTCR Plenary Meeting, Buenos Aires, 13-15 April 2011",
        "The MTCR held its 25th Plenary Meeting in Buenos Aires from 11 to 15 April 2011.",
    )
    found = plenary.read(page)
    assert found is not None
    assert found.value.start == date(2011, 4, 11)


def test_consultations_dated_and_placed_are_a_plenary() -> None:
    page = a_page("Participants held informal consultations in Paris between 16-19 October 1995.", regime=AG)
    found = plenary.read(page)
    assert found is not None
    assert _said(found.value) == "-|Paris|FR|1995-10-16|1995-10-19"


def test_a_plenary_that_ended_today_ended_on_the_day_of_the_release() -> None:
    page = a_page(
        "Media release", "15 June 2012", "The Group today ended its annual plenary meeting in Paris.", regime=AG
    )
    found = plenary.read(page)
    assert found is not None
    assert (found.value.start, found.value.end) == (None, date(2012, 6, 15))


def test_the_line_under_the_title_dates_the_plenary() -> None:
    page = a_page(
        "Nuclear Suppliers Group Plenary", "Seattle, United States, 21-22 June 2012",
        "The twenty-second Plenary Meeting of the Group adopted a decision.", regime=NSG,
    )  # fmt: skip
    found = plenary.read(page)
    assert found is not None
    assert _said(found.value) == "22|Seattle|US|2012-06-21|2012-06-22"


def test_the_code_named_after_a_city_does_not_place_its_meeting() -> None:
    page = a_page(
        "The 22nd Regular Meeting of the Hague Code of Conduct was held on 15-16 June 2023.",
        url="https://example.org/22nd-annual-regular-meeting-hague-code-conduct",
        regime=HCOC,
    )
    found = plenary.read(page)
    assert found is not None
    assert _said(found.value) == "22|-|-|2023-06-15|2023-06-16"


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The next Plenary will be held in Canberra from 8 to 11 March 1993.", "-|Canberra|AU|1993-03-08|1993-03-11"),
        ("The next Plenary: Canberra 8 – 11 March 1993.", "-|Canberra|AU|1993-03-08|1993-03-11"),
        (
            "The following Plenary meeting is to be in Oslo on 29 June – 2 July of 1992.",
            "-|Oslo|NO|1992-06-29|1992-07-02",
        ),
        ("The next plenary meeting is in the Republic of Korea in October 2016.", "-|-|KR|-|-"),
        ("The next Plenary will be held in Sweden from the 3.10.94 – 6.10.94.", "-|-|SE|1994-10-03|1994-10-06"),
        ("Partners will report at the next Plenary.", "none"),
        ("La próxima reunión plenaria se celebrará en Seúl.", "-|Seoul|KR|-|-"),
        ("Die nächste Plenarsitzung findet in Wien statt.", "-|Vienna|AT|-|-"),
    ],
)
def test_the_next_plenary_is_told_apart(text: str, stated: str) -> None:
    page = a_page("The 4th Plenary was held in Tokyo from 1 to 3 February 1990.", text)
    found = next_plenary.read(page)
    assert _said(found.value if found else None) == stated
    reported = plenary.read(page)
    assert reported is not None
    assert reported.value.city == "Tokyo"
