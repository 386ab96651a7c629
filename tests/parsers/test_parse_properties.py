"""What holds of every parse, whatever the bytes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parsers.errors import BadSpan, ParseError
from parsers.page import Page, Span
from parsers.parse import _quoted, parse
from parsers.parsed import Parsed
from parsers.read import read_document
from parsers.record import from_json, to_json
from parsers.regime import RegimeProfile

MTCR = RegimeProfile(
    id="mtcr",
    name="Missile Technology Control Regime",
    names=("Missile Technology Control Regime", "MTCR"),
    members_called=("Partners", "members"),
)
PIECES = (
    *("<p>", "</p>", "<ul><li>", "<table><tr><td>", "<sup>1</sup>", "<br>", "<h1>", "[1]", "\n\n", "* ", "| ", "\x00"),
    *("The 25th Plenary of the MTCR ", "was held in Oslo ", "from 11 to 15 April 2011", "34 Partners ", "1540, "),
    *(
        "Argentina, Norway and India ",
        "welcomed ",
        "UNSCR 1540 (2004) ",
        "chaired by Ambassador Ann Example of Japan. ",
    ),
    *(
        "concern about Iran. ",
        "9" * 5000,
        "²",
        "٢٥",
        "\u0301",
        "\ud800",
        "31.2.2011",
        "The members are: ",
        "No consensus ",
    ),
)
PAGE = (
    "<html lang='en'><head><title>Plenary 2011</title></head><body><main><h1>Plenary of Buenos Aires</h1>"
    "<p>The MTCR held its 25th Plenary in Buenos Aires from 11 to 15 April 2011.</p>"
    "<p>The 3 Partners are Argentina, Norway, Japan, Canada, France and Italy. UNSCR 1540 was recalled.</p>"
    "<p>They were concerned about missile activities of Iran.</p></main></body></html>"
)


def parsed(body: bytes) -> Parsed | None:
    try:
        return parse(body, regime=MTCR, url="https://example.org/plenary-2011")
    except ParseError:
        return None


def holds(found: Parsed) -> None:
    for pointer, spans in found.record.evidence.items():
        assert spans, pointer
        for span in spans:
            assert found.document.blocks[span.block].text[span.start : span.end] == span.quote
    assert from_json(to_json(found.record)) == found.record


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_no_bytes_raise_anything_but_a_parse_error(body: bytes) -> None:
    if (found := parsed(body)) is not None:
        holds(found)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@example(["The ", "9" * 5000, "th Plenary"])
@settings(max_examples=100, deadline=None)
def test_spans_are_exact_and_records_survive_json_on_any_mixture_of_a_page_s_pieces(pieces: list[str]) -> None:
    if (found := parsed("".join(pieces).encode("utf-8", "surrogatepass"))) is not None:
        holds(found)


@given(st.integers(0, len(PAGE)))
@settings(max_examples=30, deadline=None)
def test_a_page_cut_off_anywhere_is_read_or_refused(length: int) -> None:
    if (found := parsed(PAGE[:length].encode())) is not None:
        holds(found)


def test_a_record_is_the_same_in_every_process_and_under_every_hash_seed() -> None:
    code = (
        "import sys; from parsers.parse import parse; from parsers.record import to_json;"
        "from parsers.regime import RegimeProfile;"
        "sys.stdout.buffer.write(to_json(parse(sys.stdin.buffer.read(),"
        f" regime={MTCR!r}, url='https://example.org/plenary-2011').record))"
    )
    expected = parsed(PAGE.encode())
    assert expected is not None
    for seed in ("1", "4711"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            input=PAGE.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert run.stdout == to_json(expected.record)


@pytest.mark.parametrize(
    "body",
    [
        ("<p>The members are: " + ", ".join(f"Name{n}land" for n in range(5000)) + ".</p>").encode(),
        ("<ul>" + "".join(f"<li>Name{n}land</li>" for n in range(5000)) + "</ul>").encode(),
        b"<p>The members are " + b"," * 200_000 + b"</p>",
        b"1" * 200_000,
        b"<p>" + b"<sup>a" * 10_000,
    ],
    ids=["names in a sentence", "names in a list", "commas", "digits", "marks in marks"],
)
def test_long_lists_and_runs_are_read(body: bytes) -> None:
    found = parsed(body)
    assert found is not None
    holds(found)


def test_evidence_outside_its_block_is_an_error_of_the_parser() -> None:
    page = Page(read_document(b"The Plenary met in Oslo."), MTCR)
    with pytest.raises(BadSpan, match="outside block 0"):
        _quoted(page.blocks, [Span(0, 3, 500)])


STATES = ("Argentina", "Belgium", "Canada", "Denmark", "Finland", "Greece", "Iceland", "Japan", "Norway", "Poland")


@given(st.permutations(STATES), st.sampled_from((", ", "; ", "</li><li>", "</td></tr><tr><td>", "<br>")))
@settings(max_examples=40, deadline=None)
def test_the_order_of_a_list_does_not_change_the_set_of_members(order: list[str], between: str) -> None:
    items = between.join(order)
    shapes = {
        "</li><li>": f"<ul><li>{items}</li></ul>",
        "</td></tr><tr><td>": f"<table><tr><td>{items}</td></tr></table>",
    }
    page = f"<html><body><main><h1>MTCR Partners</h1><p>The members are:</p>{shapes.get(between, f'<p>{items}</p>')}</main></body></html>"
    found = parsed(page.encode())
    assert found is not None
    assert {member.country for member in found.record.members} == {
        "AR", "BE", "CA", "DK", "FI", "GR", "IS", "JP", "NO", "PL",
    }  # fmt: skip


@given(st.lists(st.sampled_from(PIECES[13:]), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_what_a_text_states_is_bounded_by_its_length(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = parsed(text.encode("utf-8", "surrogatepass"))
    if found is None:
        return
    record = found.record
    for facts in (record.officers, record.members, record.resolutions, record.concerns, record.membership_decisions):
        assert len(facts) <= len(text) / 3
    assert all(len(o.name or "") <= len(text) for o in record.officers)


def test_the_same_bytes_give_the_same_record_twice() -> None:
    first, second = parsed(PAGE.encode()), parsed(PAGE.encode())
    assert first is not None
    assert second is not None
    assert to_json(first.record) == to_json(second.record)
