"""Reasons to hold a joining or a departure: what the page's own list and number, and what it showed before, say against it.

Each question answers with the reason in words, or None where nothing speaks against the change.
"""

from __future__ import annotations

from diffs.context import Context
from diffs.naming import listed as enumerated
from parsers.countries import display_name
from parsers.record import Kind, MembershipDecision, MembershipDecisionKind, Record

# So many new members a list without a number is believed to have at once.
_MAY_GAIN = 2


def is_page_of_members(record: Record, context: Context) -> bool:
    """True if the page is there to list the members."""
    return context.source_kind == "members" or record.kind is Kind.MEMBERS


def is_full_list(record: Record, context: Context) -> bool:
    """True if the record's list claims to be of all members: a members page's, or one as long as the count
    that stands beside it, or as the membership known."""
    listed = len(record.members)
    if listed < 5:
        return False
    if is_page_of_members(record, context):
        return True
    if record.member_count is not None and listed >= record.member_count:
        return True
    return listed >= len(context.members) > 0


def returned(after: Record, context: Context) -> str | None:
    """True if the page went back to what it showed before something else stood there: a copy from a cache, or two pages
    that take turns at one address."""
    if context.trusted:
        return None
    if context.after_hash in context.earlier:
        return "the page returned to a text that it showed before"
    now = frozenset(member.country for member in after.members if member.country)
    before = list(context.lists)
    while before and before[-1] == now:
        before.pop()
    return "the page returned to a list of members that it showed before" if now and now in before else None


def of_a_list(after: Record, context: Context) -> str | None:
    """The reason not to believe that a state joined by the list of *after* alone."""
    if context.trusted:
        return None
    if again := returned(after, context):
        return again
    listed = {member.country for member in after.members if member.country}
    shown = _shown(context)
    waiting = context.joining & listed
    count = after.member_count
    agrees = count is not None and count in (len(after.members), len(listed))
    if count is not None and not agrees:
        return f"the page states {count} members and lists {len(after.members)}"
    if not is_page_of_members(after, context) and not agrees:
        return "it stands in a statement's list of states, and neither its words nor a number say that it is a member"
    was_a_list = context.previous is not None and context.previous.kind is Kind.MEMBERS
    if after.kind is not Kind.MEMBERS and (was_a_list or (waiting and not agrees)):
        return "the page is mostly about something else than the members now"
    withdrew = {code for d in after.membership_decisions if d.decision is _WITHDREW for code in d.countries}
    if lost := ((shown | context.leaving) & context.members.keys()) - listed - withdrew:
        return f"the same list no longer names {enumerated([display_name(code) for code in sorted(lost)])}"
    if (spelt := _unread(context.previous) - _unread(after)) and len(after.members) <= _entries(context.previous):
        return f"the list named {enumerated(sorted(spelt))} before, which could not be read"
    if waiting and count is not None and count == context.count:
        return "it waits for review, and the number of members has not changed"
    if agrees:
        return None
    if context.cut_off or _unread(after) - (frozenset() if waiting else _unread(context.previous)):
        return "the list was not read whole, and the page states no number of members"
    gained = listed - (shown - waiting)
    if len(gained) > _MAY_GAIN:
        return f"{len(gained)} states are new on the list at once, and the page states no number of members"
    return "it waits for review, and no number of members speaks for it" if waiting else None


_WITHDREW = MembershipDecisionKind.WITHDREW


def of_words(after: Record, context: Context, code: str, decision: MembershipDecision) -> str | None:
    """The reason not to believe that the state *code* joined, or left, by the words of *after*."""
    if context.trusted:
        return None
    if context.after_hash in context.earlier:
        return "the page returned to a text that it showed before"
    leaves = decision.decision is _WITHDREW
    name = display_name(code)
    if is_full_list(after, context) and not is_only_planned(decision, after, context):
        listed = any(member.country == code for member in after.members)
        if leaves and listed:
            return f"the page's own list still names {name}"
        if not leaves and not listed:
            return f"the page's own list does not name {name}"
    if leaves and context.members and code not in context.members and code not in context.past:
        return f"{name} is no member as far as is on record"
    before = context.count
    if not context.is_latest or before is None or after.member_count is None:
        return None
    if not leaves and code not in context.members and after.member_count < before:
        return f"the page states {after.member_count} members, and {before} were stated before"
    if leaves and code in context.members and after.member_count > before:
        return f"the page states {after.member_count} members, and {before} were stated before"
    return None


def is_only_planned(decision: MembershipDecision, record: Record, context: Context) -> bool:
    """True if the decision takes effect after the day of the page, or the day it was seen where it states none: it is
    told as a decision, not as a joining or a departure."""
    told = record.published or record.plenary.end or context.observed_at.date()
    return decision.effective is not None and decision.effective > told


def _shown(context: Context) -> set[str]:
    """The states that the page listed before; where it listed nobody, the members known."""
    listed = {m.country for m in context.previous.members if m.country} if context.previous else set()
    return listed or set(context.members)


def _unread(record: Record | None) -> frozenset[str]:
    """The entries of the list that no table of names knows."""
    return frozenset(m.name for m in record.members if m.country is None) if record else frozenset()


def _entries(record: Record | None) -> int:
    return len(record.members) if record else 0
