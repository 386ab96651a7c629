"""An archived text keeps its words whatever is marked in it, and each span can be led to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from parsers.record import Evidence
from reports.quotes import marked_blocks
from storage.values import Version
from tests.builders.comparing import NOON, a_document, a_record

TEXT = "Report by the Chair: accession of India <b>& others</b>"


def marked(text: str, *spans: tuple[int, int]) -> html.HtmlElement:
    evidence = {f"/topics/{i}": (Evidence(0, *span, text[slice(*span)]),) for i, span in enumerate(spans)}
    version = Version(
        1, "s", "mtcr", "u", "ab", None, "h", False, NOON, None, a_record(evidence=evidence | {"/title": ()}),
        a_document(text),
    )  # fmt: skip
    ((_, _, found),) = marked_blocks(version)
    return html.fragment_fromstring(str(found), create_parent="p")


@pytest.mark.parametrize(
    ("spans", "led_to"),
    [
        ([(0, 6), (34, 39)], ["Report", "India"]),
        ([(0, 55), (34, 39)], [TEXT, "India"]),
        ([(21, 39), (34, 55)], ["accession of India", "India"]),
        ([(0, 55), (21, 39), (34, 39)], [TEXT, "accession of India", "India"]),
    ],
    ids=["apart", "inside", "crossing", "twice inside"],
)
def test_spans_that_overlap_are_all_marked(spans: list[tuple[int, int]], led_to: list[str]) -> None:
    block = marked(TEXT, *spans)
    assert block.text_content() == TEXT
    assert [block.get_element_by_id(f"e0-{start}-{end}").text_content() for start, end in spans] == led_to


@given(st.lists(st.tuples(st.integers(0, 54), st.integers(1, 20)), max_size=8))
def test_whatever_is_marked_the_words_stay_and_every_span_has_its_address_once(drawn: list[tuple[int, int]]) -> None:
    spans = {(start, min(start + size, len(TEXT))) for start, size in drawn}
    block = marked(TEXT, *spans)
    assert block.text_content() == TEXT
    assert sorted(mark.get("id") for mark in block.iter("mark")) == sorted(f"e0-{a}-{b}" for a, b in spans)
