"""Concern is what the speaker worries about: not who speaks, where, what is praised, helped, or long past."""

import pytest

from parsers.fields import concerns
from tests.builders.pages import a_page, quotes


def concerned_about(*lines: str) -> list[str]:
    """Codes and regions, as read."""
    return [found.value.country or found.value.region or "" for found in concerns.read(a_page(*lines))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Partners voiced deep concern about the missile programmes of Iran and the DPRK.", ["IR", "KP"]),
        ("Participants remain gravely concerned by Syria's stocks of nerve agents.", ["SY"]),
        ("The Plenary condemned the launch carried out by North Korea in February.", ["KP"]),
        ("Concerns were shared over nuclear work in the Democratic People's Republic of Korea (DPRK) and in Iran.", ["KP", "IR"]),
        ("Japan and Australia expressed concern over North Korea's tests.", ["KP"]),
        ("Iran's ballistic missile programme remains a serious concern.", ["IR"]),
        ("Syria is still a state of proliferation concern.", ["SY"]),
        ("The group deplores the repeated use of chemical weapons in Syria.", ["SY"]),
        ("Participating Governments reaffirmed the Security Council resolutions on the DPRK.", ["KP"]),
        ("The threat posed by North Korea was looked at.", ["KP"]),
        ("The Plenary called upon the DPRK to abandon all its nuclear weapons.", ["KP"]),
        ("Russia's war of aggression against Ukraine was condemned by many delegations.", ["RU"]),
        ("North Korea carried out a nuclear test in September, the minister recalled.", ["KP"]),
        ("The Iranian missile launches run counter to the Code and were a matter of worry.", ["IR"]),
        ("Transfers of missile parts to Iran were a cause of concern, as were illicit transfers to Syria.", ["IR", "SY"]),
        ("Les participants ont exprimé leur préoccupation au sujet de l'Iran et de la Syrie.", ["IR", "SY"]),
        ("Los participantes expresaron su preocupación por Irán.", ["IR"]),
        ("Die Teilnehmer äußerten sich besorgt über Iran und Nordkorea.", ["IR", "KP"]),
        ("Concerns about missile work in the Middle East, Northeast Asia and South Asia were exchanged.",
         ["Middle East", "Northeast Asia", "South Asia"]),
        ("Partners again stated their concern over tests in South and East Asia.", ["South Asia", "East Asia"]),
        ("The situation on the Korean Peninsula remains of great concern.", ["Korean Peninsula"]),
        ("They discussed concerns about activities worldwide, including those of Iran.", ["IR"]),
        ("Worry was voiced about arms flows to Angola.", ["AO"]),
        ("They condemned the attack in Leeds, United Kingdom, and Syria's use of chlorine.", ["SY"]),
        ("Concern was voiced over the attack in Leeds, and over Russia's use of such agents.", ["RU"]),
        ("Attacks in Malaysia and the United Kingdom by the DPRK and Russia were condemned.", ["KP", "RU"]),
        ("They condemned the chemical attacks in Syria.", ["SY"]),
        ("Ils ont condamné l'agression de la Russie contre l'Ukraine.", ["RU"]),
        ("Condenaron la agresión de Rusia contra Ucrania.", ["RU"]),
        ("Sie verurteilten den Angriffskrieg Russlands gegen die Ukraine.", ["RU"]),
        ("The DPRK's withdrawal was regretted, and its missile tests were denounced.", ["KP"]),
        ("Any supply of missile technology to Iran must be met with vigilance.", []),
        ("Participants urged Syria to comply with the Chemical Weapons Convention.", ["SY"]),
    ],
)  # fmt: skip
def test_what_is_worded_as_concern_is_one(sentence: str, expected: list[str]) -> None:
    assert concerned_about(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Iran and North Korea were discussed.",
        "The group was formed in 1985 after Iraq had used chemical weapons in the Iran-Iraq War.",
        "Libya's exemplary decision to renounce its weapons programmes was praised.",
        "Partners welcomed India and thanked the Republic of Korea for its hospitality.",
        "The Plenary met in Oslo, Norway, to discuss missile proliferation.",
        "Partners visited Oman and Chile and found great interest in export controls.",
        "Sympathy was expressed for the people of Japan after the earthquake.",
        "China was encouraged to improve its export controls on missiles.",
        "Partners were pleased with China's readiness to talk about missile export controls.",
        "Mexico and Serbia took part in their first Plenary.",
        "There is no longer any concern about Libya.",
        "Concerns about South Africa were resolved long ago.",
        "The next meeting will be held in Switzerland; the threat of proliferation remains.",
        "Ambassador Dell Higgie of New Zealand chaired the meeting, which condemned proliferation.",
        "The concerned governments, France and Germany among them, will report.",
        "The lists were amended in the light of the Iraqi programme.",
        "The missile threat grows, said the Foreign Minister of Poland.",
        "The resolution 2231 on Iran was supported.",
        "Kazakhstan adheres to the Guidelines of other regimes.",
        "The Regime has these members: Argentina, Australia, Austria, Belgium, Brazil, Bulgaria, Canada, Denmark and Iceland.",
    ],
)
def test_what_is_not_worded_as_concern_is_none(sentence: str) -> None:
    assert concerned_about(sentence) == []


def test_a_victim_is_no_concern() -> None:
    assert concerned_about("Russia's invasion of Ukraine is condemned.") == ["RU"]


def test_a_list_that_a_sentence_of_concern_announces_is_of_concern() -> None:
    lines = "Concerns were shared about the programmes of:\n\n  • Iran\n  • the DPRK\n\nThe meeting thanked France."
    assert concerned_about(lines) == ["IR", "KP"]


def test_a_state_named_twice_is_one_concern_with_both_spans() -> None:
    page = a_page("Concern was voiced about Iran.", "Iran's missile tests remain a challenge.")
    (found,) = concerns.read(page)
    assert quotes(page, found) == ["Iran", "Iran"]


def test_states_stand_before_regions() -> None:
    assert concerned_about("Concern about missiles in South Asia and the Middle East, including Iran, was stated.") == [
        "IR",
        "South Asia",
        "Middle East",
    ]
