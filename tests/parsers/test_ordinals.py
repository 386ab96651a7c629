"""Numbers in words, digits and Roman numerals, in the seven languages of the members' pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers import ordinals
from parsers.ordinals import find_numbers, find_ordinals, number_of

ORDINALS = {
    "25th": 25, "twenty-fifth": 25, "twenty fifth": 25, "twenty- fifth": 25, "33nd": 33, "22 nd": 22, "TWENTY-FIRST": 21,
    "XXII": 22, "IX": 9, "XVIII": 18, "vigésima": 20, "vigésimo quinta": 25, "decimoséptima": 17, "trigésimo primero": 31,
    "30-е": 30, "двадцать пятое": 25, "тридцатое": 30, "11-й": 11, "soixante et onzième": 71, "vingt et unième": 21,
    "22ème": 22, "16ª": 16, "21º": 21, "sechzehnte": 16, "fünfundzwanzigste": 25, "achte": 8, "décima sexta": 16,
    "ventiquattresima": 24, "ventitreesimo": 23, "one hundred and first": 101, "tenth": 10,
}  # fmt: skip
CARDINALS = {
    "34": 34, "forty-two": 42, "forty- eight": 48, "achtundvierzig": 48, "one hundred and forty-five": 145,
    "quarante-deux": 42, "quatre-vingt-dix-neuf": 99, "cuarenta y dos": 42, "quarenta e dois": 42,
    "hundertachtunddreißig": 138, "сорока двух": 42, "cent trente-huit": 138, "quarantadue": 42, "fünfunddreißig": 35,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), ORDINALS.items())
def test_an_ordinal_is_read_and_known_for_one(text: str, value: int) -> None:
    found = find_ordinals(text)
    assert [(m.start, m.end, m.value) for m in found] == [(0, len(text), value)]


@pytest.mark.parametrize(("text", "value"), CARDINALS.items())
def test_a_cardinal_is_read_and_is_no_ordinal(text: str, value: int) -> None:
    assert number_of(text) == value
    assert find_ordinals(text) == ()


@pytest.mark.parametrize("text", ["the", "MTCR", "first committee", "", "CIVIL"])
def test_a_word_that_is_no_number_is_none(text: str) -> None:
    assert number_of(text) is None


def test_digits_ask_for_none_of_the_words_that_numbers_are_spelt_with(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> frozenset[str]:
        raise AssertionError("words were asked for")

    monkeypatch.setattr(ordinals, "_signs", asked)
    monkeypatch.setattr(ordinals, "_first_words", asked)
    assert [m.value for m in find_numbers(" 40917; 40918.")] == [40917, 40918]
    with pytest.raises(AssertionError, match="words were asked for"):
        find_numbers("forty thousand nine hundred and seventeen apart")


def test_a_stop_makes_an_ordinal_only_before_a_word() -> None:
    assert find_ordinals("die 8. Sitzung")[0].value == 8
    assert find_ordinals("They were 8.") == ()
    assert find_ordinals("In 2004. The end") == ()


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 199), st.sampled_from(["st", "nd", "rd", "th"]))
def test_digits_with_any_suffix_are_that_ordinal(value: int, suffix: str) -> None:
    assert [m.value for m in find_ordinals(f"the {value}{suffix} Plenary")] == [value]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_spans_lie_in_the_text_whatever_it_is(text: str) -> None:
    for match in find_numbers(text):
        assert 0 <= match.start < match.end <= len(text)
