"""A person's decision on a held change or a doubtful reading, and what follows from it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from alerts.retraction import retract, retract_reading
from diffs.change import BothSides, Change, ChangeKind, Status
from flows.asking import country_code
from flows.errors import BadRequest
from flows.keeping import derive_again, opened
from flows.observing import concluded
from flows.telling import keep_changes, tell
from flows.watch import Watch
from parsers.record import Evidence
from storage.corrections import Decision, OpenReading, Value
from storage.values import Version
from storage.writing import Writer


class Reading(Struct, frozen=True, kw_only=True):
    """A reading that waits for a person, in the form of a change: `key` names its record and its place there."""

    key: str
    kind: Literal["unresolved_reading"] = "unresolved_reading"
    regime: str
    subject: str
    evidence: BothSides
    url: str
    status: Literal["held"] = "held"
    detail: str


_READING = re.compile(r"r(?P<record>\d+)(?P<pointer>/.+)")


def is_reading(key: str) -> bool:
    """Whether *key* names a reading, not a change."""
    return _READING.fullmatch(key) is not None


def waiting(regime: str | None = None) -> tuple[list[Change], list[Reading]]:
    """The held changes and the readings that nobody has decided yet."""
    with opened() as (store, _), store.reading() as r:
        changes = [change for change in r.changes(regime) if change.status is Status.HELD]
        return changes, [_shown(found) for found in r.open_readings(regime)]


def _shown(found: OpenReading) -> Reading:
    evidence: tuple[Evidence, ...] = found.evidence
    return Reading(
        key=f"r{found.record}{found.pointer}",
        regime=found.regime,
        subject=evidence[0].quote if evidence else found.pointer,
        evidence=BothSides(after=evidence),
        url=found.url,
        detail=found.reading,
    )


def decide_reading(
    key: str, decision: Decision, *, who: str, why: str, value: Value = None, config: Path | None = None
) -> None:
    """Keep a decision on a reading, take back what was told from one that was wrong, and derive its record again.
    Raises `BadRequest`, and what `CorrectionWriter.correct` raises."""
    match = _READING.fullmatch(key)
    if match is None:
        raise BadRequest(
            f"{key!r}: not the key of a reading; 'plenarywatch review list' names them, such as r12/members/3"
        )
    record = int(match["record"])
    with opened() as (store, _), store.writing() as w:
        now = datetime.now(UTC)
        w.correct(record, match["pointer"], decision, who=who, why=why, now=now, value=value)
        if decision != "approved":
            retract_reading(w, record, match["pointer"], who=who, why=why, now=now)
    derive_again(config=config, only=(record,))


def correct_reading(
    key: str, *, country: str | None, value: str | None, who: str, why: str, config: Path | None = None
) -> None:
    """Keep what a person says that a reading should be: a state, or any value as JSON. Raises `BadRequest`."""
    if (country is None) == (value is None):
        raise BadRequest("say what the reading should be: either --country or --value")
    if country is not None:
        meant: Value = {"country": country_code(country)}
    else:
        try:
            meant = json.loads(value or "")
        except ValueError as error:
            raise BadRequest(f'--value {value!r}: not JSON ({error}); write such as 34 or "text"') from None
    decide_reading(key, "corrected", who=who, why=why, value=meant, config=config)


def decide(watch: Watch, key: str, decision: Status, *, who: str, why: str) -> Change:
    """The change as decided. An approved joining or departure begins or ends the membership and is told; an approved drift lets
    the version it held count from now on, and what it says is told. A rejected change is taken back where it was
    told, also one that was confirmed. Raises `NotFound` for a key that is not held."""
    now = watch.clock()
    with watch.store.writing() as w:
        held = w.held_for(key)
        change = w.review(key, decision, who=who, why=why, now=now)
        if decision is Status.CONFIRMED and change.kind is ChangeKind.MEMBER_LEFT and change.observed_at:
            rows = [m for m in w.members(change.regime) if m.country == change.subject]
            if rows:
                w.member_left(
                    change.regime,
                    change.subject,
                    on=change.observed_at.date(),
                    record_id=rows[0].record_id,
                    pointer=rows[0].pointer,
                    now=now,
                )
        if decision is Status.CONFIRMED and change.kind is ChangeKind.MEMBER_JOINED:
            _join(w, change, now)
        confirmed = msgspec.structs.replace(change, status=decision)
        # What was said after they were held told its changes already.
        if decision is Status.CONFIRMED and held and w.is_newest(held[-1]):
            _tell(watch, w, held, now)
        if decision is Status.REJECTED:
            retract(w, confirmed, now)
        if decision is Status.CONFIRMED:
            tell(watch, w, confirmed, now)
    return confirmed


def _join(w: Writer, change: Change, now: datetime) -> None:
    """Begin the membership that a person has approved, on the words of the version that told it."""
    record_id = w.version_behind(change.key)
    if record_id is None or change.observed_at is None:
        return
    told = w.version(record_id).record.evidence
    pointer = next((p for p, e in told.items() if e == change.evidence.after), "/members")
    on = change.observed_at.date()
    w.member_joined(change.regime, change.subject, on=on, record_id=record_id, pointer=pointer, now=now)


def _tell(watch: Watch, w: Writer, versions: Sequence[Version], now: datetime) -> None:
    """What *versions* say, now that a person believes them, as the run of a review."""
    run = w.begin_run("review", now)
    for version in versions:
        source = w.source(version.regime, version.source)
        assert source is not None
        keep_changes(watch, w, run, concluded(w, None, source, version, trusted=True), version.id, now)
    w.end_run(run, "completed", f"{len(versions)} versions believed", now)
