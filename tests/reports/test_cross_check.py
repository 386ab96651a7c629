"""Country groups against membership: each difference is explained or flagged, and a table says what it is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from parsers.record import Kind, Member
from reports.cross_check import Finding, checked
from reports.errors import BadTable
from reports.groups import Footnote, Group, packaged, table_from
from reports.site import build
from tests.builders.comparing import NOON, a_record
from tests.builders.stores import a_store, observed

GROUP = Group("A:2", "MTCR", "mtcr", ("AR", "FR"), (Footnote(("RU",), "The footnote says so."),), ("UA",))
TABLE = """
name: Our groups
source: A law
as_of: 2026-01-01
checked: Compared by hand.
groups:
  - {id: "A:2", title: MTCR, regime: mtcr, countries: [AR, FR], exceptions: [{countries: [RU], why: A note.}]}
"""


def findings(*members: str) -> dict[str, Finding]:
    return {line.country: line.finding for line in checked(GROUP, members).lines}


@pytest.mark.parametrize(
    ("member", "finding"),
    [
        ("AR", Finding.AGREES),
        ("BE", Finding.NOT_LISTED),
        ("RU", Finding.EXPLAINED),
        ("UA", Finding.UNDECLARED),
    ],
)
def test_a_member_is_listed_explained_undeclared_or_flagged(member: str, finding: Finding) -> None:
    assert findings(member, "FR")[member] is finding


def test_a_listed_state_that_is_no_member_is_flagged_and_stands_before_what_agrees() -> None:
    lines = checked(GROUP, ["AR"]).lines
    assert [(line.country, line.finding) for line in lines] == [("FR", Finding.NOT_MEMBER), ("AR", Finding.AGREES)]


def test_an_explanation_stands_only_where_something_is_to_be_explained() -> None:
    whys = {line.country: line.why for line in checked(GROUP, ["AR", "BE", "RU"]).lines}
    assert whys == {"BE": "", "FR": "", "RU": "The footnote says so.", "AR": ""}


def test_the_packaged_table_says_its_source_its_day_and_how_it_was_checked() -> None:
    table = packaged()
    assert [(group.id, group.regime) for group in table.groups] == [
        ("A:1", "wa"),
        ("A:2", "mtcr"),
        ("A:3", "ag"),
        ("A:4", "nsg"),
    ]
    assert "Supplement No. 1" in table.source
    assert table.as_of.isoformat() == "2020-01-01"
    assert "not compared with the official text" in table.checked


@pytest.mark.parametrize(
    ("said", "instead", "complaint"),
    [
        ("AR, FR", "AR, AR", "names AR twice"),
        ("AR, FR", "AR, RU", "names RU twice"),
        ("AR, FR", "AR, XQ", "names XQ, no code of a state"),
        ("as_of: 2026-01-01", "as_of: soon", "is no table of country groups"),
        ("name: Our groups", "nome: Our groups", "is no table of country groups"),
        ("groups:", "groups: [", "is no table of country groups"),
        ("source: A law\n", "", "is no table of country groups"),
    ],
)
def test_a_table_that_is_none_is_refused_in_one_clear_line(
    tmp_path: Path, said: str, instead: str, complaint: str
) -> None:
    file = tmp_path / "groups.yaml"
    file.write_text(TABLE.replace(said, instead))
    with pytest.raises(BadTable, match=complaint) as raised:
        table_from(file)
    assert str(raised.value).startswith(str(file))


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match=r"none\.yaml: cannot be read"):
        table_from(tmp_path / "none.yaml")


def test_ones_own_table_stands_on_the_page_with_its_age(tmp_path: Path) -> None:
    (tmp_path / "groups.yaml").write_text(TABLE)
    with a_store(tmp_path) as store:
        with store.writing() as w:
            listed = a_record(
                Kind.MEMBERS, members=(Member("AR", "Argentina"), Member("BE", "Belgium"), Member("RU", "Russia"))
            )
            w.members_listed(listed, observed(w, listed).id, stated_on=NOON.date() - timedelta(days=9), now=NOON)
        build(store, tmp_path / "site", NOON, table_from(tmp_path / "groups.yaml"))
    page = (tmp_path / "site/cross-check.html").read_text()
    assert "60 days before this check, from A law. Compared by hand." in page
    assert "1 agree · 1 member, not listed · 1 listed, not known as a member · 1 explained" in page
    assert "A note." in page
