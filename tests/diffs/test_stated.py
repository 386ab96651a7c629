"""Which pages state a change: those that list or say it now, on its own plenary where a plenary said it."""

from __future__ import annotations

import msgspec
import pytest

from diffs.change import Change, ChangeKind
from diffs.stated import may_be_stated, states
from parsers.record import (
    Concern,
    Decision,
    Meeting,
    Member,
    MembershipDecision,
    MembershipDecisionKind,
    Officer,
    OfficerRole,
    Participant,
    Resolution,
)
from tests.builders.comparing import a_meeting, a_record
from tests.builders.stores import a_change

_K = ChangeKind
PAGE = a_record(
    plenary=a_meeting(25),
    members=(Member("IN", "India"),),
    member_count=35,
    membership_decisions=(MembershipDecision(MembershipDecisionKind.ADMITTED, ("IN",)),),
    adherents=(Participant("EE", "Estonia"),),
    observers=(Participant("SG", "Singapore"),),
    resolutions=(Resolution(1540, 2004, "S/RES/1540"),),
    concerns=(Concern("KP"),),
    officers=(Officer(OfficerRole.CHAIR, "A. Person"),),
    meetings=(Meeting("TEM", None),),
    decisions=(Decision("annex", "The annex was changed."),),
    topics=("transit",),
)
SILENT = a_record(plenary=a_meeting(25))
STATED = {
    _K.MEMBER_JOINED: ("IN", None),
    _K.MEMBER_RENAMED: ("IN", "India"),
    _K.MEMBER_COUNT_CHANGED: ("mtcr", 35),
    _K.MEMBERSHIP_DECISION: ("IN", {"decision": "admitted"}),
    _K.ADHERENT_ADDED: ("EE", None),
    _K.OBSERVER_ADDED: ("SG", None),
    _K.PLENARY_ANNOUNCED: ("25", None),
    _K.RESOLUTION_CITED: ("S/RES/1540", None),
    _K.CONCERN_ADDED: ("KP", None),
    _K.OFFICER_CHANGED: ("chair", "A. Person"),
    _K.MEETING_ADDED: ("TEM", None),
    _K.DECISION_ADDED: ("annex", None),
    _K.TOPIC_ADDED: ("transit", None),
}
# What a list holds, whatever plenary the page tells of.
OF_ANY_PLENARY = {
    _K.MEMBER_JOINED, _K.MEMBER_RENAMED, _K.MEMBER_COUNT_CHANGED, _K.ADHERENT_ADDED, _K.OBSERVER_ADDED,
}  # fmt: skip


def _change(kind: ChangeKind) -> Change:
    subject, after = STATED.get(kind, ("IN", None))
    return a_change(kind, subject, after=after, plenary=25)


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_a_page_states_what_it_says_and_no_page_what_is_gone_or_how_a_source_behaves(kind: ChangeKind) -> None:
    assert may_be_stated(_change(kind)) == states(PAGE, _change(kind)) == (kind in STATED)


@pytest.mark.parametrize("kind", sorted(STATED.keys() - {_K.PLENARY_ANNOUNCED}))
def test_a_page_that_is_silent_about_it_states_nothing(kind: ChangeKind) -> None:
    assert not states(SILENT, _change(kind))


@pytest.mark.parametrize("kind", sorted(STATED))
def test_what_a_plenary_said_is_stated_by_pages_on_that_plenary_alone(kind: ChangeKind) -> None:
    of_another = msgspec.structs.replace(PAGE, plenary=a_meeting(24, day=None))
    assert states(of_another, _change(kind)) == (kind in OF_ANY_PLENARY)


def test_a_page_of_another_regime_states_nothing() -> None:
    assert not states(msgspec.structs.replace(PAGE, regime="nsg"), _change(_K.MEMBER_JOINED))
