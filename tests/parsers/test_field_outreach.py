"""Outreach names the states it goes to and who does it; who chairs, hosts or speaks is not gone to."""

import pytest

from parsers.fields import outreach
from tests.builders.pages import a_page, quotes

Told = list[tuple[str | None, list[str]]]


def told(*lines: str) -> Told:
    return [(f.value.by, list(f.value.countries)) for f in outreach.read(a_page(*lines))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The outgoing MTCR Chair (Brazil) held outreach talks with Belarus, China, India, Kazakhstan, and Thailand.",
         [("outgoing_chair", ["BY", "CN", "IN", "KZ", "TH"])]),
        ("The incoming Chair intends outreach to Malaysia and Singapore.", [("incoming_chair", ["MY", "SG"])]),
        ("The Chair led an outreach visit to Malaysia in May.", [("chair", ["MY"])]),
        ("An MTCR outreach mission visited Chile and Peru.", [("regime", ["CL", "PE"])]),
        ("Partners reported on outreach to the United Arab Emirates.", [("partners", ["AE"])]),
        ("Outreach activities included visits to Israel, Pakistan and India.", [(None, ["IL", "PK", "IN"])]),
        ("An outreach mission led by the Chair went to Oman.", [("chair", ["OM"])]),
        ("The MTCR Chair visited Tripoli, and briefed officials of Libya.", [("chair", ["LY"])]),
        ("The Chair of the NSG, Ambassador Laggner of Switzerland, continued outreach with Israel and Pakistan.",
         [("chair", ["IL", "PK"])]),
        ("China, Israel and Singapore received outreach visits from the Chair.", [("chair", ["CN", "IL", "SG"])]),
    ],
)  # fmt: skip
def test_outreach_with_who_and_where(sentence: str, expected: Told) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Outreach goes on to a number of States that are not members.",
        "The incoming Chair (Argentina) intends to do further outreach, also to more countries.",
        "The Minister of Norway visited Sweden last week.",
        "Partners thanked Italy for hosting the Plenary.",
        "The outreach programme was agreed at the Plenary in Oslo, Norway.",
        "The Regime has the members Argentina, Australia and Austria.",
    ],
)
def test_no_outreach_to_a_named_state(sentence: str) -> None:
    assert told(sentence) == []


def test_an_outreach_told_in_title_and_text_is_one() -> None:
    page = a_page(
        "Report by the MTCR Chair: outreach mission to Oman", "The outreach went on with a visit to Oman in March."
    )
    (found,) = outreach.read(page)
    assert (found.value.by, found.value.countries) == ("chair", ("OM",))
    assert quotes(page, found) == ["Oman", "Oman"]


_MANY = "Belgium, France, Germany, Hungary, Iceland, Italy, Japan, Norway, " * 100


@pytest.mark.parametrize(
    "sentence",
    [
        f"Chile, {_MANY}and Peru were visited by the Chair for outreach.",
        f"Chile, {_MANY}and Peru have been briefed by the Chair in outreach.",
        f"Outside the Regime, Chile, {_MANY}and Peru received outreach visits from the Chair.",
        f"Chile, {_MANY}and the Philippines hosted outreach missions of the Chair.",
        f"Chile, {_MANY}and Peru (since 2004) were visited by the Chair for outreach.",
    ],
)
def test_a_state_far_before_its_passive_verb_is_gone_to(sentence: str) -> None:
    ((_, countries),) = told(sentence)
    assert countries[:9] == ["CL", "BE", "FR", "DE", "HU", "IS", "IT", "JP", "NO"]


def test_what_is_told_of_fewer_states_joins_the_first_that_may_be_the_same() -> None:
    assert told(
        "The outgoing Chair did outreach to Oman.",
        "The incoming Chair did outreach to Jordan.",
        "The incoming Chair did outreach to Oman and Jordan.",
        "Outreach to Jordan goes on.",
    ) == [("outgoing_chair", ["OM"]), ("incoming_chair", ["JO", "OM"])]
