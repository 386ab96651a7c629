"""The words of two paragraphs as one run of kept, deleted and inserted ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diffs.alignment import Run, joined, runs
from diffs.canonical import canonical
from diffs.script import Op, Words
from diffs.tokens import Kind, Token, tokens

# Words of form and marks: kept between two changes they are kept by chance.
_BY_CHANCE = frozenset((Kind.FORM, Kind.MARK))
# No more of them than this are given up for a whole phrase, and only between changes this much longer.
_MOST_BY_CHANCE, _LONGER = 2, 3


def words_between(before: str, after: str) -> tuple[Words, ...]:
    """*before* against *after*; what is kept and deleted is *before*, what is kept and inserted is *after*."""
    if before == after:
        return (_kept(after, before),) if after else ()
    if not before or not after:
        return ((Words(Op.DELETE, before),) if before else ()) + ((Words(Op.INSERT, after),) if after else ())
    if canonical(before) == canonical(after):
        return (_kept(after, before),)
    a, b = tokens(before), tokens(after)
    if not a or not b:
        return (Words(Op.DELETE, before), Words(Op.INSERT, after))
    found = _phrases(_by_meaning(_runs(a, b), a, b), a, b)
    return _spelt(found, before, after, a, b)


def _kept(text: str, was: str) -> Words:
    return Words(Op.KEEP, text, None if text == was else was)


def _runs(a: Sequence[Token], b: Sequence[Token], at: int = 0, bt: int = 0) -> list[Run]:
    """Runs of two pieces of text that begin at the tokens *at* and *bt*."""
    found = runs([t.key for t in a], [t.key for t in b])
    return [Run(run.same, run.a1 + at, run.a2 + at, run.b1 + bt, run.b2 + bt) for run in found]


def _by_meaning(found: Sequence[Run], a: Sequence[Token], b: Sequence[Token]) -> list[Run]:
    """*found*, with a number, a name or another word kept where it was given up for words of form and marks.

    Of "1718, 1737 and 1874" and "1874 and 1929" as much is kept by keeping "and": a reader wants 1874 kept.
    """
    done: list[Run] = []
    piece: list[Run] = []
    for run in [*found, None]:
        if run is not None and not (run.same and _says(a[run.a1 : run.a2])):
            piece.append(run)
            continue
        done += _again(piece, a, b) if any(p.same for p in piece) else piece
        done += [run] if run is not None else []
        piece = []
    return joined(done)


def _says(some: Sequence[Token]) -> bool:
    return any(t.kind not in _BY_CHANCE for t in some)


def _again(piece: Sequence[Run], a: Sequence[Token], b: Sequence[Token]) -> Iterator[Run]:
    """The runs of *piece* anew: what says something first, and between it the rest."""
    (_, a1, _, b1, _), (_, _, a2, _, b2) = piece[0], piece[-1]
    some = [i for i in range(a1, a2) if a[i].kind not in _BY_CHANCE]
    other = [j for j in range(b1, b2) if b[j].kind not in _BY_CHANCE]
    kept = [
        (some[run.a1 + k], other[run.b1 + k])
        for run in _runs([a[i] for i in some], [b[j] for j in other])
        if run.same
        for k in range(run.a2 - run.a1)
    ]
    for i, j in [*kept, (a2, b2)]:
        yield from _runs(a[a1:i], b[b1:j], a1, b1)
        if i < a2:
            yield Run(True, i, i + 1, j, j + 1)
        a1, b1 = i + 1, j + 1


def _phrases(found: Sequence[Run], a: Sequence[Token], b: Sequence[Token]) -> list[Run]:
    """*found* without islands that are kept by chance, and with each change where a reader would see it begin."""
    done: list[Run] = []
    for at, run in enumerate(found):
        island = (
            run.same
            and 0 < at < len(found) - 1
            and run.a2 - run.a1 <= _MOST_BY_CHANCE
            and all(t.kind in _BY_CHANCE for t in a[run.a1 : run.a2])
            and min(_size(done[-1]), _size(found[at + 1])) >= _LONGER * (run.a2 - run.a1)
        )
        if done and not done[-1].same and (island or not run.same):
            done[-1] = Run(False, done[-1].a1, run.a2, done[-1].b1, run.b2)
        else:
            done.append(Run(run.same and not island, *run[1:]))
    return _slid(done, a, b)


def _size(run: Run) -> int:
    """How much of both sides a change replaces; nothing for what is only added or left out."""
    return min(run.a2 - run.a1, run.b2 - run.b1) * 2


def _slid(found: list[Run], a: Sequence[Token], b: Sequence[Token]) -> list[Run]:
    """Of the places at which the same words can be said to be added or left out, the one behind a mark."""
    for at in range(1, len(found) - 1):
        before, run, behind = found[at - 1 : at + 2]
        if run.same or not (before.same and behind.same) or (run.a1 < run.a2) == (run.b1 < run.b2):
            continue
        side, start, end = (a, run.a1, run.a2) if run.a1 < run.a2 else (b, run.b1, run.b2)
        most = before.a2 - before.a1 - (at > 1)
        steps = 0
        while steps < most and side[start - 1 - steps].key == side[end - 1 - steps].key:
            steps += 1
            if start - steps == 0 or side[start - steps - 1].kind is Kind.MARK:
                break
        else:
            continue
        if steps == 0 or (start > 0 and side[start - 1].kind is Kind.MARK):
            continue
        found[at - 1] = Run(True, before.a1, before.a2 - steps, before.b1, before.b2 - steps)
        found[at] = Run(False, run.a1 - steps, run.a2 - steps, run.b1 - steps, run.b2 - steps)
        found[at + 1] = Run(True, behind.a1 - steps, behind.a2, behind.b1 - steps, behind.b2)
    return [run for run in found if run.a1 < run.a2 or run.b1 < run.b2]


def _spelt(found: Sequence[Run], before: str, after: str, a: Sequence[Token], b: Sequence[Token]) -> tuple[Words, ...]:
    """The runs as text: each token with the white space behind it, as far as both sides have the same."""
    starts_a = [0, *(t.start for t in a[1:]), len(before)]
    starts_b = [0, *(t.start for t in b[1:]), len(after)]
    done: list[Words] = []
    owed_a = owed_b = ""
    for at, run in enumerate(found):
        old, new = before[starts_a[run.a1] : starts_a[run.a2]], after[starts_b[run.b1] : starts_b[run.b2]]
        if run.same:
            old, new = owed_a + old, owed_b + new
            owed_a = owed_b = ""
            if at < len(found) - 1 and (blank := _blank(old)) != (other := _blank(new)):
                # The white space between what is kept and what is changed belongs to the change.
                old, new = old[: len(old) - len(blank)], new[: len(new) - len(other)]
                owed_a, owed_b = blank, other
            if old or new:
                done.append(_kept(new, old))
            continue
        old, new = owed_a + old, owed_b + new
        owed_a = owed_b = ""
        if old and new and (blank := _blank(old)) and blank == _blank(new) and at < len(found) - 1:
            old, new = old[: -len(blank)], new[: -len(blank)]
            owed_a = owed_b = blank
        if old:
            done.append(Words(Op.DELETE, old))
        if new:
            done.append(Words(Op.INSERT, new))
    if owed_a or owed_b:
        done.append(_kept(owed_b, owed_a))
    return tuple(done)


def _blank(text: str) -> str:
    return text[len(text.rstrip()) :]
