"""Statements in Arabic, which the Australia Group publishes: the rows of ``arabic.yaml``, and how its words are compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from parsers.arabic import bare, is_prefixed
from parsers.country_mentions import find_countries
from parsers.number_words import number_words
from tests.builders.said import said

ROWS = YAML(typ="base").load(Path(__file__).with_name("arabic.yaml"))


@pytest.mark.parametrize(
    ("regime", "field", "text", "stated"), ROWS, ids=[f"{r[0]}-{r[1]}-{i}" for i, r in enumerate(ROWS)]
)
def test_a_sentence_in_arabic_states_this_and_nothing_else(regime: str, field: str, text: str, stated: str) -> None:
    assert said(field, text, regime) == stated


@pytest.mark.parametrize(
    ("word", "of", "same"),
    [
        ("مجموعة", "مجموعة", False), ("لمجموعة", "مجموعة", True), ("والمجموعة", "المجموعة", True), ("للمجموعة", "المجموعة", True),
        ("وللمجموعة", "المجموعة", True), ("ومجموعة", "المجموعة", False), ("جماعة", "مجموعة", False),
    ],
)  # fmt: skip
def test_a_word_is_known_behind_what_is_written_onto_it(word: str, of: str, same: bool) -> None:
    assert is_prefixed(word, of) is same


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("والهند", [("الهند", "IN")]), ("للهند وسوريا", [("هند", "IN"), ("سوريا", "SY")]), ("في مصر وقطر", [("مصر", "EG"), ("قطر", "QA")]),
        ("والمملكة المتحدة والولايات المتحدة الأمريكية", [("المملكة المتحدة", "GB"), ("الولايات المتحدة الأمريكية", "US")]),
        ("جمهورية كوريا الشعبية الديمقراطية", [("جمهورية كوريا الشعبية الديمقراطية", "KP")]), ("وافق على ذلك", []),
    ],
)  # fmt: skip
def test_a_state_is_named_without_what_is_written_onto_it(text: str, names: list[tuple[str, str]]) -> None:
    assert [(m.name, m.code) for m in find_countries(text)] == names


def test_vowel_signs_and_arabic_marks_and_digits_are_no_letters_of_their_own() -> None:
    assert bare("عضوًا جديدًا، ٢٠١٣؛ المجمـوعة؟") == "عضوا جديدا, 2013; المجموعة?"
    assert bare("résumé") == "résumé"


@pytest.mark.parametrize(
    ("words", "value"),
    [("الاول", 1), ("العاشرة", 10), ("الحادي عشر", 11), ("التاسعة عشرة", 19), ("العشرين", 20), ("الحاديه والعشرون", 0), ("الخامس والعشرين", 25), ("الثانيه والثلاثون", 0)],
)  # fmt: skip
def test_ordinals_are_composed_units_first(words: str, value: int) -> None:
    assert number_words().get(words, (0, True)) == (value, True)
