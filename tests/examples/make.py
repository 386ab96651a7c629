"""Writes the example pages: each text of ``texts.yaml`` in the page shapes of several generations of sites.

``python -m tests.examples.make`` writes the pages, and an expected record for a page that has none. A changed record
is never written over: remove its ``.json`` by hand, run this again, and read what comes before it is committed.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import msgspec
from ruamel.yaml import YAML

from parsers.parse import parse
from parsers.record import Record
from tests.builders.pages import REGIMES

HERE = Path(__file__).parent
PDF_TEXTS = ("mtcr-2008-canberra", "nsg-2017-bern", "wa-2004-vienna", "mtcr-2016-india")


@dataclass(frozen=True)
class Text:
    """One text, and what a person reads off it."""

    name: str
    regime: str
    title: str
    paragraphs: tuple[str, ...]
    published: str | None
    language: str
    facts: dict[str, object]

    @property
    def url(self) -> str:
        """An address of no real site."""
        return f"https://{self.regime}.example/{'partners' if 'members' in self.name else 'press'}/page"


def texts() -> tuple[Text, ...]:
    """The texts of ``texts.yaml``."""
    table = YAML(typ="safe").load((HERE / "texts.yaml").read_text("utf-8"))
    return tuple(
        Text(
            name, row["regime"], row["title"], tuple(row["paragraphs"]), row.get("published"),
            row.get("language", "en"), msgspec.to_builtins(row["facts"]),
        )
        for name, row in table.items()
    )  # fmt: skip


def _body(text: Text, paragraph: str = "<p>{}</p>", item: str = "<li>{}</li>") -> str:
    """The paragraphs as HTML, runs of items in one list."""
    lines: list[str] = []
    inside = False
    for words in text.paragraphs:
        is_item = words.startswith("- ")
        if is_item != inside:
            lines.append("<ul>" if is_item else "</ul>")
            inside = is_item
        lines.append((item if is_item else paragraph).format(html.escape(words.removeprefix("- "), quote=False)))
    return "\n".join([*lines, "</ul>"] if inside else lines)


def plain(text: Text) -> bytes:
    """A saved text page: bread crumbs, title, date line, paragraphs, a link to the top."""
    lines = [
        "[Home](#) » [Press Releases](#)",
        text.title,
        *([text.published] if text.published else []),
        *text.paragraphs,
    ]
    return ("\n\n".join((*lines, "[Back to Top](#)")) + "\n").encode()


def landmarks(text: Text) -> bytes:
    """A site of today: header, nav, main with an article, footer."""
    date = f"<p><time>{text.published}</time></p>" if text.published else ""
    title = html.escape(text.title, quote=False)
    return f"""<!DOCTYPE html>
<html lang="{text.language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body class="page">
<header class="site-header"><a href="/">Home</a><nav><ul><li><a href="/about">About</a></li><li><a href="/press">Press</a></li></ul></nav></header>
<div class="cookie-banner"><p>This site uses cookies. <button>Accept</button></p></div>
<main id="content"><article class="entry">
<h1>{title}</h1>{date}
{_body(text)}
</article></main>
<footer class="site-footer"><p>Imprint</p><p>Data protection</p></footer>
</body></html>
""".encode()


def tables(text: Text) -> bytes:
    """A site of about 2001: Latin-1 where it can be, tables for layout, fonts."""
    date = f"<b>{text.published}</b><br>" if text.published else ""
    title = html.escape(text.title, quote=False)
    page = f"""<HTML><HEAD><TITLE>{title}</TITLE><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=CHARSET"></HEAD>
<BODY BGCOLOR="#ffffff">
<TABLE WIDTH="760" BORDER="0"><TR><TD COLSPAN="2"><A HREF="/">Home</A> | <A HREF="/search">Search</A></TD></TR>
<TR><TD WIDTH="140" VALIGN="top"><A HREF="/a">About us</A><BR><A HREF="/l">Links</A><BR></TD>
<TD VALIGN="top">
<H2><FONT FACE="Arial">{title}</FONT></H2>
{date}
{_body(text, '<P><FONT SIZE="2">{}</FONT></P>', "<LI>{}")}
</TD></TR></TABLE>
</BODY></HTML>
"""
    try:
        return page.replace("CHARSET", "iso-8859-1").encode("latin-1")
    except UnicodeEncodeError:
        return page.replace("CHARSET", "utf-8").encode()


def divs(text: Text) -> bytes:
    """A content management system of about 2012: divs with ids and classes, a side bar, share links."""
    date = f'<div class="date">{text.published}</div>' if text.published else ""
    title = html.escape(text.title, quote=False)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "">
<html lang="{text.language}"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>{title}</title></head>
<body><div id="wrapper"><div id="header"><div id="logo">Logo</div><div id="menu"><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></div></div>
<div id="sidebar"><ul><li><a href="/x">Archive</a></li><li><a href="/y">Contact</a></li></ul></div>
<div id="content"><div class="post"><h1 class="title">{title}</h1>{date}
<div class="body">
{_body(text)}
</div>
<div class="share"><a href="#">Share</a> <a href="#">Print</a></div></div></div>
<div id="footer">Copyright</div></div></body></html>
""".encode()


def pdf(text: Text) -> bytes:
    """The statement as a PDF with a text layer."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    out = BytesIO()
    document = SimpleDocTemplate(out, title=text.title, invariant=1)
    story = [Paragraph(html.escape(text.title), styles["Heading1"])]
    for words in (*([text.published] if text.published else []), *text.paragraphs):
        story += [Paragraph(html.escape(words.removeprefix("- ")), styles["BodyText"]), Spacer(1, 8)]
    document.build(story)
    return out.getvalue()


SHAPES: dict[str, tuple[str, Callable[[Text], bytes]]] = {
    "plain": ("txt", plain),
    "landmarks": ("html", landmarks),
    "tables": ("html", tables),
    "divs": ("html", divs),
    "pdf": ("pdf", pdf),
}


def pages() -> Iterator[tuple[Text, str, Path, bytes]]:
    """Every page: its text, its shape, its file, its bytes."""
    for text in texts():
        for shape, (ending, write) in SHAPES.items():
            if shape != "pdf" or text.name in PDF_TEXTS:
                yield text, shape, HERE / f"{text.name}.{shape}.{ending}", write(text)


def expectation(text: Text, record: Record) -> str:
    """The record as it is kept beside its page: without evidence, whose exactness every parse checks."""
    kept = msgspec.to_builtins(record)
    kept = {key: value for key, value in kept.items() if key not in ("evidence", "parser")}
    return json.dumps({"url": text.url, **kept}, ensure_ascii=False, indent=1) + "\n"


def read_page(text: Text, body: bytes) -> Record:
    """What the parser reads on a page of *text*."""
    return parse(body, regime=REGIMES[text.regime], url=text.url).record


def main() -> None:
    """Writes the pages, and the expected records that are missing."""
    for text, _, path, body in pages():
        path.write_bytes(body)
        expected = path.with_suffix(".json")
        if not expected.exists():
            expected.write_text(expectation(text, read_page(text, body)), "utf-8")
            print(f"{expected.name}: new, to be read before it is committed")


if __name__ == "__main__":
    main()
