"""A page of several parts, written as plain text, as Markdown and as HTML: the same words in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from html import escape

from msgspec import Struct

from alerts.message import linked, plain

# Looks that mail programs keep: they drop style sheets of their own making last of all.
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #ccc}h3{font-size:1rem}"
    "li{margin:.4rem 0}li div{color:#444;overflow-wrap:anywhere}"
)
# What Markdown would read as its own.
_MARKS = "\\`*_{}[]|#"


class Rank(Enum):
    """What a line is: the page's title, the head of a part or of a smaller one, a paragraph, an item, or a note to the
    item before it."""

    TITLE = 1
    PART = 2
    SMALLER = 3
    PARAGRAPH = 4
    ITEM = 5
    NOTE = 6


class Line(Struct, frozen=True):
    rank: Rank
    text: str


def as_text(lines: Sequence[Line]) -> str:
    """Plain text, heads underlined."""
    return "\n".join(_text(lines)).strip() + "\n"


def _text(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        said = plain(line.text)
        match line.rank:
            case Rank.TITLE | Rank.PART:
                yield from ("", said, ("=" if line.rank is Rank.TITLE else "-") * len(said))
            case Rank.SMALLER | Rank.PARAGRAPH:
                yield from ("", said)
            case Rank.ITEM:
                yield f"- {said}"
            case Rank.NOTE:
                yield f"  {said}"


def as_markdown(lines: Sequence[Line]) -> str:
    """Markdown that shows each text as it is, without HTML or links of a page's making."""
    return "\n".join(_markdown(lines)).strip() + "\n"


def _markdown(lines: Sequence[Line]) -> Iterator[str]:
    before: Rank | None = None
    for line in lines:
        said = escaped(line.text)
        if line.rank not in (Rank.ITEM, Rank.NOTE) or before not in (Rank.ITEM, Rank.NOTE):
            yield ""
        match line.rank:
            case Rank.TITLE | Rank.PART | Rank.SMALLER:
                yield f"{'#' * line.rank.value} {said}"
            case Rank.PARAGRAPH:
                yield said
            case Rank.ITEM:
                yield f"- {said}"
            case Rank.NOTE:
                yield f"  - {said}"
        before = line.rank


def escaped(text: str) -> str:
    """*text* as Markdown that shows it as it is."""
    said = plain(text)
    for mark in _MARKS:
        said = said.replace(mark, "\\" + mark)
    return " ".join(said.replace("<", "&lt;").replace(">", "&gt;").split())


def as_html(lines: Sequence[Line]) -> str:
    """A whole page of HTML that asks for nothing outside itself; addresses of the web at the end of a line are links."""
    title = next((line.text for line in lines if line.rank is Rank.TITLE), "")
    head = f'<meta charset="utf-8"><title>{escape(plain(title))}</title><style>{_STYLE}</style>'
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n' + "".join(_html(lines)) + "</body></html>\n"
    )


def _html(lines: Sequence[Line]) -> Iterator[str]:
    listed = False
    for at, line in enumerate(lines):
        said = linked(plain(line.text))
        if line.rank is Rank.ITEM and not listed:
            yield "<ul>\n"
        listed = line.rank in (Rank.ITEM, Rank.NOTE)
        match line.rank:
            case Rank.TITLE | Rank.PART | Rank.SMALLER:
                yield f"<h{line.rank.value}>{said}</h{line.rank.value}>\n"
            case Rank.PARAGRAPH:
                yield f"<p>{said}</p>\n"
            case Rank.ITEM:
                yield f"<li>{said}"
            case Rank.NOTE:
                yield f"<div>{said}</div>"
        after = lines[at + 1].rank if at + 1 < len(lines) else None
        if listed and after is not Rank.NOTE:
            yield "</li>\n"
            if after is not Rank.ITEM:
                yield "</ul>\n"
