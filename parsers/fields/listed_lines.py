"""Lists whose names stand in blocks of their own: bullets, table rows and cells, headings with a text under each."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from parsers.countries import country_named
from parsers.document import Block, Role
from parsers.fields.enumerations import BODY_RE, LEAST, Enumeration, Item, bare_name, heading_above, is_bare, is_glue
from parsers.fields.joined import day_told, is_date, since_behind, since_of, since_told
from parsers.page import Page, Span
from parsers.vocabulary import words

# A list whose names stand apart, each over a text of its own, shows by its length that it is one.
_LEAST_APART = 8
_MOST_BETWEEN = 4


class _Entry(Struct, frozen=True):
    """The names of one block; `row` says that the block says more than names and days."""

    at: int
    items: list[Item]
    row: bool


def line_lists(page: Page) -> list[Enumeration]:
    """Every list of five or more states whose names stand in lines of their own."""
    entries = {i: entry for i, block in page.readable if (entry := _entry(page, i, block)) is not None}
    if not entries:
        return []
    close = _close(page, entries)
    held = max((len(listed.items) for listed in close), default=0)
    return close + [listed for listed in _apart(page, entries) if len(listed.items) > held]


def _close(page: Page, entries: dict[int, _Entry]) -> list[Enumeration]:
    """The lists without other text between their lines than headings of their parts and bodies that are no states."""
    found: list[Enumeration] = []
    items: list[Item] = []
    unknown: list[Item] = []
    begin = misses = rows = 0
    common: str | None = None
    for i, block in [*page.readable, (-1, Block(role=Role.HEADING, text=""))]:
        entry = entries.get(i)
        if entry is not None:
            begin = begin if items else i
            named = [replace(item, since=common) if common and not item.since else item for item in entry.items]
            items.extend(unknown + named)
            rows += entry.row
            unknown, misses = [], 0
            continue
        told = day_told(block)
        if block.role is Role.HEADING:
            # "1987", "Joined in 1987": of all those below it.
            common = told
        if items and i >= 0 and misses < 2 and (told or _may_stand_between(block)):
            misses += 1
            if told:
                if common is None and items[-1].since is None:
                    items[-1] = replace(items[-1], since=told)
                continue
            bare = bare_name(block.text, 0, len(block.text), i)
            if bare is not None:
                unknown.append(bare)
            elif block.role in (Role.LIST_ITEM, Role.TABLE_ROW) and _looks_like_a_name(block.text):
                unknown.append(Item(None, block.text, Span(i, 0, len(block.text)), None))
            continue
        if len(items) >= LEAST:
            found.append(_list(page, begin, _once(items), rows=rows * 2 > len(items)))
        items, unknown, misses, rows = [], [], 0, 0
    return found


def _once(items: list[Item]) -> list[Item]:
    """*items* without a second time, where all of them stand twice in one order: for screens and for telephones."""
    half, odd = divmod(len(items), 2)
    codes = [item.code for item in items]
    return items[:half] if not odd and codes[:half] == codes[half:] else items


def _apart(page: Page, entries: dict[int, _Entry]) -> list[Enumeration]:
    """The lists whose names are headings of texts: one name a block, in blocks of one role, at most a few blocks apart."""
    single = [entry for entry in entries.values() if len(entry.items) == 1 and not entry.row]
    found: list[Enumeration] = []
    run: list[_Entry] = []
    for entry in [*single, None]:
        if entry is not None and (
            not run
            or (
                entry.at - run[-1].at <= _MOST_BETWEEN
                and not _new_part(page, run[-1].at, entry.at)
                and page.blocks[entry.at].role is page.blocks[run[-1].at].role
                and entry.items[0].code not in {e.items[0].code for e in run}
            )
        ):
            run.append(entry)
            continue
        if len(run) >= _LEAST_APART:
            ends = [*(e.at for e in run[1:]), run[-1].at + _MOST_BETWEEN]
            items = [_with_text_under(page, e, end) for e, end in zip(run, ends, strict=True)]
            found.append(_list(page, run[0].at, items, rows=True))
        run = [entry] if entry is not None else []
    return found


def _new_part(page: Page, before: int, after: int) -> bool:
    """Whether between two names stands a line that begins a list of others, or a heading over names that are none."""
    between = page.blocks[before + 1 : after]
    if any(len(block.text) < 120 and _others().search(block.text) for block in between):
        return True
    if page.blocks[after].role is Role.HEADING:
        return False
    return any(block.role is Role.HEADING and _part().fullmatch(block.text.strip()) is None for block in between)


@cache
def _others() -> re.Pattern[str]:
    kinds = (*words("member_words", "adherents", "heading"), *words("member_words", "observers", "said"))
    return re.compile("|".join((*kinds, "non-members?", "applicants?")), re.IGNORECASE)


def _with_text_under(page: Page, entry: _Entry, end: int) -> Item:
    item = entry.items[0]
    told = " ".join(
        block.text[:300] for block in page.blocks[entry.at + 1 : end] if block.role not in (Role.META, Role.ADDRESS)
    )
    return item if item.since else Item(item.code, item.name, item.span, since_told(told))


def _list(page: Page, begin: int, items: list[Item], *, rows: bool) -> Enumeration:
    lead = heading_above(page, begin)
    place = bisect_left(page.readable, begin, key=itemgetter(0))
    # The head of a table stands between the list and the words that lead up to it.
    above = [block for _, block in page.readable[max(0, place - 4) : place] if block.role is not Role.TABLE_ROW]
    near = above[-1].text[-120:] if above else lead
    if _part().fullmatch(near.strip()) or len(near) < 4:
        near = lead
    return Enumeration(tuple(items), lead, near, begin, items[-1].span.block, rows)


_CELL = re.compile(r"[^|;\n]+")
# The longest name of a state with its mark and its day; what is longer says more.
_LONGEST_CELL = 120
_DAY_BEHIND = re.compile(
    r"[\s(–—:-]{1,5}(?P<since>(?:\d{1,2}[ .]\s?[^\W\d]{3,10}\.? ?)?(?:19|20)\d\d)\*?\)?\W{0,4}$|\s?\((?P<aside>[^()]{0,60})\)\W{0,4}$"
)
_ENDS = " \t\xa0*•·.,;:()[]–—-†‡"
_HEAD = re.compile(r"\W*(?P<name>[^|–—:]{3,60}?)\s*(?:[|–—:]|\s-\s)\s*(?P<rest>.*)$", re.DOTALL)
_NUMBER_CELL = re.compile(r"^\s*\d{1,3}\.?\s*\|\s*")


# A bullet, a number or another cell may stand before the first name of a line.
_FIRST_NAME_BY = 12


def _entry(page: Page, i: int, block: Block) -> _Entry | None:
    mentions = page.mentions(i)
    if not mentions and len(block.text) > 60:
        return None
    if mentions and mentions[0].start > _FIRST_NAME_BY and not is_glue(block.text[: mentions[0].start]):
        return None
    items = _names_of(i, block) or _names_only(page, i, block)
    if items:
        return _Entry(i, items, row=False)
    head = _head_of(i, block)
    return _Entry(i, [head], row=True) if head is not None else None


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
                items[-1] = replace(items[-1], since=since_of(said))
            continue
        if len(said) > _LONGEST_CELL:
            return None
        parsed = _DAY_BEHIND.search(said)
        name = (said[: parsed.start()] if parsed else said).strip(_ENDS)
        whole = country_named(said)
        code = whole or country_named(name)
        if code is None:
            if BODY_RE.fullmatch(name.strip()):
                continue
            return None
        if whole:
            name = _MARKS.sub("", said.strip(" \t•·*.,–—-"))
        at = cell.start() + said.find(name)
        since = since_of(parsed["since"] or parsed["aside"] or "") if parsed else None
        items.append(Item(code, name, Span(i, at, at + len(name)), since))
    if first and len(items) == 1 and items[0].since is None:
        # The column of days stands before that of names.
        items[0] = replace(items[0], since=first)
    return items or None


def _names_only(page: Page, i: int, block: Block) -> list[Item]:
    """The states of a block that names two or more with nothing but years between: a row of a saved table, or
    those who joined in one year ("1990: Australia, Belgium")."""
    mentions = page.mentions(i) if len(block.text) <= 2000 else ()
    year = _YEAR_BEFORE.match(block.text)
    if len(mentions) < (1 if year else 2):
        return []
    at = year.end() if year else 0
    for match in mentions:
        if not is_glue(block.text[at : match.start]):
            return []
        at = match.end
    if not is_glue(block.text[at:]):
        return []
    common = year[1] if year else None
    return [Item(m.code, m.name, Span(i, m.start, m.end), since_behind(block.text, m.end) or common) for m in mentions]


_YEAR_BEFORE = re.compile(r"\W{0,3}((?:19|20)\d\d)\s?[:–—-]\s?")


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
        return None if len(text) > 90 or not (told := _TOLD.match(text)) else _told(i, begin, told)
    code = country_named(head["name"])
    if code is None:
        return None
    name = _MARKS.sub("", head["name"])
    cells = [cell for cell in head["rest"][:400].split("|") if is_date(cell)]
    since = next((since for cell in cells if (since := since_of(cell))), None) or since_told(head["rest"][:300])
    at = head.start("name")
    return Item(code, name, Span(i, at, at + len(name)), since)


# "Chile, joined in 2004", "Chile (participant since 2004)".
_TOLD = re.compile(r"^\W*(?P<name>[^,(]{3,50}?)\s*[,(]\s*(?P<rest>[a-z][^,]*(?:19|20)\d\d\W*)$")


def _told(i: int, begin: int, told: re.Match[str]) -> Item | None:
    code = country_named(told["name"])
    at = begin + told.start("name")
    return Item(code, told["name"], Span(i, at, at + len(told["name"])), since_of(told["rest"])) if code else None


@cache
def _part() -> re.Pattern[str]:
    return re.compile("|".join(words("member_words", "lists", "parts")), re.IGNORECASE)


# "Europe (25)", "Americas: 4".
_COUNTED = re.compile(r"\s*(?:\(\d{1,3}\)|[:–-]\s*\d{1,3}|:)\Z")
# A line under a name that is no name: an office, a day, an address.
_NO_NAME = re.compile(
    r"\d|\b(?:ministr|department|embassy|joined|since|member|founder|founding|website|link)", re.IGNORECASE
)


def _may_stand_between(block: Block) -> bool:
    """Whether a block may interrupt a list: another column's head, a part's heading, a body that is no state."""
    text = _COUNTED.sub("", block.text.strip())
    return len(text) <= 60 and (
        BODY_RE.fullmatch(text.strip("*•·.,;() "), 0) is not None
        or is_bare(text)
        or (len(text) < 60 and BODY_RE.match(text) is not None)
        or _part().fullmatch(text) is not None
        or (
            block.role in (Role.LIST_ITEM, Role.TABLE_ROW)
            and (_looks_like_a_name(text) or _NO_NAME.search(text) is not None)
        )
    )


def _looks_like_a_name(text: str) -> bool:
    named = re.match(r"^[A-ZÀ-Þ][\w’' .-]{2,40}$", text) is not None and _NO_NAME.search(text) is None
    return named and not BODY_RE.search(text)
