"""Several pages on one plenary: the facts in which they differ, whatever their languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diffs.change import Change, ChangeKind, Severity
from diffs.context import Context
from diffs.make import change, evidence
from parsers.record import OfficerRole, Record


def disagreeing(after: Record, context: Context) -> Iterator[Change]:
    """The facts in which another page on the same plenary differs. Of an edited page only those that it changed.

    What one of them leaves unsaid is no difference; of lists that both have, each entry that one alone has is.
    """
    again = [context.versions] if context.previous else []
    was = {pointer: value for pointer, value, _ in _facts(context.previous)} if context.previous else {}
    for other in context.same_plenary:
        theirs = {pointer: (value, where) for pointer, value, where in _facts(other)}
        for pointer, mine, where in _facts(after):
            said, there = theirs.get(pointer, ((), ""))
            if not said or mine == said or was.get(pointer) == mine:
                continue
            # A city says where; across languages its state does, for no table knows every name of a city.
            if pointer == ("/plenary/country" if after.language == other.language else "/plenary/city"):
                continue
            yield change(
                context,
                ChangeKind.MIRRORS_DISAGREE,
                Severity.INFO,
                pointer.rsplit("/", 1)[-1],
                # One difference has one key from whichever side it is seen; an edit that makes it again is another.
                key=[context.plenary, *sorted([", ".join(mine), ", ".join(said)]), *again],
                before=", ".join(said),
                after=", ".join(mine),
                before_evidence=evidence(other, there),
                after_evidence=evidence(after, where),
            )


def _facts(record: Record) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """What can be compared of a record: a pointer, what stands there as words that no language alters, and the
    pointer of its evidence."""
    plenary = record.plenary
    chairs = {i: o.country for i, o in enumerate(record.officers) if o.role is OfficerRole.CHAIR}
    decisions = [f"{d.decision.value} {code}" for d in record.membership_decisions for code in d.countries]
    fields: tuple[tuple[str, Iterable[object], str], ...] = (
        ("/plenary/ordinal", [plenary.ordinal], ""),
        ("/plenary/start", [plenary.start], ""),
        ("/plenary/end", [plenary.end], ""),
        ("/plenary/country", [plenary.country], ""),
        ("/plenary/city", [plenary.city], ""),
        ("/member_count", [record.member_count], ""),
        ("/members", [m.country for m in record.members], "/members/0"),
        ("/membership_decisions", decisions, "/membership_decisions/0"),
        ("/resolutions", [r.number for r in record.resolutions], "/resolutions/0"),
        ("/concerns", [c.country for c in record.concerns], "/concerns/0"),
        ("/chair", chairs.values(), f"/officers/{min(chairs, default=0)}"),
    )
    for pointer, values, where in fields:
        if said := tuple(sorted({str(value) for value in values if value is not None})):
            yield pointer, said, where or pointer
