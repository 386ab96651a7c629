"""A new version of a page against what is known: the typed changes it tells, guarded."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from diffs import content, membership
from diffs.change import Change, ChangeKind, Severity
from diffs.context import Context
from diffs.guards import drift
from diffs.make import change, evidence
from diffs.mirrors import disagreeing
from parsers.record import Kind, Record

# What a further page on a plenary may be the first to speak of.
_FIELDS = ("officers", "concerns", "meetings", "decisions", "topics", "adherents", "observers")


def compare(after: Record, *, context: Context) -> tuple[Change, ...]:
    """The changes that *after* tells, each once, held ones included.

    A page that drifts tells its drift alone. A page's own earlier version is compared first; a statement on
    a plenary not seen before is compared with the plenary before it. What a page does not mention, it does
    not deny.
    """
    if (held := drift(after, context)) is not None:
        return (held,)
    found: dict[str, Change] = {}
    for item in _changes(after, context):
        found.setdefault(item.key, item)
    return tuple(found.values())


def holds_back(changes: tuple[Change, ...]) -> bool:
    """Whether these changes say that the version is not to be believed."""
    return any(item.kind is ChangeKind.SOURCE_DRIFT for item in changes)


def _changes(after: Record, context: Context) -> Iterator[Change]:
    whole = after
    is_members = context.source_kind == "members" or after.kind is Kind.MEMBERS
    edit = context.previous is not None
    if edit:
        yield from _revised(after, context)
    elif not is_members:
        yield from content.announced(after, context)
    moved: list[Change] = [*membership.joined(after, context)]
    if context.is_latest or is_members:
        moved += membership.left(after, context)
        yield from membership.renamed(after, context)
    yield from moved
    if is_members:
        yield from membership.counted(after, context, moved)
        yield from membership.participants(after, context)
        yield from content.inconsistencies(after, context.previous, context)
        return
    # A second page on a plenary that is known adds what it alone says, against the pages on it before.
    before = context.previous or _union(context) or context.prior
    if context.is_latest and (edit or not context.plenary_known):
        yield from membership.counted(after, context, moved)
    yield from _decided(after, context)
    yield from content.resolutions(after, before, context)
    if context.plenary is None and not edit:
        yield from content.inconsistencies(after, context.previous, context)
        return
    further = context.plenary_known and not edit
    if further:
        # Of what no page on the plenary has spoken of yet, this one is the first statement.
        after, before = _unspoken(after, context.same_plenary), context.prior
    yield from content.listed(after, before, context)
    yield from content.officers(after, before, context)
    yield from membership.participants(after, context)
    yield from content.inconsistencies(after, context.previous, context)
    if context.plenary_known:
        yield from disagreeing(whole, context)


def _decided(after: Record, context: Context) -> Iterator[Change]:
    held = context.previous
    known = {(d.decision.value, c) for d in held.membership_decisions for c in d.countries or ("",)} if held else set()
    for item in membership.decided(after, context):
        value = item.after
        assert isinstance(value, dict)
        subject = item.subject if value["countries"] else ""
        if (value["decision"], subject) not in known:
            yield item


def _union(context: Context) -> Record | None:
    """The other page on the same plenary that says most, for what is new against it."""
    return max(context.same_plenary, key=lambda r: len(r.evidence), default=None) if context.plenary_known else None


def _unspoken(after: Record, others: tuple[Record, ...]) -> Record:
    """*after* without the fields of which one of *others* speaks."""
    spoken = {name: () for name in _FIELDS if any(getattr(other, name) for other in others)}
    return msgspec.structs.replace(after, **spoken)


def _revised(after: Record, context: Context) -> Iterator[Change]:
    """The text behind an address was edited; of weight where a fact changed, or what the words mean."""
    previous = context.previous
    assert previous is not None
    facts = facts_changed(previous, after)
    if context.previous_hash == context.after_hash or (context.same_form_apart and not facts):
        return
    told = facts + list(dict.fromkeys(fact.kind.value.replace("_", " ") for fact in context.wording))
    members_page = context.source_kind == "members"
    yield change(
        context,
        ChangeKind.STATEMENT_REVISED,
        Severity.INFO if members_page or not told else Severity.WARNING,
        context.url or context.regime,
        key=[context.previous_hash, context.after_hash, context.versions],
        before=context.previous_hash,
        after=context.after_hash,
        before_evidence=evidence(previous, "/title", "/plenary/ordinal"),
        after_evidence=evidence(after, "/title", "/plenary/ordinal"),
        wording=context.wording,
        detail=_event(previous, after, context) + (", ".join(told) if told else "wording"),
    )


def _event(before: Record, after: Record, context: Context) -> str:
    """What kind of edit it was: one that takes an earlier one back, one that mends a contradiction, or a silent one."""
    if context.after_hash in context.earlier:
        return "taken back: "
    return "correction: " if len(after.inconsistencies) < len(before.inconsistencies) else ""


def facts_changed(before: Record, after: Record) -> list[str]:
    """The names of the fields in which two records differ."""
    fields = (
        "title published plenary next_plenary officers member_count members membership_decisions adherents observers"
        " resolutions concerns outreach meetings decisions topics"
    )
    changed = [name for name in fields.split() if getattr(before, name) != getattr(after, name)]
    # Members in another order are the same members.
    if "members" in changed and sorted(before.members, key=repr) == sorted(after.members, key=repr):
        changed.remove("members")
    return changed
