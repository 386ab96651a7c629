"""A decision is a sentence that says something was done to one of the regime's documents."""

import pytest

from parsers.fields import decisions
from tests.builders.pages import a_page


@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("Partners agreed on changes to the Equipment, Software and Technology Annex.", "annex"),
        ("A revised Annex was approved.", "annex"),
        ("The Annex was amended in two places.", "annex"),
        ("The experts were thanked for the decision adopted on amendments to the Technology Annex.", "annex"),
        ("The Plenary adopted 28 amendments to the Control Lists.", "control_list"),
        ("The lists were amended.", "control_list"),
        ("Participants agreed to add two precursors to the control list.", "control_list"),
        ("The Trigger List was updated.", "control_list"),
        ("The Munitions List was revised, and controls on sensors relaxed.", "control_list"),
        ("The Guidelines were changed to cover brokering services.", "guidelines"),
        ("Partners approved a new paragraph of the Guidelines.", "guidelines"),
        ("The Plenary adopted Best Practices for the Export of Small Arms.", "other"),
        ("The Plenary adopted the following Joint Action against terrorism.", "other"),
    ],
)
def test_a_decision_and_what_it_is_about(sentence: str, about: str) -> None:
    (found,) = decisions.read(a_page("The Plenary met in Oslo.", sentence))
    assert (found.value.about, found.value.text) == (about, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Israel will adhere to the Guidelines.",
        "The Guidelines and the list constitute a standard.",
        "The Annex is a list of equipment.",
        "Membership was discussed.",
        "No changes to the Annex were agreed.",
        "Exports are licensed in accordance with the Guidelines adopted long ago.",
        "The mailing list of the website was used.",
    ],
)
def test_no_decision(sentence: str) -> None:
    assert decisions.read(a_page("The Plenary met in Oslo.", sentence)) == []
