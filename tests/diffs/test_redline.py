"""Laws of the redline: what it keeps, deletes and inserts gives back both texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diffs.redline import EditScript, Op, redline, redline_texts
from diffs.render import as_html, as_markdown, as_terminal
from parsers.document import Block, Document, Role
from tests.builders.comparing import a_document

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
PARAGRAPH = st.lists(WORDS, max_size=14).map(" ".join)
TEXT = st.lists(PARAGRAPH, max_size=7)
LAWS = settings(max_examples=120, deadline=None)


def _side(script: EditScript, *, without: Op) -> dict[int, str]:
    """The paragraphs of one side, as their words give them, by index."""
    found = {}
    for edit in script.edits:
        at = edit.after if without is Op.DELETE else edit.before
        if at is not None:
            found[at] = "".join(w.text for w in edit.words if w.op is not without)
    return found


@LAWS
@given(TEXT, TEXT)
def test_words_kept_and_inserted_give_the_later_text(before: list[str], after: list[str]) -> None:
    assert _side(redline_texts(before, after), without=Op.DELETE) == dict(enumerate(after))


@LAWS
@given(TEXT, TEXT)
def test_words_kept_and_deleted_give_the_earlier_text(before: list[str], after: list[str]) -> None:
    assert _side(redline_texts(before, after), without=Op.INSERT) == dict(enumerate(before))


@LAWS
@given(TEXT, TEXT)
def test_the_edits_stand_in_the_later_texts_order(before: list[str], after: list[str]) -> None:
    places = [e.after for e in redline_texts(before, after).edits if e.after is not None]
    assert places == list(range(len(after)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5), st.lists(st.text(max_size=30), max_size=5))
def test_both_texts_come_back_whatever_their_letters(before: list[str], after: list[str]) -> None:
    script = redline_texts(before, after)
    assert _side(script, without=Op.DELETE) == dict(enumerate(after))
    assert _side(script, without=Op.INSERT) == dict(enumerate(before))


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


def test_a_year_changes_whole_and_not_by_its_digits() -> None:
    (edit,) = redline_texts(["The partners met on 9 November 2009."], ["The partners met on 9 November 2011."]).edits
    changed = {(w.op, w.text) for w in edit.words if w.op is not Op.KEEP}
    assert changed == {(Op.DELETE, "2009"), (Op.INSERT, "2011")}


def test_a_resolution_is_one_word() -> None:
    (edit,) = redline_texts(
        ["They recalled S/RES/1718 (2006) at length."], ["They recalled S/RES/1874 (2009) at length."]
    ).edits
    assert [w.text for w in edit.words if w.op is Op.INSERT] == ["S/RES/1874 (2009)"]


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
def test_characters_that_steer_a_display_are_left_out(view: object) -> None:
    script = redline_texts([], ["an \x1b[31mescape, a \u202ebidi override and a \x07bell"])
    shown = view(script)  # type: ignore[operator]
    assert not set("\x1b\u202e\x07") & set(shown)


def test_the_markdown_of_a_page_is_text() -> None:
    assert r"\[here\]" in as_markdown(redline_texts([], ["a [here](javascript:alert)"]))


def test_deletions_and_insertions_are_told_apart_without_colour() -> None:
    script = redline_texts(["They were 34 partners."], ["They were 35 partners."])
    assert as_terminal(script) == "They were [-34-]{+35+} partners."
    assert as_markdown(script).strip() == "They were ~~34~~**35** partners."
    assert "<del>" in as_html(script)
    assert "deleted: " in as_html(script)
