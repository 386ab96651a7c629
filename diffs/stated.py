"""Whether a page states what a change says: how many sources a change stands on."""

from __future__ import annotations

from collections.abc import Iterable

from diffs.change import Change, ChangeKind
from parsers.record import MembershipDecisionKind, Participant, Record

_K = ChangeKind
_D = MembershipDecisionKind
# The decisions by which a state is a member from then on.
_JOINING = frozenset((_D.ADMITTED, _D.ACCEDED, _D.SUBSCRIBED, _D.WELCOMED, _D.FIRST_ATTENDANCE))
# What a list holds now; any page may say it, of whatever plenary it tells.
_STANDING = frozenset(
    (_K.MEMBER_JOINED, _K.MEMBER_RENAMED, _K.MEMBER_COUNT_CHANGED, _K.ADHERENT_ADDED, _K.OBSERVER_ADDED)
)
# What a plenary said: pages on that plenary alone state it.
_OF_A_PLENARY = frozenset(
    (
        _K.MEMBERSHIP_DECISION,
        _K.PLENARY_ANNOUNCED,
        _K.RESOLUTION_CITED,
        _K.CONCERN_ADDED,
        _K.OFFICER_CHANGED,
        _K.MEETING_ADDED,
        _K.DECISION_ADDED,
        _K.TOPIC_ADDED,
    )
)


def may_be_stated(change: Change) -> bool:
    """Whether a page can state *change* at all: none states what is gone, or how a page or a source behaves."""
    return change.kind in _STANDING or change.kind in _OF_A_PLENARY


def states(record: Record, change: Change) -> bool:
    """Whether the page that *record* is read from states the new side of *change*.

    What a plenary said is stated by pages on that plenary alone.
    """
    if record.regime != change.regime or not may_be_stated(change):
        return False
    if change.kind in _OF_A_PLENARY and not _same_plenary(record, change):
        return False
    subject = change.subject
    match change.kind:
        case _K.MEMBER_JOINED:
            decided = any(d.decision in _JOINING and subject in d.countries for d in record.membership_decisions)
            return decided or any(subject in (m.country, m.name) for m in record.members)
        case _K.MEMBER_RENAMED:
            return any(m.name == change.after for m in record.members)
        case _K.MEMBER_COUNT_CHANGED:
            return bool(record.member_count == change.after)
        case _K.MEMBERSHIP_DECISION:
            decision = change.after.get("decision") if isinstance(change.after, dict) else None
            return any(
                d.decision == decision and (subject in d.countries or not d.countries)
                for d in record.membership_decisions
            )
        case _K.ADHERENT_ADDED:
            return _named(subject, record.adherents)
        case _K.OBSERVER_ADDED:
            return _named(subject, record.observers)
        case _K.PLENARY_ANNOUNCED:
            return True
        case _K.RESOLUTION_CITED:
            return any(r.symbol == subject for r in record.resolutions)
        case _K.CONCERN_ADDED:
            return any(subject in (c.country, c.region) for c in record.concerns)
        case _K.OFFICER_CHANGED:
            holders = ", ".join(o.name or o.country or "" for o in record.officers if o.role == subject)
            return bool(holders) and holders.casefold() == str(change.after).casefold()
        case _K.MEETING_ADDED:
            return any(subject in (m.abbreviation, m.name) for m in record.meetings)
        case _K.DECISION_ADDED:
            return any(d.about == subject for d in record.decisions)
        case _K.TOPIC_ADDED:
            return subject in record.topics
        case _:
            return False


def _named(subject: str, listed: Iterable[Participant]) -> bool:
    return any(subject in (p.country, p.name) for p in listed)


def _same_plenary(record: Record, change: Change) -> bool:
    held = record.plenary
    days = {day.isoformat() for day in (held.start, held.end) if day}
    return change.plenary is not None and (held.ordinal == change.plenary or change.plenary in days)
