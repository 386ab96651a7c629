"""What a redline means: an obligation made stronger or weaker, a number changed, a state named or named no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from diffs.facts import Meaning, WordingFact
from diffs.furniture import is_stamp
from diffs.redline import redline
from diffs.script import Edit, EditScript, Op
from diffs.tokens import Kind, tokens
from diffs.vocabulary import ladders, rung_patterns
from diffs.weights import Weights
from parsers.countries import find_countries
from parsers.document import Document
from parsers.ordinals import NumberMatch, find_numbers
from parsers.record import Evidence, Record

Page = tuple[Record, Document]


def wording_facts(script: EditScript) -> tuple[WordingFact, ...]:
    """The changes of meaning in paragraphs that stand on both sides, in the script's order."""
    return tuple(fact for edit in script.edits if edit.op is Op.CHANGE for fact in _facts(edit))


def said_otherwise(before: Page, after: Page, weights: Weights | None = None) -> tuple[WordingFact, ...]:
    """The changes of meaning from *before* to *after*, each a record with its document. Those in a page's own stamps
    of the day are left aside, and numbers and states that stand there as facts of the record, which are compared."""
    lines = after[1].readable
    facts = wording_facts(redline(before[1], after[1], weights))
    facts = tuple(f for f in facts if f.paragraph_after is None or not is_stamp(lines[f.paragraph_after].text))
    return tuple(
        f for f in facts if not (_is_fact(f.kind, f.said_before, before[0]) or _is_fact(f.kind, f.said_after, after[0]))
    )


# Fields that are compared as they are: their numbers, and the states that they name.
_NUMBERS = ("/resolutions/", "/plenary/", "/next_plenary/", "/member_count", "/published", "/title")
_STATES = ("/members/", "/adherents/", "/observers/", "/plenary/", "/next_plenary/", "/officers/")


def _is_fact(kind: Meaning, said: Evidence | None, record: Record) -> bool:
    if said is None or kind in (Meaning.STRENGTHENED, Meaning.SOFTENED):
        return False
    fields = _NUMBERS if kind is Meaning.NUMBER else _STATES
    found = (e for pointer, spans in record.evidence.items() if pointer.startswith(fields) for e in spans)
    return any(e.block == said.block and e.start < said.end and said.start < e.end for e in found)


def with_firsts(facts: Iterable[WordingFact], firsts: Sequence[WordingFact]) -> tuple[WordingFact, ...]:
    """*facts* and *firsts*; that a state is named in a paragraph is not said twice."""
    news = {(first.paragraph_after, first.after) for first in firsts}
    kept = [f for f in facts if f.kind is not Meaning.NAMED or (f.paragraph_after, f.after) not in news]
    return (*kept, *firsts)


def mentions(document: Document, record: Record | None = None) -> dict[str, Evidence]:
    """Where *document* first names each state, by code; with its *record*, outside of the blocks that list members,
    say where the plenary was or who held office."""
    fields = record.evidence.items() if record else ()
    aside = {e.block for pointer, spans in fields if pointer.startswith(_STATES) for e in spans}
    found: dict[str, Evidence] = {}
    for i, block in enumerate(document.readable):
        if i not in aside:
            for name in find_countries(block.text):
                found.setdefault(name.code, Evidence(i, name.start, name.end, block.text[name.start : name.end]))
    return found


def first_mentions(
    named: dict[str, Evidence], known: Iterable[str], earlier: Iterable[tuple[int | str, Callable[[], Iterable[str]]]]
) -> tuple[WordingFact, ...]:
    """The states *named* now that are not *known* from the text before, with the last plenary that named each.

    *earlier* are the plenaries before that one, newest first, each with what asks for the states its statement names;
    it is asked only while a state is still to be found.
    """
    wanted = set(named) - set(known)
    since: dict[str, int | str] = {}
    for label, states in earlier:
        if wanted <= since.keys():
            break
        since |= {code: label for code in wanted.intersection(states()) if code not in since}
    return tuple(
        WordingFact(Meaning.FIRST_MENTION, None, at.block, None, code, since=since.get(code), said_after=at)
        for code, at in named.items()
        if code in wanted
    )


class _Span(NamedTuple):
    """Words of one side of an edit: the paragraph, where in it they begin, and the words."""

    paragraph: int | None
    start: int
    text: str

    def said(self, start: int, end: int) -> Evidence:
        """Part of the words, as evidence."""
        return Evidence(self.paragraph or 0, self.start + start, self.start + end, self.text[start:end])


def _facts(edit: Edit) -> Iterator[WordingFact]:
    for gone, come in _replaced(edit):
        yield from _obligations(edit, gone, come)
        yield from _numbers(edit, gone, come)
    before, after = _whole(edit)
    old, new = _states(before), _states(after)
    for code in sorted(new.keys() - old.keys()):
        yield WordingFact(Meaning.NAMED, edit.before, edit.after, None, code, said_after=new[code])
    for code in sorted(old.keys() - new.keys()):
        yield WordingFact(Meaning.NOT_NAMED, edit.before, edit.after, code, None, said_before=old[code])


def _whole(edit: Edit) -> tuple[_Span, _Span]:
    """Both sides of *edit*."""
    return (
        _Span(edit.before, (edit.before_span or (0, 0))[0], edit.earlier),
        _Span(edit.after, (edit.after_span or (0, 0))[0], edit.later),
    )


def _states(side: _Span) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    for name in find_countries(side.text):
        found.setdefault(name.code, side.said(name.start, name.end))
    return found


def _replaced(edit: Edit) -> Iterator[tuple[_Span, _Span]]:
    """The words that were put in the place of others."""
    before, after = _whole(edit)
    there, here = before.start, after.start
    for one, other in pairwise((*edit.words, None)):
        assert one is not None
        if other is not None and (one.op, other.op) == (Op.DELETE, Op.INSERT):
            yield _Span(edit.before, there, one.text), _Span(edit.after, here, other.text)
        there, here = there + len(one.earlier), here + len(one.later)


def _obligations(edit: Edit, gone: _Span, come: _Span) -> Iterator[WordingFact]:
    for steps, patterns in zip(ladders(), rung_patterns(), strict=True):
        was = [(at, m) for at, pattern in enumerate(patterns) if (m := pattern.search(gone.text))]
        now = [(at, m) for at, pattern in enumerate(patterns) if (m := pattern.search(come.text))]
        # Of several steps in one phrase no one can say which became which.
        if len(was) == len(now) == 1 and was[0][0] != now[0][0]:
            (low, said), (high, says) = was[0], now[0]
            yield WordingFact(
                Meaning.STRENGTHENED if high > low else Meaning.SOFTENED,
                edit.before,
                edit.after,
                said.group(),
                says.group(),
                (steps[low].name, steps[high].name),
                said_before=gone.said(*said.span()),
                said_after=come.said(*says.span()),
            )


def _numbers(edit: Edit, gone: _Span, come: _Span) -> Iterator[WordingFact]:
    was, now = _counts(gone.text), _counts(come.text)
    if len(was) != len(now):
        return
    for old, new in zip(was, now, strict=True):
        if old.value != new.value:
            there, here = gone.said(old.start, old.end), come.said(new.start, new.end)
            yield WordingFact(
                Meaning.NUMBER, edit.before, edit.after, there.quote, here.quote, said_before=there, said_after=here
            )


def _counts(text: str) -> list[NumberMatch]:
    """The numbers of *text* that count: no part of a day or of a resolution's symbol, and no ordinals."""
    others = [token for token in tokens(text) if token.kind in (Kind.DATE, Kind.RESOLUTION)]
    return [
        n for n in find_numbers(text) if not n.ordinal and not any(t.start < n.end and n.start < t.end for t in others)
    ]
