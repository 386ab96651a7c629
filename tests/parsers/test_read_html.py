"""An HTML page's content in blocks, whatever its site puts around it."""

from __future__ import annotations

import pytest

from parsers.document import Document, Role
from parsers.read import read_document

STATES = ("Argentina", "Belgium", "Canada", "Denmark", "Finland", "Greece", "Hungary", "Iceland", "Japan", "Norway")
STATEMENT = "<h1>Plenary of Oslo</h1><p>The Regime held its Plenary in Oslo in October 2014.</p><p>It was chaired by Norway.</p>"


def read(html: str) -> Document:
    return read_document(html.encode())


def texts(html: str) -> list[str]:
    return [block.text for block in read(html).readable]


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/a'>About us</a></li></ul></nav>",
        "<header class='site-header'><a href='/'>Ministry</a></header>",
        "<div class='cookie-banner'><p>This site sets cookies. Accept?</p></div>",
        "<aside><h2>Related news</h2><p>Another meeting took place elsewhere.</p></aside>",
        "<form role='search'><input><button>Search</button></form>",
        "<div class='breadcrumb'><a href='/'>Home</a> &gt; <a href='/n'>News</a></div>",
        "<ul class='share-buttons'><li><a href='#'>Share</a></li></ul>",
        "<script>var today = '23 November 2026';</script><template><p>Hidden words</p></template>",
        "<footer><p>Imprint. Last changed on 23 November 2026.</p></footer>",
    ],
)
def test_site_furniture_makes_no_difference_to_the_text(furniture: str) -> None:
    plain = texts(f"<html><body><div id='content'>{STATEMENT}</div></body></html>")
    assert plain == [
        "Plenary of Oslo",
        "The Regime held its Plenary in Oslo in October 2014.",
        "It was chaired by Norway.",
    ]
    assert texts(f"<html><body>{furniture}<div id='content'>{STATEMENT}</div></body></html>") == plain
    assert texts(f"<html><body><main>{STATEMENT}</main>{furniture}</body></html>") == plain


@pytest.mark.parametrize(
    "shape",
    [
        "<ul>" + "".join(f"<li><a href='/{s}'>{s}</a></li>" for s in STATES) + "</ul>",
        "<div class='grid'>" + "".join(f"<div><a href='/{s}'>{s}</a></div>" for s in STATES) + "</div>",
        "<table>" + "".join(f"<tr><td>{s}</td><td>1990</td></tr>" for s in STATES) + "</table>",
        "<table><tr>" + "".join(f"<td>{s}</td>" for s in STATES) + "</tr></table>",
        "<dl>" + "".join(f"<dt>{s}</dt><dd>since 1990</dd>" for s in STATES) + "</dl>",
        "<details><summary>Members</summary><p>" + "<br>".join(STATES) + "</p></details>",
        "<aside class='sidebar'><ul>" + "".join(f"<li><a href='/{s}'>{s}</a></li>" for s in STATES) + "</ul></aside>",
    ],
    ids=["links", "grid", "table", "one row", "definitions", "details", "in an aside"],
)
def test_a_list_of_states_is_kept_in_whatever_shape(shape: str) -> None:
    found = "\n".join(texts(f"<html><body><main><h1>Members of the Regime</h1>{shape}</main></body></html>"))
    assert [state for state in STATES if state not in found] == []


def test_cells_of_a_row_are_parted_by_a_bar() -> None:
    found = read("<table><tr><th>State</th><th>Since</th></tr><tr><td>India</td><td>2016</td></tr></table>").readable
    assert [(block.role, block.text) for block in found] == [
        (Role.TABLE_ROW, "State | Since"),
        (Role.TABLE_ROW, "India | 2016"),
    ]


def test_a_footnote_mark_is_taken_out_and_tied_to_its_note() -> None:
    found = read(
        "<main><p>The 46 Governments<sup>1</sup> met in Bern.</p><p>[1] Argentina, Norway and Japan among them.</p></main>"
    ).readable
    assert found[0].text == "The 46 Governments met in Bern."
    assert found[0].marks == ((18, "1"),)
    assert (found[1].role, found[1].number) == (Role.FOOTNOTE, "1")
    assert found[1].text == "Argentina, Norway and Japan among them."


def test_a_typed_number_of_a_paragraph_is_no_part_of_its_text() -> None:
    found = read("<p>3. Partners met.</p><p>(a) They agreed.</p>").readable
    assert [(block.number, block.text) for block in found] == [("3", "Partners met."), ("a", "They agreed.")]


def test_a_link_is_kept_with_its_words() -> None:
    block = read("<p>See the <a href='/s/25'>statement of Oslo</a> for more.</p>").readable[0]
    link = block.links[0]
    assert (block.text[link.start : link.end], link.href) == ("statement of Oslo", "/s/25")


def test_what_the_page_says_of_itself_stands_in_meta_blocks() -> None:
    document = read(
        "<html><head><title>Oslo | Regime</title><meta property='article:published_time' content='2014-10-03T09:00:00Z'>"
        "<meta property='og:site_name' content='The Ministry'><link rel='canonical' href='https://example.org/a'></head>"
        f"<body>{STATEMENT}</body></html>"
    )
    meta = {block.name: block.text for block in document.blocks if block.role is Role.META}
    assert meta == {"title": "Oslo | Regime", "published": "2014-10-03", "publisher": "The Ministry"}
    assert document.canonical == "https://example.org/a"
    assert document.title == "Plenary of Oslo"


def test_white_space_and_composition_make_no_difference() -> None:
    assert texts("<p>Morita\u0301n\u00a0of\n\n  Argentina</p>") == ["Moritán of Argentina"]


def test_text_nested_deeper_than_browsers_go_is_still_read() -> None:
    assert texts("<div>" * 1000 + "The Plenary met." + "</div>" * 1000) == ["The Plenary met."]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol><li>One came.</li><li>Two came.</li></ol>", ["1", "2"]),
        ("<ol start='3'><li>One came.</li><li>Two came.</li></ol>", ["3", "4"]),
        ("<ol><li value='7'>One came.</li><li>Two came.</li></ol>", ["7", "8"]),
        ("<ol type='a'><li>One came.</li><li>Two came.</li></ol>", ["a", "b"]),
        ("<ol type='I'><li>One came.</li><li>Two came.</li></ol>", ["I", "II"]),
        ("<ol><li>One came.</li></ol><ol start='2'><li>Two came.</li></ol>", ["1", "2"]),
        ("<ul><li>One came.</li><li>Two came.</li></ul>", ["", ""]),
        ("<ol><li>5. One came.</li><li>(a) Two came.</li></ol>", ["5", "a"]),
        ("<ol start='x'><li>One came.</li><li>Two came.</li></ol>", ["1", "2"]),
        ("<ol><li><p>One came.</p><p>And stayed.</p></li><li>Two came.</li></ol>", ["1", "", "2"]),
        ("<ol><li>One came.<ul><li>With a friend.</li></ul></li><li>Two came.</li></ol>", ["1", "", "2"]),
    ],
)
def test_items_carry_the_number_that_the_browser_writes(page: str, expected: list[str]) -> None:
    document = read_document(f"<html><body><main>{page}</main></body></html>".encode())
    assert [block.number for block in document.readable] == expected
    assert not any(block.text[0].isdigit() for block in document.readable)


def test_a_numbered_paragraph_that_goes_on_is_no_footnote() -> None:
    page = "<p>1. The 48 Governments[2] met.</p><p>2. They agreed.</p><p>3. They left.</p><p>[2] Listed below.</p>"
    document = read_document(f"<html><body><main>{page}</main></body></html>".encode())
    assert [(block.role, block.number) for block in document.readable] == [
        (Role.PARAGRAPH, "1"), (Role.PARAGRAPH, "2"), (Role.PARAGRAPH, "3"), (Role.FOOTNOTE, "2"),
    ]  # fmt: skip


def test_the_items_of_an_ordered_list_under_the_text_are_the_notes_to_its_marks() -> None:
    page = (
        "<p>The 48 Governments<sup>1</sup> met.</p><ol><li>Argentina, Australia, Austria, Belarus, Belgium.</li></ol>"
    )
    document = read_document(f"<html><body><main>{page}</main></body></html>".encode())
    assert [(block.role, block.number) for block in document.readable] == [(Role.PARAGRAPH, ""), (Role.FOOTNOTE, "1")]
