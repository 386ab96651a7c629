"""Lists whose names stand in blocks of their own: bullets, table rows and cells, headings with a text under each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from parsers.countries import country_named
from parsers.document import Block, Role
from parsers.lists.inline import bodies_of, heading_above, names_in
from parsers.lists.items import BARE, Item, StateList, is_glue, looks_like_a_name
from parsers.lists.since import day_told, is_date, since_of, since_told
from parsers.lists.words import bodies_in, is_part, told
from parsers.page import Page, Span

# A list whose names stand apart, each over a text of its own, shows by its length that it is one.
_LEAST_APART = 8
_MOST_BETWEEN = 4
# As many times the names that tables know may a list hold with those that they do not.
_MOST_UNREAD = 1.6
# A line of its own that says whose the names below are.
_LONGEST_TITLE = 80


class _Entry(NamedTuple):
    """The names of one block; `row` says that the block says more than names and days."""

    at: int
    items: list[Item]
    row: bool = False


def line_lists(page: Page) -> list[StateList]:
    """Every list of states whose names stand in lines of their own."""
    entries = {i: entry for i, block in page.readable if (entry := _entry(page, i, block)) is not None}
    entries |= _columns(page)
    close = _close(page, entries)
    held = max((len(listed.items) for listed in close), default=0)
    return close + [listed for listed in _apart(page, entries) if len(listed.items) > held]


def _columns(page: Page) -> dict[int, _Entry]:
    """The rows of the tables that hold states in several columns, each with the names of these columns: those that no
    table knows too, and with whose they are where a column's head says so."""
    found: dict[int, _Entry] = {}
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
                found[i] = _Entry(i, items)
    return found


# So many rows at least make a table of names.
_LEAST_ROWS = 3
_CELLS = re.compile(r"(?:^|(?<=\|))[^|\n]*")


def _unknown(i: int, cell: re.Match[str]) -> Item | None:
    name = cell.group().strip(" *•·†‡")
    at = cell.start() + cell.group().find(name)
    return Item(None, name, Span(i, at, at + len(name))) if looks_like_a_name(name) and not is_part(name) else None


class _Run:
    """The names of a list that is being read, and what could not be read behind the last of them."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.unread: list[Item] = []
        self.begin = self.misses = self.rows = 0

    def add(self, entry: _Entry, common: str | None) -> None:
        """Take the names of *entry* in, those of *common* day where they have none of their own."""
        if not self.items:
            self.begin = self.unread[0].span.block if self.unread else entry.at
        self.items += self.unread
        self.items += [item._replace(since=item.since or common) for item in entry.items]
        self.rows += entry.row
        self.unread, self.misses = [], 0

    def listed(self, page: Page) -> list[StateList]:
        """The list that was read, if any; names that no table knows end it only where a day stands beside them too."""
        if not self.items:
            return []
        items = self.items + [item for item in self.unread if item.since]
        known = [item for item in items if item.code or item.body]
        if len(items) > len(known) * _MOST_UNREAD:
            items = known
        return [_list(page, self.begin, _once(items), rows=self.rows * 2 > len(self.items))]


def _close(page: Page, entries: dict[int, _Entry]) -> list[StateList]:
    """The lists without other text between their lines than headings of their parts and bodies that are no states."""
    found: list[StateList] = []
    run = _Run()
    common: str | None = None
    title: Block | None = None
    for i, block in page.readable:
        entry = entries.get(i)
        if entry is None and title is not None and _lists_observers(title):
            # Whoever stands below is no state, but an organization.
            entry = _as_body(i, block)
        if entry is not None:
            run.add(entry, common)
            continue
        day = day_told(block)
        title = block if _begins_others(block) or block.role is Role.HEADING else title
        if block.role is Role.HEADING:
            # "1987", "Joined in 1987": of all those below it.
            common = day
        unread = _unread(i, block) if not day else None
        if unread and (run.items or unread.since):
            run.unread.append(unread)
            run.misses = 0
            continue
        if run.misses < 2 and (day or _may_stand_between(block) or unread):
            last = run.unread or run.items
            if last and day and common is None and last[-1].since is None:
                last[-1] = last[-1]._replace(since=day)
            run.misses += bool(run.items)
            continue
        found += run.listed(page)
        run = _Run()
    return found + run.listed(page)


def _once(items: list[Item]) -> list[Item]:
    """*items* without a second time, where all of them stand twice in one order: for screens and for telephones."""
    half, odd = divmod(len(items), 2)
    names = [item.code or item.name for item in items]
    return items[:half] if not odd and names[:half] == names[half:] else items


def _apart(page: Page, entries: dict[int, _Entry]) -> list[StateList]:
    """The lists whose names are headings of texts: one name a block, in blocks of one role, at most a few blocks apart."""
    single = [entry for entry in entries.values() if len(entry.items) == 1 and not entry.row]
    found: list[StateList] = []
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
    if any(_begins_others(block) for block in between):
        return True
    if page.blocks[after].role is Role.HEADING:
        return False
    return any(block.role is Role.HEADING and not is_part(block.text) for block in between)


def _begins_others(block: Block) -> bool:
    """Whether a line says whose the names below it are: not those of the list above."""
    if len(block.text) > _LONGEST_TITLE or block.text.rstrip().endswith("."):
        return False
    kinds = {hit.means for hit in told(block.text).hits}
    return not kinds.isdisjoint(_OTHERS) or (block.role is Role.HEADING and "members" in kinds)


def _lists_observers(title: Block) -> bool:
    return told(title.text).says("observers")


def _as_body(i: int, block: Block) -> _Entry | None:
    unread = _unread(i, block)
    return _Entry(i, [unread._replace(body=True)]) if unread else None


_OTHERS = frozenset(("observers", "adherents", "others"))


def _with_text_under(page: Page, entry: _Entry, end: int) -> Item:
    item = entry.items[0]
    text = " ".join(
        block.text[:300] for block in page.blocks[entry.at + 1 : end] if block.role not in (Role.META, Role.ADDRESS)
    )
    return item if item.since else item._replace(since=since_told(text))


def _list(page: Page, begin: int, items: Sequence[Item], *, rows: bool) -> StateList:
    lead = heading_above(page, begin)
    place = bisect_left(page.readable, begin, key=itemgetter(0))
    # The head of a table, or of a part, stands between the list and the words that lead up to it.
    above = [
        block
        for _, block in page.readable[max(0, place - 4) : place]
        if (block.role is not Role.TABLE_ROW or ("|" not in block.text and _begins_others(block)))
        and not is_part(block.text)
    ]
    near = above[-1].text[-120:] if above else lead
    return StateList(tuple(items), lead, near, begin, items[-1].span.block, True, rows)


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


def _entry(page: Page, i: int, block: Block) -> _Entry | None:
    mentions = page.mentions(i)
    if not mentions and len(block.text) > 60 and i not in bodies_of(page):
        return None
    begin, common = _label(block.text)
    if mentions and not begin and mentions[0].start > _FIRST_NAME_BY and not is_glue(block.text[: mentions[0].start]):
        return None
    items = _names_of(i, block) or _names_only(page, i, block, begin, common)
    if items:
        return _Entry(i, items)
    head = _head_of(i, block)
    return _Entry(i, [head], row=True) if head is not None else None


def _label(text: str) -> tuple[int, str | None]:
    """Where the names of a line begin behind the part that they are of, and the year of them all."""
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
    if len(said) > _LONGEST_TITLE:
        return None
    hit = told(said).last("members", "observers", "adherents", "others")
    return hit.means if hit and not any(c.isdigit() for c in said) else None


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
        if is_glue(gap):
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


def _unread(i: int, block: Block) -> Item | None:
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


def _may_stand_between(block: Block) -> bool:
    """Whether a block may interrupt a list: another column's head, a part's heading, a line under a name."""
    text = _COUNTED.sub("", block.text.strip())
    if len(text) > 60 or _begins_others(block):
        return False
    under = block.role in (Role.LIST_ITEM, Role.TABLE_ROW) and _UNDER.search(text) is not None
    under = under or any(link.end - link.start == len(block.text) for link in block.links)
    return is_part(text) or under


# "Europe (25)", "Americas: 4".
_COUNTED = re.compile(r"\s*(?:\(\d{1,3}\)|[:–-]\s*\d{1,3}|:)\Z")
# A line under a name that is no name: an office, a day, an address.
_UNDER = re.compile(
    r"\d|\b(?:ministr|department|embassy|joined|since|member|founder|founding|website|link)", re.IGNORECASE
)
