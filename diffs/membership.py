"""Who joined, who left, who took another name; what is counted; what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from diffs.change import Change, ChangeKind, Severity, Status
from diffs.context import Context
from diffs.doubts import is_full_list, is_only_planned, is_page_of_members, of_a_list, of_words, returned
from diffs.facts import Counts
from diffs.make import change, evidence
from parsers.countries import display_name, renamings
from parsers.names import name_key, without_article
from parsers.record import Member, MembershipDecision, MembershipDecisionKind, Record

_K = ChangeKind
_D = MembershipDecisionKind
_JOINS = (_D.ADMITTED, _D.ACCEDED, _D.SUBSCRIBED)
# A welcome or a first attendance tells that a state is a member; when it became one is told elsewhere.
_TELLS = (*_JOINS, _D.WELCOMED, _D.FIRST_ATTENDANCE)
_LEAVES = (_D.WITHDREW,)
_A_YEAR = timedelta(days=366)


def joined(after: Record, context: Context) -> Iterator[Change]:
    """States that are members by this record and were none before. A statement of an earlier plenary than others that
    are known tells only of states that were never members as far as anyone knew."""
    told: set[str] = set()
    for i, decision in enumerate(after.membership_decisions):
        if decision.decision not in _TELLS:
            continue
        planned = is_only_planned(decision, after, context)
        for code in decision.countries:
            # A decision that was told before let the state join then; it may have left since.
            known = f"{decision.decision.value}:{code}:{context.plenary}" in context.decided
            known = known or (not context.is_latest and code in context.past)
            if code not in context.members and code not in told and not known and not planned:
                told.add(code)
                doubt = of_words(after, context, code, decision)
                yield _join(after, context, code, display_name(code), f"/membership_decisions/{i}", doubt)
    of_old = not context.is_latest and not is_page_of_members(after, context)
    if of_old or not (context.members and is_full_list(after, context)):
        return
    doubt = of_a_list(after, context)
    for i, member in enumerate(after.members):
        code = member.country or ""
        # A state that left and is listed as it was before has not joined again: the page lags.
        lags = code in context.past and code in _listed_before(context) and code not in context.joining
        if code and code not in context.members and code not in told and not lags:
            told.add(code)
            yield _join(after, context, code, member.name, f"/members/{i}", doubt)


def _listed_before(context: Context) -> set[str]:
    return {m.country for m in context.previous.members if m.country} if context.previous else set()


def _join(after: Record, context: Context, code: str, name: str, pointer: str, doubt: str | None) -> Change:
    epoch = context.past.get(code, 0)
    return change(
        context,
        _K.MEMBER_JOINED,
        Severity.CRITICAL,
        code,
        key=[epoch],
        after=name,
        after_evidence=evidence(after, pointer),
        status=Status.HELD if doubt else Status.CONFIRMED,
        detail="; ".join(filter(None, ("re-admitted" if epoch else "", doubt))),
    )


def left(after: Record, context: Context) -> Iterator[Change]:
    """States that a full list no longer holds: proposed, and confirmed only where the stated count fell too,
    or the page says that they withdrew."""
    told: set[str] = set()
    for i, decision in enumerate(after.membership_decisions):
        if decision.decision not in _LEAVES or is_only_planned(decision, after, context):
            continue
        for code in decision.countries:
            if code in context.members and code not in told:
                told.add(code)
                doubt = of_words(after, context, code, decision)
                yield _leave(after, context, code, f"/membership_decisions/{i}", doubt)
    if not is_full_list(after, context) or not context.members:
        return
    listed = {member.country for member in after.members}
    # What this page did not list before either, it lacks because it lags, not because a state left; unless it was
    # this that was held, and the count follows now.
    known = (_listed_before(context) or set(context.members)) | (context.leaving & context.members.keys())
    missing = [code for code in context.members if code in known and code not in listed and code not in told]
    if not missing:
        return
    new = sum(1 for code in listed if code not in known)
    doubt = returned(after, context)
    # A name that goes while another comes may be one misread: the count must fall, not only agree.
    if doubt is None and (new or not after.member_count == len(known) - len(missing) == len(listed)):
        doubt = "not on the list, and nothing else says that it left"
    for code in missing:
        yield _leave(after, context, code, "/member_count", doubt)


def _leave(after: Record, context: Context, code: str, pointer: str, doubt: str | None) -> Change:
    standing = context.members[code]
    before = next((f"/members/{i}" for i, m in enumerate(_members_before(context)) if m.country == code), "")
    return change(
        context,
        _K.MEMBER_LEFT,
        Severity.CRITICAL,
        code,
        key=[standing.epoch],
        before=standing.name,
        before_evidence=evidence(context.previous or context.prior, before),
        after_evidence=evidence(after, pointer),
        status=Status.HELD if doubt else Status.CONFIRMED,
        detail=doubt or "",
    )


def _members_before(context: Context) -> tuple[Member, ...]:
    record = context.previous or context.prior
    return record.members if record else ()


def renamed(after: Record, context: Context) -> Iterator[Change]:
    """Members under another name than before: only a name that a state took or put off, not a spelling."""
    for i, member in enumerate(after.members):
        standing = context.members.get(member.country or "")
        if standing is None or member.country is None or not _took_name(member.country, standing.name, member.name):
            continue
        yield change(
            context,
            _K.MEMBER_RENAMED,
            Severity.INFO,
            member.country,
            key=[name_key(member.name)],
            before=standing.name,
            after=member.name,
            after_evidence=evidence(after, f"/members/{i}"),
        )


def _took_name(code: str, before: str, after: str) -> bool:
    old, new = without_article(name_key(before)), without_article(name_key(after))
    if old == new:
        return False
    for renaming in renamings(code):
        put_off, taken = name_key(renaming.before), name_key(renaming.after)
        if old.endswith(put_off) and new.endswith(taken):
            return True
    return False


def counted(after: Record, context: Context, moved: Sequence[Change]) -> Iterator[Change]:
    """Another stated number of members than was known: by any page, or by the plenary before where none is newer. A
    page that repeats what it said itself, while others said more since, says nothing new.

    *moved* are those who join and leave by this record. The change carries all three counts, and its sentence says
    where they and those known before make another number: which page is behind is then for a reader to judge.
    """
    before = context.previous if context.previous and context.previous.member_count else context.prior
    if before is None or before.member_count is None:
        return
    was = before.member_count if context.count is None else context.count
    repeated = before.member_count if before is context.previous else None
    if after.member_count is None or after.member_count in (repeated, was):
        return
    # The same step told by the members page and by the statement is one change; a second like it, later, another.
    yield change(
        context,
        _K.MEMBER_COUNT_CHANGED,
        Severity.WARNING,
        context.regime,
        key=[was, after.member_count, context.counted],
        before=was,
        after=after.member_count,
        before_evidence=evidence(before if before.member_count == was else None, "/member_count"),
        after_evidence=evidence(after, "/member_count"),
        counts=_counts(after, context, moved),
    )


def _counts(after: Record, context: Context, moved: Sequence[Change]) -> Counts:
    """The number stated, the number listed where the list is of all, and the running one."""
    running = None
    if context.anchored:
        happened = (c for c in moved if c.status is Status.CONFIRMED)
        running = len(context.members) + sum(1 if c.kind is _K.MEMBER_JOINED else -1 for c in happened)
    return Counts(after.member_count, len(after.members) if is_full_list(after, context) else None, running)


def decided(after: Record, context: Context) -> Iterator[Change]:
    """Decisions on membership that no page told before, a change for each state they concern."""
    for i, decision in enumerate(after.membership_decisions):
        for code in decision.countries or ("",):
            if f"{decision.decision.value}:{code}:{context.plenary}" in context.decided:
                continue
            moves = decision.decision in (*_JOINS, *_LEAVES)
            if code and decision.decision in _JOINS and _is_of_old(code, decision, after, context):
                continue
            doubt = of_words(after, context, code, decision) if moves and code else None
            yield change(
                context,
                _K.MEMBERSHIP_DECISION,
                Severity.CRITICAL if moves and not is_only_planned(decision, after, context) else Severity.WARNING,
                code or context.regime,
                key=[decision.decision.value, context.plenary or (context.url if not code else None)],
                after={
                    "decision": decision.decision.value,
                    "countries": [code] if code else [],
                    "decided": decision.decided.isoformat() if decision.decided else None,
                    "effective": decision.effective.isoformat() if decision.effective else None,
                },
                after_evidence=evidence(after, f"/membership_decisions/{i}"),
                status=Status.HELD if doubt else Status.CONFIRMED,
                detail=doubt or "",
            )


def _is_of_old(code: str, decision: MembershipDecision, after: Record, context: Context) -> bool:
    """True if the state was a member for more than a year by the day that the page speaks of: it cannot have been let in
    then, the page tells of its past."""
    since = context.members[code].since if code in context.members else None
    told = decision.effective or decision.decided or after.plenary.start or after.published
    return since is not None and (told or context.observed_at.date()) - since > _A_YEAR


def participants(after: Record, context: Context) -> Iterator[Change]:
    """Adherents and observers that are new, and, on a members page that still lists some, those gone."""
    previous = context.previous
    for field, known, added, removed in (
        ("adherents", context.adherents, _K.ADHERENT_ADDED, _K.ADHERENT_REMOVED),
        ("observers", context.observers, _K.OBSERVER_ADDED, _K.OBSERVER_REMOVED),
    ):
        now = {(p.country or p.name): i for i, p in enumerate(getattr(after, field))}
        before = {(p.country or p.name): i for i, p in enumerate(getattr(previous, field))} if previous else {}
        for subject, i in now.items():
            if subject not in known and (previous is not None or context.prior is not None):
                yield change(
                    context,
                    added,
                    Severity.WARNING,
                    subject,
                    key=[context.plenary],
                    after=getattr(after, field)[i].name,
                    after_evidence=evidence(after, f"/{field}/{i}"),
                )
        if not now or context.source_kind != "members":
            continue
        for subject, i in before.items():
            if subject not in now:
                yield change(
                    context,
                    removed,
                    Severity.WARNING,
                    subject,
                    key=[context.after_hash],
                    before=getattr(previous, field)[i].name,
                    before_evidence=evidence(previous, f"/{field}/{i}"),
                    status=Status.HELD,
                )
