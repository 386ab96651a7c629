"""What a redline means: an obligation made stronger or weaker, a number changed, a state named or named no more."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from diffs.script import Edit, EditScript, Op
from diffs.tokens import Kind, tokens
from diffs.vocabulary import ladders, rung_patterns
from parsers.countries import display_name, find_countries
from parsers.ordinals import NumberMatch, find_numbers


class Meaning(StrEnum):
    """What changed in a paragraph."""

    STRENGTHENED = "obligation_strengthened"
    SOFTENED = "obligation_softened"
    NUMBER = "number_changed"
    NAMED = "country_named"
    NOT_NAMED = "country_not_named"


class WordingFact(Struct, frozen=True):
    """One change of meaning in a paragraph; the indexes are those of the edit script.

    *before* and *after* are the page's words on both sides (for a state its code, on the side that names it);
    *steps* are the names of the steps of an obligation on its ordered vocabulary.
    """

    kind: Meaning
    paragraph_before: int | None
    paragraph_after: int | None
    before: str | None
    after: str | None
    steps: tuple[str, str] | None = None


def wording_facts(script: EditScript) -> tuple[WordingFact, ...]:
    """The changes of meaning in paragraphs that stand on both sides, in the script's order."""
    return tuple(fact for edit in script.edits if edit.op is Op.CHANGE for fact in _facts(edit))


def _facts(edit: Edit) -> Iterator[WordingFact]:
    for gone, come in _replaced(edit):
        yield from _obligations(edit, gone, come)
        yield from _numbers(edit, gone, come)
    old = {found.code for found in find_countries(edit.earlier)}
    new = {found.code for found in find_countries(edit.later)}
    for code in sorted(new - old):
        yield WordingFact(Meaning.NAMED, edit.before, edit.after, None, code)
    for code in sorted(old - new):
        yield WordingFact(Meaning.NOT_NAMED, edit.before, edit.after, code, None)


def _replaced(edit: Edit) -> Iterator[tuple[str, str]]:
    """The words that were put in the place of others."""
    for one, other in pairwise(edit.words):
        if (one.op, other.op) == (Op.DELETE, Op.INSERT):
            yield one.text, other.text


def _obligations(edit: Edit, gone: str, come: str) -> Iterator[WordingFact]:
    for steps, patterns in zip(ladders(), rung_patterns(), strict=True):
        was = [(at, m.group()) for at, pattern in enumerate(patterns) if (m := pattern.search(gone))]
        now = [(at, m.group()) for at, pattern in enumerate(patterns) if (m := pattern.search(come))]
        # Of several steps in one phrase no one can say which became which.
        if len(was) == len(now) == 1 and was[0][0] != now[0][0]:
            (low, said), (high, says) = was[0], now[0]
            kind = Meaning.STRENGTHENED if high > low else Meaning.SOFTENED
            yield WordingFact(kind, edit.before, edit.after, said, says, (steps[low].name, steps[high].name))


def _numbers(edit: Edit, gone: str, come: str) -> Iterator[WordingFact]:
    was, now = _counts(gone), _counts(come)
    if len(was) != len(now):
        return
    for old, new in zip(was, now, strict=True):
        if old.value != new.value:
            yield WordingFact(
                Meaning.NUMBER, edit.before, edit.after, gone[old.start : old.end], come[new.start : new.end]
            )


def _counts(text: str) -> list[NumberMatch]:
    """The numbers of *text* that are no part of a day or of a resolution's symbol."""
    others = [token for token in tokens(text) if token.kind in (Kind.DATE, Kind.RESOLUTION)]
    return [n for n in find_numbers(text) if not any(t.start < n.end and n.start < t.end for t in others)]


def say_wording(fact: WordingFact) -> str:
    """The fact in one plain sentence."""
    place = f"In paragraph {fact.paragraph_after + 1}" if fact.paragraph_after is not None else "In the text"
    match fact.kind:
        case Meaning.STRENGTHENED:
            return f"{place} the obligation became stronger: “{fact.before}” is now “{fact.after}”."
        case Meaning.SOFTENED:
            return f"{place} the obligation became weaker: “{fact.before}” is now “{fact.after}”."
        case Meaning.NUMBER:
            return f"{place} “{fact.before}” became “{fact.after}”."
        case Meaning.NAMED:
            return f"{place} {display_name(fact.after or '')} is named."
        case Meaning.NOT_NAMED:
            return f"{place} {display_name(fact.before or '')} is no longer named."
