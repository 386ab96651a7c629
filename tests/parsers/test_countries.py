"""Names of states resolve to one code or to none; what only looks like a state never does."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.countries import (
    country_named,
    country_of_demonym,
    display_name,
    find_countries,
    is_historic,
    renamings,
    successors,
)
from parsers.country_names import codes_by_name
from parsers.names import name_key

NAMES = {
    "AR": "Argentina|Argentine Republic|Argentinien|Аргентина",
    "AT": "Austria|Republic of Austria|Republik Österreich|Autriche|Австрия",
    "AU": "Australia|Commonwealth of Australia|Австралия",
    "BA": "Bosnia and Herzegovina|Bosnia & Herzegovina|Bosnia-Herzegovina",
    "BG": "Bulgaria|Republic of Bulgaria|Bulgarie|Болгария",
    "BO": "Bolivia (Plurinational State of)|Plurinational State of Bolivia",
    "BR": "Brazil|Brésil|Brasilien|Federative Republic of Brazil|Бразилия",
    "BY": "Belarus|Byelorussia|Weißrussland|Weissrussland|Беларусь|Белоруссия",
    "CD": "Democratic Republic of the Congo|Congo, Democratic Republic of the|DRC|République démocratique du Congo",
    "CG": "Republic of the Congo|Congo-Brazzaville|Congo (Republic of the)",
    "CH": "Switzerland|Swiss Confederation|Suisse|Schweiz|Suiza|Svizzera|Швейцария",
    "CI": "Côte d’Ivoire|Cote d'Ivoire|Ivory Coast",
    "CN": "China|People's Republic of China|PRC|КНР|República Popular China",
    "CSHH": "Czechoslovakia|Czech and Slovak Federal Republic|CSFR",
    "CV": "Cabo Verde|Cape Verde",
    "CY": "Cyprus|Republic of Cyprus|Chypre|Zypern",
    "CZ": "Czech Republic|Czechia|the Czech Rep.|Tschechien|République tchèque|República Checa|Чешская Республика"
    "|Česká republika|Repubblica Ceca",
    "DDDE": "German Democratic Republic|East Germany|GDR|ГДР",
    "DE": "Germany|Federal Republic of Germany|West Germany|Bundesrepublik Deutschland|ФРГ"
    "|République fédérale d’Allemagne|Deutschlands|Германии",
    "DM": "Dominica",
    "DO": "Dominican Republic",
    "ES": "Spain|Kingdom of Spain|Reino de España|Испания",
    "GB": "UK|U.K.|United Kingdom|United Kingdom of Great Britain and Northern Ireland|Royaume-Uni|Reino Unido"
    "|Vereinigtes Königreich|Соединенное Королевство",
    "GN": "Guinea|Republic of Guinea",
    "GQ": "Equatorial Guinea",
    "GW": "Guinea-Bissau",
    "HK": "Hong Kong|Hong Kong, China",
    "IE": "Ireland|Republic of Ireland|Irlande|Irland|Ирландия",
    "IR": "Iran|Islamic Republic of Iran|Iran (Islamic Republic of)",
    "KN": "Saint Kitts and Nevis|St. Kitts and Nevis",
    "KP": "DPRK|North Korea|Democratic People’s Republic of Korea|Democratic People's Republic of Korea (DPRK)"
    "|Korea (North)|КНДР|Nordkorea|RPDC|DPR of Korea",
    "KR": "ROK|R.O.K.|South Korea|Republic of Korea|Korea, Republic of|Korea (Republic of)|Korea (Rep. of)"
    "|Republic of Korea (ROK)|Südkorea|República de Corea|Республики Корея|Corée (République de)",
    "LI": "Liechtenstein|Principality of Liechtenstein",
    "LT": "Lithuania|Republic of Lithuania|Litauen|Литва",
    "LU": "Luxembourg|Luxemburg|Grand Duchy of Luxembourg|Люксембург",
    "LV": "Latvia|Republic of Latvia|Lettland|Letonia",
    "MK": "North Macedonia|Republic of North Macedonia|the former Yugoslav Republic of Macedonia|FYROM",
    "MM": "Myanmar|Burma|Burma/Myanmar|Myanmar (Burma)",
    "MX": "Mexico|México|United Mexican States|Mexique",
    "NE": "Niger",
    "NG": "Nigeria",
    "NL": "Netherlands|The Netherlands|Netherland|Netherlands (the)|Netherlands (Kingdom of the)|Holland|Pays-Bas"
    "|Países Bajos|Niederlande|Нидерланды",
    "NO": "Norway|Kingdom of Norway|Norwegen|Noruega|Норвегии",
    "NZ": "NZ|New Zealand|Aotearoa New Zealand|Nouvelle-Zélande|Новой Зеландии",
    "PG": "Papua New Guinea",
    "PL": "Poland|Rzeczpospolita Polska|Polska|Polen|Польша",
    "RU": "Russia|Russian Federation|Fédération de Russie|Российская Федерация",
    "SK": "Slovakia|Slovak Republic|République slovaque|Словацкая Республика",
    "SUHH": "Soviet Union|USSR|Union of Soviet Socialist Republics|СССР|Sowjetunion",
    "SZ": "Swaziland|Eswatini|Kingdom of Eswatini",
    "TR": "Turkey|Türkiye|Republic of Türkiye|Turquie|Türkei|Turquía|Турция|Turchia",
    "TW": "Taiwan|Chinese Taipei",
    "US": "US|U.S.|USA|U.S.A.|United States|United States of America|États-Unis|EE. UU.|EUA|Vereinigte Staaten|США",
    "VA": "Holy See|the Holy See|Vatican City|Saint-Siège|Santa Sede|Heiliger Stuhl|Святой Престол",
    "XK": "Kosovo|Republic of Kosovo",
    "YUCS": "Yugoslavia|Socialist Federal Republic of Yugoslavia",
    "ZA": "South Africa|Republic of South Africa|Südafrika|Afrique du Sud|Sudáfrica|ЮАР|Южно-Африканская Республика",
}


@pytest.mark.parametrize(("name", "code"), [(n, code) for code, names in NAMES.items() for n in names.split("|")])
def test_a_name_in_use_is_its_state(name: str, code: str) -> None:
    assert country_named(name) == code


@pytest.mark.parametrize(
    "text",
    [
        "Korea",
        "Corea",
        "Congo",
        "America",
        "Northern Ireland",
        "Scotland",
        "Paris",
        "Dublin",
        "Brasilia",
        "Brasília",
        "Tunis",
        "Washington",
        "EU",
        "European Union",
        "Europe",
        "South Asia",
        "Latin America",
        "Middle East",
        "it",
        "IT",
        "No",
        "is",
        "and",
        "in",
        "May",
        "Republic of",
        "Republic",
        "the",
        "Australia Group",
        "Jordan Smith",
        "Atlanta, Georgia",
        "Catalonia",
        "Tibet",
        "IAEA",
        "Home",
        "Search",
        "Members",
        "CH",
        "DE",
        "Mexico City",
        "New South Wales",
        "Kuwait City",
        "Islands",
        "Rep of",
        "Francia Spain",
        "Frnace",
        "Republic of Moon",
        "",
    ],
)
def test_what_is_no_state_is_none(text: str) -> None:
    assert country_named(text) is None


@pytest.mark.parametrize(
    "text", ["France*", "France1", "France [2]", "France (3)", " France, ", "• France", "France†", "The France"]
)
def test_footnote_marks_and_bullets_do_not_hide_a_name(text: str) -> None:
    assert country_named(text) == "FR"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Atlanta, Georgia, hosted a seminar", ""),
        ("the state of Georgia in the USA", "US"),
        ("Georgia and Armenia took part", "GE AM"),
        ("outreach to Georgia, Jordan and Chad", "GE JO TD"),
        ("Ambassador Jordan Reed spoke", ""),
        ("Mr Chad Brown of Canada", "CA"),
        ("Ms. Georgia Miller greeted the delegates from Malta", "MT"),
        ("Israel Katz and Cuba Gooding", ""),
        ("Niger and Nigeria", "NE NG"),
        ("the United Kingdom of Great Britain and Northern Ireland", "GB"),
        ("Belfast in Northern Ireland, and Ireland", "IE"),
        ("the Republic of Korea and the Democratic People's Republic of Korea", "KR KP"),
        ("tension in Korea, and in the Congo; the two Koreas; the Korean Peninsula", ""),
        ("the Democratic Republic of the Congo and the Republic of the Congo", "CD CG"),
        ("Papua New Guinea, Guinea-Bissau, Equatorial Guinea and Guinea", "PG GW GQ GN"),
        ("the Gulf of Guinea, the Sea of Japan, the South China Sea, the Panama Canal", ""),
        ("South Asia, Latin America and North America", ""),
        ("Hong Kong and Taiwan as points of transit; China", "HK TW CN"),
        ("the Australia Group met in Paris, France", "FR"),
        ("le Groupe d’Australie, die Australische Gruppe", ""),
        ("Mexico City, Mexico; New Mexico", "MX"),
        ("the US and the UK told us in May that it is so", "US GB"),
        ("the former Soviet Union and the former Yugoslav Republic of Macedonia", "SUHH MK"),
        ("Iran, Islamic Republic of; Korea, Republic of; Moldova, Republic of", "IR KR MD"),
        ("Trinidad and Tobago, Bosnia and Herzegovina, Antigua and Barbuda", "TT BA AG"),
        ("ARGENTINA, THE NETHERLANDS AND THE UNITED STATES OF AMERICA", "AR NL US"),
        ("Korea (Republic of), Rep. of Korea", "KR KR"),
        ("Turkey (1997), Ukraine(1998), Poland*, Spain1, New Zealand2", "TR UA PL ES NZ"),
        ("Belgium Luxembourg Malta", "BE LU MT"),
        ("d'Argentine, d’Australie, de l’Irlande, la Fédération de Russie et les Pays-Bas", "AR AU IE RU NL"),
        ("der Türkei, den Niederlanden, den Vereinigten Staaten, dem Vereinigten Königreich", "TR NL US GB"),
        ("die Präsidentschaft Argentiniens und Deutschlands", "AR DE"),
        ("в Российской Федерации, Республике Корея, Новой Зеландии, Аргентине и Польшу", "RU KR NZ AR PL"),
        ("Bank of China; Embassy of Japan; University of Georgia; Georgia Tech", "JP"),
        ("来自法国和德国的代表", "FR DE"),
    ],
)
def test_running_text_names_these_states(text: str, codes: str) -> None:
    assert [match.code for match in find_countries(text)] == codes.split()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("in the Republic of Bulgaria today", "Republic of Bulgaria"),
        ("the Kingdom of Spain’s chair", "Kingdom of Spain"),
        ("the Federal Republic of Nigeria", "Federal Republic of Nigeria"),
        ("the Minister of Poland", "Poland"),
        ("host state Norway", "Norway"),
        ("Poland1", "Poland"),
        ("Korea (Republic of)", "Korea (Republic of)"),
    ],
)
def test_a_mention_spans_the_name_as_it_stands(text: str, name: str) -> None:
    (match,) = find_countries(text)
    assert match.name == name == text[match.start : match.end]


def test_former_states_keep_their_codes_and_have_successors() -> None:
    assert is_historic("CSHH")
    assert successors("CSHH") == ("CZ", "SK")
    assert "RU" in successors("SUHH")
    assert successors("CZ") == ()
    assert not is_historic("CZ")


def test_renamings_carry_their_day() -> None:
    (renaming,) = renamings("TR")
    assert (renaming.before, renaming.after, renaming.on.isoformat()) == ("Turkey", "Türkiye", "2022-06-02")
    assert renamings("FR") == ()


def test_every_code_has_an_english_name_that_is_its_own() -> None:
    for code in set(codes_by_name().values()):
        assert country_named(display_name(code)) == code, code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Argentine", "AR"),
        ("Belgian", "BE"),
        ("South Korean", "KR"),
        ("North Korean", "KP"),
        ("Dutch", "NL"),
        ("Nigerien", "NE"),
        ("Nigerian", "NG"),
        ("norwegische", "NO"),
        ("suédoise", "SE"),
        ("Korean", None),
        ("European", None),
        ("Congolese", None),
    ],
)
def test_an_adjective_is_its_states(word: str, code: str | None) -> None:
    assert country_of_demonym(word) == code


def test_no_key_is_written_otherwise_than_names_are_looked_up() -> None:
    assert [key for key in codes_by_name() if name_key(key) != key] == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.lists(st.sampled_from(sorted(codes_by_name())), max_size=6).map(", ".join))
def test_spans_are_valid_and_in_order_for_any_text(text: str) -> None:
    matches = find_countries(text.title())
    for match in matches:
        assert text.title()[match.start : match.end] == match.name
    assert all(a.end <= b.start for a, b in itertools.pairwise(matches))
