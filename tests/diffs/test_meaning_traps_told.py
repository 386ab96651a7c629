"""The traps of meaning that need two pages: read as they stand, then compared."""

from __future__ import annotations

from datetime import date

import pytest

from diffs.change import ChangeKind, Novelty
from diffs.compare import compare
from diffs.context import Context, Standing
from diffs.facts import Meaning
from diffs.meaning import wording_facts
from diffs.redline import redline_texts
from parsers.parse import parse
from parsers.record import Member, Record
from tests.builders.comparing import a_context
from tests.builders.pages import REGIMES

K = ChangeKind
BEFORE_2016 = "Argentina, Australia, Austria, Belgium, Brazil, Canada, Czech Republic, Turkey, Macedonia and Swaziland"
TODAY = "Argentina, Australia, Austria, Belgium, Brazil, Canada, Czechia, Türkiye, North Macedonia and Eswatini"


def read(text: str, regime: str = "mtcr") -> Record:
    return parse(text.strip().replace("\n", "\n\n").encode(), regime=REGIMES[regime]).record


def known(listed: tuple[Member, ...]) -> dict[str, Standing]:
    return {member.country: Standing(member.name) for member in listed if member.country}


def told(after: Record, context: Context) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, change.subject) for change in compare(after, context=context)]


def a_members_page(text: str, before: Record) -> tuple[Record, Context]:
    after = read(text, before.regime)
    context = a_context(
        regime=before.regime, source_kind="members", plenary=None, previous=before, previous_hash="old",
        members=known(before.members),
    )  # fmt: skip
    return after, context


@pytest.mark.fault("G11")
def test_the_other_name_of_one_state_is_no_joining_and_no_departure() -> None:
    before = read("The Partners of the MTCR are: Argentina, Australia, Belgium, Brazil and South Korea.")
    after, context = a_members_page(
        "The Partners of the MTCR are: Argentina, Australia, Belgium, Brazil and the Republic of Korea.", before
    )
    assert {kind for kind, _ in told(after, context)} & {K.MEMBER_JOINED, K.MEMBER_LEFT} == set()


@pytest.mark.fault("G12")
def test_four_states_that_took_other_names_are_renamed_and_none_joined_or_left() -> None:
    before = read(f"The participants of the Australia Group are: {BEFORE_2016}.", "ag")
    after, context = a_members_page(f"The participants of the Australia Group are: {TODAY}.", before)
    changes = told(after, context)
    assert sorted(subject for kind, subject in changes if kind is K.MEMBER_RENAMED) == ["CZ", "MK", "SZ", "TR"]
    assert {kind for kind, _ in changes} & {K.MEMBER_JOINED, K.MEMBER_LEFT} == set()


@pytest.mark.fault("G13")
@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ("the Federal Republic of Germany", "Germany", set()),
        ("the German Democratic Republic, the Federal Republic of Germany", "Germany", {"DDDE"}),
        ("the USSR", "the Russian Federation", {"SUHH"}),
    ],
)
def test_a_state_that_is_no_more_is_told_apart_from_those_after_it(before: str, after: str, gone: set[str]) -> None:
    page = "The members of the Zangger Committee are: Australia, Austria, Belgium, Canada, {} and Japan."
    earlier = read(page.format(before), "zc")
    changes = told(*a_members_page(page.format(after), earlier))
    assert {subject for kind, subject in changes if kind is K.MEMBER_LEFT} == gone


def cites(resolutions: str) -> Record:
    return read(
        "The Missile Technology Control Regime (MTCR) held its 25th Plenary in Oslo from 13 to 15 April 2011.\n"
        f"The Partners recalled United Nations Security Council resolutions {resolutions}."
    )


@pytest.mark.fault("G22")
def test_a_resolution_is_first_ever_first_since_the_prior_plenary_or_a_repeat() -> None:
    context = a_context(prior=cites("1540 and 1718"), cited=frozenset({"1540", "1718", "1874"}))
    changes = compare(cites("1540, 1718, 1874 and 1929"), context=context)
    novelty = {c.subject: c.novelty for c in changes if c.kind is K.RESOLUTION_CITED}
    assert novelty == {
        "S/RES/1874 (2009)": Novelty.SINCE_PRIOR,
        "S/RES/1929 (2010)": Novelty.FIRST_EVER,
    }


@pytest.mark.fault("G24")
@pytest.mark.parametrize(("before", "after"), [("1992", "1993"), ("1992", "the year 1993")])
def test_a_fact_that_is_reworded_from_one_year_to_the_next_is_told_with_both_numbers(before: str, after: str) -> None:
    sentence = (
        "The regime widened its guidelines in {} to cover systems for all weapons of mass destruction, they said."
    )
    script = redline_texts([sentence.format(before)], [sentence.format(after)])
    (fact,) = wording_facts(script)
    assert (fact.kind, fact.before, fact.after) == (Meaning.NUMBER, "1992", "1993")


@pytest.mark.fault("G26")
def test_a_garbled_mirror_disagrees_and_joins_nobody() -> None:
    official = read(
        "The 38th Plenary of the Australia Group took place in Paris from 3 to 7 June 2024.\n"
        f"The participants of the Australia Group are: {TODAY}.", "ag"
    )  # fmt: skip
    garbled = read(
        "The 38th Plenary of Australia Bunch happened at Paris from 3 until 8 June 2024.\n"
        "Attending: Argentina, Austr\ufffdlia, Belg\u00c3\u00afum, Chadd and Braz1l, spare parts and cheap tickets.", "ag"
    )  # fmt: skip
    assert official.plenary is not None
    assert official.plenary.start == date(2024, 6, 3)
    context = a_context(
        regime="ag", plenary="38", plenary_known=True, same_plenary=(official,), members=known(official.members)
    )
    changes = told(garbled, context)
    assert {kind for kind, _ in changes} & {K.MEMBER_JOINED, K.MEMBER_LEFT, K.PLENARY_ANNOUNCED} == set()
    assert K.MIRRORS_DISAGREE in {kind for kind, _ in changes}
