"""Who came to belong, and who no longer does: said in many ways, and not to be taken for wishes or treaties."""

from __future__ import annotations

import pytest

from parsers.fields import membership_decisions
from parsers.page import Found
from parsers.record import MembershipDecision
from parsers.regime import RegimeProfile
from tests.builders.pages import AG, HCOC, MTCR, NSG, WA, ZC, a_page, quotes


def _told(found: Found[MembershipDecision], *, dates: bool) -> str:
    value = found.value
    words = [value.decision.value, *value.countries]
    if dates and value.decided:
        words.append(f"dec={value.decided}")
    if dates and value.effective:
        words.append(f"eff={value.effective}")
    return " ".join(words)


@pytest.mark.parametrize(
    ("regime", "sentence", "expected"),
    [
        (MTCR, 'The Plenary admitted the Republic of Korea as a new Partner.', 'admitted KR'),
        (MTCR, 'Partners agreed by consensus to admit Bulgaria to the Regime.', 'admitted BG'),
        (WA, 'The Plenary agreed to admit India, which is to be the 42nd Participating State once its papers are in order.', 'admitted IN'),
        (MTCR, 'Bulgaria was received with applause at its first Plenary.', 'first_attendance BG'),
        (MTCR, 'The Plenary welcomed Argentina and Hungary as new members.', 'welcomed AR HU'),
        (MTCR, 'Partners welcomed Iceland as the newest member of the Regime.', 'welcomed IS'),
        (NSG, 'Mexico and Serbia were greeted at their first Plenary as Participating Governments.', 'first_attendance MX RS'),
        (WA, 'The meeting welcomed Slovenia as a new Participating State.', 'welcomed SI'),
        (NSG, 'The meeting approved Croatia as its 45th member, from 15 July on.', 'admitted HR'),
        (MTCR, 'With the papers signed, the Republic of India is the 35th member of the Regime.', 'acceded IN'),
        (MTCR, 'India joined the Regime on 27 June 2016.', 'acceded IN eff=2016-06-27'),
        (MTCR, "India's accession to the MTCR was warmly welcomed.", 'acceded IN'),
        (WA, 'The Chair congratulates Mexico on its accession to the Wassenaar Arrangement.', 'acceded MX'),
        (HCOC, 'On 7 August 2023, São Tomé and Príncipe became the 144th subscribing state to the Code.', 'subscribed ST eff=2023-08-07'),
        (HCOC, 'Since the last meeting, Togo and Saint Vincent and the Grenadines have subscribed to the Code.', 'subscribed TG VC'),
        (HCOC, 'Subscribing States welcomed Equatorial Guinea, Lebanon and Somalia, which subscribed to the Code in the past year.', 'subscribed GQ LB SO'),
        (HCOC, 'The Central African Republic, Antigua and Barbuda, Palau and Saint Kitts and Nevis joined the HCoC.', 'subscribed CF AG PW KN'),
        (MTCR, 'On the admission of new members there was no consensus.', 'no_consensus'),
        (MTCR, 'The applications of China, Cyprus and Croatia were discussed, but no consensus was reached.', 'no_consensus CN CY HR'),
        (MTCR, 'Partners discussed individual membership applications, and no consensus was reached on any of them.', 'no_consensus'),
        (NSG, 'The Group continued to consider the requests for participation of India and Pakistan.', 'applications_discussed IN PK'),
        (NSG, 'The Plenary discussed the issue of Technical, Legal and Political Aspects of the Participation of non-NPT States in the NSG.', ''),
        (NSG, 'Discussions continued on the request by India for participation in the NSG.', 'applications_discussed IN'),
        (MTCR, 'Partners considered the applications of Kazakhstan and Libya for membership.', 'applications_discussed KZ LY'),
        (MTCR, 'No new member joined the Regime at this Plenary.', ''),
        (MTCR, 'No new members were admitted.', ''),
        (AG, 'Participants welcomed five new members: Estonia, Latvia, Lithuania, Malta and Slovenia.', 'welcomed EE LV LT MT SI'),
        (AG, 'The group agreed to the admission of five new members - Estonia, Latvia, Lithuania, Malta and Slovenia.', 'admitted EE LV LT MT SI'),
        (AG, 'The Group welcomed Croatia as a member.', 'welcomed HR'),
        (AG, 'The Australia Group welcomed Ukraine as its newest participant.', 'welcomed UA'),
        (AG, 'India became the 43rd member of the Australia Group on 19 January 2018.', 'acceded IN eff=2018-01-19'),
        (AG, 'On 19 January 2018 India formally joined the Australia Group.', 'acceded IN eff=2018-01-19'),
        (MTCR, 'Turkey, the most recent member, was attending its first plenary.', 'first_attendance TR'),
        (MTCR, 'Brazil and South Africa took part for the first time.', 'first_attendance BR ZA'),
        (MTCR, 'Finland and Sweden were attending for the first time as full members.', 'first_attendance FI SE'),
        (MTCR, 'For the first time, Poland, the Czech Republic and Ukraine sat at the table as Partners.', 'first_attendance PL CZ UA'),
        (MTCR, 'The Partners agreed to invite Argentina and Hungary to join the Regime.', 'invited AR HU'),
        (MTCR, 'The Plenary invited South Korea to become a member.', 'invited KR'),
        (MTCR, "Partners reacted favourably to Russia's application for membership.", 'applications_discussed RU'),
        (MTCR, 'Partners agreed in principle to early South African membership.', 'invited ZA'),
        (MTCR, "Partners welcomed China's interest in membership.", ''),
        (MTCR, "India's announcement that it would adhere to the Guidelines was welcomed.", ''),
        (MTCR, "The Plenary recognised Kazakhstan's formal adherence.", ''),
        (MTCR, "Partners welcomed Israel's decision to adhere to the MTCR Guidelines.", ''),
        (MTCR, "Partners welcomed Libya's decision to give up its weapons.", ''),
        (MTCR, 'The Chair welcomed the delegations of Japan and Korea.', ''),
        (MTCR, 'The Plenary welcomed participants from 34 countries.', ''),
        (MTCR, 'Partners thanked the Government of Norway for hosting, and welcomed Spain as host of the next Plenary.', ''),
        (WA, 'Russia withdrew from the Arrangement.', 'withdrew RU'),
        (HCOC, 'Belarus withdrew from the Code with effect from 1 March 2025.', 'withdrew BY eff=2025-03-01'),
        (MTCR, 'The participation of the Russian Federation was suspended until further notice.', 'suspended RU'),
        (MTCR, 'Partners decided to suspend the membership of Ruritania and of Belarus.', 'suspended BY'),
        (MTCR, 'North Korea withdrew from the Treaty on the Non-Proliferation of Nuclear Weapons.', ''),
        (MTCR, "Partners regret the DPRK's withdrawal from the NPT.", ''),
        (MTCR, 'The withdrawal of Russia from the INF Treaty was discussed.', ''),
        (MTCR, 'The United States left the JCPOA in 2018.', ''),
        (HCOC, 'Peru subscribed to the Treaty in 2005.', ''),
        (NSG, 'The NSG decided on 27 May 2004 to accept the participation of China, Estonia, Lithuania and Malta, effective 10 June 2004.', 'admitted CN EE LT MT dec=2004-05-27 eff=2004-06-10'),
        (WA, 'At the plenary of 6-7 December 2017, Participating States agreed to admit India, which joined with effect from 8 December 2017.', 'admitted IN dec=2017-12-07 eff=2017-12-08'),
        (WA, 'Mexico was admitted on 25 January 2012.', 'admitted MX dec=2012-01-25'),
        (NSG, 'Serbia was accepted as the 48th Participating Government at an extraordinary meeting.', 'admitted RS'),
        (NSG, 'Iceland joined the NSG in 2009.', 'acceded IS'),
        (MTCR, 'Das Plenum nahm Indien als neues Mitglied auf.', 'admitted IN'),
        (MTCR, 'Die Partner begrüßten Bulgarien als neues Mitglied.', 'welcomed BG'),
        (AG, "Le Groupe a accueilli l'Ukraine comme nouveau membre.", 'welcomed UA'),
        (AG, 'Le Groupe a accueilli la Croatie, en tant que 41e membre.', 'welcomed HR'),
        (AG, 'La Roumanie a participé pour la première fois.', 'first_attendance RO'),
        (AG, 'El Grupo dio la bienvenida a México como nuevo miembro.', 'welcomed MX'),
        (AG, 'Rumania participó por primera vez en las consultas.', 'first_attendance RO'),
        (MTCR, 'Индия присоединилась к Режиму контроля за ракетной технологией.', 'acceded IN'),
        (MTCR, 'На пленарном заседании Болгария была принята в состав участников.', 'admitted BG'),
        (MTCR, 'A Índia foi admitida como novo membro do regime.', 'admitted IN'),
        (MTCR, "L'India è stata ammessa come nuovo membro.", 'admitted IN'),
        (MTCR, "L'Inde a adhéré au régime en juin 2016.", 'acceded IN'),
        (MTCR, 'Indien ist dem Regime am 27. Juni 2016 beigetreten.', 'acceded IN eff=2016-06-27'),
        (NSG, "Argentina's membership application was approved at the meeting.", 'admitted AR'),
        (WA, 'Participating States agreed to admit South Africa, the first African state to take part.', 'admitted ZA'),
        (WA, 'The Plenary noted progress in the consideration of applications by several states.', ''),
        (WA, 'The Plenary also considered outstanding membership applications from Croatia, Estonia, Latvia, Lithuania, Malta and Slovenia.', 'applications_discussed HR EE LV LT MT SI'),
        (WA, 'The Republic of Kazakhstan submitted its application for membership.', 'applications_discussed KZ'),
        (ZC, 'The Committee welcomed New Zealand as its 39th member.', 'welcomed NZ'),
        (ZC, 'Belarus was welcomed as a new member at the meeting.', 'welcomed BY'),
        (NSG, 'Croatia took part as an observer.', ''),
        (MTCR, 'Argentina hosted the first Plenary in Latin America.', ''),
        (MTCR, 'This was the first Plenary chaired by Korea.', ''),
        (MTCR, 'The first Plenary in Asia was held in Japan.', ''),
        (MTCR, 'Partners noted that Chile had applied for membership.', 'applications_discussed CL'),
        (MTCR, 'Since the last Plenary, Ukraine has become a Partner.', 'acceded UA'),
        (MTCR, 'The Plenary took note of the membership of Croatia in the European Union.', ''),
        (MTCR, 'Croatia joined the European Union on 1 July 2013.', ''),
        (MTCR, 'Iran joined the Shanghai Cooperation Organisation.', ''),
        (MTCR, 'Partners encouraged Malaysia to adhere to the Guidelines.', ''),
        (MTCR, 'As new Chair, Switzerland was welcomed.', ''),
        (MTCR, 'Greece and Ireland were admitted in 1992 and 1993.', 'admitted GR IE'),
        (MTCR, 'Partners welcomed India as the 35th member; its membership took effect on 27 June 2016.', 'welcomed IN eff=2016-06-27'),
        # Hosts and chairs are accepted, welcomed and invited too, and so are papers.
        (AG, "The Group agreed to accept Spain's invitation to hold its next Plenary in Madrid.", ''),
        (NSG, 'The Group decided to welcome Norway as the next Chair for 2030-2031.', ''),
        (NSG, 'The Plenary accepted the candidature of Ireland to chair the Group.', ''),
        (NSG, 'Governments agreed to accept the proposal of Spain on catch-all controls.', ''),
        (NSG, 'The Group decided to invite Brazil to host the next meeting.', ''),
        (NSG, 'Chile and Peru were admitted as observers.', ''),
        (NSG, 'The Czech Republic acceded to the chair of the Group.', ''),
        (AG, "Le Groupe a décidé d'accueillir la Pologne en tant que pays hôte.", ''),
        (NSG, "Members accepted Norway's offer to host the next meeting and admitted Serbia as a new member.", 'admitted RS'),
        (NSG, 'The Plenary agreed to accept Bulgaria as a Partner and to hold its next meeting in Sofia.', 'admitted BG'),
        (NSG, 'Partners accepted the proposal to admit India as a member.', 'admitted IN'),
        # What another body decides is its own affair, whoever is beside it.
        (NSG, 'The Wassenaar Arrangement admitted India as its 42nd member.', ''),
        (MTCR, 'In 2011 the Zangger Committee welcomed Belarus as a member.', ''),
        (MTCR, 'The Council of Europe has now formally admitted Serbia as its 45th member.', ''),
        (MTCR, 'The Lima Protocol, which admitted India in 2017, works beside us.', ''),
        (NSG, 'The European Union suspended the membership of Serbia.', ''),
        (NSG, 'The African Union expelled Mali.', ''),
        (MTCR, 'Die Europäische Union hat Kroatien als Mitglied aufgenommen.', ''),
        (NSG, "L'Union européenne a également admis la Croatie comme membre.", ''),
        (MTCR, 'La Unión Europea ha admitido a Croacia como miembro.', ''),
        (NSG, 'The Group, like the Wassenaar Arrangement, admitted India as a member.', 'admitted IN'),
        (MTCR, 'Partners, together with the European Union, welcomed India as a new member.', 'welcomed IN'),
        (MTCR, 'After its talks with the European Union, the Plenary admitted Croatia as a Partner.', 'admitted HR'),
        # States that subscribed in general are none in particular.
        (HCOC, 'The meeting of States that have subscribed to the Code was chaired by Morocco, which took over from Argentina.', ''),
        (HCOC, 'Three States have subscribed to the Code since: Togo, Samoa and Palau.', 'subscribed TG WS PW'),
    ],
)  # fmt: skip
def test_a_sentence_tells_this_of_membership(regime: RegimeProfile, sentence: str, expected: str) -> None:
    found = membership_decisions.read(a_page(sentence, regime=regime))
    assert [_told(item, dates="=" in expected) for item in found] == ([expected] if expected else [])


def test_the_stronger_word_for_a_state_is_kept() -> None:
    page = a_page("India was welcomed as a new Partner.", "The Plenary had admitted India by consensus.")
    assert [_told(item, dates=False) for item in membership_decisions.read(page)] == ["admitted IN"]


def test_evidence_is_the_names_and_the_words() -> None:
    page = a_page("The Plenary admitted the Czech Republic, Poland and Ukraine.")
    (found,) = membership_decisions.read(page)
    assert quotes(page, found) == ["Czech Republic", "Poland", "Ukraine", "admitted"]


def test_two_decisions_of_one_page_stand_in_its_order() -> None:
    page = a_page("Bulgaria took part for the first time.", "Partners considered the applications of Chile and Cyprus.")
    assert [_told(item, dates=False) for item in membership_decisions.read(page)] == [
        "first_attendance BG",
        "applications_discussed CL CY",
    ]
