"""What of a page's text is the site's and not the statement's: stamps of dates and counters, menus, lists of links.

Readers leave out what the page marks as furniture. This is what stands among the text unmarked.
"""

from __future__ import annotations

import re

from diffs.vocabulary import stamp_words
from parsers.document import Block, Document, Role

_WORD = re.compile(r"[^\W\d_]+")


def is_stamp(text: str) -> bool:
    """Whether a line says when the page was built or how often it was looked at, and nothing else."""
    if len(text) > 120 or not any(letter.isdigit() for letter in text):
        return False
    words = {word.lower() for word in _WORD.findall(text)}
    telling, beside = stamp_words()
    return not words.isdisjoint(telling) and words <= telling | beside


def said(document: Document) -> tuple[Block, ...]:
    """The readable blocks without stamps."""
    return tuple(block for block in document.readable if not is_stamp(block.text))


def without_links(blocks: tuple[Block, ...]) -> list[Block]:
    """*blocks* without those that are links alone, and without headings under which nothing else stands."""
    kept: list[Block] = []
    emptied = False
    for block in (*blocks, None):
        if block is not None and _is_of_links(block):
            emptied = True
            continue
        if emptied and kept and kept[-1].role is Role.HEADING and (block is None or block.role is Role.HEADING):
            kept.pop()
        if block is not None:
            kept.append(block)
        emptied = False
    return kept


def _is_of_links(block: Block) -> bool:
    if not block.links:
        return False
    beside = list(block.text)
    for link in block.links:
        beside[link.start : link.end] = " " * (link.end - link.start)
    return not any(letter.isalnum() for letter in beside)
