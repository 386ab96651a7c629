"""Saved text and Markdown to documents."""

from __future__ import annotations

import re

from parsers.countries import find_countries
from parsers.document import Block, Document, Role
from parsers.errors import EmptyInput, TooLarge
from parsers.language import language_of
from parsers.read.blocks import MAX_RAW, about, block, check_size, clean, tie_footnotes
from parsers.tables import yaml_rules

_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\(((?:[^()\\\s]|\\.|\([^()]*\))*)(?:\s+\"[^\"]*\")?\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|])")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$|^(={1,6})\s*(.+?)\s*=+$")
_BULLET = re.compile(r"^\s*(?:[•●▪◦·‣*]|[-–—](?=\s))\s+|^\s*[•●▪]\s*")
_ITEM = re.compile(r"^\s*(\(?(?:\d{1,2}|[a-z])[.)])\s+(?=\S)(?![^\W\d]{3,10}\s\d{4}\b|\d{1,2}\.\s?\d\d)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_RULE = frozenset(" \t:|-")
# Lines of a saved page that belong to the site and not to what it says.
_FURNITURE = re.compile(
    r"^(?:\[?back to top\]?|top of page|skip (?:to|links?).*|share(?: this)?|print(?: this page)?|advanced settings"
    r"|in this section|leave a reply|you are here.*|home)$",
    re.IGNORECASE,
)
# Characters after which lines are joined no more: no paragraph of a statement is as long.
_LONGEST_PARAGRAPH = 10_000
_END = re.compile(r"[.!?:;]['\"”’)\]]*$")


def read_text(text: str, *, encoding: str, url: str | None = None) -> Document:
    """The document of a saved page as text: a block a paragraph, hard-wrapped lines joined, Markdown undone.

    Raises `EmptyInput` when no letter or digit is left, `TooLarge` beyond the limits of `check_size`.
    """
    if len(text) > MAX_RAW:
        raise TooLarge(f"{len(text)} characters of text; more than {MAX_RAW} are not read")
    text = _FRONT_MATTER.sub(_without_keys, text, count=1)
    found: list[Block] = []
    title: str | None = None
    for group in _groups(text):
        for role, level, line in _lines(group):
            made = block(role, line, level=level)
            if made is None:
                continue
            if title is None and len(made.text) > 12:
                title = _as_title(made)
                if title is not None and made.role is Role.PARAGRAPH:
                    made = Block(role=Role.HEADING, text=made.text, level=1, marks=made.marks, links=made.links)
                title = title or ""
            found.append(made)
    check_size(found)
    if not found:
        raise EmptyInput("no text to read; fetch it again")
    found = tie_footnotes(found)
    body = "\n".join(item.text for item in found)
    return Document(
        format="text",
        blocks=tuple(found + about(url)),
        title=title or None,
        language=language_of(body),
        encoding=encoding,
    )


# What generators of sites keep above a page of Markdown, between lines of dashes.
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n((?:[A-Za-z_-]+:[^\n]*\n){1,40})---[ \t]*(?:\n|\Z)")
_KEY = re.compile(r"^(title|date):[ \t]*[\"']?([^\n]*?)[\"']?[ \t]*$", re.MULTILINE)


def _without_keys(front: re.Match[str]) -> str:
    """The title and the date that stand above a page, as its first lines."""
    said = dict(_KEY.findall(front[1]))
    lines = [f"# {said['title']}"] if said.get("title") else []
    return "\n\n".join([*lines, *filter(None, [said.get("date")]), ""])


def _as_title(first: Block) -> str | None:
    """The first block as a title: a heading, or a line too short and too open to be a paragraph."""
    if first.role is Role.HEADING or (len(first.text) <= 200 and not re.search(r"[.;:]$", first.text)):
        return first.text
    return None


def _groups(text: str) -> list[list[str]]:
    """Runs of lines between blank ones; a line with no-break spaces alone is blank."""
    groups: list[list[str]] = [[]]
    for line in re.split(r"\r\n|[\n\r\f\v\u2028\u2029\x85]", text):
        if line.strip(" \t\u00a0\u3000"):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _lines(group: list[str]) -> list[tuple[Role, int, str]]:
    """The lines of one run as (role, level, text), wrapped ones joined."""
    done: list[tuple[Role, int, str]] = []
    longest = max(len(line.strip()) for line in group)
    joins = False
    for raw in group:
        if ("|" in raw and _RULE.issuperset(raw.strip())) or _only_links(raw):
            continue
        line = _plain(raw)
        raw = raw.strip()
        if not line or _FURNITURE.match(line):
            continue
        role, level, line = _role(line, raw)
        if done and joins and role is Role.PARAGRAPH and done[-1][0] in (Role.PARAGRAPH, Role.LIST_ITEM):
            last_role, last_level, last = done[-1]
            if _continues(last, line, longest):
                glue = "" if last.endswith("-") and line[:1].islower() and last[-2:-1].islower() else " "
                done[-1] = (last_role, last_level, (last[:-1] if not glue else last) + glue + line)
                continue
        done.append((role, level, line))
        joins = role in (Role.PARAGRAPH, Role.LIST_ITEM)
    return done


def _role(line: str, raw: str) -> tuple[Role, int, str]:
    if heading := _HEADING.match(line):
        return Role.HEADING, len(heading[1] or heading[3]), heading[2] or heading[4]
    if "|" in line and (raw.strip().startswith("|") or raw.strip().endswith("|")):
        cells = [clean(cell) for cell in line.strip().strip("|").split("|")]
        return Role.TABLE_ROW, 0, " | ".join(cell for cell in cells if cell)
    if bullet := _BULLET.match(line):
        return Role.LIST_ITEM, 0, line[bullet.end() :]
    if _ITEM.match(line):
        return Role.LIST_ITEM, 0, line
    return Role.PARAGRAPH, 0, line


def _continues(last: str, line: str, longest: int) -> bool:
    """Whether *line* goes on with the sentence that *last* broke off at a page's width."""
    if len(last) > _LONGEST_PARAGRAPH:
        return False
    if last.endswith(";") and ";" in last[:-1]:
        # A list that runs on within its lines.
        return True
    if _END.search(last[-12:]):
        return len(line) < 12 and longest <= 100 and len(last) >= 0.6 * longest and line[:1].islower()
    if last.endswith(",") or line[:1].islower():
        return True
    if _is_broken_off(last, line):
        return True
    # A line was broken at the page's width if the next word did not fit on it any more.
    word = line.split(" ", 1)[0]
    return longest <= 100 and len(last) >= 40 and len(last) + 1 + len(word) > longest and not last.isupper()


def _is_broken_off(last: str, line: str) -> bool:
    """True if *last* ends in a word that ends no line, or in the midst of a name that *line* goes on with."""
    words = last.rsplit(None, 2)
    if len(words) < 2:
        return False
    end = words[-1]
    if (len(end) > 1 or end.islower()) and end.lower() in yaml_rules("annotations.yaml")["never_last"]:
        return True
    if _ORDINAL.fullmatch(end):
        return line[:1].isupper()
    if not (end[0].isupper() and line[0].isupper()):
        return False
    if any(match.end == len(last[-_NAME:]) for match in find_countries(last[-_NAME:])):
        # "Slowakische Republik" is whole, though "Republik Slowenien" is one too.
        return False
    joint = f"{end} {line.split(None, 1)[0]}"
    return joint.lower() in yaml_rules("annotations.yaml")["large"] or any(
        match.start < len(end) < match.end for match in find_countries(joint)
    )


# No name of a state is longer.
_NAME = 60
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th|e|ème|[ºª°])")


def _plain(line: str) -> str:
    line = _LINK.sub(r"\1", line.strip())
    line = _EMPHASIS.sub(r"\2", line)
    if line.startswith("> "):
        line = line[2:]
    return clean(_ESCAPE.sub(r"\1", line))


def _only_links(line: str) -> bool:
    """Whether a line is a trail or a menu: links, and next to nothing between them."""
    links = _LINK.findall(line)
    if not links:
        return False
    rest = _LINK.sub("", line)
    if sum(letter.isalnum() for letter in rest) > 3:
        return False
    return (
        len(links) >= 3 or "»" in rest or "›" in rest or ">" in rest or all(href.startswith("#") for _, href in links)
    )
