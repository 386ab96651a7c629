"""The regime's meetings beside the plenary: by abbreviation, by name, by both; other bodies are none."""

import pytest

from parsers.fields import meetings
from tests.builders.pages import NSG, a_page, quotes


def named(*lines: str) -> list[str | None]:
    return [found.value.abbreviation for found in meetings.read(a_page(*lines))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Licensing and Enforcement Experts Meeting (LEEM) met on Monday.", ["LEEM"]),
        ("The Licensing and Enforcement Expert Meeting (LEEM), the Information Exchange Meeting (IEM) and the "
         "Technical Expert Meeting (TEM) were thanked.", ["LEEM", "IEM", "TEM"]),
        ("A joint IEM-LEEM-TEM session was held.", ["IEM", "LEEM", "TEM"]),
        ("The Information Exchange Meeting looked at trends.", ["IEM"]),
        ("An intersessional TEM is planned.", ["TEM"]),
        ("He chairs the Consultative Group.", ["CG"]),
        ("The Experts Group for Licensing and Enforcement has a new chair.", ["LEEM"]),
        ("The General Working Group and the Experts Group met in spring.", ["GWG", "EG"]),
        ("The GWG looked at ten applications.", ["GWG"]),
        ("The Licensing and Enforcement Officers Meeting (LEOM) was held in June.", ["LEOM"]),
        ("The Meeting of Technical Experts prepared the changes.", ["TEM"]),
        ("The Dedicated Meeting of Technical Experts (DMTE) ended its review.", ["DMTE"]),
        ("The Space Launch Experts Group (SLEG) was set up.", ["SLEG"]),
        ("The meeting of the Enforcement Experts was useful.", ["LEEM"]),
        ("The Reinforced Point of Contact meeting (RPOC) took place in Paris.", ["RPOC"]),
        ("A Licensing and Enforcement Experts' Meeting (LEEM) and again the LEEM were named.", ["LEEM"]),
        ("The Nuclear Suppliers Group (NSG) and the Australia Group (AG) are other regimes.", []),
        ("The Group of Seven (G7) founded it.", []),
        ("The Plenary Meeting was held in Oslo; a system and an item were discussed.", []),
        ("CG is also short for computer graphics.", []),
        ("Heads of Delegation had an informal meeting.", []),
    ],
)  # fmt: skip
def test_meetings_by_name_and_abbreviation(sentence: str, expected: list[str]) -> None:
    assert named(sentence) == expected


def test_the_regime_itself_is_no_meeting_of_its_own() -> None:
    assert meetings.read(a_page("The Nuclear Suppliers Group (NSG) met.", regime=NSG)) == []


def test_a_meeting_named_twice_stands_once_with_both_spans() -> None:
    page = a_page("The Technical Experts Meeting (TEM) met.", "The TEM proposed changes.")
    (found,) = meetings.read(page)
    assert found.value.name == "Technical Experts Meeting"
    assert quotes(page, found) == ["Technical Experts Meeting (TEM)", "TEM"]


def test_an_abbreviation_alone_takes_the_tables_name() -> None:
    (found,) = meetings.read(a_page("The LEEM met in May."))
    assert found.value.name == "Licensing and Enforcement Experts Meeting"
