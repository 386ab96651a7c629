"""The number of members is what the page says it is: not attendance, not history, not other groups."""

from __future__ import annotations

import pytest

from parsers.fields import member_count
from parsers.regime import RegimeProfile
from tests.builders.pages import AG, HCOC, MTCR, NSG, WA, ZC, a_page, quotes


@pytest.mark.parametrize(
    ("regime", "sentence", "expected"),
    [
        (MTCR, 'The MTCR has 35 members.', 35),
        (MTCR, 'The 34 Partners met.', 34),
        (MTCR, 'The 34-member MTCR has no treaty.', 34),
        (MTCR, 'the 35 member states of the regime', 35),
        (NSG, 'The NSG, with its 48 Participating Governments, met.', 48),
        (NSG, 'a circle of forty- eight nuclear supplier countries', 48),
        (NSG, 'There are currently 48 Participating Governments[1].', 48),
        (WA, 'The Arrangement now has 42 Participating States.', 42),
        (AG, 'The forty-two Participating Countries of the Group met.', 42),
        (AG, 'The Australia Group, comprising 42 countries and the European Union, met.', 42),
        (MTCR, 'This brings to 25 the number of members.', 25),
        (MTCR, 'Membership has grown from seven to thirty-five.', 35),
        (HCOC, 'The number of Subscribing States rose from 93 to 145.', 145),
        (HCOC, 'Qatar became the 145th Subscribing State.', 145),
        (MTCR, 'India is the 35th member of the Regime.', 35),
        (MTCR, 'Delegates from 27 countries* attended.', 27),
        (NSG, 'When the then-26 adherents met in 1992.', None),
        (MTCR, 'In 1987 the regime had 7 members; today it has 35.', 35),
        (MTCR, 'In 2004 there were 33 Partners.', None),
        (MTCR, 'Seven countries founded the MTCR in 1987.', None),
        (MTCR, 'The resolution was backed by 167 states.', None),
        (HCOC, '93 states signed the Code in 2002; 145 have subscribed today.', 145),
        (MTCR, 'Über 80 % der Ausfuhren', None),
        (MTCR, 'Das MTCR hat 35 Mitgliedstaaten.', 35),
        (MTCR, 'Dem Regime gehören 35 Staaten an.', 35),
        (MTCR, 'Le régime compte 35 membres.', 35),
        (MTCR, 'Les 35 États membres se sont réunis.', 35),
        (MTCR, 'trente-cinq pays participent au régime', 35),
        (MTCR, 'El régimen cuenta con 35 Estados miembros.', 35),
        (MTCR, 'los treinta y cinco países miembros', 35),
        (MTCR, 'O regime tem 35 membros.', 35),
        (MTCR, 'Il regime conta 35 Paesi membri.', 35),
        (MTCR, 'Участниками режима являются 35 государств.', 35),
        (MTCR, 'В состав группы входят 48 государств.', 48),
        (MTCR, '35 государств-участников', 35),
        (NSG, '48 Participating Governments took part in the Plenary.', 48),
        (MTCR, 'twenty-nine countries are members', 29),
        (MTCR, 'The regime consists of thirty-three countries.', 33),
        (ZC, 'The Zangger Committee has 39 members.', 39),
        (ZC, 'Members – (39) Argentina, Australia, Austria, Belgium, Brazil', 39),
        (MTCR, 'Members: 35', 35),
        (MTCR, 'Number of Partners: 35', 35),
        (HCOC, 'Code has 143 subscribing States, 25 November 2022.', 143),
        (HCOC, 'With the subscription of Lebanon there are now 139 subscribing states.', 139),
        (MTCR, 'Outreach was made to 12 countries.', None),
        (MTCR, 'All 27 EU member states support this.', None),
        (MTCR, 'nine EU Member States are still missing', None),
        (MTCR, 'Resolution 1540 binds 193 states.', None),
        (MTCR, 'more than 40 countries took part in the seminar', None),
        (MTCR, '10 new members joined.', None),
        (WA, 'Forty-one states participate in the Wassenaar Arrangement.', 41),
        (WA, 'The 33 founding members met in 1996; the 42 Participating States meet yearly.', 42),
        (MTCR, 'Partners, numbering 34, met in Buenos Aires.', 34),
        (MTCR, "The Regime's membership stands at 35.", 35),
        (MTCR, 'a partnership among 35 countries', 35),
        (MTCR, '35-nation regime', 35),
        (HCOC, '65 delegations registered; the Code has 134 Subscribing States.', 134),
        (HCOC, 'with the participation of 76 Subscribing States', None),
        (HCOC, 'Der HCoC haben 143 Staaten unterzeichnet.', 143),
        (MTCR, 'The membership of the MTCR rose to 32 with the entry of the Czech Republic, Poland and Ukraine.', 32),
        (MTCR, 'the number of members will be 35', 35),
        (MTCR, 'The number of Partners thus increased to 28.', 28),
        (NSG, 'expanded its membership to 31 countries', 31),
        (NSG, 'NSG is now 45 strong, after Croatia joined.', 45),
        (AG, "the group's membership, now 43, includes India", 43),
    ],
)  # fmt: skip
def test_a_sentence_counts_the_members(regime: RegimeProfile, sentence: str, expected: int | None) -> None:
    found = member_count.read(a_page(sentence, regime=regime))
    assert (found.value if found else None) == expected


def test_a_count_is_surer_than_an_attendance() -> None:
    page = a_page("Delegates from 31 countries were present.", "The MTCR has 35 members.")
    found = member_count.read(page)
    assert found is not None
    assert found.value == 35
    assert quotes(page, found) == ["35"]


def test_a_footnote_mark_glued_to_the_word_is_no_part_of_the_count() -> None:
    found = member_count.read(a_page("The 33 countries1 of the MTCR met in Ottawa.", "1 Argentina and others."))
    assert found is not None
    assert found.value == 33
