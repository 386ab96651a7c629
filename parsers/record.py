"""The record: what a document states, each value with its evidence. The types every room speaks.

Shapes are those of the record's JSON; a value the page does not state is None or an empty tuple.
Countries are ISO 3166-1 alpha-2 codes (``XK`` for Kosovo, ISO 3166-3 four-letter codes for former states).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec
from msgspec import Struct


class Kind(StrEnum):
    STATEMENT = "statement"
    MEMBERS = "members"
    PRESS_RELEASE = "press_release"
    OTHER = "other"


class OfficerRole(StrEnum):
    CHAIR = "chair"
    CO_CHAIR = "co_chair"
    OPENED_BY = "opened_by"
    OUTGOING_CHAIR = "outgoing_chair"
    INCOMING_CHAIR = "incoming_chair"
    SIGNATORY = "signatory"


class MembershipDecisionKind(StrEnum):
    ADMITTED = "admitted"
    ACCEDED = "acceded"
    SUBSCRIBED = "subscribed"
    WELCOMED = "welcomed"
    FIRST_ATTENDANCE = "first_attendance"
    INVITED = "invited"
    APPLICATIONS_DISCUSSED = "applications_discussed"
    NO_CONSENSUS = "no_consensus"
    WITHDREW = "withdrew"
    SUSPENDED = "suspended"


class InconsistencyCode(StrEnum):
    COUNT_MISMATCH = "count_mismatch"
    DATE_MISMATCH = "date_mismatch"
    PUBLISHED_BEFORE_END = "published_before_end"
    ORDINAL_MISMATCH = "ordinal_mismatch"
    DUPLICATE_MEMBER = "duplicate_member"
    UNKNOWN_COUNTRY = "unknown_country"


class Evidence(Struct, frozen=True, order=True):
    """Where a value is stated: ``quote == document.blocks[block].text[start:end]``, offsets half-open."""

    block: int
    start: int
    end: int
    quote: str


class Plenary(Struct, frozen=True):
    """The meeting that a document describes; `start` and `end` are its first and last day."""

    ordinal: int | None = None
    city: str | None = None
    country: str | None = None
    start: date | None = None
    end: date | None = None


class Officer(Struct, frozen=True):
    """Who held an office at the plenary; a state that chairs with no person named has `name` None."""

    role: OfficerRole
    name: str | None = None
    title: str | None = None
    country: str | None = None


class Member(Struct, frozen=True):
    """A listed member. `country` is None for a name that no table knows; `since` is the year or ISO date of
    joining that the page gives beside the name."""

    country: str | None
    name: str
    since: str | None = None


class MembershipDecision(Struct, frozen=True):
    """A decision about who belongs. `decided` and `effective` are the stated dates, where the page tells
    the one from the other."""

    decision: MembershipDecisionKind
    countries: tuple[str, ...] = ()
    decided: date | None = None
    effective: date | None = None


class Participant(Struct, frozen=True):
    """An adherent or an observer: a state, or a body such as the European Commission with `country` None."""

    country: str | None
    name: str


class Resolution(Struct, frozen=True):
    """A UN resolution that the page cites. `year_source` is ``stated``, ``looked_up`` or None with no year."""

    number: int
    year: int | None = None
    symbol: str = ""
    body: str = "UNSC"
    year_source: str | None = None


class Concern(Struct, frozen=True, omit_defaults=True):
    """A country or a region about which the text expresses concern: exactly one of the two is set."""

    country: str | None = None
    region: str | None = None


class Outreach(Struct, frozen=True):
    """Outreach that was done or is planned. `by` is ``chair``, ``outgoing_chair``, ``incoming_chair``,
    ``regime``, ``partners`` or None."""

    by: str | None
    countries: tuple[str, ...] = ()


class Meeting(Struct, frozen=True):
    abbreviation: str | None
    name: str | None


class Decision(Struct, frozen=True):
    """A decision of substance. `about` is a word of a small vocabulary (``annex``, ``guidelines``,
    ``control_list``, ``other``); `text` is the sentence that states it."""

    about: str
    text: str


class Inconsistency(Struct, frozen=True):
    code: InconsistencyCode
    detail: str


class Record(Struct, frozen=True, kw_only=True):
    """What one document states. `evidence` maps a JSON pointer into this record to its spans."""

    regime: str
    kind: Kind
    language: str | None = None
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    plenary: Plenary = Plenary()
    next_plenary: Plenary | None = None
    officers: tuple[Officer, ...] = ()
    member_count: int | None = None
    members: tuple[Member, ...] = ()
    membership_decisions: tuple[MembershipDecision, ...] = ()
    adherents: tuple[Participant, ...] = ()
    observers: tuple[Participant, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    concerns: tuple[Concern, ...] = ()
    outreach: tuple[Outreach, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    decisions: tuple[Decision, ...] = ()
    topics: tuple[str, ...] = ()
    inconsistencies: tuple[Inconsistency, ...] = ()
    evidence: dict[str, tuple[Evidence, ...]] = msgspec.field(default_factory=dict)
    parser: str = ""


def to_json(record: Record) -> bytes:
    """The record as one line of JSON, keys in the order of the class: equal records give equal bytes."""
    return msgspec.json.encode(record)


# Built as the module is: msgspec is not safe where two threads meet a type for the first time (tests/test_decoders.py).
_decoder = msgspec.json.Decoder(Record)


def from_json(data: bytes | str) -> Record:
    """The record that `to_json` wrote. Raises `msgspec.ValidationError` for JSON of another shape."""
    return _decoder.decode(data)
