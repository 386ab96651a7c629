"""A new version of a page against what is known: the typed changes it tells, guarded."""

from __future__ import annotations

from collections.abc import Iterator

from diffs import content, membership
from diffs.change import Change, ChangeKind, Severity
from diffs.context import Context
from diffs.guards import drift
from diffs.make import change, evidence
from parsers.record import Kind, Record


def compare(after: Record, *, context: Context) -> tuple[Change, ...]:
    """The changes that *after* tells, each once, held ones included.

    A page that drifts tells its drift alone. A page's own earlier version is compared first; a statement on
    a plenary not seen before is compared with the plenary before it. What a page does not mention, it does
    not deny.
    """
    if context.baseline:
        return ()
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
    is_members = context.source_kind == "members" or after.kind is Kind.MEMBERS
    edit = context.previous is not None
    if edit:
        yield from _revised(after, context)
    elif not is_members:
        yield from content.announced(after, context)
    if context.is_latest or is_members:
        yield from membership.joined(after, context)
        yield from membership.left(after, context)
        yield from membership.renamed(after, context)
    if is_members:
        yield from membership.counted(after, context)
        yield from membership.participants(after, context)
        yield from content.inconsistencies(after, context.previous, context)
        return
    # A second page on a plenary that is known adds what it alone says, against the pages on it before.
    before = context.previous or _union(context) or context.prior
    if context.is_latest and (edit or not context.plenary_known):
        yield from membership.counted(after, context)
    yield from _decided(after, context)
    yield from content.resolutions(after, before, context)
    if context.plenary is None and not edit:
        yield from content.inconsistencies(after, context.previous, context)
        return
    if context.plenary_known and not edit:
        yield from _disagreeing(after, context)
        return
    yield from content.listed(after, before, context)
    yield from content.officers(after, before, context)
    yield from membership.participants(after, context)
    yield from content.inconsistencies(after, context.previous, context)
    if edit and context.plenary_known:
        yield from _disagreeing(after, context)


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


def _revised(after: Record, context: Context) -> Iterator[Change]:
    """The text behind an address was edited: a correction where a contradiction is gone, else a silent edit."""
    previous = context.previous
    assert previous is not None
    facts = _facts_changed(previous, after)
    if context.previous_hash == context.after_hash or (context.same_form_apart and not facts):
        return
    was, now = len(previous.inconsistencies), len(after.inconsistencies)
    members_page = context.source_kind == "members"
    severity = Severity.INFO if members_page or not facts else Severity.WARNING
    yield change(
        context,
        ChangeKind.STATEMENT_REVISED,
        severity,
        context.url or context.regime,
        key=[context.previous_hash, context.after_hash, context.versions],
        before=context.previous_hash,
        after=context.after_hash,
        before_evidence=evidence(previous, "/title", "/plenary/ordinal"),
        after_evidence=evidence(after, "/title", "/plenary/ordinal"),
        detail=("correction: " if now < was else "") + (", ".join(facts) if facts else "wording"),
    )


def _facts_changed(before: Record, after: Record) -> list[str]:
    fields = (
        "title published plenary next_plenary officers member_count members membership_decisions adherents observers"
        " resolutions concerns outreach meetings decisions topics"
    )
    changed = [name for name in fields.split() if getattr(before, name) != getattr(after, name)]
    # Members in another order are the same members.
    if "members" in changed and sorted(before.members, key=repr) == sorted(after.members, key=repr):
        changed.remove("members")
    return changed


def _disagreeing(after: Record, context: Context) -> Iterator[Change]:
    """Facts in which another page on the same plenary differs: days, place, count. Of an edited page only those that
    it changed."""
    was = dict(_comparable(context.previous)) if context.previous else {}
    for other in context.same_plenary:
        theirs = dict(_comparable(other))
        for pointer, mine in _comparable(after):
            said = theirs[pointer]
            if mine is None or said is None or mine == said or was.get(pointer) == mine:
                continue
            yield change(
                context,
                ChangeKind.MIRRORS_DISAGREE,
                Severity.INFO,
                pointer.rsplit("/", 1)[-1],
                key=[context.plenary, *sorted([str(mine), str(said)])],
                before=str(said),
                after=str(mine),
                before_evidence=evidence(other, pointer),
                after_evidence=evidence(after, pointer),
            )


def _comparable(record: Record) -> Iterator[tuple[str, object]]:
    yield "/plenary/start", record.plenary.start
    yield "/plenary/end", record.plenary.end
    yield "/plenary/city", record.plenary.city
    yield "/member_count", record.member_count
