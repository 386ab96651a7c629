"""Sentences that were taken from one paragraph into another, which pairs of paragraphs do not show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from diffs.anchors import anchors
from diffs.candidates import candidates
from diffs.likeness import Side, likeness, own_weights
from diffs.script import Carried, Edit, EditScript, Op, Place, Words
from diffs.units import units_of_texts, words_of
from diffs.weights import Numbers
from parsers.page import sentences_of

# Shorter sentences say the same by chance; a sentence that is carried is carried nearly as it stood.
_LEAST_WORDS, _LEAST_LIKE, _LEAST_CHANGED = 5, 0.75, 0.8


class _Sentence(NamedTuple):
    edit: int
    place: Place
    text: str


def with_carried(edits: Sequence[Edit]) -> EditScript:
    """The script of *edits*, with the words marked of sentences that went from one paragraph to another."""
    gone = [s for at, e in enumerate(edits) for s in _whole_sentences(at, e, Op.DELETE)]
    come = [s for at, e in enumerate(edits) for s in _whole_sentences(at, e, Op.INSERT)] if gone else []
    # What a cut or joined paragraph passes on to its own pieces is told by its pieces.
    found = [(gone[i], come[j]) for i, j in _same(gone, come) if gone[i].edit != come[j].edit] if come else []
    if not found:
        return EditScript(tuple(edits))
    marks: dict[int, list[tuple[Op, Place, int]]] = {}
    for number, (left, right) in enumerate(found):
        marks.setdefault(left.edit, []).append((Op.DELETE, left.place, number))
        marks.setdefault(right.edit, []).append((Op.INSERT, right.place, number))
    return EditScript(
        tuple(_marked(edit, marks[at]) if at in marks else edit for at, edit in enumerate(edits)),
        tuple(Carried(left.place, right.place) for left, right in found),
    )


def _whole_sentences(at: int, edit: Edit, op: Op) -> Iterator[_Sentence]:
    """The sentences of one side of *edit* that stand on no other."""
    if edit.op is Op.KEEP or edit.op not in (op, Op.CHANGE):
        return
    text, changed = _side(edit, op)
    index, begin = _where(edit, op)
    for sentence in sentences_of(0, text):
        start, end = sentence.start, sentence.start + len(sentence.text)
        if sum(min(end, e) - max(start, s) for s, e in changed if s < end and e > start) < _LEAST_CHANGED * (
            end - start
        ):
            continue
        if len(words_of(sentence.text)) >= _LEAST_WORDS:
            yield _Sentence(at, Place(index, begin + start, begin + end), sentence.text)


def _where(edit: Edit, op: Op) -> tuple[int, int]:
    """The paragraph of one side, and where in it the edit's words begin."""
    index, span = (edit.before, edit.before_span) if op is Op.DELETE else (edit.after, edit.after_span)
    return index or 0, span[0] if span else 0


def _side(edit: Edit, op: Op) -> tuple[str, list[tuple[int, int]]]:
    """One side's text, and the spans of it that the other has not."""
    text, changed = "", []
    for words in edit.words:
        said = words.earlier if op is Op.DELETE else words.later
        if words.op is op:
            changed.append((len(text), len(text) + len(said)))
        text += said
    return text, changed


def _same(gone: Sequence[_Sentence], come: Sequence[_Sentence]) -> list[tuple[int, int]]:
    left, right = units_of_texts(s.text for s in gone), units_of_texts(s.text for s in come)
    same = anchors(left, right)
    taken = set(same.values())
    free = [i for i in range(len(left)) if i not in same], [j for j in range(len(right)) if j not in taken]
    numbers = Numbers()
    sides = Side(left, numbers), Side(right, numbers)
    weights = own_weights(*sides, numbers)
    worth = candidates(*sides, free, weights)
    alike = [(likeness(sides[0], i, sides[1], j, weights, _LEAST_LIKE), i, j) for i, j in worth]
    for like, i, j in sorted(alike, key=lambda found: (-found[0], abs(found[1] - found[2]), found[1:])):
        if like < _LEAST_LIKE:
            break
        if i not in same and j not in taken:
            same[i] = j
            taken.add(j)
    return sorted(same.items())


def _marked(edit: Edit, marks: Sequence[tuple[Op, Place, int]]) -> Edit:
    """*edit* with its changed words parted where a carried sentence begins and ends."""
    found: list[Words] = []
    at = {op: _where(edit, op)[1] for op in (Op.DELETE, Op.INSERT)}
    for words in edit.words:
        begin = at.get(words.op, 0)
        at[Op.DELETE] += len(words.earlier)
        at[Op.INSERT] += len(words.later)
        here = sorted((p.start, p.end, number) for op, p, number in marks if op is words.op)
        cut = 0
        for start, end, number in here:
            low, high = max(start - begin, cut), min(end - begin, len(words.text))
            if low >= high:
                continue
            if low > cut:
                found.append(Words(words.op, words.text[cut:low]))
            found.append(Words(words.op, words.text[low:high], carried=number))
            cut = high
        if cut < len(words.text) or not words.text:
            found.append(replace(words, text=words.text[cut:]))
    return replace(edit, words=tuple(found))
