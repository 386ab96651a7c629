"""The saved statement of the 25th MTCR plenary, read completely: every fact, and the words it rests on."""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from parsers.parse import parse
from parsers.parsed import Parsed
from parsers.record import Concern, Kind, MembershipDecision, MembershipDecisionKind, OfficerRole, Outreach, Plenary
from tests.builders.pages import MTCR

SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "000_a5fe575c66c31c8d.txt"
if not SEED.exists() and os.environ.get("CI"):
    pytest.fail(f"{SEED.name}: the shared folder is missing", pytrace=False)
pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the shared folder is not beside the repository")


@cache
def seed() -> Parsed:
    return parse(SEED.read_bytes(), regime=MTCR)


def quoted(pointer: str) -> list[str]:
    return [evidence.quote for evidence in seed().record.evidence[pointer]]


def test_title_publisher_and_date() -> None:
    record = seed().record
    assert record.kind is Kind.STATEMENT
    assert record.title == "Missile Technology Control Regime Plenary Meeting, Buenos Aires, 13-15 April 2011"
    assert record.published == date(2011, 4, 11)
    assert record.publisher == "Bureau of International Security and Nonproliferation"
    assert quoted("/published") == ["April 11, 2011"]


def test_the_plenary() -> None:
    assert seed().record.plenary == Plenary(25, "Buenos Aires", "AR", date(2011, 4, 11), date(2011, 4, 15))
    assert quoted("/plenary/ordinal") == ["25th"]
    assert quoted("/plenary/city")[0] == "Buenos Aires"


def test_who_opened_and_who_chairs() -> None:
    officers = {officer.role: officer for officer in seed().record.officers}
    opener, chair = officers[OfficerRole.OPENED_BY], officers[OfficerRole.CHAIR]
    assert opener.name == "Alberto D'Alotto"
    assert "Secretary of Foreign Relations of Argentina" in (opener.title or "")
    assert (chair.name, chair.title) == ("Roberto Garcia Moritán", "H.E. Ambassador")
    assert officers[OfficerRole.OUTGOING_CHAIR].country == "BR"
    assert officers[OfficerRole.INCOMING_CHAIR].country == "AR"


def test_the_members_in_the_pages_order() -> None:
    record = seed().record
    assert record.member_count == 34
    codes = "AR AU AT BE BR BG CA CZ DK FI FR DE GR HU IS IT IE JP LU NL NZ NO PL PT KR RU ZA ES SE CH TR UA GB US"
    assert [member.country for member in record.members] == codes.split()
    assert "Czech Republic" in quoted("/members/7")[0]


def test_resolutions_stated_without_their_years() -> None:
    found = {(r.number, r.year, r.year_source) for r in seed().record.resolutions}
    assert found == {(1540, 2004, "looked_up"), (1874, 2009, "looked_up"), (1929, 2010, "looked_up")}
    i = next(i for i, r in enumerate(seed().record.resolutions) if r.number == 1540)
    assert quoted(f"/resolutions/{i}") == ["1540", "1540"]


def test_concerns() -> None:
    assert set(seed().record.concerns) == {
        Concern(country="IR"),
        Concern(country="KP"),
        Concern(region="Middle East"),
        Concern(region="Northeast Asia"),
        Concern(region="South Asia"),
    }


def test_outreach_by_the_outgoing_chair() -> None:
    assert seed().record.outreach == (Outreach("outgoing_chair", ("BY", "CN", "IN", "KZ", "TH")),)
    assert quoted("/outreach/0") == ["Belarus", "China", "India", "Kazakhstan", "Thailand"]


def test_meetings() -> None:
    assert [meeting.abbreviation for meeting in seed().record.meetings] == ["LEEM", "IEM", "TEM"]
    assert quoted("/meetings/1") == ["Information Exchange Meeting (IEM)"]


def test_the_decisions() -> None:
    record = seed().record
    assert [decision.about for decision in record.decisions] == ["annex"]
    assert record.decisions[0].text.endswith("Equipment, Software and Technology Annex.")
    assert record.membership_decisions == (MembershipDecision(MembershipDecisionKind.NO_CONSENSUS),)


def test_topics() -> None:
    assert {"intangible_technology", "brokering", "transit_transshipment"} <= set(seed().record.topics)


def test_the_two_inconsistencies_with_both_sides() -> None:
    found = {inconsistency.code.value: i for i, inconsistency in enumerate(seed().record.inconsistencies)}
    assert set(found) == {"date_mismatch", "published_before_end"}
    detail = seed().record.inconsistencies[found["date_mismatch"]].detail
    assert detail == "title says 13-15 April 2011, text says 11 to 15 April 2011"
    assert "13-15 April 2011" in quoted(f"/inconsistencies/{found['date_mismatch']}")
    assert any("15" in quote for quote in quoted(f"/inconsistencies/{found['date_mismatch']}")[1:])
    assert "April 11, 2011" in quoted(f"/inconsistencies/{found['published_before_end']}")


def test_every_value_has_evidence_exact_to_the_character() -> None:
    document, record = seed()
    for pointer, spans in record.evidence.items():
        assert spans, pointer
        for evidence in spans:
            assert document.blocks[evidence.block].text[evidence.start : evidence.end] == evidence.quote, pointer
    lists = ("officers", "members", "resolutions", "concerns", "outreach", "meetings", "decisions", "topics")
    for name in (*lists, "membership_decisions", "inconsistencies"):
        for i in range(len(getattr(record, name))):
            assert any(key == f"/{name}/{i}" or key.startswith(f"/{name}/{i}/") for key in record.evidence), (name, i)
    for pointer in ("title", "published", "publisher", "member_count"):
        assert f"/{pointer}" in record.evidence
    for part in ("ordinal", "city", "country", "start", "end"):
        assert f"/plenary/{part}" in record.evidence
