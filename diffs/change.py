"""A change: one typed difference between two records, with the evidence of both sides."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from diffs.facts import Counts, WordingFact
from parsers.record import Evidence

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]


class ChangeKind(StrEnum):
    MEMBER_JOINED = "member_joined"
    MEMBER_LEFT = "member_left"
    MEMBER_RENAMED = "member_renamed"
    MEMBER_COUNT_CHANGED = "member_count_changed"
    MEMBERSHIP_DECISION = "membership_decision"
    ADHERENT_ADDED = "adherent_added"
    ADHERENT_REMOVED = "adherent_removed"
    OBSERVER_ADDED = "observer_added"
    OBSERVER_REMOVED = "observer_removed"
    PLENARY_ANNOUNCED = "plenary_announced"
    RESOLUTION_CITED = "resolution_cited"
    RESOLUTION_DROPPED = "resolution_dropped"
    CONCERN_ADDED = "concern_added"
    CONCERN_DROPPED = "concern_dropped"
    OFFICER_CHANGED = "officer_changed"
    MEETING_ADDED = "meeting_added"
    MEETING_DROPPED = "meeting_dropped"
    DECISION_ADDED = "decision_added"
    TOPIC_ADDED = "topic_added"
    TOPIC_DROPPED = "topic_dropped"
    STATEMENT_REVISED = "statement_revised"
    STATEMENT_WITHDRAWN = "statement_withdrawn"
    MIRRORS_DISAGREE = "mirrors_disagree"
    INCONSISTENCY_FOUND = "inconsistency_found"
    SOURCE_DRIFT = "source_drift"
    SOURCE_UNREACHABLE = "source_unreachable"
    SOURCE_RECOVERED = "source_recovered"


class Severity(StrEnum):
    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class Status(StrEnum):
    CONFIRMED = "confirmed"
    HELD = "held"
    REJECTED = "rejected"


class Novelty(StrEnum):
    """Whether something is said for the first time ever, or was only not said by the prior plenary."""

    FIRST_EVER = "first_ever"
    SINCE_PRIOR = "since_prior"


class BothSides(Struct, frozen=True):
    """The spans that state the value before and after; either side may be empty."""

    before: tuple[Evidence, ...] = ()
    after: tuple[Evidence, ...] = ()


class Change(Struct, frozen=True, kw_only=True):
    """One typed difference, named by `key`: what changed, never when it was seen.

    `subject` is the country code, resolution symbol, URL or name that the change is about. `plenary` and
    `prior` label the plenary that states it and the one it was compared with: the ordinal, or where a
    page states none the ISO start date, or None. `before` and `after` are the JSON values of both sides.
    `observed_at` is in UTC. What a statement cites, names or speaks of anew carries its `novelty`, and, where it was
    said before, `since`: the label of the last plenary at which it was. `wording` is what the redline against the
    version or the plenary before means; `counts` stand beside a number of members.
    """

    key: str
    kind: ChangeKind
    severity: Severity
    regime: str
    subject: str
    plenary: int | str | None = None
    prior: int | str | None = None
    # A `JsonValue`; msgspec decodes no recursive alias.
    before: Any = None
    after: Any = None
    novelty: Novelty | None = None
    since: int | str | None = None
    wording: tuple[WordingFact, ...] = ()
    counts: Counts | None = None
    evidence: BothSides = BothSides()
    url: str | None = None
    observed_at: datetime | None = None
    status: Status = Status.CONFIRMED
    detail: str = ""


_decoder = msgspec.json.Decoder(Change)


def change_from_json(data: bytes | str) -> Change:
    """The change that was written as JSON. Raises `msgspec.ValidationError` for JSON of another shape."""
    return _decoder.decode(data)


def change_key(kind: ChangeKind, regime: str, subject: str, *distinguishing: JsonValue) -> str:
    """The name of a change: 32 hex digits of the SHA-256 of what changed.

    *distinguishing* are the values that tell two changes of one kind and subject apart: the plenary's
    label, the text's hash before and after, or how many times this country had joined before.
    """
    material = msgspec.json.encode([kind.value, regime, subject, *distinguishing], order="sorted")
    return hashlib.sha256(material).hexdigest()[:32]
