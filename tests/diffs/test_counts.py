"""The number of members three ways: stated, listed, and as those who joined and left make it."""

from __future__ import annotations

from diffs.change import Change, ChangeKind
from diffs.compare import compare
from diffs.context import Context
from diffs.facts import Counts
from diffs.sentence import say
from parsers.record import Kind, Record
from tests.builders.comparing import a_context, a_decision, a_meeting, a_record, some_members, standing

K = ChangeKind
SEVEN = "AR AU BE BR CA DK FR"


def _counted(after: Record, context: Context) -> list[Change]:
    return [c for c in compare(after, context=context) if c.kind is K.MEMBER_COUNT_CHANGED]


def counted(after: Record, context: Context) -> Counts | None:
    """The three counts beside the number that changed."""
    return _counted(after, context)[0].counts


def known(**fields: object) -> Context:
    """Seven members, whom a page stated and listed alike."""
    prior = a_record(plenary=a_meeting(24), member_count=7)
    return a_context(**({"members": standing(), "prior": prior, "count": 7, "anchored": True} | fields))


def a_page(codes: str, count: int) -> tuple[Record, Context]:
    before = a_record(Kind.MEMBERS, members=some_members(), member_count=7)
    after = a_record(Kind.MEMBERS, members=some_members(codes), member_count=count)
    return after, known(source_kind="members", plenary=None, previous=before, previous_hash="old")


def test_a_state_that_joins_makes_all_three_one_more() -> None:
    assert counted(*a_page(f"{SEVEN} NZ", 8)) == Counts(8, 8, 8)


def test_a_state_that_leaves_makes_all_three_one_less() -> None:
    assert counted(*a_page("AR AU BE BR CA DK", 6)) == Counts(6, 6, 6)


def test_a_statement_without_a_list_has_no_listed_count() -> None:
    after = a_record(plenary=a_meeting(), member_count=8, membership_decisions=(a_decision("admitted", "NZ"),))
    assert counted(after, known()) == Counts(8, None, 8)


def test_a_number_that_nobody_who_joined_explains_is_said_to_be_one() -> None:
    (told,) = _counted(a_record(plenary=a_meeting(), member_count=8), known())
    assert told.counts == Counts(8, None, 7)
    assert say(told) == "The MTCR now states 8 members, after 7; those known to have joined and left make 7."


def test_a_list_that_is_shorter_is_said_too() -> None:
    (told,) = _counted(*a_page(SEVEN, 8))
    assert say(told).endswith("after 7; it lists 7 and those known to have joined and left make 7.")


def test_those_who_joined_between_two_numbers_are_counted_in() -> None:
    context = known(members=standing(f"{SEVEN} NZ"))
    assert counted(a_record(plenary=a_meeting(), member_count=8), context) == Counts(8, None, 8)


def test_where_as_many_were_never_known_as_stated_nobody_can_say_what_it_should_be() -> None:
    assert counted(a_record(plenary=a_meeting(), member_count=8), known(anchored=False)) == Counts(8, None, None)
