"""What is form, and what is said: lists in another dress beside the same sentences."""

from __future__ import annotations

import pytest

from diffs.form import is_cut_off, same_but_for_form
from diffs.furniture import is_stamp
from parsers.parse import parse
from tests.builders.comparing import a_document
from tests.builders.pages import MTCR

_STATES = ("Argentina", "Australia", "Belgium", "Brazil", "Canada", "Denmark", "France")
_SENTENCE = "<p>The Regime has 7 Partners, who meet once a year.</p>"
_FORMS = {
    "list": "<ul>" + "".join(f"<li>{s}</li>" for s in _STATES) + "</ul>",
    "table": "<table><tr><th>No.</th><th>Partner</th></tr>"
    + "".join(f"<tr><td>{i}</td><td>{s}</td></tr>" for i, s in enumerate(_STATES, 1))
    + "</table>",
    "prose": f"<p>The Partners are {', '.join(_STATES[:-1])} and {_STATES[-1]}.</p>",
    "cards": "".join(f"<div class='card'><p>{s}</p></div>" for s in _STATES),
}


def _read(content: str, sentence: str = _SENTENCE, more: str = "") -> tuple[object, object]:
    html = f"<html><body><main><h1>Partners of the MTCR</h1>{sentence}{content}{more}</main></body></html>"
    parsed = parse(html.encode(), regime=MTCR)
    return parsed.record, parsed.document


@pytest.mark.fault("F5", "F6")
@pytest.mark.parametrize("before", sorted(_FORMS))
@pytest.mark.parametrize("after", sorted(_FORMS))
def test_the_same_members_in_another_form_beside_the_same_sentences_are_the_same(before: str, after: str) -> None:
    assert same_but_for_form(_read(_FORMS[before]), _read(_FORMS[after]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        _read(_FORMS["table"], "<p>The Regime has 7 Partners, who meet twice a year.</p>"),
        _read(_FORMS["table"].replace("Brazil", "Bulgaria")),
        _read(_FORMS["table"], more="<p>India has applied to become a Partner.</p>"),
    ],
    ids=["a sentence", "a member", "a sentence more"],
)
def test_what_is_said_beside_the_list_is_no_form(other: tuple[object, object]) -> None:
    assert not same_but_for_form(_read(_FORMS["list"]), other)  # type: ignore[arg-type]


_WHOLE = (
    "The plenary met in Oslo.",
    "Partners spoke of the market and of its risks.",
    "They will meet again in spring.",
)


@pytest.mark.parametrize("lines", [_WHOLE[:1], (_WHOLE[0], "Partners spoke of the mar"), (*_WHOLE[:2], "They will")])
def test_a_text_that_stops_where_it_did_not_is_cut_off(lines: tuple[str, ...]) -> None:
    assert is_cut_off(a_document(*_WHOLE), a_document(*lines))


@pytest.mark.parametrize(
    "lines",
    [_WHOLE, (*_WHOLE, "A line more."), (_WHOLE[0], "Partners spoke of risks."), (_WHOLE[0], *_WHOLE[2:]), _WHOLE[1:]],
)
def test_a_text_that_was_edited_is_not_cut_off(lines: tuple[str, ...]) -> None:
    assert not is_cut_off(a_document(*_WHOLE), a_document(*lines))


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: 3 March 2014",
        "Page last modified on 03.03.2014, 10:41 CET",
        "Today is Monday, 3 March 2014",
        "You are visitor number 40112",
        "Dernière mise à jour : 3 mars 2014",
        "Zuletzt aktualisiert am 3. März 2014",
        "Última actualización: 3 de marzo de 2014",
        "Последнее обновление: 3 марта 2014",
    ],
)
def test_a_stamp_of_the_day_is_none_of_what_is_said(line: str) -> None:
    assert is_stamp(line)


@pytest.mark.parametrize(
    "line",
    [
        "Oslo, 3 March 2014",
        "Published on 3 March 2014",
        "The guidelines were last updated on 3 March 2014.",
        "As of 3 March 2014 the Regime has 34 members.",
        "34 members",
        "Today the Regime has 35 Partners.",
    ],
)
def test_a_dated_line_that_says_something_is_no_stamp(line: str) -> None:
    assert not is_stamp(line)
