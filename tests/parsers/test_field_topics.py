"""Topics come from a declared vocabulary and rest on the words that stand for them."""

import pytest

from parsers.fields import topics
from tests.builders.pages import a_page, quotes


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("They looked at intangible technology, brokering, and transshipment.",
         ["intangible_technology", "brokering", "transit_transshipment"]),
        ("Intangible transfers of technology (ITT) and catch-all controls were discussed.",
         ["intangible_technology", "catch_all"]),
        ("Transit and trans-shipment pose problems.", ["transit_transshipment"]),
        ("Chemical and biological weapons threaten all.", ["chemical_weapons", "biological_weapons"]),
        ("UAVs and cruise missiles spread.", ["cruise_missiles", "unmanned_aerial_vehicles"]),
        ("MANPADS and small arms and light weapons were discussed.", ["manpads", "small_arms"]),
        ("Pre-launch notifications were sent.", ["pre_launch_notification"]),
        ("The courtage was debated.", ["brokering"]),
        ("Outreach to industry and academia goes on.", ["outreach", "industry", "academia"]),
        ("The weather was fine; a droned speech and a transitory mood.", []),
    ],
)  # fmt: skip
def test_topics_of_a_sentence(sentence: str, expected: list[str]) -> None:
    assert [found.value for found in topics.read(a_page(sentence))] == expected


def test_a_topic_named_twice_has_both_spans() -> None:
    page = a_page("Brokering was discussed, and brokers were named.")
    (found,) = topics.read(page)
    assert quotes(page, found) == ["Brokering", "brokers"]
