"""Pages changed by rule in ways that mean nothing: each rule takes a page and gives another that states the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

Rule = Callable[[str], str]
_TAG = re.compile(r"(<[^>]*>)")


def _in_text(page: str, change: Rule) -> str:
    """*change* on what a reader sees, not on the tags."""
    return "".join(part if part.startswith("<") else change(part) for part in _TAG.split(page))


def other_furniture(page: str) -> str:
    """Another banner, another menu, another foot."""
    if "<" not in page:
        return "[Skip to content](#)\n\n" + page + "\n\nTerms of use\n"
    banner = '<div class="banner" role="banner"><a href="/">Start</a> <a href="/map">Site map</a> <a href="/help">Help</a></div>'
    foot = '<footer><p><a href="/terms">Terms of use</a> <a href="/privacy">Privacy</a></p></footer>'
    page = re.sub(r"(<body[^>]*>)", lambda m: m[1] + banner, page, count=1, flags=re.IGNORECASE)
    return re.sub(r"(</body>)", lambda m: foot + m[1], page, count=1, flags=re.IGNORECASE)


def other_classes(page: str) -> str:
    """Every class renamed, as a new theme does."""
    return re.sub(r'class="[^"]*"', 'class="x-9f2"', page)


def list_to_table(page: str) -> str:
    """Items of the text's list in the rows of a table; a menu stays a list."""

    def table(match: re.Match[str]) -> str:
        items = re.findall(r"<li>(.*?)(?:</li>|\n)", match[1] + "\n", re.IGNORECASE)
        return "<table>" + "".join(f"<tr><td>{item}</td></tr>" for item in items) + "</table>"

    return re.sub(r"<ul>\n((?:<li>[^<]*(?:</li>)?\n?)+)</ul>", table, page, flags=re.IGNORECASE)


def no_break_spaces(page: str) -> str:
    """A no-break space in dates, behind short words and after titles."""
    return _in_text(
        page, lambda text: re.sub(r"(?<=\d) (?=[A-Z])|(?<=\bof) |(?<=\bthe) |(?<=\bMr\.) |(?<=\bto) ", "\u00a0", text)
    )


def smart_quotes(page: str) -> str:
    """Curled apostrophes."""
    return _in_text(page, lambda text: re.sub(r"(?<=\w)'(?=\w)", "’", text))


def other_dashes(page: str) -> str:
    """An en dash in a range of days, with spaces around it."""
    return _in_text(page, lambda text: re.sub(r"(?<=\d)-(?=\d{1,2}(?:,| [A-Za-z]))", " – ", text))


def numbered_paragraphs(page: str) -> str:
    """Paragraphs numbered by hand."""
    count = iter(range(1, 1000))
    if "<" not in page:
        # From the fourth line on, behind the bread crumbs, the title and what may be a date.
        head, *rest = re.split(r"(?<=\.)\n\n(?=[A-Z])", page)
        return "\n\n".join([head, *(f"{next(count) + 1}. {paragraph}" for paragraph in rest)])
    return re.sub(r"(<p>(?:<font[^>]*>)?)(?=[A-Z])", lambda m: f"{m[1]}{next(count)}. ", page, flags=re.IGNORECASE)


def decomposed(page: str) -> str:
    """Accents as letters of their own (NFD)."""
    return unicodedata.normalize("NFD", page)


def more_white_space(page: str) -> str:
    """Runs of blanks, and lines broken elsewhere, inside paragraphs."""
    if "<" not in page:
        return page.replace("\n\n", "\n\n\n")
    return _in_text(page, lambda text: re.sub(r"(?<=\w) (?=[a-z])", "\n    ", text))


def windows_line_ends(page: str) -> str:
    """Lines ended as on Windows."""
    return page.replace("\n", "\r\n")


def trailing_blanks(page: str) -> str:
    """Blanks before the ends of lines."""
    return page.replace("\n", "  \n")


def comments_and_scripts(page: str) -> str:
    """A comment, a script and a style sheet in the body."""
    extra = "<!-- build 77 --><script>var a = '<p>34 members</p>';</script><style>p { margin: 0 }</style>"
    return re.sub(r"(<body[^>]*>)", lambda m: m[1] + extra, page, count=1, flags=re.IGNORECASE)


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        other_furniture, other_classes, list_to_table, no_break_spaces, smart_quotes, other_dashes,
        numbered_paragraphs, decomposed, more_white_space, windows_line_ends, trailing_blanks, comments_and_scripts,
    )
}  # fmt: skip
