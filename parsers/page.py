"""A document made ready for the field readers: sentences and country mentions found once, for all of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from parsers.countries import NameMatch, country_named, find_countries
from parsers.document import READABLE, Block, Document, Role
from parsers.lines import Letters, Lines
from parsers.regime import RegimeProfile
from parsers.remembered import remembered

T = TypeVar("T")


class Span(NamedTuple):
    """Half-open character span into ``document.blocks[block].text``."""

    block: int
    start: int
    end: int


class Found(Struct, Generic[T], frozen=True):
    """A value of a field with the spans that state it; `parts` holds those of its own fields by name."""

    value: T
    spans: tuple[Span, ...]
    parts: dict[str, tuple[Span, ...]] = {}


class Sentence(NamedTuple):
    """A sentence and where it stands: ``text == document.blocks[block].text[start:start + len(text)]``."""

    block: int
    start: int
    text: str

    def span(self, start: int, end: int) -> Span:
        """The span in the block of the characters *start* to *end* of this sentence."""
        return Span(self.block, self.start + start, self.start + end)


_START, _END = attrgetter("start"), attrgetter("end")
_STOP = re.compile(r"[.!?;؟][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-ZÀ-ÖØ-ÞА-Я0-9\u0620-\u064a])")
_NOT_A_STOP = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|H\. ?E|Hon|Amb|St|No|Nos|Art|vs|e\.g|i\.e|cf|approx|Sr|Sra|Jr|Gen|Col|Lt"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.N|U\.K|D\.C|Inc|Ltd|inter alia)"
    r"|\b[A-Z]|(?:\b(?i:vom|bis|am|als|[sm]?eine[rnms]?|ihre[rnms]?|unsere[rnms]?|der|die|das|dem|den|zum|zur|und|von)\s|\d\.?[-–/.]\s?)\d{1,2})$"
)

# Seven small letters in a row are none of these.
_LONGEST_ABBREVIATION = 7


def sentences_of(index: int, text: str) -> tuple[Sentence, ...]:
    """The sentences of one block's *text*, in order, gaps of white space left out."""
    return tuple(Sentence(index, begin, sentence) for begin, sentence in _cut(text))


@remembered
def _cut(text: str) -> tuple[tuple[int, str], ...]:
    """The sentences of a text, each with where it begins."""
    found: list[tuple[int, str]] = []
    begin = 0
    for stop in _STOP.finditer(text):
        word = text[max(begin, stop.start() - _LONGEST_ABBREVIATION) : stop.start()]
        whole_word = len(word) == _LONGEST_ABBREVIATION and word.isalpha() and word.islower()
        if (
            stop.group()[0] == "."
            and not whole_word
            and _NOT_A_STOP.search(text, max(begin, stop.start() - 12), stop.start())
        ):
            continue
        found.append((begin, text[begin : stop.end()].rstrip()))
        begin = stop.end()
    if begin < len(text):
        found.append((begin, text[begin:]))
    return tuple(found)


def _without_own(text: str, found: tuple[NameMatch, ...], names: tuple[str, ...]) -> tuple[NameMatch, ...]:
    """*found* without the states that only the regime's name holds, in whatever letters: "JOINS THE AUSTRALIA GROUP"."""
    pattern = _names_with_states(names) if found else None
    own = [match.span() for match in pattern.finditer(text)] if pattern else []
    ends = [high for _, high in own]

    def is_own(state: NameMatch) -> bool:
        # The names do not overlap: the first that ends no sooner is the one that may hold the state.
        at = bisect_left(ends, state.end)
        return at < len(own) and own[at][0] <= state.start

    return tuple(state for state in found if not is_own(state)) if own else found


@lru_cache(maxsize=64)
def _names_with_states(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Those of *names* in which a state is named, with more than it."""
    held = [
        n for n in names if any(country_named(word) for word in n.replace("-", " ").split()) and not country_named(n)
    ]
    return re.compile("|".join(map(re.escape, held)), re.IGNORECASE) if held else None


@dataclass(frozen=True)
class Page:
    """A document, the regime that speaks, and what several field readers need of it."""

    document: Document
    regime: RegimeProfile
    url: str | None = None

    @cached_property
    def memo(self) -> dict[str, object]:
        """What readers found once and others need again, by the name of what was found."""
        return {}

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.document.blocks

    @cached_property
    def readable(self) -> tuple[tuple[int, Block], ...]:
        """The readable blocks with their index in the document."""
        return tuple((i, block) for i, block in enumerate(self.document.blocks) if block.role in READABLE)

    @cached_property
    def address(self) -> tuple[int, Block] | None:
        """The ADDRESS block with its index, where the page came from somewhere."""
        return next(((i, b) for i, b in enumerate(self.document.blocks) if b.role is Role.ADDRESS), None)

    def meta(self, name: str) -> tuple[int, Block] | None:
        """The META block of that name with its index."""
        return next(
            ((i, b) for i, b in enumerate(self.document.blocks) if b.role is Role.META and b.name == name), None
        )

    @cached_property
    def _mentions(self) -> dict[int, tuple[NameMatch, ...]]:
        return {}

    def mentions(self, block: int, start: int = 0, end: int | None = None) -> tuple[NameMatch, ...]:
        """The states named in a block, or in the part of it from *start* to *end*."""
        if block not in self._mentions:
            text = self.document.blocks[block].text
            self._mentions[block] = _without_own(text, find_countries(text), (*self.regime.names, *self.regime.others))
        found = self._mentions[block]
        if not found or (not start and end is None):
            return found
        # States do not overlap: their ends are in the order of their beginnings.
        low = bisect_left(found, start, key=_START)
        high = len(found) if end is None else bisect_right(found, end, lo=low, key=_END)
        return found[low:high]

    def mentions_in(self, sentence: Sentence) -> tuple[NameMatch, ...]:
        """The states a sentence names, their spans counted from the sentence's beginning."""
        found = self.mentions(sentence.block, sentence.start, sentence.start + len(sentence.text))
        return tuple(m._replace(start=m.start - sentence.start, end=m.end - sentence.start) for m in found)

    @cached_property
    def headings(self) -> tuple[tuple[int, Block], ...]:
        """The headings and short opening lines that tell what the page is, with their index: the first few
        readable blocks without a sentence's end that are no items of a list, then the page's own title tag."""
        first = [
            (i, b)
            for i, b in self.readable[:14]
            if b.role not in (Role.LIST_ITEM, Role.TABLE_ROW)
            and len(b.text) < 220
            and not b.text.rstrip().endswith(".")
        ]
        tag = self.meta("title")
        return tuple(first + ([tag] if tag else []))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of the readable blocks, in reading order."""
        return tuple(s for i, block in self.readable for s in sentences_of(i, block.text))

    @cached_property
    def _of_block(self) -> dict[int, list[Sentence]]:
        """The sentences of each readable block."""
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.block, []).append(sentence)
        return found

    def sentence_of(self, span: Span) -> Sentence:
        """The sentence in which *span* begins; of what is not readable, the whole block."""
        sentences = self._of_block.get(span.block, ())
        at = bisect_right(sentences, span.start, key=_START) - 1
        return sentences[at] if at >= 0 else Sentence(span.block, 0, self.document.blocks[span.block].text)

    @cached_property
    def lines(self) -> Lines:
        """The sentences in small letters, in the order of `sentences`."""
        return Lines(sentence.text for sentence in self.sentences)

    def sentences_with(self, letters: Letters) -> Iterator[Sentence]:
        """The sentences that hold one of the runs of *letters*, in small letters, in order."""
        return map(self.sentences.__getitem__, letters.lines(self.lines))

    def blocks_with(self, letters: Letters) -> dict[int, Block]:
        """The readable blocks that hold one of the runs of *letters*, by their index, in order."""
        return {s.block: self.document.blocks[s.block] for s in self.sentences_with(letters)}
