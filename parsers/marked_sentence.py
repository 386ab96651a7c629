"""A sentence as words with the cues in it, its clauses, and the words of a relation in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers.assertion_rules import Cue, Mark, Says, Trigger, rules
from parsers.phrase_table import Hit, Word, lows_of, words_of


class Focus(NamedTuple):
    """A relation in a sentence: its *field*, the characters of its names, and those of its trigger where known."""

    field: str
    start: int
    end: int
    trigger: tuple[int, int] | None = None


class Relation(NamedTuple):
    """A relation by its words: the names, the trigger (the names where there is none), and both together."""

    low: int
    high: int
    trigger: tuple[int, int]
    begin: int
    end: int
    act: bool


class Clauses(NamedTuple):
    """The clause of each word: for cues that look forward, backward, and beyond their clause."""

    forward: tuple[int, ...]
    backward: tuple[int, ...]
    far: tuple[int, ...]


class Marked(NamedTuple):
    """A sentence with its cues and clauses."""

    words: tuple[Word, ...]
    cues: tuple[Hit[Cue], ...]
    clauses: Clauses
    asides: frozenset[int]
    auxiliaries: frozenset[int]
    triggers: tuple[Hit[Trigger], ...]


@lru_cache(maxsize=512)
def languages_of(text: str, page: str | None = None) -> tuple[str, ...]:
    """The languages whose words count in a sentence: those that have most of its small words. That of the *page* wins
    when another has no more than one word more, Cyrillic letters speak for Russian, Arabic ones for Arabic; English where nothing tells."""
    if not text.isascii():
        if any("\u0400" <= letter <= "\u04ff" for letter in text):
            return ("ru",)
        if any("\u0620" <= letter <= "\u064a" for letter in text):
            return ("ar",)
    told_by = rules().told_by
    scores = Counter(language for word in lows_of(text) for language in told_by.get(word, ()))
    best = max(scores.values(), default=0)
    if page in rules().tells and scores[page] >= best - 1:
        return (page,)
    return tuple(language for language in rules().tells if scores[language] == best) if best else ("en",)


@lru_cache(maxsize=512)
def marked_in(text: str, languages: tuple[str, ...]) -> Marked:
    words = words_of(text)
    cues: list[Hit[Cue]] = []
    marks: dict[Mark, set[int]] = {mark: set() for mark in Mark}
    for language in languages:
        for hit in rules().phrases[language].find(words):
            if isinstance(hit.means, Cue):
                cues.append(Hit(hit.start, hit.end, hit.means))
            elif isinstance(hit.means, Mark):
                marks[hit.means].add(hit.start)
    hidden = {at for hit in cues if hit.means.says is Says.NOTHING for at in range(hit.start, hit.end)}
    kept = tuple(hit for hit in cues if hidden.isdisjoint(range(hit.start, hit.end)))
    turns, asides = marks[Mark.TURN], marks[Mark.ASIDE]
    clauses = Clauses(
        tuple(_clauses(words, turns | marks[Mark.RESUME], asides)),
        tuple(_clauses(words, turns, asides)),
        tuple(_clauses(words, turns, ())),
    )
    return Marked(
        words,
        kept,
        clauses,
        frozenset(_inside(words, sorted(asides))),
        frozenset(marks[Mark.AUXILIARY]),
        tuple(rules().triggers.find(words)),
    )


def deeds_in(text: str, field: str) -> tuple[tuple[int, int], ...]:
    """The characters of the words in *text* by which something of *field* is done: its verbs, else its nouns."""
    words = words_of(text)
    own = [hit for hit in rules().triggers.find(words) if hit.means.field == field]
    acts = {hit.start for hit in own if hit.means.act}
    verbs = [hit for hit in own if hit.start not in acts]
    return tuple((words[hit.start].start, words[hit.end - 1].end) for hit in verbs or own)


def _inside(words: Sequence[Word], asides: Sequence[int]) -> Iterator[int]:
    """The words of the asides behind which the sentence goes on: "Chile, which joined in 2010, hosted"."""
    last = max((i for i, word in enumerate(words) if word.low == ","), default=-1)
    for start in asides:
        for i in range(start, last):
            if i > start and words[i].low == ",":
                break
            yield i


def _clauses(words: Sequence[Word], turns: Container[int], asides: Container[int]) -> Iterator[int]:
    """The number of the clause of each word: a turn begins one, an aside or a bracket is one of its own."""
    last = now = 0
    outer: list[tuple[int, str]] = []
    for i, word in enumerate(words):
        if i in turns or word.low in ";:?!":
            last = now = last + 1
            outer.clear()
        elif i in asides or word.low == "(":
            outer.append((now, ")" if word.low == "(" else ","))
            last = now = last + 1
        elif outer and word.low == outer[-1][1]:
            now = outer.pop()[0]
        yield now


def relation_of(marked: Marked, focus: Focus) -> Relation | None:
    """The relation by its words; its trigger is the word of its field that stands nearest, in its clause first."""
    names = words_at(marked.words, focus.start, focus.end)
    if names is None:
        return None
    low, high = names
    own = [hit for hit in marked.triggers if hit.means.field == focus.field]
    if focus.trigger is not None:
        trigger = words_at(marked.words, *focus.trigger) or names
        act = any(hit.means.act and trigger[0] <= hit.start < trigger[1] for hit in own)
    else:
        clause = marked.clauses.backward

        def distance(hit: Hit[Trigger]) -> int:
            apart = low - hit.end if hit.end <= low else hit.start - high
            return apart + (0 if clause[hit.start] == clause[low] else len(clause))

        nearest = min((hit for hit in own if hit.end <= low or hit.start >= high), key=distance, default=None)
        trigger = (nearest.start, nearest.end) if nearest else names
        act = any(hit.means.act and trigger[0] <= hit.start < trigger[1] for hit in own)
    return Relation(low, high, trigger, min(low, trigger[0]), max(high, trigger[1]), act)


def words_at(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """The words that the characters *start* to *end* touch."""
    touched = [i for i, word in enumerate(words) if word.start < end and word.end > start]
    return (touched[0], touched[-1] + 1) if touched else None
