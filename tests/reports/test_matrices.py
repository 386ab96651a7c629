"""Countries across regimes, where statements name them, and who cites which resolution."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import msgspec

from parsers.record import Concern, Kind, Member, Officer, OfficerRole, Outreach, Resolution
from reports.matrices import citations, countries, resolutions
from reports.site import build
from storage import Store
from storage.values import PlenaryView, Version
from tests.builders.comparing import NOON, a_document, a_meeting, a_record, a_resolution
from tests.builders.stores import a_store, observed


def _shown(label: str, **fields: object) -> tuple[PlenaryView, Version]:
    plenary = PlenaryView("mtcr", label, int(label), "Oslo", "NO", None, None, (1,))
    record = a_record(plenary=a_meeting(int(label)), **fields)
    version = Version(1, "s", "mtcr", "u", "ab", None, "h", False, NOON, label, record, a_document("Text."))
    return plenary, version


def test_a_country_that_is_only_named_is_a_row_without_a_membership() -> None:
    (row,) = countries({"mtcr": ()}, [_shown("25", concerns=(Concern("IR"),))])
    assert (row.code, row.name, row.memberships) == ("IR", "Iran", {})
    assert [(m.plenary, m.part, m.pointer) for m in row.mentions] == [("25", "concern", "/concerns/0")]


def test_a_country_is_told_once_a_part_and_a_statement() -> None:
    twice = (Outreach("chair", ("BY",)), Outreach("regime", ("BY",)))
    (row,) = countries({}, [_shown("25", outreach=twice, concerns=(Concern("BY"),))])
    assert [m.part for m in row.mentions] == ["concern", "outreach"]


def test_a_region_is_no_country() -> None:
    assert countries({}, [_shown("25", concerns=(Concern(region="South Asia"),))]) == ()


def test_a_code_that_is_no_word_names_no_file() -> None:
    chair = (Officer(OfficerRole.CHAIR, country="../x"),)
    assert countries({}, [_shown("25", officers=chair)]) == ()


def test_resolutions_stand_by_their_first_citation_with_all_that_cite_them() -> None:
    old, new = a_resolution(1540, 2004), a_resolution(1929, 2010)
    found = citations([_shown("24", resolutions=(old,)), _shown("25", resolutions=(new, old))])
    assert [(c.symbol, sorted(c.plenaries)) for c in found] == [
        ("S/RES/1540 (2004)", ["24", "25"]),
        ("S/RES/1929 (2010)", ["25"]),
    ]


def test_over_all_regimes_a_resolution_is_one_with_or_without_its_year() -> None:
    bare = Resolution(1540, symbol="S/RES/1540")
    first, second = _shown("24", resolutions=(bare,)), _shown("25", resolutions=(a_resolution(1540, 2004), bare))
    elsewhere = _shown("30", resolutions=(a_resolution(1929, 2010), a_resolution(1540, 2004)))
    nsg = (msgspec.structs.replace(elsewhere[0], regime="nsg"), elsewhere[1])
    assert [(r.symbol, r.plenaries) for r in resolutions([first, second, nsg])] == [
        ("S/RES/1540 (2004)", {"mtcr": ("24", "25"), "nsg": ("30",)}),
        ("S/RES/1929 (2010)", {"nsg": ("30",)}),
    ]


def _two_regimes(folder: Path) -> Store:
    store = a_store(folder)
    with store.writing() as w:
        for regime in ("mtcr", "nsg"):
            members = (Member("AR", "Argentina", "1993"), *([Member("BE", "Belgium")] if regime == "nsg" else []))
            listed = a_record(Kind.MEMBERS, regime, members=members)
            version = observed(w, listed, name="list")
            w.members_listed(listed, version.id, stated_on=date(2011, 4, 15), now=NOON)
        statement = a_record(plenary=a_meeting(25), concerns=(Concern("KP"),), resolutions=(a_resolution(1540, 2004),))
        observed(w, statement, document=a_document("Text of the statement on North Korea."))
    return store


def test_the_matrix_and_a_page_a_country_stand_on_the_site(tmp_path: Path) -> None:
    with _two_regimes(tmp_path) as store:
        build(store, tmp_path / "site", NOON)
    site = tmp_path / "site"
    rows = list(csv.DictReader((site / "api/v1/matrix.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0] == {"country": "AR", "name": "Argentina", "mtcr": "1993-01-01", "nsg": "1993-01-01"}
    assert rows[1] == {"country": "BE", "name": "Belgium", "mtcr": "", "nsg": "2011-04-15"}
    assert "Member of 2 of 2 regimes watched" in (site / "countries/AR.html").read_text()
    named = (site / "countries/KP.html").read_text()
    assert "Member of none" in named
    assert re.search(r'href="\.\./mtcr/plenary-25\.html[^"]*">MTCR 25', named)


def test_the_matrix_of_resolutions_stands_on_the_site(tmp_path: Path) -> None:
    with _two_regimes(tmp_path) as store:
        build(store, tmp_path / "site", NOON)
    site = tmp_path / "site"
    (row,) = csv.DictReader((site / "api/v1/resolutions.csv").read_text("utf-8-sig").splitlines())
    assert (row["resolution"], row["regime"], row["plenary"]) == ("S/RES/1540 (2004)", "mtcr", "25")
    assert 'href="mtcr/plenary-25.html">25' in (site / "resolutions.html").read_text()
