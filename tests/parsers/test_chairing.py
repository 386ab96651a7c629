"""Who presides, opens and hands over: sentences of many regimes, and the persons and offices that they are made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from parsers.annotate import Kind, languages_of, with_people
from parsers.annotate.people import find_persons
from parsers.parse import parse
from parsers.regime import RegimeProfile
from tests.builders.pages import MTCR, REGIMES, a_page
from tests.builders.said import INVENTED, short_form

TSC = RegimeProfile("tsc", "Tallinn Sensor Compact", ("Tallinn Sensor Compact", "TSC"), ("Signatory States",))
RGP = RegimeProfile("rgp", "Reykjavik Group on Propellants", ("Reykjavik Group on Propellants", "RGP"), ("members",))
KNOWN = REGIMES | {profile.id: profile for profile in (TSC, RGP, INVENTED)}
ROWS = YAML(typ="safe").load((Path(__file__).parent / "relations" / "chairing.yaml").read_text("utf-8"))
_SHOWN = (Kind.PERSON, Kind.CHAIR, Kind.PRESIDENT, Kind.OTHER, Kind.SUBGROUP)


@pytest.mark.parametrize("row", ROWS, ids=[str(i) for i in range(len(ROWS))])
def test_a_sentence_states_these_officers(row: list[str]) -> None:
    text, stated, regime = row if len(row) == 3 else (*row, "mtcr")
    record = parse(text.replace("\n", "\n\n").encode(), regime=KNOWN[regime]).record
    assert sorted(short_form("officers", record)) == sorted(filter(None, stated.split("; "))), text


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("The outgoing Finnish Chair spoke.", [("chair", "The outgoing Finnish Chair")]),
        ("The Chair of the Working Group spoke.", [("other", "The Chair of the Working Group")]),
        ("Norway will chair the Regime.", []),
        ("Norway was the MTCR Chair for 2031-2032.", [("chair", "the MTCR Chair for 2031-2032")]),
        ("The President of Senegal spoke.", []),
        ("The President of the MTCR spoke.", [("chair", "The President of the MTCR")]),
        ("She was elected President.", [("president", "President")]),
        ("The Chair's secretary spoke.", []),
        ("Under Peru's chairmanship it grew.", [("chair", "Peru's chairmanship")]),
        (
            "It was opened by Mr Ole Dahl, and Ms Eva Lund was thanked.",
            [("person", "Mr Ole Dahl"), ("person", "Ms Eva Lund")],
        ),
        ("Mr Ole Dahl and Ms Eva Lund opened it.", [("person", "Mr Ole Dahl and Ms Eva Lund")]),
        (
            "On behalf of Minister Ole Dahl, Ambassador Eva Lund spoke.",
            [("person", "Minister Ole Dahl"), ("person", "Ambassador Eva Lund")],
        ),
    ],
)
def test_a_sentence_names_these_persons_and_offices(text: str, items: list[tuple[str, str]]) -> None:
    page = a_page(text, regime=MTCR)
    (sentence,) = page.sentences
    named = with_people(text, page.mentions_in(sentence), MTCR, languages_of(text), None)
    assert [(i.kind.value, text[i.start : i.end]) for i in named if i.kind in _SHOWN] == items


def test_an_office_tells_its_state_its_year_and_that_it_is_to_end() -> None:
    text = "The outgoing Finnish Chair for 2031 spoke."
    (office,) = (i for i in with_people(text, (), MTCR, ("en",), None) if i.kind is Kind.CHAIR)
    assert [name.code for name in office.names] == ["FI"]
    assert office.traits == {"outgoing", "2031", "state"}


def test_an_honour_before_a_name_is_no_part_of_the_office_that_stands_before_it() -> None:
    text = "It was opened by the President of the Swiss Confederation, H.E. Doris Keller, at noon."
    (person,) = find_persons(text)
    assert (person.name, person.title) == ("Doris Keller", "President of the Swiss Confederation")
