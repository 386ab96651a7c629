"""Lists whose names stand in blocks of their own: which blocks make one list, and whose it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from parsers.document import Block, Role
from parsers.lists.entries import Entry, entries_of, unread_name
from parsers.lists.inline import heading_above
from parsers.lists.items import Item, StateList
from parsers.lists.since import day_told, since_told
from parsers.lists.words import is_part, told
from parsers.page import Page

# A list whose names stand apart, each over a text of its own, shows by its length that it is one.
_LEAST_APART = 8
_MOST_BETWEEN = 4
# As many times the names that tables know may a list hold with those that they do not.
_MOST_UNREAD = 1.6
# A line of its own that says whose the names below are.
_LONGEST_TITLE = 80


def line_lists(page: Page) -> list[StateList]:
    """Every list of states whose names stand in lines of their own."""
    entries = entries_of(page)
    close = _close(page, entries)
    held = max((len(listed.items) for listed in close), default=0)
    return close + [listed for listed in _apart(page, entries) if len(listed.items) > held]


class _Run:
    """The names of a list that is being read, and what could not be read behind the last of them."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.unread: list[Item] = []
        self.begin = self.misses = self.rows = 0

    def add(self, entry: Entry, common: str | None) -> None:
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


def _close(page: Page, entries: dict[int, Entry]) -> list[StateList]:
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
        unread = unread_name(i, block) if not day else None
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


def _apart(page: Page, entries: dict[int, Entry]) -> list[StateList]:
    """The lists whose names are headings of texts: one name a block, in blocks of one role, at most a few blocks apart."""
    single = [entry for entry in entries.values() if len(entry.items) == 1 and not entry.row]
    found: list[StateList] = []
    run: list[Entry] = []
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
    """True if between two names stands a line that begins a list of others, or a heading over names that are none."""
    between = page.blocks[before + 1 : after]
    if any(_begins_others(block) for block in between):
        return True
    if page.blocks[after].role is Role.HEADING:
        return False
    return any(block.role is Role.HEADING and not is_part(block.text) for block in between)


def _begins_others(block: Block) -> bool:
    """True if a line says whose the names below it are: not those of the list above."""
    if len(block.text) > _LONGEST_TITLE or block.text.rstrip().endswith("."):
        return False
    kinds = {hit.means for hit in told(block.text).hits}
    return not kinds.isdisjoint(_OTHERS) or (block.role is Role.HEADING and "members" in kinds)


def _lists_observers(title: Block) -> bool:
    return told(title.text).says("observers")


def _as_body(i: int, block: Block) -> Entry | None:
    unread = unread_name(i, block)
    return Entry(i, [unread._replace(body=True)]) if unread else None


_OTHERS = frozenset(("observers", "adherents", "others"))


def _with_text_under(page: Page, entry: Entry, end: int) -> Item:
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


def _may_stand_between(block: Block) -> bool:
    """True if a block may interrupt a list: another column's head, a part's heading, a line under a name."""
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
