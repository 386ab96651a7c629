"""The traps of meaning in one page each: what a reader that only looks for words takes wrongly."""

from __future__ import annotations

import pytest

from parsers.parse import parse
from tests.builders.pages import MTCR
from tests.builders.said import said

FIVE = "Argentina, Australia, Belgium, Brazil and Canada"


def rows(row: str, *cases: tuple[str, str, dict[str, str]]) -> list[object]:
    """The cases of one row of the catalogue: regime, text, and what each field states of it."""
    return [pytest.param(*case, marks=pytest.mark.fault(row), id=f"{row}-{n}") for n, case in enumerate(cases, 1)]


@pytest.mark.parametrize(
    ("regime", "text", "states"),
    [
        *rows(
            "G1",
            ("mtcr", f"The Regime has 6 Partners: {FIVE}.",
             {"member_count": "6", "members": "AR; AU; BE; BR; CA", "inconsistencies": "count_mismatch"}),
            ("mtcr", f"The Regime has 5 Partners: {FIVE}.", {"member_count": "5", "inconsistencies": ""}),
        ),
        *rows(
            "G2",
            ("mtcr", "The MTCR, with its thirty-four Partners, held its Plenary in Oslo.", {"member_count": "34"}),
            ("nsg", "The forty-two Participating Governments of the NSG and the European Union met in Oslo.",
             {"member_count": "42"}),
        ),
        *rows("G3", ("nsg", "The NSG, with its 46 Participating Governments[1], met in Seoul.", {"member_count": "46"})),
        *rows(
            "G4",
            ("ag", "The participants of the Australia Group are:\nArgentina*\nAustralia\nAustria (1)\nBelgium†\n"
             "Bulgaria**\nCanada\n* Took part from 1993", {"members": "AR; AU; AT; BE; BG; CA"}),
        ),
        *rows(
            "G5",
            ("ag", "For the first time Croatia and Malta took part in the plenary of the Australia Group.",
             {"membership_decisions": "first_attendance HR MT", "members": ""}),
        ),
        *rows(
            "G6", ("mtcr", "The Plenary invited Croatia to become a Partner.",
                   {"membership_decisions": "invited HR", "members": ""}),
        ),
        *rows(
            "G7", ("ag", "Kazakhstan adheres to the guidelines of the Australia Group as an adherent country.",
                   {"adherents": "KZ", "members": ""}),
        ),
        *rows(
            "G8", ("nsg", "Namibia and the Chair of the Zangger Committee took part as observers.",
                   {"observers": "Chair of the Zangger Committee; NA", "members": ""}),
        ),
        *rows(
            "G9", ("ag", "The participants of the Australia Group are: Argentina, Australia, Austria, Belgium, Bulgaria,"
                   " Canada and the European Union.",
                   {"members": "AR; AU; AT; BE; BG; CA", "observers": "European Union", "inconsistencies": ""}),
        ),
        *rows("G10", ("mtcr", "Ambassador Kari Holm of Norway chaired the meeting.", {"officers": "chair Kari Holm (NO)"})),
        *rows(
            "G11",
            ("mtcr", f"The Partners of the MTCR are: {FIVE} and South Korea.", {"members": "AR; AU; BE; BR; CA; KR"}),
            ("mtcr", f"The Partners of the MTCR are: {FIVE} and the Republic of Korea.",
             {"members": "AR; AU; BE; BR; CA; KR"}),
        ),
        *rows(
            "G12",
            ("ag", "The participants of the Australia Group are: Czech Republic, Turkey, Macedonia, Swaziland and Canada.",
             {"members": "CZ; TR; MK; SZ; CA"}),
            ("ag", "The participants of the Australia Group are: Czechia, Türkiye, North Macedonia, Eswatini and Canada.",
             {"members": "CZ; TR; MK; SZ; CA"}),
        ),
        *rows(
            "G13",
            ("zc", "The members of the Zangger Committee are: Australia, Czechoslovakia, the German Democratic Republic,"
             " the Federal Republic of Germany, the USSR and Canada.", {"members": "AU; CSHH; DDDE; DE; SUHH; CA"}),
        ),
        *rows(
            "G14",
            ("nsg", "An outreach visit was made to Georgia and Armenia. A seminar took place in Atlanta, Georgia.",
             {"outreach": "GE AM"}),
            ("nsg", "A seminar took place in Atlanta, Georgia.", {"outreach": ""}),
        ),
        *rows(
            "G15",
            ("hcoc", "The Subscribing States are: Congo, Democratic Republic of the Congo, Guinea, Guinea-Bissau,"
             " Equatorial Guinea, Papua New Guinea, Niger, Nigeria, Republic of Korea and Dominica.",
             {"members": "CG; CD; GN; GW; GQ; PG; NE; NG; KR; DM", "inconsistencies": ""}),
            ("hcoc", "The Subscribing States are: Chad, Congo, Cuba, Niger, Togo and Dominica.",
             {"members": "TD; CG; CU; NE; TG; DM", "inconsistencies": ""}),
            ("hcoc", "The Subscribing States are:\nChad\nCongo\nDemocratic Republic of the Congo\nGuinea\nNiger\nTogo",
             {"members": "TD; CG; CD; GN; NE; TG"}),
            ("hcoc", "The Subscribing States are: Chad, Congo (Brazzaville), Niger, Guinea and Togo.",
             {"members": "TD; CG; NE; GN; TG"}),
            ("hcoc", "The Subscribing States are: Bahamas, The, Korea, Republic of, Micronesia, Federated States of, Niger"
             " and Moldova, Republic of.", {"members": "BS; KR; FM; NE; MD"}),
        ),
        *rows(
            "G16",
            ("mtcr", "The Chair made outreach visits to China, to Hong Kong, China, and to Singapore.",
             {"outreach": "chair CN HK SG"}),
            ("mtcr", "The Chair made outreach visits to Taiwan and Singapore.", {"outreach": "chair TW SG"}),
        ),
        *rows(
            "G17",
            ("ag", "The 33nd Plenary of the Australia Group took place in Paris.\nThe participants are: Argentina,"
             " Australia, Austria, Belgium, Netherland and Canada.",
             {"plenary": "#33 Paris FR", "members": "AR; AU; AT; BE; NL; CA"}),
        ),
        *rows(
            "G18",
            ("wa", "On 7 December 2017 the Plenary of the Wassenaar Arrangement decided to admit India as its forty-second"
             " Participating State, with effect from 8 December 2017.",
             {"membership_decisions": "admitted IN on 2017-12-07 from 2017-12-08"}),
        ),
        *rows(
            "G19",
            ("mtcr", "The MTCR held its Plenary in Sochi from 8 – 10 October 2021.",
             {"plenary": "Sochi RU 2021-10-08..2021-10-10"}),
            ("mtcr", "The MTCR held its Plenary in Sochi, 8–10 October 2021.",
             {"plenary": "Sochi RU 2021-10-08..2021-10-10"}),
        ),
        *rows(
            "G20",
            ("mtcr", "The MTCR held its Plenary in Oslo from 29 September to 3 October 2003.",
             {"plenary": "Oslo NO 2003-09-29..2003-10-03"}),
            ("mtcr", "The MTCR held its Plenary in Oslo from 30 December 2003 to 2 January 2004.",
             {"plenary": "Oslo NO 2003-12-30..2004-01-02"}),
        ),
        *rows(
            "G21",
            ("mtcr", "They recalled UNSCR 1540, Resolution 1673 (2006) of the Security Council, UN Security Council"
             " resolutions 1718 and 1874, and S/RES/2231.",
             {"resolutions": "1540 2004; 1673 2006; 1718 2006; 1874 2009; 2231 2015"}),
        ),
        *rows(
            "G23",
            ("nsg", "The conference adopted resolution 12 on its budget. General Assembly resolution 1378 (XIV) was noted.",
             {"resolutions": ""}),
        ),
    ],
)  # fmt: skip
def test_a_trap_is_read_as_a_person_reads_it(regime: str, text: str, states: dict[str, str]) -> None:
    assert {field: said(field, text, regime) for field in states} == states


@pytest.mark.fault("G25")
@pytest.mark.parametrize("address", ["https://mtcr.example/fr/plenary", "https://mtcr.example/plenary?lang=de"])
def test_the_language_is_that_of_the_text_whatever_the_address_says(address: str) -> None:
    text = (
        "The Missile Technology Control Regime held its 20th Plenary in Seoul from 4 to 8 October 2004. The Partners"
        " welcomed the adoption of resolution 1540 of the Security Council and invited all states to apply the guidelines."
    )
    record = parse(text.encode(), regime=MTCR, url=address).record
    assert record.language == "en"
    assert record.plenary is not None
    assert (record.plenary.ordinal, record.plenary.city) == (20, "Seoul")
