"""Laws of the redline: what it keeps, deletes and inserts gives back both texts."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from diffs.errors import ScriptDoesNotApply
from diffs.redline import EditScript, Op, redline, redline_texts
from diffs.render import as_html, as_markdown, as_terminal
from diffs.script import applied, earlier_text, inverse, later_text
from parsers.document import Block, Document, Role
from tests.builders.comparing import a_document
from tests.builders.edits import STRENGTHS, a_text, edited

WORDS = st.sampled_from(
    [
        "the",
        "regime",
        "of",
        "34",
        "partners",
        "met",
        "in",
        "Rio,",
        "again;",
        "S/RES/1540",
        "(2004)",
        "9-13",
        "November",
        "2009",
        "chair's",
        "—",
        "«export»",
        "é",
        "<b>",
        "&",
        "\n",
    ]
)


def pairs_of(script: EditScript) -> set[tuple[int, int]]:
    """Which paragraphs became which."""
    return {(e.before, e.after) for e in script.edits if e.before is not None and e.after is not None}


PARAGRAPH = st.lists(WORDS, max_size=14).map(" ".join)
TEXT = st.lists(PARAGRAPH, max_size=7)
LAWS = settings(max_examples=120, deadline=None)


@LAWS
@given(TEXT, TEXT)
def test_applied_to_the_earlier_text_it_gives_the_later(before: list[str], after: list[str]) -> None:
    assert applied(redline_texts(before, after), before) == after


@LAWS
@given(TEXT, TEXT)
def test_its_inverse_gives_the_earlier_text_back(before: list[str], after: list[str]) -> None:
    assert applied(inverse(redline_texts(before, after)), after) == before


@LAWS
@given(TEXT, TEXT)
def test_what_is_kept_and_deleted_is_the_earlier_text_what_is_kept_and_inserted_the_later(
    before: list[str], after: list[str]
) -> None:
    script = redline_texts(before, after)
    assert (earlier_text(script), later_text(script)) == (before, after)


@LAWS
@given(TEXT, TEXT)
def test_turned_around_the_same_paragraphs_are_one_another(before: list[str], after: list[str]) -> None:
    assert pairs_of(redline_texts(before, after)) == {(a, b) for b, a in pairs_of(redline_texts(after, before))}


@LAWS
@given(TEXT, TEXT)
def test_the_edits_stand_in_the_later_texts_order(before: list[str], after: list[str]) -> None:
    places = [(e.after, e.after_span) for e in redline_texts(before, after).edits if e.after is not None]
    assert places == sorted(places)
    assert {index for index, _ in places} == set(range(len(after)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5), st.lists(st.text(max_size=30), max_size=5))
def test_both_texts_come_back_whatever_their_letters(before: list[str], after: list[str]) -> None:
    script = redline_texts(before, after)
    assert applied(script, before) == after
    assert applied(inverse(script), after) == before


def test_a_script_is_applied_to_no_other_text() -> None:
    with pytest.raises(ScriptDoesNotApply, match="paragraph 1"):
        applied(redline_texts(["one"], ["two"]), ["three"])


UNRELATED = [
    "Violins were tuned in the orchard while reindeer slept beneath granite windmills.",
    "Beekeeping on lighthouses remains a matter of cinnamon and patience.",
    "The opera of the glacier closed with an accordion and four bicycles.",
]


@LAWS
@given(st.integers(1, 6), st.integers(7, 12))
def test_texts_that_share_nothing_have_no_paragraph_in_common(one: int, other: int) -> None:
    assert not pairs_of(redline_texts(UNRELATED, a_text(random.Random(one), other)))


# None of its words, not even one of form, stands in the texts: a word that they share would weigh a little less there,
# and two paragraphs at the very edge of being one another might go to its other side.
OTHER_WORDS = "Violins hummed, reindeer dreamt beneath granite orchards."


@LAWS
@given(st.integers(0, 10_000), st.data())
def test_an_unrelated_paragraph_changes_nothing_else(seed: int, data: st.DataObject) -> None:
    case = edited(seed, 8, STRENGTHS[3])
    # Not between the parts of a paragraph that was cut: there it would part what is known to hang together.
    inside = {after[k] for _, after in case.groups for k in range(1, len(after))}
    at = data.draw(st.sampled_from([p for p in range(len(case.after) + 1) if p not in inside]))
    plain = redline_texts(case.before, case.after)
    more = redline_texts(case.before, [*case.after[:at], OTHER_WORDS, *case.after[at:]])
    shifted = {(a, b + (b >= at)) for a, b in pairs_of(plain)}
    assert pairs_of(more) == shifted


def test_the_script_is_the_same_whatever_the_seed_of_hashes() -> None:
    code = (
        "import random, msgspec; from diffs.redline import redline_texts; from tests.builders.edits import STRENGTHS, edited;"
        "case = edited(7, 20, STRENGTHS[5]); print(msgspec.json.encode(redline_texts(case.before, case.after)).decode())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] != b""


@LAWS
@given(TEXT)
def test_a_text_against_itself_is_unchanged(text: list[str]) -> None:
    assert not redline_texts(text, text).changed


@LAWS
@given(
    st.permutations([f"paragraph {name} speaks of {name} alone" for name in ["alpha", "beta", "gamma", "delta", "eta"]])
)
def test_another_order_yields_moves_and_no_words(after: list[str]) -> None:
    before = sorted(after)
    script = redline_texts(before, after)
    assert {e.op for e in script.edits} == {Op.KEEP}
    assert script.changed == (before != after)


def test_a_paragraph_carried_to_the_end_is_the_one_that_moved() -> None:
    script = redline_texts(["one apple", "two pears", "three plums"], ["two pears", "three plums", "one apple"])
    assert [(e.before, e.after) for e in script.edits if e.moved] == [(0, 2)]


def test_a_new_paragraph_leaves_the_others_as_they_were() -> None:
    script = redline_texts(["one apple", "two pears"], ["one apple", "a wholly other matter", "two pears"])
    assert [e.op for e in script.edits] == [Op.KEEP, Op.INSERT, Op.KEEP]


def test_a_date_changes_whole() -> None:
    (edit,) = redline_texts(["The partners met on 9 November 2009."], ["The partners met on 9 November 2011."]).edits
    changed = {(w.op, w.text) for w in edit.words if w.op is not Op.KEEP}
    assert changed == {(Op.DELETE, "9 November 2009"), (Op.INSERT, "9 November 2011")}


def test_a_resolution_is_one_word() -> None:
    (edit,) = redline_texts(
        ["They recalled S/RES/1718 (2006) at length."], ["They recalled S/RES/1874 (2009) at length."]
    ).edits
    assert [w.text for w in edit.words if w.op is Op.INSERT] == ["S/RES/1874 (2009)"]


def test_a_number_is_kept_rather_than_the_words_between_numbers() -> None:
    (edit,) = redline_texts(
        ["Resolutions 1540, 1718, 1737 and 1874 were recalled."], ["Resolutions 1540, 1874 and 1929 were recalled."]
    ).edits
    changed = [(w.op, w.text.strip()) for w in edit.words if w.op is not Op.KEEP]
    assert changed == [(Op.DELETE, "1718, 1737 and"), (Op.INSERT, "and 1929")]


def test_what_a_page_says_outside_its_text_is_not_compared() -> None:
    one = Document("html", (Block(Role.PARAGRAPH, "Same."), Block(Role.META, "Title", name="title")))
    other = Document("html", (Block(Role.PARAGRAPH, "Same."), Block(Role.ADDRESS, "https://mtcr.example")))
    assert not redline(one, other).changed


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "</del></p><iframe>", "a & b",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("sides", ["inserted", "deleted", "kept"])
def test_no_markup_of_a_page_reaches_the_html(text: str, sides: str) -> None:
    before = a_document() if sides == "inserted" else a_document(text)
    after = a_document() if sides == "deleted" else a_document(text)
    html = as_html(redline(before, after))
    for name in ("<script", "<img", "<svg", "<iframe", "</del></p><", "a & b"):
        assert name not in html


@pytest.mark.parametrize("view", [as_html, as_terminal, as_markdown])
def test_characters_that_steer_a_display_are_left_out(view: Callable[[EditScript], str]) -> None:
    script = redline_texts([], ["an \x1b[31mescape, a \u202ebidi override and a \x07bell"])
    shown = view(script)
    assert not set("\x1b\u202e\x07") & set(shown)


def test_the_markdown_of_a_page_is_text() -> None:
    assert r"\[here\]" in as_markdown(redline_texts([], ["a [here](javascript:alert)"]))


SENTENCE = "Experts are to meet in Ottawa before the summer."
CARRIED = redline_texts(
    [f"The chair reported on his visits to traders. {SENTENCE}", "Export licensing stays a national matter."],
    ["The chair reported on his visits to traders.", f"Export licensing stays a national matter. {SENTENCE}"],
)


@pytest.mark.parametrize("view", [as_html, as_terminal, as_markdown])
def test_a_sentence_taken_to_another_paragraph_is_said_to_have_gone_there(view: Callable[[EditScript], str]) -> None:
    shown = view(CARRIED)
    assert [shown.count(place) for place in ("to § 2", "from § 1")] == [1, 1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It spoke of the Middle East.", "It spoke of the Middle East, and of others."),
        ("The Annex (new) and lists.", "The Annex and (old) lists."),
        ("Reports on work were heard.", "Reports, on work, were heard at length"),
        ("", "1. a list, - and *stars*"),
        ("- was a dash", "+ became a plus"),
    ],
)
def test_markdown_shows_each_change_as_one_and_nothing_else_as_markup(before: str, after: str) -> None:
    script = redline_texts([before] if before else [], [after])
    html = MarkdownIt("commonmark").enable("strikethrough").render(as_markdown(script))
    for tag, op in (("s|del", Op.DELETE), ("strong|ins", Op.INSERT)):
        said = [unescape(m[1]) for m in re.finditer(rf"<(?:{tag})>(.*?)</(?:{tag})>", html)]
        assert said == [w.text.strip() for e in script.edits for w in e.words if w.op is op]
    assert not set(re.findall(r"<(\w+)", html)) - {"p", "s", "del", "strong", "ins"}


def test_deletions_and_insertions_are_told_apart_without_colour() -> None:
    script = redline_texts(["They were 34 partners."], ["They were 35 partners."])
    assert as_terminal(script) == "They were [-34-]{+35+} partners."
    assert as_markdown(script).strip() == "They were ~~34~~**35** partners."
    assert "<del>" in as_html(script)
    assert "deleted: " in as_html(script)
