"""Where a text cites resolutions of the UN Security Council: the words before a number, lists of numbers, years."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from parsers.document import Block, Role
from parsers.issuing_body import Body, body_around, council
from parsers.lines import Letters
from parsers.page import Span
from parsers.remembered import remembered
from parsers.tables import yaml_table
from parsers.vocabulary import words


class Citation(NamedTuple):
    """One citation: the number, the year written beside it, and the span of both in the block."""

    number: int
    year: int | None
    span: Span


def year_of(number: int) -> int | None:
    """The year of a Security Council resolution of those that the regimes cite, where the packaged table has it."""
    return _years().get(number)


def adopted_in(number: int) -> int | None:
    """The year in which the Security Council adopted its resolution of that number, of whatever subject: they are
    numbered in their order. None for a number beyond the packaged table of years."""
    years, last = _last_of_years()
    place = bisect_left(last, number)
    return years[place] if number > 0 and place < len(years) else None


@cache
def _last_of_years() -> tuple[list[int], list[int]]:
    table: dict[int, int] = yaml_table("unsc_years.yaml")
    return list(table), list(table.values())


@cache
def _years() -> dict[int, int]:
    return {n: year for group in yaml_table("unsc_resolutions.yaml").values() for n, year in group.items()}


_FIRST_YEAR, _LAST_NUMBER = 1946, 3500


# The day and the month, or the month alone, before a year: "(28 April 2004)", "(July 2006)".
_DAY = r"(?:(?:\d{1,2}(?:st|nd|rd|th|\.|º|er)?\s(?:of\s|de\s)?)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?)?"


def _year_pattern(name: str, *, slashed: bool = True) -> str:
    of = "|".join(words("resolution_words", "year_of"))
    year = rf"(?P<{name}>(?:19[4-9]|20[0-4])\d)"
    bracketed = rf"[\s ]*[(\[（][\s ]*(?:(?:{of})\s)?{_DAY}{year}[\s ]*[)\]）]"
    bare = rf",?\s(?:{of})\s{_DAY}(?P<{name}b>(?:19[4-9]|20[0-4])\d)(?!\d)"
    slash = rf"/(?P<{name}s>(?:19[4-9]|20[0-4])\d)(?!\d)" if slashed else rf"(?P<{name}s>(?!))"
    return rf"(?:{bracketed}|{bare}|{slash})"


@cache
def _entry_pattern(*, slashed: bool) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.])(?P<n>[1-9]\d{{2,3}})(?![\d]|[.,]\d|/\d{{1,3}}(?!\d)){_year_pattern('y', slashed=slashed)}?",
        re.IGNORECASE,
    )


def entry_at(text: str, at: int) -> re.Match[str] | None:
    """A number with the year beside it, if any, where it stands at *at*. Of "1810/1977" the second is no year: the
    first is not of that year."""
    entry = _entry_pattern(slashed=True).match(text, at)
    if entry is None or entry["ys"] is None or adopted_in(int(entry["n"])) in (None, int(entry["ys"])):
        return entry
    return _entry_pattern(slashed=False).match(text, at)


@cache
def _separator() -> re.Pattern[str]:
    """What parts two entries of one list; a subject may follow a number ("1929 on Iran, and …")."""
    ands = "|".join(sorted(map(re.escape, words("resolution_words", "and")), key=len, reverse=True))
    resolution = "|".join(words("resolution_words", "resolution"))
    abbreviation = "|".join(words("resolution_words", "abbreviation"))
    subject = r"(?:\s(?:on|concerning|regarding|against|sur|zu|sobre|по)\s[^,.;:()\d]{2,40})?"
    mark = rf"(?:\s*[,;/、]\s*(?:(?:{ands})\s*)?|\s+(?:{ands})\s+|(?<=\))(?:{ands})\s+|\s*[–—-]\s*|\s*[及和と와]\s*)"
    # "(1718, 1874) and on Iran (1737": the numbers on the next subject.
    next_subject = rf"\s?\)\s?,?\s(?:(?:{ands})\s)?(?:(?:on|against|concerning|regarding|for)\s)?(?:the\s)?[A-Z][^.;()\d]{{1,40}}\((?:i\.e\.,?\s)?"
    label = rf"(?:(?:the\s)?(?:later\s|subsequent\s)?(?:{resolution}|{abbreviation}|S/RES/)\s*)?(?:nos?\.?\s|№\s?|第)?"
    note = r"(?:\s?\[\d{1,2}\])?"
    remark = rf"(?:号|號|호|号決議)?{note}{subject}(?:\s?\([A-Za-z][^()\d]{{1,30}}\))?"
    return re.compile(rf"(?:{remark}{mark}|{next_subject}){label}", re.IGNORECASE)


@cache
def _anchor() -> re.Pattern[str]:
    """The words that a number, or a list of them, follows."""
    abbreviation = "|".join(words("resolution_words", "abbreviation"))
    resolution = "|".join(words("resolution_words", "resolution"))
    return re.compile(
        rf"(?P<symbol>\bS(?:C)?/RES/\s*)|(?P<short>(?<!\w)(?:{abbreviation})(?![^\W\d]))"
        rf"|(?P<word>(?<![^\W_])(?:[\w-]+-)?(?:{resolution})(?![^\W\d])|决议|決議|결의안?)",
        re.IGNORECASE,
    )


@cache
def _lead_in() -> re.Pattern[str]:
    leads = "|".join(words("resolution_words", "lead_in"))
    council = "|".join(words("resolution_words", "council"))
    names = rf"(?:[Oo]f |of the |du |del |des |do |da |della? |van de |на |Rady |by )?(?:the )?(?:{council})"
    return re.compile(
        rf"[\s ]*[)\]\"'”’]?(?:\s*\((?:{council}|UNSCRs?|SCRs?)\))?(?:[\s,:;(–-]*(?:{leads}|(?:{names})|s)(?!\w))*[\s ,:(–第-]*",
        re.IGNORECASE,
    )


_STEMS = (
    "resol", "résol", "risol", "unsc", "rezol", "резол", "päätöslau", "scr", "s/res", "csnu", "1540", "karar", "决议", "決議", "결의", "قرار", "vnsr",
)  # fmt: skip


@cache
def stems() -> Letters:
    """What a text that cites a resolution holds one of, in small letters."""
    return Letters(_STEMS)


@cache
def item_pattern() -> re.Pattern[str]:
    """A list item that is a resolution: "1540 (2004)", "UNSCR 2231 (2015) on Iran"."""
    return re.compile(
        rf"\W{{0,3}}(?:S/RES/|UNSCR |(?:UNSC )?Resolution |No\.? )?(?P<n>[1-9]\d{{2,3}})(?:{_year_pattern('y')}|(?=\s*(?:[,;.–-]|$)))",
        re.IGNORECASE,
    )


# A block that a line's end broke off inside a citation: "… Security Council Resolution".
BROKEN = re.compile(r"(?:[Rr]esolutions?|UNSCRs?|[Rr]ésolutions?)(?: Nos?\.)?$")


def opens_a_list(text: str) -> bool:
    """Whether the block announces a list of the Council's resolutions: "… Security Council resolutions:"."""
    return text.endswith(":") and council().search(text) is not None and bool(re.search(r"(?i)r[eé]sol|резол", text))


def year_in(match: re.Match[str]) -> int | None:
    """The year that an entry has beside its number."""
    digits = match["y"] or match["yb"] or match["ys"]
    return int(digits) if digits else None


_COMMITTEE = re.compile(
    r"(?<![\d/])(?P<n>[1-9]\d{3})(?:\s?\((?:19|20)\d\d\))?[\s-]Committee\b|\bCommittee\s(?P<m>[1-9]\d{3})\b"
)


_BEFORE_A_COMMITTEE = ("UN ", "UNSC ", "Council ", "Council's ", "Council’s ", "United Nations ")


def in_block(index: int, block: Block) -> tuple[tuple[Citation, bool], ...]:
    """The citations of one block, each with whether it is surely the Council's."""
    return () if block.role in (Role.META, Role.ADDRESS) else _in_text(block.text, index)


@remembered
def _in_text(text: str, index: int) -> tuple[tuple[Citation, bool], ...]:
    return tuple(_cited(text, index))


def _cited(text: str, index: int) -> Iterator[tuple[Citation, bool]]:
    reach = 0
    for anchor in _anchor().finditer(text):
        if anchor.start() < reach:
            continue
        begin = _lead_in().match(text, anchor.end())
        at = begin.end() if begin else anchor.end()
        first = entry_at(text, at) or _after_a_subject(text, anchor, at)
        if first is None and anchor.lastgroup == "word":
            first = _number_before(text, anchor)
        if first is None:
            continue
        entries = [first, *rest(text, first.end())] if first.end() > anchor.end() else [first]
        reach = entries[-1].end()
        around = None if anchor.lastgroup != "word" else body_around(text, anchor.start(), reach)
        for place, entry in enumerate(entries):
            number, year = int(entry["n"]), year_in(entry)
            if not plausible(number, year, first_one=place == 0):
                break
            verdict = True if around is None else _is_the_councils(around, number, year)
            if verdict is None:
                continue
            yield Citation(number, year, Span(index, entry.start(), entry.end())), verdict
    for match in _COMMITTEE.finditer(text):
        group = "n" if match["n"] else "m"
        number = int(match[group])
        if year_of(number) and match.start() >= reach:
            named = text[max(0, match.start() - 16) : match.start()].endswith(_BEFORE_A_COMMITTEE)
            yield Citation(number, None, Span(index, match.start(group), match.end(group))), named


def rest(text: str, at: int) -> Iterator[re.Match[str]]:
    """The further entries of a list whose first ended at *at*."""
    while (separator := _separator().match(text, at)) and (entry := entry_at(text, separator.end())):
        yield entry
        at = entry.end()


# "resolutions on the DPRK, among them 1718": up to this many characters with no number and no stop between.
_SUBJECT = re.compile(r"(?:[^\d.;]|\b[ie]\.[eg]\.){2,90}?[\s (]+(?=[1-9]\d{2,3}(?!\d))")
_DATING = re.compile(
    r"(?:\b(?:in|since|until|by|of|on|from|to|for|the year|[A-Z][a-z]+ber|January|February|March|April|May|June|July|August)\s|\d\s?[-–]\s?)$"
)


def _after_a_subject(text: str, anchor: re.Match[str], at: int) -> re.Match[str] | None:
    """The first entry behind words that say what the resolutions are on; only a number of the table, or one with
    a year in brackets, so that a year or an amount is not taken for one."""
    gap = _SUBJECT.match(text, at)
    if gap is None or _DATING.search(text, max(0, gap.end() - 40), gap.end()):
        return None
    entry = entry_at(text, gap.end())
    if entry is None or _anchor().search(text, at, gap.end()):
        return None
    number = int(entry["n"])
    in_brackets = entry["y"] is not None
    known = year_of(number) is not None and not _FIRST_YEAR <= number <= 2035
    near_council = council().search(text, max(0, anchor.start() - 80), gap.end()) is not None
    return entry if near_council and (in_brackets or known) else None


_BEFORE = re.compile(
    r"(?:第|No\.?\s)?(?<!\d)(?P<n>[1-9]\d{2,3})(?:\s?[(（](?P<y>(?:19|20)\d\d)(?P<yb>)(?P<ys>)[)）])?\s?(?:号|號|号の|호의|호|sayılı|numaralı|-й|-я|th)?\s*(?:UNSC|UN|Security Council)?\s*$"
)


def _number_before(text: str, anchor: re.Match[str]) -> re.Match[str] | None:
    """The number in front of the word: "第1540(2004)号决议", "1540 sayılı kararı"."""
    match = _BEFORE.search(text, max(0, anchor.start() - 40), anchor.start())
    return match if match and year_of(int(match["n"])) else None


def plausible(number: int, year: int | None, *, first_one: bool) -> bool:
    """Whether a number can be that of a resolution, and is not a year behind the first of a list."""
    if number > _LAST_NUMBER or (year is not None and year == number):
        return False
    looks_like_a_year = _FIRST_YEAR <= number <= 2035 and year is None
    return not (looks_like_a_year and (not first_one or year_of(number) is None) and year_of(number) is None)


def _is_the_councils(around: Body, number: int, year: int | None) -> bool | None:
    """True when the words around say the Council, False when only the number speaks for it, None when the
    resolution is another body's."""
    if around is not Body.UNSAID:
        return True if around is Body.COUNCILS else None
    if year is not None and year_of(number) == year:
        return True
    return False if year_of(number) is not None else None
