"""Saved text and Markdown become the blocks that their page had."""

from __future__ import annotations

import pytest

from parsers.document import Role
from parsers.read import read_document


def read(text: str) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in read_document(text.encode()).readable]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The delegations that came to the meeting in the capital of Norway\n"
        "spoke of their work in the year before, and were glad of the pro-\n"
        "gress that had been made on the list of controlled equipment since.\n"
        "\n"
        "They will meet again in the Netherlands.\n"
    )
    assert [text for _, text in read(wrapped)] == [
        "The delegations that came to the meeting in the capital of Norway spoke of their work in the year before, "
        "and were glad of the progress that had been made on the list of controlled equipment since.",
        "They will meet again in the Netherlands.",
    ]


def test_markdown_is_undone() -> None:
    assert read(
        "# Plenary of Oslo\n\nChaired by **Norway**, see [the list](https://example.org/a_(b)).\n\n* India\n* Japan\n"
    ) == [
        (Role.HEADING, "Plenary of Oslo"),
        (Role.PARAGRAPH, "Chaired by Norway, see the list."),
        (Role.LIST_ITEM, "India"),
        (Role.LIST_ITEM, "Japan"),
    ]


def test_a_line_of_no_break_spaces_parts_paragraphs() -> None:
    assert [text for _, text in read("The Plenary met in Oslo.\n\u00a0\nIt agreed on much.")] == [
        "The Plenary met in Oslo.",
        "It agreed on much.",
    ]


def test_rows_of_a_table_lose_their_rule() -> None:
    assert read("| State | Since |\n|---|---|\n| India | 2016 |\n") == [
        (Role.TABLE_ROW, "State | Since"),
        (Role.TABLE_ROW, "India | 2016"),
    ]


def test_each_numbered_paragraph_keeps_its_own_number() -> None:
    blocks = read_document(b"Statement of the Chair of the meeting\n\n1. Partners met.\n\n2. They agreed.\n").readable
    assert [(block.number, block.text) for block in blocks[1:]] == [("1", "Partners met."), ("2", "They agreed.")]


def test_keys_above_a_page_of_markdown_become_its_title_and_its_date() -> None:
    assert read("---\ntitle: '23rd Regular Meeting'\nlayout: page\ndate: 2024-06-05\n---\nStates met in Vienna.\n") == [
        (Role.HEADING, "23rd Regular Meeting"),
        (Role.PARAGRAPH, "2024-06-05"),
        (Role.PARAGRAPH, "States met in Vienna."),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Partners recalled U.N. Security\nCouncil Resolutions 1695 and 1696.", 1),
        ("The MTCR held its 21st\nPlenary in Lisbon.", 1),
        ("La 21e\nRéunion plénière s'est tenue à Lyon.", 1),
        ("Its members are Chile and South\nKorea.", 1),
        ("Die Gruppe tagte in\nWien.", 1),
        ("PLENARY MEETING OF THE\nKILO ACCORD", 1),
        ("Press statement\nThe Chair spoke.", 2),
        ("Ministry of Foreign Affairs\nOslo\n3 May 2010", 3),
        ("South Africa\nSpain\nSouth Sudan\nSweden", 4),
        ("Slowakische Republik\nSlowenien\nTschechische Republik\nUkraine", 4),
        ("A\nArgentina\nE\nEstonia", 4),
    ],
)
def test_a_line_that_ends_where_no_sentence_does_goes_on_below(text: str, lines: int) -> None:
    assert len(read_document(text.encode()).blocks) == lines
