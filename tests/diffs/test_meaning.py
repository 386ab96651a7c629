"""What a redline means."""

from __future__ import annotations

import pytest

from diffs.facts import Meaning, say_wording
from diffs.meaning import wording_facts
from diffs.redline import redline_texts

M = Meaning
BASE = (
    "The partners {} all states to apply the guidelines of the regime, as the chair reported from his visits in spring."
)


def facts(before: str, after: str) -> list[tuple[Meaning, str | None, str | None]]:
    return [(f.kind, f.before, f.after) for f in wording_facts(redline_texts([before], [after]))]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("urge", "call on", M.STRENGTHENED),
        ("call upon", "urge", M.SOFTENED),
        ("urged", "encouraged", M.SOFTENED),
        ("invited", "requested", M.STRENGTHENED),
        ("called on", "invited", M.SOFTENED),
    ],
)
def test_an_obligation_is_stronger_or_weaker_by_the_ordered_vocabulary(before: str, after: str, kind: Meaning) -> None:
    assert facts(BASE.format(before), BASE.format(after)) == [(kind, before, after)]


@pytest.mark.parametrize(
    ("before", "after", "kind"), [("should", "must", M.STRENGTHENED), ("shall", "may", M.SOFTENED)]
)
def test_so_is_a_modal(before: str, after: str, kind: Meaning) -> None:
    sentence = "Exporters {} ask for a licence before they ship any item of the annex to an end user abroad."
    assert facts(sentence.format(before), sentence.format(after)) == [(kind, before, after)]


def test_another_word_of_the_same_step_is_neither() -> None:
    assert facts(BASE.format("called on"), BASE.format("requested")) == []


@pytest.mark.parametrize(("before", "after"), [("34", "35"), ("thirty-four", "thirty-five"), ("thirty-four", "35")])
def test_a_number_that_changed_is_told_with_both(before: str, after: str) -> None:
    sentence = "The regime has {} partners, who met in good spirit and reviewed the work of the year behind them."
    assert facts(sentence.format(before), sentence.format(after)) == [(M.NUMBER, before, after)]


def test_the_same_number_in_other_letters_is_no_change() -> None:
    sentence = "The regime has {} partners, who met in good spirit and reviewed the work of the year behind them."
    assert facts(sentence.format("34"), sentence.format("thirty-four")) == []


@pytest.mark.parametrize(
    ("before", "after"), [("9-13 November 2009", "11-15 April 2011"), ("S/RES/1718 (2006)", "S/RES/1929 (2010)")]
)
def test_days_and_resolutions_are_no_counts(before: str, after: str) -> None:
    sentence = "At their meeting the partners spoke about {} at some length and agreed to come back to it later."
    assert facts(sentence.format(before), sentence.format(after)) == []


def test_a_state_that_is_named_and_one_that_is_no_longer() -> None:
    sentence = "They shared their concern about missile programmes in {} and agreed to keep watch on transfers to it."
    assert facts(sentence.format("Iran"), sentence.format("Syria")) == [
        (M.NAMED, None, "SY"),
        (M.NOT_NAMED, "IR", None),
    ]


def test_a_text_that_stayed_means_nothing_new() -> None:
    assert wording_facts(redline_texts([BASE, "One more."], ["One more.", BASE])) == ()


def test_each_fact_is_a_sentence_that_names_its_paragraph() -> None:
    script = redline_texts(["Opening.", BASE.format("urge")], ["Opening.", BASE.format("call on")])
    (fact,) = wording_facts(script)
    assert say_wording(fact) == "In paragraph 2 the obligation became stronger: “urge” is now “call on”."
    assert fact.steps == ("urges", "calls upon")
