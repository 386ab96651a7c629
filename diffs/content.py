"""What a statement says beside membership: resolutions, concerns, officers, meetings, decisions, topics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from diffs.change import Change, ChangeKind, Novelty, Severity
from diffs.context import Context
from diffs.make import change, evidence, label
from parsers.record import Officer, Record

_K = ChangeKind


def announced(after: Record, context: Context) -> Iterator[Change]:
    """A plenary that no page had told of."""
    if context.plenary_known or context.plenary is None:
        return
    plenary = after.plenary
    yield change(
        context,
        _K.PLENARY_ANNOUNCED,
        Severity.WARNING,
        context.plenary,
        key=[],
        after=msgspec.to_builtins(plenary),
        after_evidence=evidence(after, "/plenary/ordinal", "/plenary/start", "/plenary/end", "/title"),
        wording=context.wording,
    )


def resolutions(after: Record, before: Record | None, context: Context) -> Iterator[Change]:
    """Resolutions cited that the plenary before did not cite, told apart by whether the regime ever did; and
    those no longer cited, of a statement that cites some. A further page on a known plenary drops nothing."""
    held = {r.number: i for i, r in enumerate(before.resolutions)} if before else {}
    now = {r.number for r in after.resolutions}
    for i, resolution in enumerate(after.resolutions):
        if resolution.number in held:
            continue
        first = str(resolution.number) not in context.cited
        if before is None and not first:
            continue
        yield change(
            context,
            _K.RESOLUTION_CITED,
            Severity.CRITICAL if first else Severity.INFO,
            resolution.symbol,
            key=["first_ever"] if first else [context.plenary, context.versions if context.previous else None],
            after=resolution.symbol,
            after_evidence=evidence(after, f"/resolutions/{i}"),
            novelty=Novelty.FIRST_EVER if first else Novelty.SINCE_PRIOR,
            since=_since(context, f"resolutions:{resolution.number}"),
        )
    a_copy = context.plenary_known and context.previous is None
    # A plenary that cites none denies none; a page that cited some and now does not was edited.
    if before is None or a_copy or not (after.resolutions or context.previous):
        return
    for i, resolution in enumerate(before.resolutions):
        if resolution.number not in now:
            yield change(
                context,
                _K.RESOLUTION_DROPPED,
                Severity.INFO,
                resolution.symbol,
                key=[context.plenary, context.versions if context.previous else None],
                before=resolution.symbol,
                before_evidence=evidence(before, f"/resolutions/{i}"),
            )


def _listed(
    after: Record,
    before: Record | None,
    context: Context,
    field: str,
    subject: Callable[[Any], str],
    added: ChangeKind,
    dropped: ChangeKind | None,
    severity: Severity,
) -> Iterator[Change]:
    """Values of a list field that are new against *before*, and those gone: from a page that was edited, or where the
    list still has some."""
    if before is None:
        return
    now = {subject(value): (i, value) for i, value in enumerate(getattr(after, field))}
    held = {subject(value): (i, value) for i, value in enumerate(getattr(before, field))}
    # An edit made again after it was taken back is another edit.
    edit = f"{context.after_hash}:{context.versions}" if context.previous is before else None
    for name, (i, value) in now.items():
        if name not in held:
            last = _since(context, f"{field}:{name}")
            yield change(
                context,
                added,
                severity,
                name,
                key=[context.plenary, edit],
                after=msgspec.to_builtins(value),
                after_evidence=evidence(after, f"/{field}/{i}"),
                novelty=_novelty(context, last),
                since=last,
            )
    for name, (i, value) in held.items() if dropped and (now or edit) else ():
        if name not in now:
            yield change(
                context,
                dropped or added,
                severity,
                name,
                key=[context.plenary, edit],
                before=msgspec.to_builtins(value),
                before_evidence=evidence(before, f"/{field}/{i}"),
            )


def _since(context: Context, said: str) -> int | str | None:
    """The label of the last plenary before this one at which "field:subject" was said, or None."""
    return label(context.last_said.get(said))


def _novelty(context: Context, last: int | str | None) -> Novelty | None:
    """Of a page on no plenary nobody can say what was before it."""
    if context.plenary is None:
        return None
    return Novelty.FIRST_EVER if last is None else Novelty.SINCE_PRIOR


def listed(after: Record, before: Record | None, context: Context) -> Iterator[Change]:
    """New and dropped concerns, meetings, decisions and topics."""
    yield from _listed(
        after, before, context, "concerns", lambda c: c.country or c.region or "",
        _K.CONCERN_ADDED, _K.CONCERN_DROPPED, Severity.WARNING,
    )  # fmt: skip
    yield from _listed(
        after, before, context, "meetings", lambda m: m.abbreviation or m.name or "",
        _K.MEETING_ADDED, _K.MEETING_DROPPED, Severity.INFO,
    )  # fmt: skip
    yield from _listed(
        after, before, context, "decisions", lambda d: d.about, _K.DECISION_ADDED, None, Severity.WARNING
    )
    yield from _listed(after, before, context, "topics", str, _K.TOPIC_ADDED, _K.TOPIC_DROPPED, Severity.INFO)


def officers(after: Record, before: Record | None, context: Context) -> Iterator[Change]:
    """An office that another person or state holds than before; an office a page leaves unsaid is no change."""
    if before is None:
        return
    for role in dict.fromkeys(officer.role for officer in after.officers):
        now = [(i, o) for i, o in enumerate(after.officers) if o.role is role]
        held = [(i, o) for i, o in enumerate(before.officers) if o.role is role]
        if not held or any(_same(a, b) for _, a in now for _, b in held):
            continue
        yield change(
            context,
            _K.OFFICER_CHANGED,
            Severity.WARNING,
            role.value,
            key=[context.plenary, [_name(o) for _, o in now]],
            before=", ".join(_name(o) for _, o in held),
            after=", ".join(_name(o) for _, o in now),
            before_evidence=evidence(before, f"/officers/{held[0][0]}"),
            after_evidence=evidence(after, f"/officers/{now[0][0]}"),
        )


def _name(officer: Officer) -> str:
    return officer.name or officer.country or ""


def _same(a: Officer, b: Officer) -> bool:
    if a.name and b.name:
        return a.name.casefold() == b.name.casefold()
    return bool(a.country and a.country == b.country)


def inconsistencies(after: Record, before: Record | None, context: Context) -> Iterator[Change]:
    """Contradictions that the version before did not have."""
    known = {(i.code, i.detail) for i in before.inconsistencies} if before else set()
    for i, found in enumerate(after.inconsistencies):
        if (found.code, found.detail) not in known:
            yield change(
                context,
                _K.INCONSISTENCY_FOUND,
                Severity.INFO,
                found.code.value,
                key=[context.plenary, context.url if context.plenary is None else None, found.detail],
                after=found.detail,
                after_evidence=evidence(after, f"/inconsistencies/{i}"),
            )
