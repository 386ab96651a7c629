"""When a joining or a departure is held, and the reason that is given."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from diffs.change import Change, ChangeKind, Status
from diffs.compare import compare
from diffs.context import Context, Standing
from diffs.sentence import say
from parsers.record import Kind, Member, Record
from tests.builders.comparing import a_context, a_decision, a_meeting, a_record, some_members, standing

SEVEN = "AR AU BE BR CA DK FR"
_TEXT = "the page returned to a text that it showed before"
_LIST = "the page returned to a list of members that it showed before"


def _list(codes: str = SEVEN, **fields: object) -> Record:
    return a_record(fields.pop("kind", Kind.MEMBERS), members=some_members(codes), **fields)  # type: ignore[arg-type]


def _known(**fields: object) -> Context:
    values = {"source_kind": "members", "plenary": None, "members": standing(SEVEN), "previous": _list()}
    return a_context(**(values | {"previous_hash": "old"} | fields))


def _moves(after: Record, context: Context) -> dict[tuple[str, str], Change]:
    kinds = (ChangeKind.MEMBER_JOINED, ChangeKind.MEMBER_LEFT, ChangeKind.MEMBERSHIP_DECISION)
    return {(c.kind.value, c.subject): c for c in compare(after, context=context) if c.kind in kinds}


def _set(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


@pytest.mark.parametrize(
    ("after", "context", "why"),
    [
        (_list(f"{SEVEN} NZ"), {}, None),
        (_list(f"{SEVEN} NZ TR"), {}, None),
        (_list(f"{SEVEN} NZ TR MX"), {}, "3 states are new on the list at once, and the page states no number of members"),
        (_list(f"{SEVEN} NZ TR MX", member_count=10), {}, None),
        (_list(f"{SEVEN} NZ", member_count=7), {}, "the page states 7 members and lists 8"),
        (_list("AR AU BE BR CA DK NZ", member_count=7), {}, "the same list no longer names France"),
        (_list("AR AU BE BR CA DK NZ"), {}, "the same list no longer names France"),
        (_list(f"{SEVEN} NZ", member_count=8), {"earlier": _set("new older")}, _TEXT),
        (_list(f"{SEVEN} NZ", member_count=8), {"lists": (_set(SEVEN + " NZ"), _set(SEVEN))}, _LIST),
        # The list stood there, another came, it stands there again since before this version.
        (_list(f"{SEVEN} NZ"), {"lists": (_set(SEVEN + " NZ"), _set(SEVEN), _set(SEVEN + " NZ"))}, _LIST),
        (_list(f"{SEVEN} NZ"), {"lists": (_set(SEVEN), _set(SEVEN + " NZ"))}, None),
        (_list(f"{SEVEN} NZ", kind=Kind.OTHER), {}, "the page is mostly about something else than the members now"),
        # What was held stays held by an edit that adds nothing.
        (
            _list(f"{SEVEN} NZ TR MX"),
            {"previous": _list(f"{SEVEN} NZ TR MX"), "joining": _set("NZ TR MX")},
            "3 states are new on the list at once, and the page states no number of members",
        ),
        (
            _list("AR AU BE BR CA DK NZ"),
            {"previous": _list("AR AU BE BR CA DK NZ"), "joining": _set("NZ"), "leaving": _set("FR")},
            "the same list no longer names France",
        ),
        (_list(f"{SEVEN} NZ TR MX"), {"trusted": True}, None),
    ],
)  # fmt: skip
def test_a_state_new_on_a_list_joined_unless_something_speaks_against_it(
    after: Record, context: dict[str, object], why: str | None
) -> None:
    joined = _moves(after, _known(**context))["member_joined", "NZ"]
    assert (joined.status, joined.detail) == (Status.HELD if why else Status.CONFIRMED, why or "")
    if why:
        assert say(joined) == f"Held for review: New Zealand is told to be a member of the MTCR now ({why})."


def test_a_list_with_an_entry_nobody_could_read_was_not_read_whole() -> None:
    strange = (Member(None, "Newlandia"),)
    after = msgspec.structs.replace(_list(f"{SEVEN} NZ"), members=some_members(f"{SEVEN} NZ") + strange)
    assert _moves(after, _known())["member_joined", "NZ"].detail.startswith("the list was not read whole")
    # One that the list always had says nothing; nor does one that the number counts.
    before = msgspec.structs.replace(_list(), members=some_members(SEVEN) + strange)
    assert _moves(after, _known(previous=before))["member_joined", "NZ"].status is Status.CONFIRMED
    counted = msgspec.structs.replace(after, member_count=9)
    assert _moves(counted, _known())["member_joined", "NZ"].status is Status.CONFIRMED


def _with(codes: str, *names: str, **fields: object) -> Record:
    """A list of these states and of entries that no table knows."""
    members = some_members(codes) + tuple(Member(None, name) for name in names)
    return msgspec.structs.replace(_list(codes, **fields), members=members)


@pytest.mark.parametrize("number", [{}, {"member_count": 8}])
def test_a_state_that_is_spelt_out_now_has_not_joined(number: dict[str, int]) -> None:
    before, after = _with(SEVEN, "N. Zeal.", **number), _list(f"{SEVEN} NZ", **number)
    held = _moves(after, _known(previous=before, count=8))["member_joined", "NZ"]
    assert (held.status, held.detail) == (Status.HELD, "the list named N. Zeal. before, which could not be read")
    # Another edit says nothing for it either; a higher number does.
    known = {"previous": after, "joining": _set("NZ"), "count": 8}
    again = _moves(_list(f"{SEVEN} NZ", **number), _known(**known))["member_joined", "NZ"]
    assert (again.status, "waits for review" in again.detail) == (Status.HELD, True)
    more = _moves(_list(f"{SEVEN} NZ TR", member_count=9), _known(**known))
    assert {c.status for c in more.values()} == {Status.CONFIRMED}


def test_a_state_that_comes_beside_an_entry_nobody_could_read_joined() -> None:
    before, after = _with(SEVEN, "Newlandia"), _with(f"{SEVEN} NZ", "Newlandia")
    assert _moves(after, _known(previous=before))["member_joined", "NZ"].status is Status.CONFIRMED


@pytest.mark.parametrize("context", [{"earlier": _set("new")}, {"lists": (_set("AR AU BE BR CA DK"), _set(SEVEN))}])
def test_a_page_that_goes_back_to_what_it_showed_says_of_nobody_that_it_left(context: dict[str, object]) -> None:
    after = _list("AR AU BE BR CA DK", member_count=6)
    left = _moves(after, _known(**context))["member_left", "FR"]
    assert (left.status, "returned" in left.detail) == (Status.HELD, True)


def test_a_state_that_left_and_is_listed_as_before_has_not_joined_again() -> None:
    known = {"members": standing("AR AU BE BR CA DK"), "past": {"FR": 1}}
    assert _moves(_list(), _known(**known)) == {}
    came = _moves(_list(), _known(**known, previous=_list("AR AU BE BR CA DK")))
    assert came["member_joined", "FR"].status is Status.CONFIRMED


def test_the_list_of_a_statement_makes_a_member_only_with_its_number() -> None:
    after = a_record(plenary=a_meeting(), members=some_members(f"{SEVEN} NZ"))
    context = a_context(members=standing(SEVEN))
    assert "statement's list" in _moves(after, context)["member_joined", "NZ"].detail
    counted = msgspec.structs.replace(after, member_count=8)
    assert _moves(counted, context)["member_joined", "NZ"].status is Status.CONFIRMED


@pytest.mark.parametrize(
    ("decision", "code", "fields", "context", "why"),
    [
        ("admitted", "NZ", {}, {}, None),
        ("admitted", "NZ", {"members": some_members(SEVEN)}, {}, "the page's own list does not name New Zealand"),
        ("admitted", "NZ", {"member_count": 6}, {"count": 7}, "the page states 6 members, and 7 were stated before"),
        ("admitted", "NZ", {"member_count": 7}, {"count": 7}, None),
        ("admitted", "NZ", {}, {"earlier": _set("new")}, _TEXT),
        ("withdrew", "FR", {}, {}, None),
        ("withdrew", "FR", {"members": some_members(SEVEN)}, {}, "the page's own list still names France"),
        ("withdrew", "FR", {"member_count": 8}, {"count": 7}, "the page states 8 members, and 7 were stated before"),
        ("withdrew", "NZ", {}, {}, "New Zealand is no member as far as is on record"),
    ],
)
def test_words_are_believed_unless_the_page_or_the_record_says_otherwise(
    decision: str, code: str, fields: dict[str, object], context: dict[str, object], why: str | None
) -> None:
    after = a_record(plenary=a_meeting(), membership_decisions=(a_decision(decision, code),), **fields)
    moves = _moves(after, a_context(members=standing(SEVEN), **context))
    assert {(c.status, c.detail) for c in moves.values()} == {(Status.HELD if why else Status.CONFIRMED, why or "")}
    assert ("membership_decision", code) in moves


def test_an_admission_of_long_ago_is_no_news() -> None:
    after = a_record(plenary=a_meeting(), membership_decisions=(a_decision("admitted", "NZ"),))
    old, new = Standing("New Zealand", since=date(1991, 3, 1)), Standing("New Zealand", since=date(2011, 4, 2))
    assert _moves(after, a_context(members=standing(SEVEN) | {"NZ": old})) == {}
    known_since = _moves(after, a_context(members=standing(SEVEN) | {"NZ": new}))
    assert known_since.keys() == {("membership_decision", "NZ")}
