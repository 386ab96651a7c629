"""What all readers share: text made into blocks."""

from __future__ import annotations

import re
import unicodedata

from parsers.document import Block, Link, Role
from parsers.errors import TooLarge

_LIGATURES = str.maketrans(
    {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": None}
)
# A footnote's mark that lost its raised form: in brackets, or a digit glued to a word.
_MARK = re.compile(r"(?<=[^\W\d_])\s?\[(\d{1,2})\]|(?<=[^\W\d_]{4})([1-9])(?=[\s.,;:)]|$)|\s?\((note\s?\d)\)")
# What any such mark begins with, which is looked for first.
_MARKED = re.compile(r"\[|\(note|[1-9](?<=[^\W\d_]{4}.)")
_NUMBER = re.compile(
    r"^\s*(\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)]|§\s?\d+)\s+(?=\S)(?![^\W\d]{3,10}\s\d{4}\b|\d{1,2}\.\s?\d\d)"
)
_NOTE = re.compile(r"^(?:\[(\d{1,2})\]|(\d{1,2})[\s.)]|\((note\s?\d)\))\s*(?=[A-Z(])")

# What one document may hold. A record of a meeting has some ten thousand characters; these bounds are those of
# a handbook, and keep the reading of a page that was made to be slow within seconds.
MAX_TEXT = 250_000
MAX_BLOCKS = 20_000
# A text's characters before its links and marks are taken out.
MAX_RAW = 3 * MAX_TEXT


def check_size(blocks: list[Block]) -> None:
    """Raise `TooLarge` when *blocks* hold more than 250,000 characters or are more than 20,000."""
    if len(blocks) > MAX_BLOCKS:
        raise TooLarge(f"more than {MAX_BLOCKS} paragraphs and lines; give the part that states something")
    if sum(len(item.text) for item in blocks) > MAX_TEXT:
        raise TooLarge(f"more than {MAX_TEXT} characters of text; give the part that states something")


def clean(text: str) -> str:
    """*text* in NFC, ligatures undone, its white space single blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    return " ".join(text.split())


def block(
    role: Role, text: str, *, level: int = 0, page: int = 0, links: tuple[Link, ...] = (), number: str = ""
) -> Block | None:
    """A block of cleaned *text* with its number and footnote marks taken out, or None when nothing is left."""
    if role in (Role.PARAGRAPH, Role.LIST_ITEM) and not number and (match := _NUMBER.match(text)):
        cut = match.end()
        number, text = match[1].strip("(.)"), text[cut:]
        links = tuple(Link(link.start - cut, link.end - cut, link.href) for link in links if link.start >= cut)
    marks: list[tuple[int, str]] = []
    if _MARKED.search(text):
        kept, at = [], 0
        shift = 0
        for match in _MARK.finditer(text):
            kept.append(text[at : match.start()])
            at = match.end()
            marks.append((match.start() - shift, match[1] or match[2] or match[3]))
            shift += len(match.group())
        if marks:
            kept.append(text[at:])
            text = "".join(kept)
            links = () if shift else links
    text = text.strip()
    if not any(letter.isalnum() for letter in text):
        return None
    return Block(role=role, text=text, level=level, number=number, marks=tuple(marks), page=page, links=links)


def tie_footnotes(blocks: list[Block]) -> list[Block]:
    """*blocks* with those that begin with the mark of a footnote set earlier made FOOTNOTE blocks; a numbered
    paragraph that goes on from the one before it is none."""
    seen: set[str] = set()
    last = 0
    done: list[Block] = []
    for item in blocks:
        found = _NOTE.match(item.text)
        mark = next((group for group in found.groups() if group), "") if found else item.number
        number = int(item.number) if item.number.isdecimal() else 0
        goes_on = found is None and last > 0 and number == last + 1
        if mark and mark in seen and not goes_on and item.role in (Role.PARAGRAPH, Role.LIST_ITEM):
            cut = found.end() if found else 0
            done.append(Block(role=Role.FOOTNOTE, text=item.text[cut:], number=mark, page=item.page))
            continue
        last = number or last
        seen.update(mark for _, mark in item.marks)
        done.append(item)
    return done


def about(url: str | None, **meta: str | None) -> list[Block]:
    """The META blocks of what a page says of itself, and its ADDRESS block."""
    found = [Block(role=Role.META, text=clean(text), name=name) for name, text in meta.items() if text and clean(text)]
    if url:
        found.append(Block(role=Role.ADDRESS, text=clean(url)))
    return found
