"""HTML to documents: the main content cut out first, then its blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import HTMLParser, XMLSyntaxError, _Element, fromstring
from msgspec.structs import replace

from parsers.document import Block, Document, Link, Role
from parsers.errors import EmptyInput, TooLarge
from parsers.language import language_of
from parsers.read.blocks import MAX_BLOCKS, about, block, check_size, clean, tie_footnotes
from parsers.read.content import main_content, text_of
from parsers.read.metadata import stated_about_itself

_MAX_TAGS = 400_000
# libxml2 compares each attribute of a tag with those before it.
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{10000,}")
_MAX_ATTRIBUTES = 5_000
# Nesting below which libxml2 leaves the rest of a page out.
_DEEP = 2048
_PARSER = HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_ROLES = {f"h{n}": Role.HEADING for n in range(1, 7)} | {
    "li": Role.LIST_ITEM,
    "dd": Role.LIST_ITEM,
    "dt": Role.LIST_ITEM,
    "caption": Role.CAPTION,
    "figcaption": Role.CAPTION,
    "legend": Role.HEADING,
}
_SITE_PART = re.compile(r"\s*(?:\||»|::|—|–|-)\s*")


def read_html(text: str, *, encoding: str, url: str | None = None) -> Document:
    """The document of a page: what stands in its main content, a block an element, lists and tables kept.

    Raises `EmptyInput` for a page without words, `TooLarge` for one of more than 400,000 tags or beyond
    the limits of `check_size`.
    """
    if text.count("<") > _MAX_TAGS:
        raise TooLarge(f"{text.count('<')} tags; pages of more than {_MAX_TAGS} tags are not read")
    for tag in _LONG_TAG.finditer(text):
        if tag.group().count("=") > _MAX_ATTRIBUTES:
            raise TooLarge(f"a tag of more than {_MAX_ATTRIBUTES} attributes; such pages are not read")
    try:
        root = fromstring(text.encode("utf-8", "ignore"), parser=_PARSER)
    except (XMLSyntaxError, ValueError) as error:
        raise EmptyInput("no text to read in the HTML; fetch it again") from error
    if root is None:
        raise EmptyInput("no text to read in the HTML; fetch it again")
    meta = stated_about_itself(root)
    found = tie_footnotes(list(islice(_blocks(main_content(root)), MAX_BLOCKS + 1)))
    check_size(found)
    if not found and text.count("<") > _DEEP:
        raise TooLarge("elements nested too deep to be read, and no text above them; fetch it again")
    if not found:
        raise EmptyInput("no text to read in the HTML; fetch it again")
    title = _title(found, meta.title)
    return Document(
        format="html",
        blocks=tuple(
            found
            + about(
                url,
                title=meta.title,
                published=meta.published,
                publisher=meta.publisher,
                description=meta.description,
            )
        ),
        title=title,
        language=language_of("\n".join(item.text for item in found), meta.language),
        encoding=encoding,
        canonical=meta.canonical,
    )


def _title(found: list[Block], tag: str | None) -> str | None:
    """The page's own title: its highest heading, unless that is the site's name alone; else the title tag
    without the site's name at its end."""
    headings = [item for item in found[:12] if item.role is Role.HEADING and item.level <= 2]
    if headings:
        best = min(headings, key=lambda item: item.level)
        if len(best.text) > 12 or not tag:
            return best.text
    if tag:
        parts = [part for part in _SITE_PART.split(tag) if part]
        return max(parts, key=len) if len(parts) > 1 and len(parts[0]) < 12 else _without_site(tag)
    return headings[0].text if headings else None


def _without_site(tag: str) -> str:
    for bar in (" | ", " » ", " :: "):
        if bar in tag:
            return max(tag.split(bar), key=len).strip()
    return tag


# A line that is shorter is a line of its own.
_SHORT = 60


class _Collector:
    """The text of one block while it is gathered, with its links."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.links: list[tuple[int, int, str]] = []

    def add(self, text: str | None) -> None:
        # Blanks behind blanks are none; a page may be made of them.
        if text and not (text.isspace() and self.parts and self.parts[-1].isspace()):
            self.parts.append(text)
            self.size += len(text)

    def ending(self) -> str:
        """The last 60 characters or more of the text gathered so far; all of it where it is shorter."""
        pieces: list[str] = []
        size = 0
        for part in reversed(self.parts):
            pieces.append(part.rstrip()[-200:] + " " * part[-1].isspace())
            size += len(pieces[-1].strip())
            if size > _SHORT:
                break
        return clean("".join(reversed(pieces)))

    def take(self, role: Role, level: int = 0) -> Block | None:
        """The block gathered so far, or None; the collector is empty again."""
        raw = "".join(self.parts)
        text = clean(raw)
        links, at = [], 0
        for start, end, href in self.links:
            words = clean(raw[start:end])
            found = text.find(words, at) if words else -1
            if found >= 0:
                at = found + len(words)
                links.append(Link(found, at, href))
        self.parts, self.size, self.links = [], 0, []
        return block(role, text, level=level, links=tuple(links)) if text else None


_GOES_ON = re.compile(r"\s*(?:from|of|on|by|for|and|at|to)\b", re.IGNORECASE)


def _blocks(root: _Element) -> Iterator[Block]:
    """The blocks under *root* in reading order, without recursion: pages may nest as deep as they like."""
    text = _Collector()
    roles: list[tuple[Role, int]] = [(Role.PARAGRAPH, 0)]
    marks: list[str] = []
    # The number that the browser writes before the next block of an item, and the next one of each list.
    numbers: list[str] = []
    counts: dict[_Element, int] = {}

    def flush() -> Iterator[Block]:
        made = text.take(*roles[-1])
        if made is not None:
            number = numbers.pop() if numbers else ""
            yield replace(made, number=number) if number and not made.number else made

    stack: list[tuple[_Element, bool]] = [(root, False)]
    link_starts: list[int] = []
    while stack:
        element, leaving = stack.pop()
        tag = str(element.tag)
        if leaving:
            if tag == "a":
                start = link_starts.pop()
                if text.size >= start and (href := element.get("href")):
                    text.links.append((start, text.size, href))
            elif tag == "sup":
                text.add("]" if marks.pop() else "")
            elif tag in _BLOCKS:
                yield from flush()
                roles.pop()
            if element is not root:
                text.add(element.tail)
            continue
        if tag == "table" and (rows := _rows(element)) is not None:
            yield from flush()
            yield from rows
            text.add(element.tail if element is not root else None)
            continue
        if tag == "br":
            raw = text.ending()
            # A line that ends a sentence, or a short one, is a line of its own; a long one was only broken, and so was a
            # heading that goes on: "PUBLIC STATEMENT / FROM THE PLENARY MEETING".
            broken = roles[-1][0] is Role.HEADING and _GOES_ON.match(element.tail or "") is not None
            if not broken and raw and (raw[-1] in ".!?:;" or len(raw) < _SHORT):
                yield from flush()
            else:
                text.add(" ")
            text.add(element.tail)
            continue
        if tag in _BLOCKS:
            yield from flush()
            inherited = roles[-1] if tag in ("p", "div", "span") else (Role.PARAGRAPH, 0)
            role = _ROLES.get(tag)
            if tag == "li":
                numbers[:] = [number] if (number := _number_of(element, counts)) else []
            roles.append((role, int(tag[1]) if tag[0] == "h" and tag[1:].isdigit() else 0) if role else inherited)
        elif tag == "a":
            link_starts.append(text.size)
        elif tag == "sup":
            mark = clean(text_of(element))
            is_mark = bool(re.fullmatch(r"\[?\(?\d{1,2}\)?\]?|\*+", mark))
            marks.append("")
            if is_mark:
                digits = mark.strip("[]()*")
                text.add(f"[{digits}]" if digits and text.size and not text.parts[-1].endswith(" ") else "")
                marks.pop()
                text.add(element.tail)
                continue
        text.add(element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from flush()


def _number_of(item: _Element, counts: dict[_Element, int]) -> str:
    """The label of an item of an ordered list: the list's `start`, the item's `value`, letters by its `type`."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    own = item.get("value") or ("" if parent in counts else parent.get("start") or "1")
    count = int(own) if own.strip().isdecimal() and len(own) < 5 else counts.get(parent, 0) + 1
    counts[parent] = count
    kind = parent.get("type") or "1"
    if kind in "aA" and 1 <= count <= 26:
        return chr(ord(kind) + count - 1)
    if kind in "iI" and 1 <= count <= len(_ROMAN):
        return _ROMAN[count - 1] if kind == "i" else _ROMAN[count - 1].upper()
    return str(count)


_ROMAN = [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
]


def _lays_out(cell: _Element) -> bool:
    """Whether a cell holds a page's text rather than a datum: a heading, a list, or paragraphs."""
    if next(cell.iterdescendants("h1", "h2", "h3", "ul", "ol"), None) is not None:
        return True
    return sum(1 for _ in cell.iterdescendants("p")) > 1


def _rows(table: _Element) -> list[Block] | None:
    """A data table's rows, cells parted by a bar; None for a table that only lays out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return None
    rows = list(table.iter("tr"))
    cells = [list(row.iterchildren("td", "th")) for row in rows]
    widest = max((len(row) for row in cells), default=0)
    if widest <= 1 or any(len(text_of(cell)) > 600 for row in cells for cell in row):
        return None
    if any(_lays_out(cell) for row in cells for cell in row):
        return None
    found = []
    for caption in table.iterchildren("caption"):
        found.append(block(Role.CAPTION, clean(text_of(caption))))
    for row in cells:
        words = [clean(text_of(cell, " ")) for cell in row]
        found.append(block(Role.TABLE_ROW, " | ".join(word for word in words if word)))
    return [item for item in found if item is not None]
