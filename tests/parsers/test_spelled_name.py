"""A body that nobody declared is known by the name that its page spells out before its abbreviation."""

from __future__ import annotations

import pytest

from parsers.parse import parse
from parsers.regime import RegimeProfile
from parsers.spelled_name import with_spelled_names
from sources.profile import profile_of
from tests.builders.pages import a_page


@pytest.mark.parametrize(
    ("regime", "text", "names"),
    [
        ("nsf", "Members of the Northern Seas Forum (NSF) met.", ("Northern Seas Forum", "NSF")),
        (
            "lpg",
            "The Lagos/Praia Group on Fair Tariffs (LPG, founded in 1999)",
            ("Lagos/Praia Group on Fair Tariffs", "LPG"),
        ),
        (
            "oppm",
            "the Organisation for the Protection of Polar Mammals (OPPM)",
            ("Organisation for the Protection of Polar Mammals", "OPPM"),
        ),
        ("waaml", "West Africa Anti-Money Laundering (WAAML)", ("West Africa Anti-Money Laundering", "WAAML")),
        ("cdm", "le Conseil de la mer (CDM) siège à Brest", ("Conseil de la mer", "CDM")),
        ("nsf", "new seats were filled (NSF)", ("NSF",)),
        ("nsf", "Norway. Sweden and Finland (NSF)", ("NSF",)),
        ("nsf", "the Northern Seas Forum (NSFX)", ("NSF",)),
        ("nsf", "the Arctic Waters Board (NSF)", ("NSF",)),
    ],
)
def test_a_page_spells_out_these_names(regime: str, text: str, names: tuple[str, ...]) -> None:
    assert with_spelled_names(a_page(text).document, profile_of(regime)).names == names


def test_a_declared_body_keeps_its_names() -> None:
    declared = RegimeProfile("nsf", "Northern Seas Foundation", ("Northern Seas Foundation",))
    assert with_spelled_names(a_page("the Northern Seas Forum (NSF)").document, declared) is declared


def test_the_body_is_known_by_that_name_and_its_last_word_on_the_whole_page() -> None:
    text = (
        "The Northern Seas Forum (NSF) closed on Friday.\n\nNorway assumed the chair of the Northern Seas Forum.\n\n"
        "The Forum has 12 members."
    )
    record = parse(text.encode(), regime=profile_of("nsf")).record
    assert [(o.role.value, o.country) for o in record.officers] == [("chair", "NO")]
    assert record.member_count == 12
