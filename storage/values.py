"""What the store answers with: frozen values, never rows."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from diffs.change import Change
from parsers.document import Document
from parsers.record import Record

# How the error of a delivery begins that may have arrived though its channel never said so.
OUTCOME_UNKNOWN = "outcome unknown"


class SourceRef(Struct, frozen=True):
    """A source as the store knows it. `baseline`: its first observation makes history and no alerts."""

    id: int
    regime: str
    name: str
    kind: str
    url: str
    title: str | None
    parent: int | None
    baseline: bool
    first_seen: datetime


# A source that fails this often in a row is blind.
BLIND_AFTER = 2


class Sight(StrEnum):
    """How well a source is seen: its last check answered well, or failed, or nobody knows what it says by now."""

    OK = "ok"
    DEGRADED = "degraded"
    BLIND = "blind"
    UNCHECKED = "not yet checked"


class State(Struct, frozen=True):
    """How a source stands. `failures` counts the checks since the last good one; `outage` the times it was
    told unreachable, so that a second outage is another change than the first."""

    last_checked: datetime | None = None
    last_verified: datetime | None = None
    last_changed: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    parser: str | None = None
    checks: int = 0
    failures: int = 0
    failing_since: datetime | None = None
    told_unreachable: bool = False
    outage: int = 0

    @property
    def sight(self) -> Sight:
        """How well the source is seen."""
        if self.told_unreachable or self.failures >= BLIND_AFTER:
            return Sight.BLIND
        if self.failures:
            return Sight.DEGRADED
        return Sight.OK if self.last_verified else Sight.UNCHECKED


class Attempt(Struct, frozen=True):
    """One fetch as it is kept. `verdict` is ``good``, ``not_modified``, ``failed`` or a reason of quarantine."""

    url: str
    final_url: str
    status: int | None
    verdict: str
    fetched_at: datetime
    error: str | None = None
    hops: tuple[str, ...] = ()
    headers: dict[str, str] = {}
    sha256: str | None = None
    size: int = 0
    elapsed: float = 0.0


class Version(Struct, frozen=True):
    """One version of what one address says."""

    id: int
    source: str
    regime: str
    url: str
    sha256: str
    content_type: str | None
    text_hash: str
    held: bool
    observed_at: datetime
    plenary: str | None
    record: Record
    document: Document


class Told(Struct, frozen=True):
    """What a regime's pages told before a moment. `count` is the number of members stated last, `counted` how often a
    page stated another than it did before; `stated` each of these numbers, and when it was
    seen; `said` what was cited, named or spoken of at each plenary, as
    "field:subject"."""

    cited: frozenset[str]
    decided: frozenset[str]
    adherents: frozenset[str]
    observers: frozenset[str]
    count: int | None = None
    counted: int = 0
    stated: tuple[tuple[int, datetime], ...] = ()
    said: dict[str, frozenset[str]] = {}


class Membership(Struct, frozen=True):
    """That a state belonged over a half-open range of days, as known since `observed_at`."""

    regime: str
    country: str
    name: str
    epoch: int
    valid_from: date | None
    valid_to: date | None
    basis: str
    observed_at: datetime
    superseded_at: datetime | None
    record_id: int
    pointer: str
    url: str
    quote: str | None


class PlenaryView(Struct, frozen=True):
    """A meeting and the versions that describe it, newest last."""

    regime: str
    label: str
    ordinal: int | None
    city: str | None
    country: str | None
    start: date | None
    end: date | None
    records: tuple[int, ...]


class DeliveryView(Struct, frozen=True):
    """One alert to one channel, or where `alert` is None one digest. An alert's may wait for a digest (`waits_for`) or
    be in one (`digest`, its id). `sending`: somebody holds it. `reminder` counts the times it was told again while it lasted, `repeated` the tries
    after one of which nobody knows whether it arrived."""

    id: int
    alert: int | None
    channel: str
    state: str
    idempotency_key: str
    attempts: int
    next_try: datetime
    sent_at: datetime | None
    last_error: str | None
    waits_for: str | None = None
    digest: int | None = None
    reminder: int = 0
    repeated: int = 0
    sending: bool = False

    @property
    def outcome_unknown(self) -> bool:
        """Whether an earlier try ended without an answer."""
        return (self.last_error or "").startswith(OUTCOME_UNKNOWN)

    @property
    def may_have_been_told(self) -> bool:
        """Whether whom an alert is for may have read it: the channel took it, may have, is being sent it now, or has it
        in a digest whose words stand already."""
        told = self.sent_at is not None or self.reminder > 0 or self.digest is not None
        return told or self.sending or self.outcome_unknown

    @property
    def message_key(self) -> str:
        """What names the message on every try of it; a reminder is another message than the first."""
        return f"{self.idempotency_key}-{self.reminder}" if self.reminder else self.idempotency_key


class DigestView(Struct, frozen=True):
    """A message that tells several alerts or how everything stands, from `since` (None: the beginning) to `until`.
    `message` is what is sent, in the JSON of whoever made it."""

    id: int
    name: str
    channel: str
    since: datetime | None
    until: datetime
    message: str
    created_at: datetime


class AlertView(Struct, frozen=True):
    """A change that was found worth telling, and what became of its deliveries."""

    id: int
    audience: str
    sentence: str
    created_at: datetime
    acknowledged_at: datetime | None
    change: Change
    deliveries: tuple[DeliveryView, ...]


class SourceView(Struct, frozen=True):
    """A source with how it stands, for the coverage page."""

    source: SourceRef
    state: State
    versions: int
    last_error: str | None


class RunView(Struct, frozen=True):
    id: str
    kind: str
    started_at: datetime
    ended_at: datetime | None
    state: str
    detail: str
