"""The number of members three ways: stated, listed, and as those who joined and left make it."""

from __future__ import annotations

from diffs.change import ChangeKind
from diffs.compare import compare
from diffs.context import Context
from diffs.facts import Counts
from parsers.record import Inconsistency, InconsistencyCode, Kind, Record
from tests.builders.comparing import a_context, a_decision, a_meeting, a_record, some_members, standing

K = ChangeKind
SEVEN = "AR AU BE BR CA DK FR"


def counted(after: Record, context: Context) -> tuple[Counts | None, list[object]]:
    """The three counts beside the number that changed, and the contradictions told."""
    changes = compare(after, context=context)
    counts = [c.counts for c in changes if c.kind is K.MEMBER_COUNT_CHANGED]
    return (counts[0] if counts else None), [c.after for c in changes if c.kind is K.INCONSISTENCY_FOUND]


def known(**fields: object) -> Context:
    """Seven members, whom a page stated and listed alike."""
    prior = a_record(plenary=a_meeting(24), member_count=7)
    return a_context(**({"members": standing(), "prior": prior, "count": 7, "anchored": True} | fields))


def a_page(codes: str, count: int) -> tuple[Record, Context]:
    before = a_record(Kind.MEMBERS, members=some_members(), member_count=7)
    after = a_record(Kind.MEMBERS, members=some_members(codes), member_count=count)
    return after, known(source_kind="members", plenary=None, previous=before, previous_hash="old")


def test_a_state_that_joins_makes_all_three_one_more() -> None:
    assert counted(*a_page(f"{SEVEN} NZ", 8)) == (Counts(8, 8, 8), [])


def test_a_state_that_leaves_makes_all_three_one_less() -> None:
    assert counted(*a_page("AR AU BE BR CA DK", 6)) == (Counts(6, 6, 6), [])


def test_a_statement_without_a_list_has_no_listed_count() -> None:
    after = a_record(plenary=a_meeting(), member_count=8, membership_decisions=(a_decision("admitted", "NZ"),))
    assert counted(after, known()) == (Counts(8, None, 8), [])


def test_a_number_that_nobody_who_joined_explains_is_a_contradiction() -> None:
    counts, odd = counted(a_record(plenary=a_meeting(), member_count=8), known())
    assert counts == Counts(8, None, 7)
    assert odd == ["states 8 members, where the 7 known before and those who joined and left make 7"]


def test_those_who_joined_between_two_numbers_are_counted_in() -> None:
    context = known(members=standing(f"{SEVEN} NZ"))
    assert counted(a_record(plenary=a_meeting(), member_count=8), context) == (Counts(8, None, 8), [])


def test_a_page_that_contradicts_itself_already_is_not_said_to_do_so_twice() -> None:
    odd = Inconsistency(InconsistencyCode.COUNT_MISMATCH, "states 8 members, lists 7")
    after = a_record(plenary=a_meeting(), member_count=8, inconsistencies=(odd,))
    assert counted(after, known()) == (Counts(8, None, 7), [odd.detail])


def test_where_as_many_were_never_known_as_stated_nobody_can_say_what_it_should_be() -> None:
    assert counted(a_record(plenary=a_meeting(), member_count=8), known(anchored=False)) == (Counts(8, None, None), [])


def test_a_departure_that_is_held_explains_a_number_that_is_less() -> None:
    before = a_record(Kind.MEMBERS, members=some_members("AR AU BE BR CA DK"), member_count=6)
    context = known(
        source_kind="members",
        plenary=None,
        previous=before,
        previous_hash="old",
        members=standing(f"{SEVEN} NZ"),
        count=8,
    )
    # The page lagged behind by two and caught up on the day on which one of its own went.
    after = a_record(Kind.MEMBERS, members=some_members("AU BE BR CA DK FR NZ"), member_count=7)
    assert counted(after, context) == (Counts(7, 7, 8), [])
