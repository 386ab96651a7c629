"""A redline on a page: steps from change to change, the unchanged folded, both columns, all escaped."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from diffs.redline import redline_texts
from reports.redlines import redline_html

SAME = ["The partners met in good spirit.", "Export licensing stays a national matter.", "They thanked the host."]


def test_unchanged_paragraphs_are_folded_and_counted() -> None:
    html = redline_html(redline_texts([*SAME, "Old words here."], [*SAME, "Quite another closing text."]), "r")
    assert "<summary>3 paragraphs unchanged</summary>" in html


def test_texts_that_are_the_same_are_one_fold() -> None:
    html = redline_html(redline_texts(SAME, SAME), "r")
    assert html.count("<details") == 1
    assert "of" not in re.findall(r"<b>(.*?)</b>", html)


def test_each_change_has_an_address_and_links_to_its_neighbours() -> None:
    before = ["Five states met.", *SAME, "Six papers came."]
    after = ["Five states met again.", *SAME, "Six papers came late."]
    html = redline_html(redline_texts(before, after), "r")
    assert re.findall(r'id="(r-\d+)"', html) == ["r-1", "r-2"]
    assert re.findall(r'href="#(r-\d+)"', html) == ["r-2", "r-1"]


def test_the_columns_hold_each_side_and_nothing_of_the_other() -> None:
    html = redline_html(redline_texts(["It met in Oslo in June."], ["It met in Bern in June."]), "r")
    left, right = re.findall(r'<div class="columns"><p>(.*?)</p><p>(.*?)</p></div>', html)[0]
    assert ("Oslo" in left, "Bern" in left) == (True, False)
    assert ("Oslo" in right, "Bern" in right) == (False, True)


def test_a_paragraph_that_moved_is_said_to_have_moved() -> None:
    html = redline_html(redline_texts(SAME, [SAME[2], SAME[0], SAME[1]]), "r")
    assert "moved from § 3" in html
    assert "<del>" not in html


def test_no_markup_of_a_text_and_no_turned_character_gets_through() -> None:
    hostile = "</p></div><img src=x onerror=alert(1)>\u202e &lt;b&gt;"
    html = redline_html(redline_texts(["Safe words."], [hostile]), "r")
    assert "<img" not in html
    assert "\u202e" not in html
    assert "&amp;lt;b&amp;gt;" in html


@given(st.lists(st.text(max_size=30), max_size=5), st.lists(st.text(max_size=30), max_size=5))
@settings(max_examples=40, deadline=None)
def test_whatever_the_texts_only_our_own_elements_stand_in_the_page(before: list[str], after: list[str]) -> None:
    html = redline_html(redline_texts(before, after), "r")
    tags = set(re.findall(r"</?([a-zA-Z]+)", html))
    assert tags <= {"p", "div", "span", "b", "a", "ins", "del", "details", "summary"}
