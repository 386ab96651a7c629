"""What a page speaks of, in the words of a declared vocabulary (``data/topics.yaml``)."""

from __future__ import annotations

from functools import cache

from parsers.page import Found, Page, Span
from parsers.phrases import Phrases, lowered
from parsers.tables import yaml_table


@cache
def _vocabulary() -> dict[str, Phrases]:
    return {
        topic: Phrases(rf"(?<!\w)(?:{phrase})(?!\w)" for phrase in phrases)
        for topic, phrases in yaml_table("topics.yaml").items()
    }


def read(page: Page) -> list[Found[str]]:
    """The topics that the text names, in the vocabulary's order, each with its spans."""
    blocks = [(index, lowered(block.text)) for index, block in page.readable]
    whole = "\n".join(text for _, text in blocks)
    found = []
    for topic, phrases in _vocabulary().items():
        held = phrases.on(whole)
        if not held:
            continue
        spans = sorted({Span(index, *match.span()) for index, text in blocks for match in held.matches(text)})
        if spans:
            found.append(Found(topic, tuple(_outermost(spans))))
    return found


def _outermost(spans: list[Span]) -> list[Span]:
    """*spans* without those inside another: "intangible" in "intangible technology"."""
    kept: list[Span] = []
    for span in spans:
        if kept and kept[-1].block == span.block and span.start < kept[-1].end:
            if span.end > kept[-1].end and span.start == kept[-1].start:
                kept[-1] = span
            continue
        kept.append(span)
    return kept
