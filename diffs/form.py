"""Whether two versions of a page differ in form alone, and whether one is only a part of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from diffs.canonical import canonical
from diffs.furniture import said, without_links
from diffs.units import words_of
from parsers.document import Block, Document
from parsers.record import Record

# A line shorter than this, in words, is a heading of a column or a number of a row: form.
_SENTENCE = 5
# A page that ends early where a paragraph ends is doubted if so much of it is gone.
_MUCH = 1 / 3


def same_but_for_form(before: tuple[Record, Document], after: tuple[Record, Document]) -> bool:
    """Whether two versions, each a record with its document, say the same in another form: the same words in the
    same order beside other menus and lists of links, or the same members listed otherwise among the same sentences.

    The words of links alone do not count here; the records tell whether facts stood in them.
    """
    if _words(before[1]) == _words(after[1]):
        return True
    listed = [Counter((m.country, canonical(m.name)) for m in record.members) for record, _ in (before, after)]
    return bool(listed[0]) and listed[0] == listed[1] and _sentences(*before) == _sentences(*after)


def _words(document: Document) -> list[str]:
    return [word for block in without_links(said(document)) for word in words_of(canonical(block.text))]


def _sentences(record: Record, document: Document) -> Counter[str]:
    """What is said beside the list of members."""
    lists = {e.block for pointer, found in record.evidence.items() if pointer.startswith("/members/") for e in found}
    listing = {id(document.blocks[i]) for i in lists}
    texts = [canonical(b.text) for b in without_links(said(document)) if id(b) not in listing]
    return Counter(text for text in texts if len(words_of(text)) >= _SENTENCE)


def is_cut_off(before: Document, after: Document) -> bool:
    """Whether *after* is *before* up to a place and then nothing: in the middle of a paragraph, or long before
    the end. A page that was edited says something else at its end, or lacks little."""
    was, now = _texts(said(before)), _texts(said(after))
    if not now or len(now) > len(was) or now[:-1] != was[: len(now) - 1]:
        return False
    last, whole = now[-1], was[len(now) - 1]
    if not whole.startswith(last):
        return False
    if last != whole:
        return True
    left, had = sum(map(len, now)), sum(map(len, was))
    return had - left >= _MUCH * had


def _texts(blocks: Iterable[Block]) -> list[str]:
    return [text for block in blocks if (text := canonical(block.text))]
