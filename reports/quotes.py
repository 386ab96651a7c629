"""An archived text with its evidence marked, each span an anchor that a fact can point to."""

from __future__ import annotations

import re
from collections import defaultdict

from markupsafe import Markup, escape

from parsers.document import READABLE
from parsers.record import Record
from storage.values import Version

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# XML 1.0, production 2.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def shown(text: str) -> str:
    """*text* without characters that steer a display rather than say something."""
    return _CONTROL.sub("", text)


def printable(text: str) -> str:
    """`shown`, without what no XML may hold either, however it is written."""
    return _NO_XML.sub("", shown(text))


def anchors(record: Record) -> dict[str, str]:
    """For each evidence pointer the id of the first span that states it."""
    return {p: f"e{e[0].block}-{e[0].start}-{e[0].end}" for p, e in record.evidence.items() if e}


def marked_blocks(version: Version) -> list[tuple[int, str, Markup]]:
    """The text's blocks as (number, role, HTML), every span that states a fact marked; all else escaped."""
    spans: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for found in version.record.evidence.values():
        for item in found[:1]:
            spans[item.block].add((item.start, item.end))
    blocks = []
    for i, block in enumerate(version.document.blocks):
        if block.role not in READABLE and i not in spans:
            continue
        blocks.append((i, block.role.value, _marked(i, block.text, sorted(spans.get(i, ())))))
    return blocks


def _marked(block: int, text: str, spans: list[tuple[int, int]]) -> Markup:
    """Spans that overlap nest badly in HTML: the outer is marked, the inner only anchored before it."""
    parts: list[Markup] = []
    at = 0
    for start, end in spans:
        anchor = Markup('<span id="e{}-{}-{}"></span>').format(block, start, end)
        if start < at:
            parts.append(anchor)
            continue
        parts.append(escape(shown(text[at:start])))
        parts.append(Markup('<mark id="e{}-{}-{}">{}</mark>').format(block, start, end, shown(text[start:end])))
        at = end
    parts.append(escape(shown(text[at:])))
    return Markup("").join(parts)
