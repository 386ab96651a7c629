"""An archived text with its evidence marked, each span an anchor that a fact can point to."""

from __future__ import annotations

import re
from collections import defaultdict

from markupsafe import Markup, escape

from diffs.display import shown
from parsers.document import READABLE, Block
from parsers.record import Evidence, Record
from storage.values import Version

# XML 1.0, production 2.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """`shown`, without what no XML may hold either, however it is written."""
    return _NO_XML.sub("", shown(text))


def anchor(span: Evidence) -> str:
    """The id under which an archived text has this span."""
    return f"e{span.block}-{span.start}-{span.end}"


def anchors(record: Record) -> dict[str, str]:
    """For each evidence pointer the id of the first span that states it."""
    return {pointer: anchor(spans[0]) for pointer, spans in record.evidence.items() if spans}


def marked_blocks(version: Version) -> list[tuple[int, Block, Markup]]:
    """The text's blocks with their number and their words as HTML, every span that states a fact marked; all else
    escaped."""
    spans: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for found in version.record.evidence.values():
        for item in found:
            spans[item.block].add((item.start, item.end))
    return [
        (number, block, _marked(number, block.text, list(spans.get(number, ()))))
        for number, block in enumerate(version.document.blocks)
        if block.role in READABLE or number in spans
    ]


def _marked(block: int, text: str, spans: list[tuple[int, int]]) -> Markup:
    """*text* with its spans marked, those that begin inside another one within it."""
    return _within(block, text, 0, len(text), sorted(spans, key=lambda span: (span[0], -span[1])))


def _within(block: int, text: str, at: int, stop: int, spans: list[tuple[int, int]]) -> Markup:
    parts: list[Markup] = []
    while spans:
        start, end = spans[0]
        inside = sum(1 for span in spans if span[0] < end)
        # Of one that crosses the end of what it began in, the part up to there is marked.
        inner = _within(block, text, start, min(end, stop), spans[1:inside])
        parts.append(escape(shown(text[at:start])))
        parts.append(Markup('<mark id="e{}-{}-{}">{}</mark>').format(block, start, end, inner))
        at, spans = min(end, stop), spans[inside:]
    return Markup("").join([*parts, escape(shown(text[at:stop]))])
