"""The names in one block of a page: the states and bodies of a bullet, of a row, of a table's columns, with their days."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import NamedTuple

from parsers.countries import country_named
from parsers.document import Block, Role
from parsers.lists.inline import bodies_of, names_in
from parsers.lists.items import BARE, Item, is_glue, looks_like_a_name
from parsers.lists.since import is_date, since_of, since_told
from parsers.lists.words import bodies_in, is_part, told
from parsers.page import Page, Span

# A word for a role is no longer.
_LONGEST_ROLE = 80


class Entry(NamedTuple):
    """The names of one block; `row` says that the block says more than names and days."""

    at: int
    items: list[Item]
    row: bool = False


def entries_of(page: Page) -> dict[int, Entry]:
    """The entry of each block that names something, by its index."""
    entries = {i: entry for i, block in page.readable if (entry := _entry(page, i, block)) is not None}
    return entries | _columns(page)


def _columns(page: Page) -> dict[int, Entry]:
    """The rows of the tables that hold states in several columns, each with the names of these columns: those that no
    table knows too, and with whose they are where a column's head says so."""
    found: dict[int, Entry] = {}
    for is_row, group in groupby(page.readable, key=lambda pair: pair[1].role is Role.TABLE_ROW):
        rows = [(i, list(_CELLS.finditer(block.text))) for i, block in group] if is_row else []
        held = Counter(k for _, cells in rows for k, cell in enumerate(cells) if country_named(cell.group()))
        heads = [role_beside(cell.group()) for cell in rows[0][1]] if rows else []
        headed = {k for k, head in enumerate(heads) if head}
        named = [k for k, count in held.items() if count >= _LEAST_ROWS or count * 2 > len(rows) or k in headed]
        if len(named) < 2 or len(rows) < _LEAST_ROWS:
            continue
        for i, cells in rows:
            items = [
                item._replace(role=item.role or (heads[k] if k < len(heads) else None))
                for k in named
                if k < len(cells)
                and (item := _named(i, cells[k].start(), cells[k].group()) or _unknown(i, cells[k])) is not None
            ]
            if any(item.code for item in items):
                found[i] = Entry(i, items)
    return found


# So many rows at least make a table of names.
_LEAST_ROWS = 3
_CELLS = re.compile(r"(?:^|(?<=\|))[^|\n]*")


def _unknown(i: int, cell: re.Match[str]) -> Item | None:
    name = cell.group().strip(" *•·†‡")
    at = cell.start() + cell.group().find(name)
    return Item(None, name, Span(i, at, at + len(name))) if looks_like_a_name(name) and not is_part(name) else None


_CELL = re.compile(r"[^|;\n]+")
# The longest name of a state with its mark and its day; what is longer says more.
_LONGEST_CELL = 120
_DAY_BEHIND = re.compile(
    r"[\s(–—:-]{1,5}(?P<since>(?:\d{1,2}[ .]\s?[^\W\d]{3,10}\.? ?)?(?:19|20)\d\d)\*?\)?\W{0,4}$|\s?\((?P<aside>[^()]{0,60})\)\W{0,4}$"
)
_ENDS = " \t\xa0*•·.,;:()[]–—-†‡"
_HEAD = re.compile(r"\W*(?P<name>[^|–—:]{3,60}?)\s*(?:[|–—:]|\s-\s)\s*(?P<rest>.*)$", re.DOTALL)
_NUMBER_CELL = re.compile(r"^\s*\d{1,3}\.?\s*\|\s*")
# "1990: Australia, Belgium", "Africa: Ghana", "A : Albania, Angola".
_LABEL = re.compile(r"\W{0,3}(?P<label>[^:|]{1,60}?)\s?(?::|(?<=\d)\s?[–—|-])\s?")

# A bullet, a number or another cell may stand before the first name of a line.
_FIRST_NAME_BY = 12
_LONGEST_LINE = 2000


def _entry(page: Page, i: int, block: Block) -> Entry | None:
    mentions = page.mentions(i)
    if not mentions and len(block.text) > 60 and i not in bodies_of(page):
        return None
    begin, common = _label(block.text)
    if mentions and not begin and mentions[0].start > _FIRST_NAME_BY and not is_glue(block.text[: mentions[0].start]):
        return None
    items = _names_of(i, block) or _names_only(page, i, block, begin, common)
    if items:
        return Entry(i, items)
    head = _head_of(i, block)
    return Entry(i, [head], row=True) if head is not None else None


def _label(text: str) -> tuple[int, str | None]:
    """The place where the names of a line begin, behind the part that they are of, and the year of them all."""
    match = _LABEL.match(text)
    if match is None:
        return 0, None
    if is_date(match["label"]):
        return match.end(), since_of(match["label"])
    return (match.end(), None) if is_part(match["label"]) else (0, None)


def _names_of(i: int, block: Block) -> list[Item] | None:
    """The states that a block is made of, or None when it says anything else."""
    if len(block.text) > 400:
        return None
    items: list[Item] = []
    first: str | None = None
    for cell in _CELL.finditer(block.text):
        said = cell.group()
        if not said.strip():
            continue
        if is_date(said):
            first = first if items else since_of(said)
            if items and items[-1].since is None:
                items[-1] = items[-1]._replace(since=since_of(said))
            continue
        item = _named(i, cell.start(), said) if len(said) <= _LONGEST_CELL else None
        if item is not None:
            items.append(item)
        elif items and (role := role_beside(said)):
            items[-1] = items[-1]._replace(role=role)
        else:
            return None
    if first and len(items) == 1 and items[0].since is None:
        # The column of days stands before that of names.
        items[0] = items[0]._replace(since=first)
    return items or None


def _named(i: int, start: int, said: str) -> Item | None:
    """The state or body that a cell is, with the day and the role that it tells beside the name."""
    parsed = _DAY_BEHIND.search(said)
    name = (said[: parsed.start()] if parsed else said).strip(_ENDS)
    whole = country_named(said)
    code = whole or country_named(name) or _bare(name)
    if code is None:
        bodies = bodies_in(name)
        if len(bodies) != 1 or not is_glue(name):
            return None
        at = start + said.find(name)
        return Item(None, bodies[0].name, Span(i, at + bodies[0].start, at + bodies[0].end), None, True)
    if whole:
        name = _MARKS.sub("", said.strip(" \t•·*.,–—-"))
    at = start + said.find(name)
    since = since_of(parsed["since"] or parsed["aside"] or "") if parsed else None
    return Item(code, name, Span(i, at, at + len(name)), since, False, role_beside((parsed and parsed["aside"]) or ""))


def _bare(name: str) -> str | None:
    match = BARE.fullmatch(name)
    return match and ("KR" if match["korea"] else "CG")


def role_beside(said: str) -> str | None:
    """Whose a state is by the word that stands in a column or a bracket beside its name: "Observer", "Member"."""
    if len(said) > _LONGEST_ROLE:
        return None
    words = told(said)
    hit = words.last("members", "observers", "adherents", "others")
    if hit is None or any(c.isdigit() for c in said):
        return None
    # "Former member".
    return "others" if hit.means == "members" and words.says("others") else hit.means


def _names_only(page: Page, i: int, block: Block, begin: int, common: str | None) -> list[Item]:
    """The states of a block that names two or more with nothing but years between: a row of a saved table, or
    those of one part or year ("1990: Australia, Belgium")."""
    named = names_in(page, i) if len(block.text) <= _LONGEST_LINE else []
    ends = [begin, *(item.span.end for item in named)]
    begins = [*(item.span.start for item in named), len(block.text)]
    if len(named) < (1 if begin else 2):
        return []
    for low, high in zip(ends, begins, strict=True):
        gap = block.text[low:high]
        if is_glue(gap) or is_part(gap):
            continue
        # "Netherlands Turkey": a name that running text would not hold for the state.
        if (code := country_named(gap)) is None:
            return []
        at = low + len(gap) - len(gap.lstrip())
        named.append(Item(code, gap.strip(), Span(i, at, at + len(gap.strip()))))
    return [item._replace(since=item.since or common) for item in sorted(named, key=lambda item: item.span)]


_MARKS = re.compile(r"(?:[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰\s]+|(?<=[^\W\d])\d{1,2}|\s?\[\d+\])+$")


def _head_of(i: int, block: Block) -> Item | None:
    """The state whose name stands first in a block, parted from what the block says of it."""
    if block.role in (Role.META, Role.ADDRESS, Role.HEADING):
        return None
    number = _NUMBER_CELL.match(block.text)
    begin = number.end() if number else 0
    head = _HEAD.match(block.text, begin)
    if head is None:
        text = block.text[begin:]
        return None if len(text) > 90 or not (apart := _TOLD.match(text)) else _told(i, begin, apart)
    code = country_named(head["name"])
    if code is None:
        return None
    name = _MARKS.sub("", head["name"])
    cells = head["rest"][:400].split("|")
    since = next((since for cell in cells if is_date(cell) and (since := since_of(cell))), None)
    at = head.start("name")
    role = next((role for cell in cells if (role := role_beside(cell))), None)
    return Item(code, name, Span(i, at, at + len(name)), since or since_told(head["rest"][:300]), False, role)


# "Chile, joined in 2004", "Chile (participant since 2004)", "Chile (1998, formerly …)".
_TOLD = re.compile(
    r"^\W*(?P<name>[^,(]{3,50}?)\s*(?:[,(]\s*(?P<rest>[a-z][^,]*(?:19|20)\d\d\W*)|\((?P<note>[^()]*)\)\W*)$"
)


def _told(i: int, begin: int, apart: re.Match[str]) -> Item | None:
    code = country_named(apart["name"])
    if code is None:
        return None
    at = begin + apart.start("name")
    said = apart["rest"] or apart["note"]
    return Item(code, apart["name"], Span(i, at, at + len(apart["name"])), since_of(said), False, role_beside(said))


# What parts a name from what a line says of it.
_NAME_ENDS = re.compile(r"\s*(?:[|(,;*†‡]|\s[–—-]\s|\s(?=(?:19|20)\d\d\b))")


def unread_name(i: int, block: Block) -> Item | None:
    """The name that a row or a bullet begins with and that no table knows, with the day beside it."""
    if block.role is Role.HEADING or len(block.text) > _LONGEST_CELL:
        return None
    number = _NUMBER_CELL.match(block.text)
    begin = number.end() if number else 0
    end = _NAME_ENDS.search(block.text, begin)
    name = block.text[begin : end.start() if end else len(block.text)].strip(" \t•·")
    if not looks_like_a_name(name) or is_part(name):
        return None
    at = block.text.find(name, begin)
    since = since_of(block.text[at + len(name) :])
    if block.role not in (Role.LIST_ITEM, Role.TABLE_ROW) and not (since and is_date(block.text[at + len(name) :])):
        return None
    return Item(None, name, Span(i, at, at + len(name)), since)
