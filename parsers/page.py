"""A document made ready for the field readers: sentences and country mentions found once, for all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from parsers.document import READABLE, Block, Document
from parsers.regime import RegimeProfile

T = TypeVar("T")


class Span(NamedTuple):
    """Half-open character span into ``document.blocks[block].text``."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value of a field with the spans that state it; `parts` holds those of its own fields by name."""

    value: T
    spans: tuple[Span, ...]
    parts: dict[str, tuple[Span, ...]] = field(default_factory=dict)


class Sentence(NamedTuple):
    """A sentence and where it stands: ``text == document.blocks[block].text[start:start + len(text)]``."""

    block: int
    start: int
    text: str

    def span(self, start: int, end: int) -> Span:
        """The span in the block of the characters *start* to *end* of this sentence."""
        return Span(self.block, self.start + start, self.start + end)


_STOP = re.compile(r"[.!?;][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-ZÀ-ÖØ-ÞА-Я0-9])")
_NOT_A_STOP = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|H\. ?E|Hon|Amb|St|No|Nos|Art|vs|e\.g|i\.e|cf|approx|Sr|Sra|Jr|Gen|Col|Lt"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.N|U\.K|D\.C|Inc|Ltd|inter alia)"
    r"|\b[A-Z])$"
)


def sentences_of(index: int, text: str) -> tuple[Sentence, ...]:
    """The sentences of one block's *text*, in order, gaps of white space left out."""
    found: list[Sentence] = []
    begin = 0
    for stop in _STOP.finditer(text):
        if stop.group().startswith(".") and _NOT_A_STOP.search(text, max(begin, stop.start() - 12), stop.start()):
            continue
        found.append(Sentence(index, begin, text[begin : stop.end()].rstrip()))
        begin = stop.end()
    if begin < len(text):
        found.append(Sentence(index, begin, text[begin:]))
    return tuple(found)


@dataclass(frozen=True)
class Page:
    """A document, the regime that speaks, and what several field readers need of it."""

    document: Document
    regime: RegimeProfile
    url: str | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.document.blocks

    @cached_property
    def readable(self) -> tuple[tuple[int, Block], ...]:
        """The readable blocks with their index in the document."""
        return tuple((i, block) for i, block in enumerate(self.document.blocks) if block.role in READABLE)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of the readable blocks, in reading order."""
        return tuple(s for i, block in self.readable for s in sentences_of(i, block.text))
