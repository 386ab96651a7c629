"""Text against text: which paragraph became which, what moved, and which words changed, as one edit script.

Paragraphs are paired by the rare words they share, not by their place nor by a fixed likeness: statements
repeat their boilerplate and reword the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from diffs.carrying import with_carried
from diffs.cutting import cuts
from diffs.groups import Group
from diffs.order import in_order
from diffs.pairing import paired
from diffs.script import Edit, EditScript, Op, Part, Words, arranged
from diffs.units import Unit, units_of, units_of_texts
from diffs.weights import Weights
from diffs.wording import words_between
from parsers.document import Document

__all__ = ["Edit", "EditScript", "Op", "Words", "redline", "redline_texts"]


def redline(before: Document, after: Document, weights: Weights | None = None) -> EditScript:
    """How the readable text of *before* became that of *after*.

    *weights* are those of the regime's statements; without them the two texts teach their own.
    """
    return _script(units_of(before), units_of(after), weights)


def redline_texts(before: Sequence[str], after: Sequence[str], weights: Weights | None = None) -> EditScript:
    """How a list of paragraphs became another."""
    return _script(units_of_texts(before), units_of_texts(after), weights)


def _script(before: Sequence[Unit], after: Sequence[Unit], weights: Weights | None) -> EditScript:
    groups = paired(before, after, weights)
    edits = [edit for group in groups for edit in _edits(group, before, after)]
    edits = _with_moves(edits)
    there = {i for group in groups for i in group.before}
    here = {i for group in groups for i in group.after}
    edits += [_alone(Op.DELETE, unit) for unit in before if unit.index not in there]
    edits += [_alone(Op.INSERT, unit) for unit in after if unit.index not in here]
    return with_carried(tuple(arranged(edits)))


def _alone(op: Op, unit: Unit) -> Edit:
    words = (Words(op, unit.text),) if unit.text else ()
    span = (0, len(unit.text))
    if op is Op.DELETE:
        return Edit(op, unit.index, None, False, words, before_span=span)
    return Edit(op, None, unit.index, False, words, after_span=span)


def _edits(group: Group, before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[Edit]:
    """An edit for each piece of *group*: one, where neither side was cut."""
    olds, news = [before[i].text for i in group.before], [after[i].text for i in group.after]
    if len(olds) == len(news) == 1:
        yield _edit(group.before[0], group.after[0], olds[0], news[0])
    elif len(olds) == 1:
        for b, new, (start, end) in zip(group.after, news, cuts(olds[0], news), strict=True):
            edit = _edit(group.before[0], b, olds[0][start:end], new)
            yield replace(edit, before_span=(start, end), part=Part.SPLIT)
    else:
        for a, old, (start, end) in zip(group.before, olds, cuts(news[0], olds), strict=True):
            edit = _edit(a, group.after[0], old, news[0][start:end])
            yield replace(edit, after_span=(start, end), part=Part.MERGE)


def _edit(a: int, b: int, old: str, new: str) -> Edit:
    words = words_between(old, new)
    op = Op.KEEP if all(part.op is Op.KEEP for part in words) else Op.CHANGE
    return Edit(op, a, b, False, words, before_span=(0, len(old)), after_span=(0, len(new)))


def _with_moves(edits: Sequence[Edit]) -> list[Edit]:
    """*edits* with those marked that left the order, in blocks of neighbours."""
    listed = sorted(edits, key=lambda e: (e.after, e.after_span))
    rank = {
        at: place
        for place, at in enumerate(sorted(range(len(listed)), key=lambda i: (listed[i].before, listed[i].before_span)))
    }
    places = [rank[at] for at in range(len(listed))]
    kept = in_order(places, [1 + sum(len(w.text.split()) for w in e.words if w.op is Op.KEEP) for e in listed])
    found: list[Edit] = []
    block = -1
    for at, edit in enumerate(listed):
        if at in kept:
            found.append(edit)
            continue
        if at == 0 or at - 1 in kept or places[at] != places[at - 1] + 1:
            block += 1
        found.append(replace(edit, moved=True, block=block))
    return found
