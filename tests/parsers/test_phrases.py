"""The letters a phrase cannot do without are really needed: no match is lost by looking for them first."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.phrases import Phrases, lowered, lowered_pattern, needed
from parsers.tables import yaml_table

ALL = [
    p for kind in ("concern", "near", "weapons", "not_concern", "history") for p in yaml_table("concerns.yaml")[kind]
]
ALL += [p for phrases in yaml_table("topics.yaml").values() for p in phrases]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("brokers?", ("broker",)),
        ("trans-?shipment", ("shipment",)),
        ("UAVs?|drones?", ("uav", "drone")),
        (r"\b(?:in|since) 19[4-8]\d", (" 19",)),
        (r"\w+", ("",)),
        ("(?:chemical|biological) (?:weapons?|agents?)", ("biological", "chemical")),
    ],
)
def test_the_letters_a_phrase_needs(pattern: str, expected: tuple[str, ...]) -> None:
    assert sorted(needed(lowered_pattern(pattern))) == sorted(expected)


@given(pattern=st.sampled_from(ALL), data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_match_holds_one_of_them(pattern: str, data: st.DataObject) -> None:
    low = lowered_pattern(pattern)
    text = data.draw(st.from_regex(re.compile(re.sub(r"\(\?[=!<][^()]*(?:\([^()]*\)[^()]*)*\)", "", low), re.ASCII)))
    match = re.search(low, text)
    if match:
        assert any(word in text for word in needed(low))


@given(st.text())
def test_lowering_keeps_every_character_in_its_place(text: str) -> None:
    assert len(lowered(text)) == len(text)


def test_phrases_on_a_text_find_what_all_phrases_find() -> None:
    phrases = Phrases(["concern(?:s|ed)?", "worr[yi]\\w*", "UNSCR \\d+"])
    text = lowered("Concerned states worried about UNSCR 1540.")
    assert [m.group() for m in phrases.on(text).matches(text)] == ["concerned", "worried", "unscr 1540"]
    assert not phrases.on("nothing of the kind")
