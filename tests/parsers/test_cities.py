"""Cities that plenaries were held in, under the names and in the cases that pages give them."""

from __future__ import annotations

import pytest

from parsers.cities import city_named, find_cities, placed_before_country


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("was held in Washington, D.C., from November", "Washington", "US"),
        ("en Seúl, Corea", "Seoul", "KR"),
        ("w Warszawie", "Warsaw", "PL"),
        ("in Warschau", "Warsaw", "PL"),
        ("بمدينة باريس", "Paris", "FR"),
        ("v lotyšské Jürmale", "Jūrmala", "LV"),
        ("в Сочи", "Sochi", "RU"),
        ("в Буэнос-Айресе", "Buenos Aires", "AR"),
        ("à La Haye", "The Hague", "NL"),
        ("in Gothenburg", "Göteborg", "SE"),
        ("SEATTLE, WA", "Seattle", "US"),
        ("2009年巴黎", "Paris", "FR"),
    ],
)
def test_a_city_is_known_by_the_name_the_page_gives_it(text: str, city: str, country: str) -> None:
    assert [(m.city, m.country) for m in find_cities(text)] == [(city, country)]


@pytest.mark.parametrize(
    "text", ["the Hague Code of Conduct", "the Wassenaar Arrangement", "the Vienna Convention", "the Geneva Protocol"]
)
def test_a_treaty_named_after_a_city_is_no_place(text: str) -> None:
    assert find_cities(text) == ()


def test_an_address_names_cities_in_small_letters() -> None:
    assert [m.city for m in find_cities("25th-plenary-buenos-aires-argentina", slug=True)] == ["Buenos Aires"]


def test_an_unknown_town_is_placed_by_the_state_behind_it() -> None:
    text = "in Kuršumlija, Serbia"
    assert placed_before_country(text, text.index("Serbia")) == (3, 13)
    assert city_named("Kuršumlija") is None
