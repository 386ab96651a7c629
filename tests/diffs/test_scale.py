"""However long two texts are: the work that is done, counted, and what comes of it. Seconds and memory of the large
cases are in benchmarks/redline.py."""

from __future__ import annotations

import random

import pytest

from diffs.assignment import LARGEST_BLOCK, blocks
from diffs.candidates import MOST, candidates
from diffs.likeness import Side, own_weights
from diffs.redline import Op, redline_texts
from diffs.units import units_of_texts
from diffs.weights import Numbers
from tests.builders.edits import STRENGTHS, a_text, edited


def worth_comparing(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    numbers = Numbers()
    left, right = Side(units_of_texts(before), numbers), Side(units_of_texts(after), numbers)
    return candidates(left, right, (range(len(left)), range(len(right))), own_weights(left, right, numbers))


@pytest.mark.fault("L2")
@pytest.mark.parametrize("paragraphs", [100, 400])
def test_each_paragraph_is_compared_with_a_few_however_many_there_are(paragraphs: int) -> None:
    case = edited(1, paragraphs, STRENGTHS[3])
    pairs = worth_comparing(case.before, case.after)
    assert len(pairs) <= MOST * (len(case.before) + len(case.after))
    # All but one or two of the true pairs are among them.
    true = {(i, j) for olds, news in case.groups for i in olds for j in news if len(olds) == len(news) == 1}
    assert len(true - set(pairs)) <= len(true) // 50


@pytest.mark.fault("L2")
def test_paragraphs_that_all_resemble_each_other_are_assigned_in_blocks_of_a_bounded_size() -> None:
    edges = {(a, b): 100 + (a * b) % 7 for a in range(1200) for b in range(a, min(1200, a + 4))}
    found = blocks(edges)
    assert max(len({a for a, _ in block}) + len({b for _, b in block}) for block in found) <= LARGEST_BLOCK
    assert {a for block in found for a, _ in block} == set(range(1200))


@pytest.mark.fault("L3")
@pytest.mark.parametrize("size", [100_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_a_paragraph_of_a_megabyte_shows_the_two_words_that_changed(size: int) -> None:
    rng = random.Random(3)
    words = [f"item{rng.randrange(50_000)}" for _ in range(size // 9)]
    before = " ".join(words)
    assert len(before) > size
    words[5], words[-5] = "alpha", "omega"
    (edit,) = redline_texts([before], [" ".join(words)]).edits
    assert [w.text for w in edit.words if w.op is Op.INSERT] == ["alpha", "omega"]


@pytest.mark.fault("L4")
def test_texts_that_share_nothing_are_not_compared_in_full() -> None:
    before = a_text(random.Random(0), 300)
    after = [" ".join(f"{word}x" for word in text.split(" ")) for text in before]
    script = redline_texts(before, after)
    assert {edit.op for edit in script.edits} == {Op.DELETE, Op.INSERT}
    # Five neighbours each, as nothing finds a partner, and of those a few.
    assert len(worth_comparing(before, after)) <= MOST * 600


@pytest.mark.fault("L5")
def test_texts_that_are_the_same_are_all_kept() -> None:
    text = a_text(random.Random(0), 1500)
    script = redline_texts(text, list(text))
    assert [(e.op, e.before, e.after, e.moved) for e in script.edits] == [(Op.KEEP, i, i, False) for i in range(1500)]


@pytest.mark.fault("L6")
def test_a_thousand_tiny_moves_are_a_thousand_moves_and_no_words() -> None:
    before = [f"Entry {i} of the annex stays as it is." for i in range(2000)]
    after = [before[i ^ 1] for i in range(2000)]
    script = redline_texts(before, after)
    assert {e.op for e in script.edits} == {Op.KEEP}
    assert sum(e.moved for e in script.edits) == 1000


@pytest.mark.fault("L7")
@pytest.mark.parametrize("at", [0, 13, 29])
def test_of_thirty_identical_paragraphs_one_more_or_less_is_one_edit(at: int) -> None:
    same = ["The text of this paragraph is agreed."] * 30
    less = redline_texts(same, same[:29])
    assert [e.op for e in less.edits if e.shows] == [Op.DELETE]
    more = redline_texts(same, [*same[:at], "A new paragraph on brokering.", *same[at:]])
    assert [(e.op, e.after) for e in more.edits if e.shows] == [(Op.INSERT, at)]
