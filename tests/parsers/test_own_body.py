"""A page on another body's meeting says nothing of this regime, on whatever site it stands."""

from __future__ import annotations

import pytest

from parsers.parse import parse
from parsers.record import Kind, Plenary, Record
from tests.builders.pages import REGIMES

MTCR = REGIMES["mtcr"]
_TEXT = (
    "<p>The {body} held its 12th Plenary Meeting in Oslo from 13 to 17 October 2014. Norway chaired the meeting.</p>"
    "<p>Participants expressed concern about North Korea. The {body} admitted India as its 49th member.</p>"
)


def _read(title: str, body: str, head: str = "", lead: str = "") -> Record:
    page = (
        f"<html><head><title>{head or title}</title></head><body><main><h1>{title}</h1>{lead}{_TEXT.format(body=body)}"
    )
    return parse(f"{page}</main></body></html>".encode(), regime=MTCR, content_type="text/html").record


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Nuclear Suppliers Group Plenary", "Nuclear Suppliers Group"),
        ("Public Statement: Plenary Meeting of the Wassenaar Arrangement", "Wassenaar Arrangement"),
        ("NSG Plenary, Oslo, 13-17 October 2014", "NSG"),
        ("AUSTRALIA GROUP PLENARY 2014", "Group"),
        ("The Global Partnership's 12th plenary", "Global Partnership"),
        ("The Proliferation Security Initiative 12th Plenary", "Initiative"),
        ("Public statement", "Zangger Committee (ZC)"),
        ("12th Plenary Meeting", "Nuclear Suppliers Group (NSG)"),
        ("Réunion plénière du Nuclear Suppliers Group", "Nuclear Suppliers Group"),
    ],
)
def test_a_page_on_another_bodys_plenary_is_none_of_ours(title: str, body: str) -> None:
    record = _read(title, body, head=f"{title} | Missile Technology Control Regime")
    assert (record.kind, record.plenary, record.title) == (Kind.OTHER, Plenary(), title)
    stated = ("membership_decisions", "officers", "concerns", "members", "member_count")
    assert [getattr(record, name) for name in stated] == [(), (), (), (), None]


@pytest.mark.parametrize(
    ("title", "body", "lead"),
    [
        ("12th Plenary Meeting of the Missile Technology Control Regime", "Missile Technology Control Regime", ""),
        ("Plenary Meeting", "MTCR", "<p>The Nuclear Suppliers Group plenary was held in June.</p>"),
        ("MTCR and NSG plenaries in Oslo", "MTCR", ""),
        ("Technical Experts Group and Plenary", "MTCR", ""),
        ("Contacts with the Wassenaar Arrangement", "MTCR", ""),
        ("Plenary Meeting, Oslo", "Regime", ""),
    ],
)
def test_a_page_that_names_the_regime_or_no_other_body_is_ours(title: str, body: str, lead: str) -> None:
    record = _read(title, body, lead=lead)
    assert record.plenary.ordinal == 12
    assert [c.country for c in record.concerns] == ["KP"]
