"""Pictures say in words and in a table what they show: who joined when, who is named, who belongs where."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import msgspec
import pytest

from parsers.record import Concern
from parsers.tables import json_table
from reports.concerns import concerns_over_time
from reports.known import Statement
from reports.timeline import by_year, joining_timeline
from reports.worldmap import first_year, world_map
from storage.values import Membership, PlenaryView, Version
from tests.builders.comparing import NOON, a_document, a_meeting, a_record

TODAY = date(2026, 3, 2)


def member(code: str, begun: int | None = 1990, left: int | None = None) -> Membership:
    days = [date(year, 5, 1) if year else None for year in (begun, left)]
    return Membership("mtcr", code, code, 0, days[0], days[1], "since", NOON, None, 1, "/members/0", "u", None)


def statement(label: str, *concerns: Concern) -> Statement:
    plenary = PlenaryView("mtcr", label, int(label), "Oslo", "NO", None, None, (1,))
    record = a_record(plenary=a_meeting(int(label)), concerns=concerns)
    version = Version(1, "s", "mtcr", "u", "ab", None, "h", False, NOON, label, record, a_document("Text."))
    return Statement(plenary, (version,), version, None, None)


def shapes(svg: str, kind: str) -> list[str]:
    found = ElementTree.fromstring(svg)
    return [
        element[0].text or ""
        for element in found.iter()
        if kind in element.get("class", "").split() and len(element) and "land" in element.get("class", "")
    ]


def test_each_year_names_who_came_and_left_and_counts_who_was_there_before_any_day() -> None:
    found = by_year([member("AR", 1987), member("BE", 1990), member("FR", 1990, 1999), member("NO", None)])
    assert [(y.year, y.came, y.went, y.members) for y in found] == [
        (1987, ("Argentina",), (), 2), (1990, ("Belgium", "France"), (), 4), (1999, (), ("France",), 3),
    ]  # fmt: skip


def test_the_timeline_goes_on_to_today_says_its_ends_and_has_its_numbers_as_rows() -> None:
    picture = joining_timeline([member("AR", 1987), member("BE", 1990)], "the MTCR", 2026, "x.csv")
    assert picture is not None
    assert (picture.title, picture.said) == (
        "Members of the MTCR, 1987 to 2026",
        "Members of the MTCR: 1 in 1987, 2 since 1990.",
    )
    assert picture.rows == ((1987, 1, 0, 1, "Argentina", ""), (1990, 1, 0, 2, "Belgium", ""))
    assert "1990: 2 members; joined: Belgium" in picture.file


def test_a_file_has_its_title_its_note_and_its_description_in_it() -> None:
    picture = joining_timeline([member("AR", 1987), member("BE", 1990)], "the MTCR", 2026, "x.csv")
    assert picture is not None
    drawn = ElementTree.fromstring(picture.file)
    assert drawn.findtext("{http://www.w3.org/2000/svg}desc") == picture.said
    _, top, _, height = map(int, drawn.get("viewBox", "").split())
    written = {e.text: float(e.get("y", "")) for e in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert top < written[picture.title] < 0
    assert picture.height < written[f"{picture.note} · Plenarywatch"] < top + height


def test_a_year_known_from_lists_alone_is_a_hollow_dot() -> None:
    listed = [msgspec.structs.replace(member(code, 2013), basis="stated") for code in ("AR", "BE")]
    picture = joining_timeline([*listed, member("IN", 2017)], "the WA", 2026, "x.csv")
    assert picture is not None
    assert (picture.body.count('class="dot hollow"'), picture.body.count('class="dot"')) == (1, 1)
    assert "A hollow dot" in picture.note


@pytest.mark.parametrize(
    "members", [[], [member("AR", None)], [member("AR"), member("BE")]], ids=["none", "undated", "one year"]
)
def test_there_is_no_line_through_fewer_than_two_years(members: list[Membership]) -> None:
    assert joining_timeline(members, "the MTCR", 2026, "x.csv") is None


def test_concerns_have_a_row_each_and_a_mark_where_a_plenary_names_them() -> None:
    picture = concerns_over_time(
        [statement("24", Concern("IR")), statement("25", Concern("IR"), Concern(region="Middle East"))],
        "The MTCR",
        "x.csv",
    )
    assert picture is not None
    assert picture.columns == ("concern", "24", "25")
    assert picture.rows == (("Iran", "named", "named"), ("Middle East", "", "named"))
    assert picture.file.count('class="dot"') == 3
    assert picture.said.endswith("the newest names Iran, Middle East.")


def test_without_concerns_there_is_no_picture_of_them() -> None:
    assert concerns_over_time([statement("24")], "The MTCR", "x.csv") is None


def test_the_map_shows_members_those_without_a_day_and_those_who_left_apart() -> None:
    drawn = world_map([member("AR"), member("BR", None), member("FR", 1990, 2001)], "The MTCR", TODAY, "x.csv").file
    assert shapes(drawn, "member") == ["Argentina: since 1990-05-01"]
    assert shapes(drawn, "undated") == ["Brazil: since a day not stated"]
    assert "France: since 1990-05-01 until 2001-05-01" in shapes(drawn, "other")


def test_a_state_too_small_for_the_map_is_a_dot_and_a_former_one_is_named_beside_it() -> None:
    picture = world_map([member("MT"), member("SUHH", 1988, 1991)], "The MTCR", TODAY, "x.csv")
    assert "<circle" in picture.body
    assert shapes(picture.file, "member") == ["Malta: since 1990-05-01"]
    assert picture.note.endswith("Not on the map: Soviet Union.")


def test_every_state_of_today_has_a_shape_or_a_dot() -> None:
    codes = {code for code, (_, alpha3) in json_table("country_table.json").items() if alpha3 and len(code) == 2}
    picture = world_map([member(code) for code in sorted(codes)], "All", TODAY, "x.csv")
    absent = picture.note.partition("Not on the map: ")[2].removesuffix(".").split(", ")
    # What is left are dependent territories, none of which is in a regime.
    assert not {"Malta", "Singapore", "Holy See", "San Marino", "Liechtenstein", "Cook Islands", "Kosovo"} & set(absent)
    assert len(absent) < 30


def test_the_slider_begins_with_the_first_year_that_is_known() -> None:
    assert first_year([member("AR", 1987), member("BE"), member("NO", None)], TODAY) == 1987
    assert first_year([], TODAY) == 2026
