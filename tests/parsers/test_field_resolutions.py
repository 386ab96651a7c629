"""The Security Council's resolutions, in every form in which texts cite them; nobody else's."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.citations import adopted_in, year_of
from parsers.fields import resolutions
from parsers.tables import yaml_table
from tests.builders.pages import a_page, quotes


def cited(*lines: str) -> list[tuple[int, int | None]]:
    """Number and year of each resolution, as read."""
    return [(f.value.number, f.value.year) for f in resolutions.read(a_page(*lines))]


def numbers(*lines: str) -> list[int]:
    return [number for number, _ in cited(*lines)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Partners recalled UNSCR 1540.", [1540]),
        ("They will carry out UNSCRs 1718 (2006), 1874 (2009) and 2094 (2013).", [1718, 1874, 2094]),
        ("The relevance of UN Security Council Resolutions, inter alia, 1874 and 1929, was noted.", [1874, 1929]),
        ("Reference was made to S/RES/2231 (2015).", [2231]),
        ("They support resolution 1540 of the Security Council.", [1540]),
        ("The Council spoke in its resolution 2087(2013), as the Security Council had announced.", [2087]),
        ("United Nations Security Council Resolutions (UNSCRs) 1718, 1737, and 1747 matter here.", [1718, 1737, 1747]),
        ("Security Council resolutions 1718 (2006), 1874 (2009) on the DPRK, and 1929 (2010) on Iran apply.",
         [1718, 1874, 1929]),
        ("Both UNSCR 1540 and UNSCR 1373 were named.", [1540, 1373]),
        ("La résolution 1540 du Conseil de sécurité a été rappelée.", [1540]),
        ("Les résolutions 1718 (2006) et 1874 (2009) du Conseil de sécurité des Nations Unies.", [1718, 1874]),
        ("Die Resolution 1540 des Sicherheitsrates der Vereinten Nationen wurde begrüßt.", [1540]),
        ("Die VN-Sicherheitsratsresolution 1540 bleibt wichtig.", [1540]),
        ("Se recordó la resolución 1540 (2004) del Consejo de Seguridad.", [1540]),
        ("A Resolução 1540 do Conselho de Segurança foi lembrada.", [1540]),
        ("La risoluzione 1540 del Consiglio di Sicurezza è stata ricordata.", [1540]),
        ("Упомянута резолюция 1540 Совета Безопасности ООН.", [1540]),
        ("Выполняются резолюции СБ ООН 1718 и 1874.", [1718, 1874]),
        ("Rezoluci Rady bezpečnosti OSN 2231 z roku 2015 podpořily všechny státy.", [2231]),
        ("Rezolucja Rady Bezpieczeństwa ONZ 1540 została przywołana.", [1540]),
        ("安理会第1540号决议得到支持。", [1540]),
        ("国連安保理決議1540号が支持された。", [1540]),
        ("유엔 안보리 결의 1718호와 1874호를 지지했다.", [1718, 1874]),
        ("BMGK 1540 sayılı kararı hatırlatıldı.", [1540]),
        ("UNSC Resolution 1373 (2001) was recalled.", [1373]),
        ("The implementation of UNSC resolutions 1540/2004 and 1887/2009 goes on.", [1540, 1887]),
        ("Resolutions of the Security Council on the DPRK, among them 1718 (2006) and 2397 (2017), bind all.", [1718, 2397]),
        ("They stressed resolution 1540 (2004) and its follow-up.", [1540]),
        ("UN Security Council resolutions 2270 (2016), 2321 (2016), 2371 (2017), 2375 (2017) as well as 2397 (2017).",
         [2270, 2321, 2371, 2375, 2397]),
        ("UNSCR 1540, adopted in April 2004, was named.", [1540]),
        ("Security Council Resolution No. 1540 was named.", [1540]),
        ("The UN’s Resolution 1540 was named.", [1540]),
        ("Security Council resolutions 1803; 1835; and 1929 were named.", [1803, 1835, 1929]),
        ("UNSCRs 1540 & 1887 were named.", [1540, 1887]),
        ("UNSC Resolutions 1695 and 1696, and later 1718, were named.", [1695, 1696]),
        ("A new resolution of the UN Security Council, 2325 (2016), was named.", [2325]),
    ],
)  # fmt: skip
def test_the_forms_of_a_citation(sentence: str, expected: list[int]) -> None:
    assert numbers(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The General Assembly adopted A/RES/59/91 by a large majority.",
        "General Assembly resolution 1540 of that year is another matter.",
        "A resolution of the IAEA Board of Governors of 2005 was read.",
        "The camera has a resolution of 1920 x 1080 pixels.",
        "Partners showed resolution and held 1540 meetings.",
        "All United Nations Security Council resolutions on the DPRK hold.",
        "The Security Council adopted a resolution in 2017.",
        "A New Year's resolution for 2013 was made.",
        "The 2231 delegates came on 15 April 2004.",
        "The European Parliament's resolution 1540 was read.",
        "In 2006 the Security Council met 272 times.",
        "Resolution of disputes: call 1800 12345.",
    ],
)
def test_what_is_no_resolution_of_the_council(sentence: str) -> None:
    assert numbers(sentence) == []


def test_a_stated_year_is_told_from_one_looked_up() -> None:
    found = resolutions.read(a_page("UNSCR 1540 and UNSCR 2231 (2015) were named."))
    assert [(f.value.year, f.value.year_source, f.value.symbol) for f in found] == [
        (2004, "looked_up", "S/RES/1540 (2004)"),
        (2015, "stated", "S/RES/2231 (2015)"),
    ]


def test_a_number_no_table_knows_keeps_no_year() -> None:
    (found,) = resolutions.read(a_page("UNSCR 3100 was named."))
    assert (found.value.year, found.value.year_source, found.value.symbol) == (None, None, "S/RES/3100")


def test_each_resolution_stands_once_with_all_its_spans() -> None:
    page = a_page("UNSCR 1540 was recalled.", "Help was offered with resolution 1540 (2004) of the Security Council.")
    (found,) = resolutions.read(page)
    assert quotes(page, found) == ["1540", "1540 (2004)"]
    assert found.value.year_source == "stated"


def test_a_year_stated_anywhere_beats_the_table() -> None:
    assert cited("UNSCR 1540 was named, and again as S/RES/1540 (2004).") == [(1540, 2004)]


def test_the_committee_adds_a_span_to_a_resolution_that_is_cited() -> None:
    page = a_page("Under UN Security Council Resolution 1540 they will work with the 1540 Committee.")
    (found,) = resolutions.read(page)
    assert len(found.spans) == 2


def test_a_bulleted_list_of_resolutions_is_read() -> None:
    assert numbers(
        "They carry out these UN Security Council resolutions:\n\n  • 1718 (2006)\n  • 1874 (2009)\n\nEnd."
    ) == [
        1718,
        1874,
    ]


def test_a_citation_broken_over_two_lines_is_one() -> None:
    text = (
        "Partners recalled at some length what they had agreed the year before, and once more UN Security Council Resolution\n"
        "1540 as well as the help that a number of states have offered to those who asked for it in the year under review."
    )
    assert numbers(text) == [1540]


def test_years_of_the_table() -> None:
    assert [year_of(n) for n in (1540, 1718, 1929, 2087, 2231, 2397, 9999)] == [
        2004,
        2006,
        2010,
        2013,
        2015,
        2017,
        None,
    ]


@given(st.lists(st.sampled_from([1540, 1718, 1737, 1874, 1929, 2087, 2231, 2397]), min_size=1, max_size=6, unique=True))
def test_a_list_of_any_length_is_read_in_its_order(wanted: list[int]) -> None:
    words = ", ".join(map(str, wanted[:-1])) + (" and " if wanted[1:] else "") + str(wanted[-1])
    assert numbers(f"The Plenary recalled UN Security Council Resolutions {words}.") == wanted


def test_every_resolution_of_the_table_lies_in_the_year_that_its_number_tells() -> None:
    for group in yaml_table("unsc_resolutions.yaml").values():
        for number, year in group.items():
            assert adopted_in(number) == year, number


def test_the_years_of_resolutions_run_without_a_gap_and_upwards() -> None:
    years = yaml_table("unsc_years.yaml")
    assert list(years) == list(range(1946, 2025))
    last = list(years.values())
    assert all(before < after for before, after in itertools.pairwise(last))


@pytest.mark.parametrize(
    ("number", "year"),
    [
        # The first and the last of years that are well known, on both sides of the turn of a year.
        (1, 1946), (15, 1946), (16, 1947), (132, 1959), (133, 1960), (242, 1967), (255, 1968), (338, 1973), (425, 1978),
        (598, 1987), (646, 1989), (647, 1990), (678, 1990), (683, 1990), (687, 1991), (725, 1991), (726, 1992), (799, 1992),
        (800, 1993), (892, 1993), (893, 1994), (1267, 1999), (1285, 1999), (1286, 2000), (1373, 2001), (1441, 2002),
        (1521, 2003), (1522, 2004), (1540, 2004), (1580, 2004), (1581, 2005), (1718, 2006), (1738, 2006), (1739, 2007),
        (1859, 2008), (1860, 2009), (1887, 2009), (1907, 2009), (1908, 2010), (1929, 2010), (2085, 2012), (2087, 2013),
        (2118, 2013), (2231, 2015), (2270, 2016), (2321, 2016), (2397, 2017), (2398, 2018), (2451, 2018), (2452, 2019),
        (2503, 2019), (2504, 2020), (2617, 2021), (2622, 2022), (2663, 2022), (2671, 2022), (2672, 2023), (2720, 2023),
        (2767, 2024),
    ],
)  # fmt: skip
def test_a_number_tells_its_year(number: int, year: int) -> None:
    assert adopted_in(number) == year


def test_a_number_beyond_the_table_tells_no_year() -> None:
    assert adopted_in(0) is None
    assert adopted_in(9_999) is None


def test_a_resolution_of_another_subject_has_its_year_by_its_number() -> None:
    (found,) = resolutions.read(a_page("Partners noted UN Security Council resolution 1234."))
    assert (found.value.year, found.value.year_source, found.value.symbol) == (1999, "looked_up", "S/RES/1234 (1999)")
