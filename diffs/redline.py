"""Text against text: which paragraph became which, what moved, and which words changed, as one edit script.

Paragraphs are paired by the rare words they share, not by their place nor by a fixed likeness: statements
repeat their boilerplate and reword the rest.
"""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

from diffs.canonical import canonical
from parsers.document import Document


class Op(StrEnum):
    KEEP = "keep"
    CHANGE = "change"
    INSERT = "insert"
    DELETE = "delete"


class Words(Struct, frozen=True):
    """A run of words: on both sides the same (`keep`), or only before (`delete`) or after (`insert`)."""

    op: Op
    text: str


class Edit(Struct, frozen=True):
    """One paragraph's fate: its index before and after (None where it does not stand there), whether it
    `moved` from its order, and the words of both sides."""

    op: Op
    before: int | None
    after: int | None
    moved: bool
    words: tuple[Words, ...]


class EditScript(Struct, frozen=True):
    """The paragraphs of both texts, and the edits in reading order of the later text."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    edits: tuple[Edit, ...]

    @property
    def changed(self) -> bool:
        """Whether the texts differ at all."""
        return any(edit.op is not Op.KEEP or edit.moved for edit in self.edits)


# Pairs below this share no more than statements of one regime always share: pairs with no partner in real
# statements reach 0.13 (containment by rare words; measured for the method this follows).
_LEAST = 0.2
# A date, a resolution's symbol or a number with its unit is one token: half of a year is no change.
_TOKEN = re.compile(
    r"S/RES/\d+(?: ?\(\d{4}\))?|\d+(?:st|nd|rd|th)?(?:[-–]\d+(?:st|nd|rd|th)?)?(?: \d{4})?|[^\W\d_]+(?:['’-][^\W\d_]+)*|\s+|.",
    re.DOTALL,
)


def redline(before: Document, after: Document) -> EditScript:
    """How the readable text of *before* became that of *after*."""
    return redline_texts([b.text for b in before.readable], [b.text for b in after.readable])


def redline_texts(before: list[str], after: list[str]) -> EditScript:
    """How a list of paragraphs became another."""
    pairs = _pairs(before, after)
    in_place = _in_order(pairs)
    partner = {b: a for a, b in pairs}
    edits: list[Edit] = []
    matched = {a for a, _ in pairs}
    gone = [a for a in range(len(before)) if a not in matched]
    for b in range(len(after)):
        a = partner.get(b)
        if a is not None and (a, b) in in_place:
            while gone and gone[0] < a:
                edits.append(_deleted(before, gone.pop(0)))
        if a is None:
            edits.append(Edit(Op.INSERT, None, b, False, (Words(Op.INSERT, after[b]),)))
            continue
        words = _words(before[a], after[b])
        same = all(part.op is Op.KEEP for part in words)
        edits.append(Edit(Op.KEEP if same else Op.CHANGE, a, b, (a, b) not in in_place, words))
    edits.extend(_deleted(before, a) for a in gone)
    return EditScript(tuple(before), tuple(after), tuple(edits))


def _deleted(before: list[str], a: int) -> Edit:
    return Edit(Op.DELETE, a, None, False, (Words(Op.DELETE, before[a]),))


def _grams(text: str) -> Counter[str]:
    words = re.findall(r"\w+", canonical(text).lower())
    return Counter(words) + Counter(f"{a} {b}" for a, b in itertools.pairwise(words))


def _pairs(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """The paragraphs of both sides that are one another: equal ones first, then the likeliest."""
    left, right = [_grams(t) for t in before], [_grams(t) for t in after]
    pairs: list[tuple[int, int]] = []
    places: dict[str, list[int]] = defaultdict(list)
    for b, text in enumerate(after):
        places[canonical(text)].append(b)
    free_a, free_b = set(range(len(before))), set(range(len(after)))
    for a, text in enumerate(before):
        if waiting := places.get(canonical(text)):
            b = waiting.pop(0)
            pairs.append((a, b))
            free_a.discard(a)
            free_b.discard(b)
    seen = Counter(gram for grams in (*left, *right) for gram in grams)
    total = len(left) + len(right)

    idf = {gram: math.log(1 + total / count) for gram, count in seen.items()}
    weigh_a = [sum(idf[g] for g in grams) for grams in left]
    weigh_b = [sum(idf[g] for g in grams) for grams in right]

    index: dict[str, list[int]] = defaultdict(list)
    for b in sorted(free_b):
        for gram in right[b]:
            index[gram].append(b)
    scored: list[tuple[float, int, int, int]] = []
    for a in sorted(free_a):
        # Only words that stand on the other side too can find a partner there.
        rare = sorted((g for g in left[a] if g in index), key=lambda g: (seen[g], g))[:40]
        for b in {b for gram in rare for b in index.get(gram, ())[:50]}:
            shared = left[a].keys() & right[b].keys()
            common = sum(idf[g] for g in sorted(shared))
            least = min(weigh_a[a], weigh_b[b])
            if least and (score := common / least) >= _LEAST:
                scored.append((-score, abs(a - b), a, b))
    for _, _, a, b in sorted(scored):
        if a in free_a and b in free_b:
            pairs.append((a, b))
            free_a.discard(a)
            free_b.discard(b)
    return sorted(pairs, key=lambda pair: pair[1])


def _in_order(pairs: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """The longest run of pairs in the same order on both sides; the others have moved."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = [-1] * len(pairs)
    for i, (a, _) in enumerate(pairs):
        k = bisect.bisect_left(tails, a)
        back[i] = ends[k - 1] if k else -1
        if k == len(tails):
            tails.append(a)
            ends.append(i)
        else:
            tails[k], ends[k] = a, i
    found: set[tuple[int, int]] = set()
    i = ends[-1] if ends else -1
    while i >= 0:
        found.add(pairs[i])
        i = back[i]
    return found


def _words(before: str, after: str) -> tuple[Words, ...]:
    """The words of two paragraphs as one run of kept, deleted and inserted ones; applying them gives either."""
    if before == after:
        return (Words(Op.KEEP, after),)
    a, b = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Words] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Words(Op.KEEP, "".join(a[a1:a2])))
            continue
        if a2 > a1:
            found.append(Words(Op.DELETE, "".join(a[a1:a2])))
        if b2 > b1:
            found.append(Words(Op.INSERT, "".join(b[b1:b2])))
    return _readable(found)


def _readable(found: list[Words]) -> tuple[Words, ...]:
    """*found* without islands of a blank or a comma kept between two changes: whole phrases read better."""
    done: list[Words] = []
    i = 0
    while i < len(found):
        deleted, inserted = "", ""
        while i < len(found):
            part = found[i]
            island = (
                part.op is Op.KEEP and not part.text.strip(" ,") and 0 < i < len(found) - 1 and (deleted or inserted)
            )
            if part.op is Op.DELETE or island:
                deleted += part.text
            if part.op is Op.INSERT or island:
                inserted += part.text
            if part.op is Op.KEEP and not island:
                break
            i += 1
        if deleted:
            done.append(Words(Op.DELETE, deleted))
        if inserted:
            done.append(Words(Op.INSERT, inserted))
        if i < len(found):
            done.append(found[i])
            i += 1
    return tuple(done)
