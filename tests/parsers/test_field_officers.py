"""Officers: who is said to chair and to open, in our own sentences in the shapes that statements use."""

from __future__ import annotations

import pytest

from parsers.fields import officers
from tests.builders.pages import MTCR, NSG, a_page

# A sentence, and the officers it states: role, name, state.
STATED: list[tuple[str, list[tuple[str, str | None, str | None]]]] = [
    (
        "The Plenary was opened by Mr. CHOI Young-Jin and chaired by Ms. PARK Eun-ha of the Republic of Korea.",
        [("opened_by", "CHOI Young-Jin", None), ("chair", "PARK Eun-ha", "KR")],
    ),
    (
        "Ambassador Dell Higgie of New Zealand chaired the meeting.",
        [("chair", "Dell Higgie", "NZ")],
    ),
    (
        "The meeting was chaired by Australia.",
        [("chair", None, "AU")],
    ),
    (
        "It took place under Belgian chairmanship.",
        [("chair", None, "BE")],
    ),
    (
        "The outgoing MTCR Chair (Brazil) visited five capitals.",
        [("outgoing_chair", None, "BR")],
    ),
    (
        "The incoming MTCR Chair (Argentina) plans further visits.",
        [("incoming_chair", None, "AR")],
    ),
    (
        "The session was chaired by Ambassador Staffan Sohlman (Sweden).",
        [("chair", "Staffan Sohlman", "SE")],
    ),
    (
        "Peru was elected new Chair for the coming year.",
        [("chair", None, "PE")],
    ),
    (
        "Ambassador Veronika Kuchyňová Šmigolová chaired the Plenary.",
        [("chair", "Veronika Kuchyňová Šmigolová", None)],
    ),
    (
        "H.E. Ms. Doris Leuthard, President of the Swiss Confederation, welcomed the Participating Governments.",
        [("opened_by", "Doris Leuthard", "CH")],
    ),
    (
        "The Plenary was officially opened by Mr. Kimmo Sasi, Minister for Foreign Trade of Finland.",
        [("opened_by", "Kimmo Sasi", "FI")],
    ),
    (
        "The Hon Andrew Little, New Zealand Minister of Justice, welcomed participants at the opening.",
        [("opened_by", "Andrew Little", "NZ")],
    ),
    (
        "The meeting was opened by Mr Michael L'Estrange, Secretary of the Department of Foreign Affairs and Trade, and chaired by Mr John Quinn of the same department.",
        [("opened_by", "Michael L'Estrange", None), ("chair", "John Quinn", None)],
    ),
    (
        "Ambassador Mariusz Handzlik of Poland was elected Chair of the Regime.",
        [("chair", "Mariusz Handzlik", "PL")],
    ),
    (
        "The Plenary elected Ambassador Rafael Mariano Grossi of Argentina as its Chair.",
        [("chair", "Rafael Mariano Grossi", "AR")],
    ),
    (
        "Mr Nobuyasu Abe, Director-General at the Ministry of Foreign Affairs of Japan, opened the Plenary and chaired it.",
        [("opened_by", "Nobuyasu Abe", "JP"), ("chair", "Nobuyasu Abe", "JP")],
    ),
    (
        "Ambassador Werner Bauwens, the outgoing Chair, handed over to Ambassador Tomasz Łękarski, the new Chair.",
        [("outgoing_chair", "Werner Bauwens", None), ("chair", "Tomasz Łękarski", None)],
    ),
    (
        "The meeting was co-chaired by Ms Anna Svensson of Sweden and Mr Juan Pérez of Spain.",
        [("co_chair", "Anna Svensson", "SE"), ("co_chair", "Juan Pérez", "ES")],
    ),
    (
        "Norway took over the Chair of the Regime on 1 October.",
        [("chair", None, "NO")],
    ),
    (
        "Germany will take over as MTCR chair.",
        [("chair", None, "DE")],
    ),
    (
        "The General Working Group was chaired by Ambassador Andrej Benedejčič of Slovenia.",
        [],
    ),
    (
        "Mr John Badley chaired the Licensing and Enforcement Experts Meeting.",
        [],
    ),
    (
        "Partners thanked the Chair for his work.",
        [],
    ),
    (
        "The chair opened the discussion on brokering.",
        [],
    ),
    (
        "La réunion a été présidée par l'ambassadeur Jean-Claude Dupont (France).",
        [("chair", "Jean-Claude Dupont", "FR")],
    ),
    (
        "La reunión fue presidida por el Embajador Gustavo Ainchil, de Argentina.",
        [("chair", "Gustavo Ainchil", "AR")],
    ),
    (
        "Die Sitzung wurde von Botschafter Benno Laggner geleitet.",
        [("chair", "Benno Laggner", None)],
    ),
    (
        "Der Vorsitz wird durch Botschafter Benno Laggner ausgeübt.",
        [("chair", "Benno Laggner", None)],
    ),
    (
        "Пленарное заседание прошло под председательством посла Григория Машкова.",
        [("chair", "Григория Машкова", None)],
    ),
    (
        "A plenária foi presidida pelo embaixador José Viegas (Brasil).",
        [("chair", "José Viegas", "BR")],
    ),
    (
        "Ambassador Claudia Santos (Brazil) serves as Chair of the MTCR.",
        [("chair", "Claudia Santos", "BR")],
    ),
    (
        "Under the chairmanship of Ambassador Gunnar Lund of the Swedish Ministry for Foreign Affairs, Partners met.",
        [("chair", "Gunnar Lund", "SE")],
    ),
    (
        "Foreign Minister Karel Schwarzenberg made a welcome statement.",
        [("opened_by", "Karel Schwarzenberg", None)],
    ),
    (
        "Prof. Adam D. Rotfeld greeted the participants.",
        [("opened_by", "Adam D. Rotfeld", None)],
    ),
    (
        "The MTCR Chair for 2021-2022, Ambassador Tomasz Łękarski of Poland, met the press.",
        [("chair", "Tomasz Łękarski", "PL")],
    ),
    (
        "The Plenary was chaired by H.E. Mr. Nguyen Van Nam.",
        [("chair", "Nguyen Van Nam", None)],
    ),
    (
        "Ms Siobhán O'Brien of Ireland and Mr Jón Sigurðsson of Iceland chaired the meeting.",
        [("chair", "Siobhán O'Brien", "IE"), ("chair", "Jón Sigurðsson", "IS")],
    ),
    (
        "Costa Rica chaired the eighth Regular Meeting.",
        [("chair", None, "CR")],
    ),
    (
        "The meeting, hosted by Spain, marked the beginning of the Spanish chairmanship.",
        [("chair", None, "ES")],
    ),
    (
        "Finland's State Secretary, Ms Leena Virtanen, opened the session.",
        [("opened_by", "Leena Virtanen", "FI")],
    ),
    (
        "Ambassador Ham Sang-wook was elected Chair.",
        [("chair", "Ham Sang-wook", None)],
    ),
    (
        "The Chair, Ambassador Umar, thanked the delegations.",
        [("chair", "Umar", None)],
    ),
    (
        "Ireland succeeds Nigeria as Chair.",
        [("chair", None, "IE"), ("outgoing_chair", None, "NG")],
    ),
    (
        "Switzerland handed the Chairmanship to Argentina.",
        [("outgoing_chair", None, "CH"), ("chair", None, "AR")],
    ),
    (
        "Deputy Prime Minister Sophie Wilmès opened the Plenary.",
        [("opened_by", "Sophie Wilmès", None)],
    ),
    (
        "In his opening address Minister Edgars Rinkēvičs recalled history.",
        [("opened_by", "Edgars Rinkēvičs", None)],
    ),
    (
        "The Chair of the Zangger Committee, Ms Louise Fluger Callesen, attended as observer.",
        [],
    ),
    (
        "Ambassador Jānis Zlamets (Latvia) was confirmed as Chair until the next Plenary.",
        [("chair", "Jānis Zlamets", "LV")],
    ),
    (
        "El Secretario de Estado Bernardino León Gross inauguró la plenaria.",
        [("opened_by", "Bernardino León Gross", None)],
    ),
    (
        "Le ministre Jean Asselborn a ouvert la plénière.",
        [("opened_by", "Jean Asselborn", None)],
    ),
    (
        "Ambassador Kairat Sarybay, chairing the Plenary, welcomed new delegates.",
        [("chair", "Kairat Sarybay", None), ("opened_by", "Kairat Sarybay", None)],
    ),
    (
        "The Regime's Chair, Mr Per Fischer of Germany, visited Beijing.",
        [("chair", "Per Fischer", "DE")],
    ),
    (
        "The Republic of Korea will chair the MTCR for one year.",
        [("chair", None, "KR")],
    ),
    (
        "The Chair briefed Poland and Spain on outreach.",
        [],
    ),
    (
        "The Plenary was opened by His Excellency Dr. Alfonso de la Peña y Gómez, Vice Minister of Foreign Affairs of Mexico.",
        [("opened_by", "Alfonso de la Peña y Gómez", "MX")],
    ),
    (
        "Poland assumed the chairmanship from Hungary.",
        [("chair", None, "PL"), ("outgoing_chair", None, "HU")],
    ),
    (
        "The Plenary was inaugurated by Deputy Foreign Minister Ms. Maria van der Berg.",
        [("opened_by", "Maria van der Berg", None)],
    ),
    (
        "H.E. Mr. Ricardo López Murphy, Argentine Vice Minister, opened the Plenary.",
        [("opened_by", "Ricardo López Murphy", "AR")],
    ),
    (
        "The Plenary was chaired by Dr. Amina Al-Sayed of Egypt and opened by Minister Omar Farouk.",
        [("chair", "Amina Al-Sayed", "EG"), ("opened_by", "Omar Farouk", None)],
    ),
    (
        "Partners elected Japan as Chair for the next twelve months.",
        [("chair", None, "JP")],
    ),
    (
        "Mr Piet de Klerk, Ambassador of the Netherlands, will chair the Regime.",
        [("chair", "Piet de Klerk", "NL")],
    ),
    (
        "The gavel passed from Ms Ingrid Holm of Norway to the new Chair, Mr Bram de Vries of the Netherlands.",
        [("outgoing_chair", "Ingrid Holm", "NO"), ("chair", "Bram de Vries", "NL")],
    ),
    (
        "The outgoing Chair, Ambassador Carlos Searsale di Cerisano, briefed Partners.",
        [("outgoing_chair", "Carlos Searsale di Cerisano", None)],
    ),
    (
        "The incoming Chair, Ms Ana Souza (Brazil), outlined her plans.",
        [("incoming_chair", "Ana Souza", "BR")],
    ),
    (
        "Foreign Minister Keizo Obuchi's message was read out.",
        [],
    ),
    (
        "Experts chaired by Mr. Weber discussed the Annex.",
        [],
    ),
    (
        "Ambassador Gustavo Ainchil of Argentina presided over the meeting.",
        [("chair", "Gustavo Ainchil", "AR")],
    ),
    (
        "The Technical Experts Meeting was chaired by Canada.",
        [],
    ),
    (
        "Under the Finnish chairmanship the Regime grew.",
        [("chair", None, "FI")],
    ),
    (
        "It marked the start of the Canadian chairmanship.",
        [("chair", None, "CA")],
    ),
    (
        "L'ambassadeur Pierre Lévy (France) a présidé la réunion.",
        [("chair", "Pierre Lévy", "FR")],
    ),
    (
        "La reunión fue inaugurada por el Canciller Héctor Timerman.",
        [("opened_by", "Héctor Timerman", None)],
    ),
    (
        "Ministro Zbigniew Rau otworzył posiedzenie plenarne.",
        [("opened_by", "Zbigniew Rau", None)],
    ),
    (
        "Staatssekretärin Livia Leu eröffnete die Plenartagung.",
        [("opened_by", "Livia Leu", None)],
    ),
    (
        "Argentinien hat zum vierten Mal den Vorsitz.",
        [("chair", None, "AR")],
    ),
    (
        "Die Schweiz übernimmt den Vorsitz des Regimes.",
        [("chair", None, "CH")],
    ),
    (
        "La Argentina asumió la presidencia del Grupo.",
        [("chair", None, "AR")],
    ),
    (
        "La Argentina dejó la presidencia.",
        [("outgoing_chair", None, "AR")],
    ),
    (
        "2024/2025 MTCR Chair Country: South Africa",
        [("chair", None, "ZA")],
    ),
    (
        "Présidence en 2023 / 2024: Brazil",
        [("chair", None, "BR")],
    ),
    (
        "Ambassador J. P. Singh gave the keynote address.",
        [],
    ),
    (
        "Secretary of State Hans Brattskar delivered the opening address.",
        [("opened_by", "Hans Brattskar", None)],
    ),
    (
        "Ambassador Liselotte Plesner of Denmark chaired.",
        [("chair", "Liselotte Plesner", "DK")],
    ),
    (
        "Mr. Lars Nielsen was confirmed as Chairman.",
        [("chair", "Lars Nielsen", None)],
    ),
    (
        "The Chairman, Mr. Per Fischer, reported.",
        [("chair", "Per Fischer", None)],
    ),
    (
        "The meeting was chaired jointly by Ireland and Iceland.",
        [("chair", None, "IE"), ("chair", None, "IS")],
    ),
    (
        "The Netherlands and Luxembourg took over the chairmanship.",
        [("chair", None, "NL"), ("chair", None, "LU")],
    ),
    (
        "Participants were welcomed by the Mayor, and discussed Iran and North Korea.",
        [],
    ),
    (
        "The Partners welcomed India and thanked France as Point of Contact.",
        [],
    ),
    (
        "The Plenary opened on Monday with a minute of silence.",
        [],
    ),
    (
        "Ms Siti Rahman of Malaysia, as outgoing Chair, spoke first.",
        [("outgoing_chair", "Siti Rahman", "MY")],
    ),
    (
        "Kazakhstan will chair the Group in 2019-2020.",
        [("chair", None, "KZ")],
    ),
    (
        "The session was opened by H.E. Dr. Péter Szijjártó, Minister of Foreign Affairs and Trade of Hungary.",
        [("opened_by", "Péter Szijjártó", "HU")],
    ),
    (
        "Norway thanked Argentina for hosting.",
        [],
    ),
    # A person before a state's possessive is no city of that state.
    (
        "Anna Reid, New Zealand's Ambassador for Disarmament, chaired the Plenary.",
        [("chair", "Anna Reid", "NZ")],
    ),
    (
        "The Consultative Group, chaired by Mr Kenji Mori of Japan, met in April.",
        [],
    ),
    (
        "La réunion s'est tenue sous la présidence de l'Irlande, représentée par l'Ambassadeur Sean Daly. "
        "L'Inde assurera la présidence à compter du 1er janvier.",
        [("chair", "Sean Daly", "IE"), ("incoming_chair", None, "IN")],
    ),
    (
        "Председательствовала посол Филиппин Анна Мария Сантос, сменившая посла Кореи. "
        "Следующим председателем станет Чили.",
        [("chair", "Анна Мария Сантос", "PH"), ("incoming_chair", None, "CL")],
    ),
]


def _key(row: tuple[str, str | None, str | None]) -> tuple[str, str, str]:
    return row[0], row[1] or "", row[2] or ""


@pytest.mark.parametrize(("sentence", "stated"), STATED)
def test_the_officers_of_a_sentence_are_those_it_names(
    sentence: str, stated: list[tuple[str, str | None, str | None]]
) -> None:
    found = [(o.value.role.value, o.value.name, o.value.country) for o in officers.read(a_page(sentence))]
    assert sorted(found, key=_key) == sorted(stated, key=_key)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("The Plenary was chaired by H.E. Ambassador Ana Ruiz until autumn.", "H.E. Ambassador"),
        (
            "It was opened by H. E. Mr Ian Reid, Secretary of Foreign Relations of Canada.",
            "Secretary of Foreign Relations of Canada",
        ),
        (
            "The meeting was chaired by Deputy Secretary of Energy Joan Hill of the United States.",
            "Deputy Secretary of Energy",
        ),
        (
            "It was opened by Italy's Minister for Foreign Affairs, Mr Aldo Neri.",
            "Minister for Foreign Affairs",
        ),
        (
            "Mr Tom Blake, Director for Security in the UK Foreign Office, chaired the meeting.",
            "Director for Security in the UK Foreign Office",
        ),
    ],
)
def test_the_title_is_the_office_or_else_the_honours_before_the_name(sentence: str, title: str) -> None:
    assert [o.value.title for o in officers.read(a_page(sentence))] == [title]


def test_a_state_and_its_person_are_one_officer() -> None:
    found = officers.read(a_page("Spain took the chair.", "Ambassador Inés Vidal of Spain chaired the Plenary."))
    assert [(o.value.name, o.value.country) for o in found] == [("Inés Vidal", "ES")]


def test_a_person_named_twice_is_one_officer_with_the_fuller_name() -> None:
    found = officers.read(
        a_page("Mr Jan Kok opened the Plenary.", "In his opening address Minister Kok spoke of Iran.")
    )
    assert [(o.value.role.value, o.value.name) for o in found] == [("opened_by", "Jan Kok")]


def test_the_joint_chairmanship_of_two_states_is_told_beside_its_person() -> None:
    found = officers.read(
        a_page("The Chairman of the joint Norway-Denmark Chairmanship, Ambassador Kari Lie (NO), announced it.")
    )
    assert {(o.value.name, o.value.country) for o in found} == {("Kari Lie", "NO"), (None, "NO"), (None, "DK")}


def test_who_chaired_another_plenary_is_not_the_chair_of_this_one() -> None:
    page = a_page(
        "The 19th Plenary was held in Seoul from 6 to 8 October 2004 and was chaired by Mr Kim Min of Korea.",
        "The 18th Plenary in Buenos Aires from 16 to 19 September 2003 was chaired by Ambassador Luis Paz.",
    )
    assert [o.value.name for o in officers.read(page)] == ["Kim Min"]


def test_the_chair_who_writes_is_the_person_named_above_the_text() -> None:
    page = a_page("About the Chair", "Ambassador Ewa Nowak", "I am Chair of the Group for this year.", regime=NSG)
    assert ("chair", "Ewa Nowak") in [(o.value.role.value, o.value.name) for o in officers.read(page)]


def test_every_part_is_quoted_from_the_page() -> None:
    page = a_page("The Plenary was chaired by Ambassador Dell Hughes of New Zealand.", regime=MTCR)
    (chair,) = officers.read(page)
    quoted = {part: [page.blocks[s.block].text[s.start : s.end] for s in spans] for part, spans in chair.parts.items()}
    assert quoted == {"name": ["Dell Hughes"], "title": ["Ambassador"], "country": ["New Zealand"]}
