"""The letters a phrase cannot do without are really needed: no match is lost by looking for them first."""

import gc
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.lines import Letters, Lines
from parsers.parse import parse
from parsers.phrase_table import words_of
from parsers.phrases import Phrases, letters_of, lowered, lowered_pattern, needed
from parsers.tables import yaml_table
from parsers.vocabulary import plain
from tests.builders.pages import REGIMES

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ALL = [p for phrases in yaml_table("topics.yaml").values() for p in phrases]


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


def test_phrases_on_a_page_find_what_all_phrases_find() -> None:
    phrases = Phrases(["concern(?:s|ed)?", r"\d{4}"], ["worr[yi]\\w*", "UNSCR \\d+"])
    held = phrases.on(Lines(["Nothing of the kind.", "Concerned states worried about UNSCR 1540."]))
    assert [(kind, m.group()) for kind, m in held.matches(1)] == [
        (0, "concerned"),
        (0, "1540"),
        (1, "worried"),
        (1, "unscr 1540"),
    ]
    assert list(held.matches(0)) == []
    assert (held.found_in(1, 1), held.found_in(0, 1)) == (True, False)


@given(texts=st.lists(st.text("abİß \n", max_size=12), max_size=6), run=st.text("abs ", min_size=1, max_size=3))
def test_letters_are_found_in_the_lines_that_hold_them(texts: list[str], run: str) -> None:
    lines = Lines(texts)
    assert len(lines.texts) == len(texts)
    assert Letters([run]).lines(lines) == [i for i, text in enumerate(lines.texts) if run in text]


def test_letters_of_a_phrase_that_needs_none_are_refused() -> None:
    with pytest.raises(ValueError, match="no letters"):
        letters_of([r"\w+"])


@given(
    pattern=st.sampled_from([r"\ba b?", r"(?<!\w)(?:a|ab)(?!\w)", r"\b(?:-a|b)", r"(?<!\w)-?a", r"\ba|b", "a+"]),
    text=st.text("ab -_", max_size=12),
)
def test_a_condition_taken_off_the_front_still_holds(pattern: str, text: str) -> None:
    held = Phrases([pattern], [r"\w|\W"]).on(Lines([text]))
    ours = [match.span() for kind, match in held.matches(0) if kind == 0]
    assert ours == [match.span() for match in re.finditer(pattern, text)]


@given(
    patterns=st.lists(st.sampled_from([r"\bab?", "B+a", "aB|ba", r"(?<!\w)a b", "bb"]), min_size=1, max_size=4),
    text=st.text("aBb ", max_size=14),
)
def test_alternatives_match_as_one_expression_does(patterns: list[str], text: str) -> None:
    found = Phrases(patterns, [r"\w|\W"], as_written=True).on(Lines([text])).joined(0, text)
    joined = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    assert [m.span() for kind, m in found if kind == 0] == [m.span() for m in joined.finditer(text)]


def test_the_flags_and_the_name_of_a_group_are_no_letters_of_it() -> None:
    assert needed(lowered_pattern(r"(?i:those)")) == ("those",)
    assert needed(lowered_pattern(r"(?P<name>abc)")) == ("abc",)


def test_every_phrase_is_an_expression() -> None:
    # An expression is compiled when a page first holds its letters: one that is none must not wait for such a page.
    for case in sorted(EXAMPLES.rglob("*.html"))[:40]:
        parse(case.read_bytes(), regime=REGIMES["mtcr"])
    known = [phrase for held in gc.get_objects() if isinstance(held, Phrases) for phrase in held._phrases]
    assert len(known) > 200
    for phrase in known:
        assert phrase.pattern


def test_a_word_is_looked_up_without_its_marks_whatever_its_script() -> None:
    for code in range(0x80, 0x11000):
        word = f"x{chr(code)}\u0301y"
        if not 0xD800 <= code < 0xE000:
            parted = unicodedata.normalize("NFD", word.casefold())
            assert plain(word) == "".join(c for c in parted if not unicodedata.combining(c)), hex(code)


def test_a_vowel_sign_alone_is_a_word() -> None:
    assert [word.low for word in words_of("د \u0650")] == ["د", "\u0650"]
