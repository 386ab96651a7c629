"""What a body that nobody declared calls its plenary: a meeting of any kind that an ordinal counts."""

from __future__ import annotations

import pytest

from sources import profile_of
from tests.builders.said import said, said_by

BODY = profile_of("oceanpact")
ROWS = [
    (
        "The 14th Conference of the Parties to the Pact was held in Lisbon, Portugal, from 3 to 7 June 2019.",
        "#14 Lisbon PT 2019-06-03..2019-06-07",
    ),
    (
        "Le douzième Sommet des chefs d'État s'est tenu à Libreville, au Gabon, le 5 mai 2014.",
        "#12 Libreville GA 2014-05-05..2014-05-05",
    ),
    ("Die 9. Ministerkonferenz fand am 4. und 5. Mai 2016 in Helsinki statt.", "#9 Helsinki FI 2016-05-04..2016-05-05"),
    ("La XXI Cumbre se celebró en Lima del 13 al 14 de abril de 2018.", "#21 Lima PE 2018-04-13..2018-04-14"),
    ("A 7ª Cimeira realizou-se em Luanda a 20 de novembro de 2012.", "#7 Luanda AO 2012-11-20..2012-11-20"),
    ("Il quarto Vertice si è svolto a Roma il 3 marzo 2015.", "#4 Rome IT 2015-03-03..2015-03-03"),
    ("Двадцать вторая сессия прошла в Астане 10 июня 2013 года.", "#22 Astana KZ 2013-06-10..2013-06-10"),
    ("The Fourth Experts' Meeting took place in Oslo on 3 May 2011.", ""),
    ("The Pact celebrated its 10th anniversary in Oslo on 3 May 2011.", ""),
    ("The 5th session of the Working Group was held in Oslo on 3 May 2011.", ""),
    (
        "Ministers of the Paris and Tokyo Memoranda met for their Third Joint Ministerial Conference in Vancouver, Canada, on 3 and 4 May 2017.",
        "#3 Vancouver CA 2017-05-03..2017-05-04",
    ),
]


@pytest.mark.parametrize(("text", "stated"), ROWS)
def test_a_counted_meeting_of_a_body_without_a_name_is_its_plenary(text: str, stated: str) -> None:
    assert said_by("plenary", text, BODY) == stated


def test_a_body_with_a_name_has_its_own_word_for_its_plenary() -> None:
    named = profile_of("oceanpact", "Ocean Pact")
    assert said_by("plenary", ROWS[0][0], named) == ""


def test_a_city_that_is_short_for_the_regime_is_no_place_of_its_plenary() -> None:
    assert said("plenary", "The chair of the Plenary of Wassenaar for 2024 spoke to students.", "wa") == ""
