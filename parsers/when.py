"""The year that a page speaks in, for dates that leave theirs out."""

from __future__ import annotations

import re
from collections import Counter

from parsers.dates import find_days, find_years, month_number
from parsers.days import DateMatch, DayMatch
from parsers.document import Block, Role
from parsers.page import Page
from parsers.page_words import is_of_copy

# What a text that names a year, or a day with its year, holds.
_FOUR_DIGITS = re.compile(r"\d{4}")
_TWO_DIGITS = re.compile(r"\d(?:(?<=['’]\d)|\.\s?\d{1,2}\.\s?\d\d)")
# A block so long is text; a line so short that names a month and a year dates an issue.
_TEXT, _ISSUE = 60, 30
_FOUNDED = re.compile(
    r"\b(?:set up|founded|established|created|formed|since|launched|began"
    r"|gegründet|entstand\w*|créée?|née?|fondée?s?|creado|nació|fundad[oa]|criado|criada|nasceu|nat[oa]|fondat[oa]|создан\w*|основан\w*"
    r"|in force|en vigueur|en vigor|in Kraft|in vigore|signed|signée?|firmad[oa]|assinad[oa]|joined|acceded|member since)\b[^.]*\Z",
    re.IGNORECASE,
)


def years_of(page: Page) -> Years:
    """The years of *page*, gathered once."""
    known = page.memo.get("years")
    if not isinstance(known, Years):
        known = page.memo["years"] = Years(page)
    return known


class Years:
    """The years of a page: `resolve` gives a day its own year, else that of the same day stated in full elsewhere
    on the page, else the page's."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._read = False
        self._full: dict[tuple[tuple[int, int], tuple[int, int]], int] = {}
        self._in_text: Counter[int] = Counter()
        self._bare: set[int] = set()
        self._titled: int | None = None
        self._over_text: int | None = None
        self._named: int | None = None
        self._address: int | None = None

    def _gather(self) -> None:
        """Read the whole page for years: dear, and needed only where a date leaves its own out."""
        if not self._read:
            self._read = True
            blocks, quoted = self._page.blocks, False
            for i, block in enumerate(blocks):
                # Behind a saying set above a text stands who said it, and when.
                line = _is_line(i, block) and not quoted
                quoted = _is_saying(block.text) or (quoted and block.role is Role.LIST_ITEM)
                if line and is_of_copy(block.text):
                    continue
                over_text = line and any(len(b.text) >= _TEXT and "." in b.text for b in blocks[i + 1 : i + 3])
                self._take(block, line, over_text)
            self._titled = self._over_text or self._titled

    def _take(self, block: Block, line: bool, over_text: bool) -> None:
        address = block.role is Role.ADDRESS
        if not (_FOUR_DIGITS.search(block.text) or _TWO_DIGITS.search(block.text)):
            return
        for day in find_days(block.text, slug=address):
            if not day.year:
                continue
            self._full.setdefault((day.first, day.last), day.year)
            if address:
                self._address = self._address or day.year
            elif line:
                self._titled = self._titled or day.year
                self._over_text = self._over_text or (day.year if over_text else None)
            else:
                self._in_text[day.year] += 1
        years = find_years(block.text)
        if address:
            self._address = self._address or (years[-1][2] if years else None)
        elif line and years:
            self._named = self._named or years[0][2]
            if over_text and len(block.text) < _ISSUE and any(map(month_number, block.text.replace("/", " ").split())):
                # "July/August 2002": the issue that a text stands in.
                self._over_text = self._over_text or years[0][2]
        if not address:
            self._bare.update(y for start, _, y in years if not _FOUNDED.search(block.text, max(0, start - 40), start))

    @property
    def own(self) -> int | None:
        """The year that a title, a dateline or the address gives the page, or None."""
        self._gather()
        return self._titled or self._named or self._address

    @property
    def year(self) -> int | None:
        """The year of the events that the page reports, or None when it states none: that of a full date in a
        title or a line of its own, else a year in a title, else the address's, else the only one of the text, the
        years in which something was founded apart."""
        titled = self.own
        only = next(iter(self._in_text)) if len(self._in_text) == 1 else None
        bare = next(iter(self._bare)) if len(self._bare) == 1 else None
        return titled or only or bare

    def resolve(self, day: DayMatch) -> DateMatch | None:
        """*day* with its year, or None when no year can be told."""
        if day.year is not None:
            return day.resolve()
        self._gather()
        return day.resolve(self._full.get((day.first, day.last)) or self.year)


def _is_line(i: int, block: Block) -> bool:
    """Whether the block is a title, a dateline or another line of its own before the text."""
    if block.role in (Role.HEADING, Role.META):
        return True
    return block.role is not Role.ADDRESS and i < 14 and len(block.text) < 160 and not block.text.rstrip().endswith(".")


def _is_saying(text: str) -> bool:
    return len(text) > _SAYING and text[0] in '"“„«' and text.rstrip()[-1] in '"”“»'


# A quotation of fewer characters is the name of something.
_SAYING = 40
