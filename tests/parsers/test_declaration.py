"""Declarations that persons write: read quickly, refused with the line, and hostile ones refused at all."""

from __future__ import annotations

import pytest

from parsers import declaration
from parsers.declaration import Declaration, read_declaration
from sources import load_regimes


class Refused(Exception):
    """A line and what is wrong there."""


def read(text: str) -> Declaration:
    return read_declaration(text.encode(), Refused, keys="regime: and name:")


def test_values_are_those_of_yaml_1_2() -> None:
    text = "country: NO\nanswer: yes\nnumber: 012\nnothing: ~\nlist: [a, 'b', 3]\n1: key\n"
    assert read(text).values == {
        "country": "NO", "answer": "yes", "number": 12, "nothing": None, "list": ["a", "b", 3], "1": "key",
    }  # fmt: skip


def test_a_part_has_the_line_on_which_it_stands_and_what_is_not_there_that_of_what_holds_it() -> None:
    found = read("regime: x\nsources:\n  - id: a\n    url: u\n  - id: b\n")
    assert found.line_of(("sources", 0, "url")) == 4
    assert found.line_of(("sources", 1, "id")) == 5
    assert found.line_of(("sources", 1, "url")) == 5
    assert found.line_of(("name",)) == 1


def test_the_packaged_declarations_are_such_as_the_quick_reader_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    # It knows YAML 1.1, in which an address between braces wants quotation marks.
    monkeypatch.delattr(declaration, "_with_lines")
    assert len(load_regimes()) == 6


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: [1, 2\n", 3, "not YAML"),
        ("a: 1\na: 2\n", 2, "duplicate key"),
        ("a: 1\n\tb: 2\n", 2, "not YAML"),
        ("- a\n- b\n", 1, "regime: and name:"),
        ("just words", 1, "regime: and name:"),
        ("a: \x00", 1, "not YAML"),
        ("", 1, "empty"),
        ("a: " + "x" * 1_000_001, 1, "larger than"),
    ],
)
def test_what_is_no_declaration_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.args[0] == line
    assert said in refused.value.args[1]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 400_000,
        "{a: " * 200_000,
        "- " * 400_000,
        "\n".join(" " * i + "a:" for i in range(1200)),
        "a: " + "[" * 60 + "]" * 60,
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "\n".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]" for a, b in zip("abcdef", "bcdefg", strict=True)),
        "a: &a [*a]",
    ],
    ids=["brackets", "braces", "dashes", "indents", "sixty deep", "aliases of aliases", "an alias of itself"],
)  # fmt: skip
def test_what_is_nested_too_deeply_or_multiplies_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read(text)
