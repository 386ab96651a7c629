"""Paragraphs made ready for comparison: each with its place in the stored text and what it compares by."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from diffs.canonical import canonical
from parsers.document import Document, Role


class Unit(Struct, frozen=True, gc=False):
    """One paragraph, heading, list item or footnote.

    ``document.text[start:end] == text``; `key` is the canonical text, equal for paragraphs that differ in nothing
    but quotes, dashes and blanks. `label` is the number it bears ("3", "(a)"), which is not part of its text.
    """

    index: int
    text: str
    key: str
    start: int
    end: int
    role: Role = Role.PARAGRAPH
    label: str = ""


def units_of(document: Document) -> list[Unit]:
    """The readable blocks of *document*; offsets are into ``document.text``."""
    return _placed((block.text, block.role, block.number) for block in document.readable)


def units_of_texts(texts: Iterable[str]) -> list[Unit]:
    """Bare paragraphs; offsets are into them joined by line ends."""
    return _placed((text, Role.PARAGRAPH, "") for text in texts)


def _placed(blocks: Iterable[tuple[str, Role, str]]) -> list[Unit]:
    found: list[Unit] = []
    at = 0
    for index, (text, role, label) in enumerate(blocks):
        found.append(Unit(index, text, canonical(text), at, at + len(text), role, label))
        at += len(text) + 1
    return found


_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_CJK}]|(?:[^\W_{_CJK}])+")


def words_of(key: str) -> list[str]:
    """The words of a canonical text in small letters; a Chinese or Japanese character is one."""
    return _WORD.findall(key.lower())
