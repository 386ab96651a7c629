"""A short page of such a body says what it is about; what stands in its place does not."""

from __future__ import annotations

import pytest

from parsers.document import Block, Document, Role
from parsers.regime import RegimeProfile
from parsers.substance import says_something

ZC = RegimeProfile("zc", "Zangger Committee")


def page(*lines: str) -> Document:
    return Document("html", tuple(Block(Role.PARAGRAPH, line) for line in lines))


@pytest.mark.parametrize(
    "line",
    [
        "The trigger list", "Control lists are kept.", "It is for States parties.", "Each State Party may attend.",
        "Its member states agreed.", "Member Governments are informed.", "The Security Council", "The Australia Group",
        "The Hague Code", "De double usage", "De doble uso", "Dual use goods", "Les déclarations", "Резолюция",
    ],
)  # fmt: skip
def test_a_line_that_such_bodies_write_says_something(line: str) -> None:
    assert says_something(page("Welcome.", line), ZC)


def test_a_page_of_aims_alone_is_no_empty_one() -> None:
    assert says_something(page("Aims of its outreach", "To be open.", "To be heard by States parties.", "Subjects"), ZC)


@pytest.mark.parametrize(
    "lines", [("Loading…",), ("We are back soon.", "Try again in a while."), ("It works!",), ("",)]
)
def test_what_stands_in_a_pages_place_says_nothing(lines: tuple[str, ...]) -> None:
    assert not says_something(page(*lines), ZC)
