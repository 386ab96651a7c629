"""Guards: what must not be believed because a page suddenly states less, or something else."""

from __future__ import annotations

from diffs.change import Change, ChangeKind, JsonValue, Severity, Status
from diffs.context import Context
from diffs.make import change, evidence
from parsers.record import Kind, Record

# A list may lose this many at once before it is the page that is doubted; no regime ever lost two in a year.
_MAY_LEAVE = 2
# So many may join at once: five joined the Australia Group in 2004, the most that any of the regimes took in.
_MAY_JOIN = 6


def drift(after: Record, context: Context) -> Change | None:
    """The `source_drift` that holds this version back from all conclusions, or None for a sound one."""
    reason = _reason(after, context)
    if reason is None:
        return None
    previous = context.previous
    return change(
        context,
        ChangeKind.SOURCE_DRIFT,
        Severity.WARNING,
        context.url or context.regime,
        key=[context.previous_hash, context.believed],
        before=_stated(previous) if previous else None,
        after=_stated(after),
        before_evidence=evidence(previous, "/member_count", "/members/0", "/plenary/ordinal"),
        after_evidence=evidence(after, "/member_count", "/members/0", "/title"),
        status=Status.HELD,
        detail=reason,
    )


def _stated(record: Record) -> JsonValue:
    return {"member_count": record.member_count, "listed": len(record.members), "plenary": record.plenary.ordinal}


def _reason(after: Record, context: Context) -> str | None:
    if context.trusted:
        return None
    if context.cut_off:
        return "the page is the one known up to a place, and ends there"
    previous = context.previous
    listed = len(after.members)
    if context.source_kind == "members" or (previous is not None and previous.kind is Kind.MEMBERS):
        # A page that was never read well before is held against what other pages told.
        before = {m.country for m in previous.members} if previous and previous.members else set(context.members)
        now = {m.country for m in after.members}
        known = len(before)
        if known >= 5 and listed == 0:
            return f"the list of {known} members is gone from the page"
        missing = before - now
        if len(missing) > _MAY_LEAVE:
            return f"{len(missing)} members are gone from the list at once"
        new = now - before - {None}
        if known >= 5 and len(new) > max(_MAY_JOIN, known // 5):
            return f"{len(new)} members are new on the list at once"
        if after.member_count is not None and listed and abs(after.member_count - listed) > _MAY_LEAVE:
            return f"the page states {after.member_count} members and lists {listed}"
        if listed and context.expects_min is not None and listed < context.expects_min:
            return f"the page lists {listed} members, fewer than the {context.expects_min} expected"
        if context.expects_max is not None and listed > context.expects_max:
            return f"the page lists {listed} members, more than the {context.expects_max} expected"
        return None
    if previous is None:
        return None
    was, told = previous.plenary.ordinal, after.plenary.ordinal
    # Another number for the meeting of the same days is a slip that was mended, or made.
    same_days = previous.plenary.start is not None and previous.plenary.start == after.plenary.start
    if was is not None and told is not None and was != told and not same_days:
        return f"the page that told of plenary {was} now tells of plenary {told}"
    facts_before, facts_now = _facts(previous), _facts(after)
    if facts_before >= 4 and facts_now * 3 <= facts_before:
        return f"the page stated {facts_before} facts and now states {facts_now}"
    if len(previous.members) >= 5 and listed and len(previous.members) - listed > _MAY_LEAVE:
        return f"the list shrank from {len(previous.members)} members to {listed}"
    if len(previous.members) >= 5 and not listed:
        return f"the list of {len(previous.members)} members is gone from the page"
    return None


def _facts(record: Record) -> int:
    plenary = record.plenary
    single = [plenary.ordinal, plenary.start, plenary.city, record.member_count]
    lists = [record.officers, record.members[:1], record.resolutions, record.concerns, record.meetings]
    return sum(value is not None for value in single) + sum(len(values) for values in lists)
