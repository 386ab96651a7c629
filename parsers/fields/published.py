"""The day a page was published, as it says itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from msgspec.structs import replace

from parsers.cities import city_named
from parsers.countries import country_named
from parsers.dateline import dateline
from parsers.dates import DayMatch, find_days
from parsers.document import Block, Role
from parsers.head import is_code, says_weekday, without_dates
from parsers.page import Found, Page, Span
from parsers.page_words import Said, phrases_in

_LINES, _LAST, _LONGEST = 16, 3, 160
_ITEMS = (Role.LIST_ITEM, Role.TABLE_ROW)


def read(page: Page) -> Found[date] | None:
    """The publication date of *page*: what its metadata says, else a line of its own, else a dateline, else its
    address."""
    return _from_meta(page) or _from_lines(page) or _from_address(page)


def _from_meta(page: Page) -> Found[date] | None:
    for i, block in enumerate(page.blocks):
        if block.role is Role.META and block.name == "published":
            return next(_days_of(i, block.text), None)
    return None


def _from_lines(page: Page) -> Found[date] | None:
    """The best of the short lines before the text, and of the last ones (a letter's date stands at its end)."""
    menu = [entry for entry in page.readable if entry[1].role not in _ITEMS][:_LINES]
    first = page.readable[:_LINES] if len(menu) < 2 else [*menu, *_datelined(page)]
    last = page.readable[_LINES:][-_LAST:]
    best: tuple[int, Found[date]] | None = None
    above: tuple[Said, ...] = ()
    for place, (index, block) in enumerate((*first, *last)):
        foot = place >= len(first)
        if (
            not foot
            and (signed := _opening(page, index, block.text)) is not None
            and (best is None or best[0] <= _CLOCK)
        ):
            best = (1, signed)
        elif len(block.text) <= _LONGEST:
            after = page.blocks[index + 1].text if index + 1 < len(page.blocks) else ""
            if page.document.language not in ("en", None) and not find_days(block.text):
                # Only in English may "06/12/2032" be a day of June.
                block = replace(block, text=block.text.replace("/", "."))
            for score, found in _on_line(index, block, above, after, last=foot, top=place == 0):
                if best is None or score > best[0]:
                    best = (score, found)
        above = phrases_in(block.text) if len(block.text) < _LABEL else ()
    return best[1] if best else None


# A line that is a label has fewer characters; what a day in a site's head is worth: less than any other.
_LABEL, _CLOCK = 30, 2


def _datelined(page: Page) -> list[tuple[int, Block]]:
    """The items of lists that open with a dateline, as a broken page has its text."""
    return [(i, b) for i, b in page.readable[:_LINES] if b.role in _ITEMS and dateline(page, b.text)]


# "VIENNA, 3 June 2024 – The meeting …": the dateline that opens a text.
_OPENING = re.compile(
    r"[A-ZÀ-Ž][\w.’' -]{2,28}(?:, [A-ZÀ-Ž][\w.’' -]{2,28})?(?:,|\s\()\s?(?=[\w.]*\d|[A-Z])[\w .,]{6,24}?(?:19|20)\d\d\)?\.?\s?(?:[–—:/-]|--)\s?(?=[A-ZÀ-Ž])"
)
# So far behind an agency's name may the dateline's day stand.
_BEHIND = 22


def _opening(page: Page, index: int, text: str) -> Found[date] | None:
    """The day of the dateline with which *text* opens."""
    if match := _OPENING.match(text):
        return next(_days_of(index, text[: match.end()]), None)
    found = dateline(page, text)
    return next(_days_of(index, text[: found.end + _BEHIND]), None) if found else None


def _days_of(index: int, text: str) -> Iterator[Found[date]]:
    for match in find_days(text):
        day = match.resolve()
        if day is not None and day.first == day.last:
            yield Found(day.first, (Span(index, match.start, match.end),))


def _on_line(
    index: int, block: Block, above: tuple[Said, ...], after: str, *, last: bool, top: bool
) -> Iterator[tuple[int, Found[date]]]:
    text = block.text
    days = find_days(text)
    if not days:
        return
    said = phrases_in(text)
    if any(phrase.of == "accessed" for phrase in said) or "©" in text:
        return
    begin = 0
    for match in days:
        day, before, begin = match.resolve(), (begin, match.start), match.end
        if day is None or day.first != day.last or _is_redated(said, text, *before) or _says(above, "redated"):
            continue
        score = _score(block, match, said, above, after)
        if score and last and score == _ALONE:
            score = 3
        if score and top and says_weekday(text):
            # The clock of a site stands above everything, with the day of the week.
            score = _CLOCK
        if score:
            found = Found(day.first, (Span(index, match.start, match.end),))
            yield (score + _says(above, "dated") if score > _CLOCK else score), found


_ALONE = 5


def _score(block: Block, match: DayMatch, said: tuple[Said, ...], above: tuple[Said, ...], after: str) -> int:
    """The weight of a day on a line as that of the publication; 0 where it is another."""
    text = block.text
    rest = _ARTICLE.sub("", without_dates(_BESIDE.sub("", text)))
    labelled = any(phrase.of == "dated" and phrase.end <= match.start for phrase in said)
    if labelled and any(phrase.of == "event" and phrase.start == 0 for phrase in phrases_in(after[:_LABEL])):
        return 0
    if block.role in _ITEMS and not (labelled or not rest):
        # "Argentina | 25 November 2002" is the day of something else.
        return 0
    if not rest and not any(phrase.of == "event" and phrase.whole for phrase in above):
        return 6 if labelled else _ALONE
    if labelled and len(rest) < 60 and not _says(said, "event"):
        return 6
    if len(rest) <= 45 and _DATELINE.fullmatch(rest) and not _is_a_state(rest):
        return 4
    if _NUMBERED.fullmatch(text[: match.start]):
        return 5
    if is_code(text, rest) and not _says(said, "event"):
        return 3
    return 2 if block.role is Role.HEADING and match.end >= len(text) - 2 else 0


def _says(said: tuple[Said, ...], of: str) -> bool:
    return any(phrase.of == of for phrase in said)


def _is_redated(said: tuple[Said, ...], text: str, low: int, high: int) -> bool:
    """True if the words between two days of a line, up to the next bar, say that the second is that of a change."""
    bar = max((text.rfind(mark, low, high) for mark in "|·•"), default=-1)
    return any(phrase.of == "redated" and max(low, bar + 1) <= phrase.start < high for phrase in said)


# What stands beside a day and says nothing: how long one reads, how many have, a number, the category.
_BESIDE = re.compile(
    r"\b\d{1,3} min(?:ute)?s?(?: read)?\b|\bviews?:?\s?[\d,.]+|\bn[or]\.?:?\s?\d[\d/.-]*|\b(?:category|tags?|share|print)\b.*"
    r"|[|·•(]?\s*\b(?:last )?(?:updated?|modified|aktualizováno|aktualisiert|actualizado|atualizado|обновлено)\b.*",
    re.IGNORECASE,
)
# "No: 289, 14 October 2019, Press Release Regarding …".
_NUMBERED = re.compile(r"N[or]\.?\s?:?\s?\d[\d/.-]*\s?[,–—-]\s*", re.IGNORECASE)


def _is_a_state(text: str) -> bool:
    """Whether a line names a state alone beside its day: one of a list of those that joined."""
    return country_named(text) is not None and city_named(text) is None


# "Paris, le 5 juin", "Wien, den 3. Juni", "Madrid, a 7 de mayo".
_ARTICLE = re.compile(r"(?<=\w),?\s(?:le|den|am|el|a|em|il|on)\Z")
# "Oslo", "Washington, DC", "Busan, Republic of Korea", "The Hague, Luxembourg, Paris".
_DATELINE = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]*(?:[ ,|/–-]+(?:of |de |do |the )?)?){1,7}(?: - Press release)?"
    r"|(?:- )?Press release"
)


def _from_address(page: Page) -> Found[date] | None:
    """The day in the address, where an archive of news has it: ``/2015/10/09/``, ``/20151009_visit``."""
    for i, block in enumerate(page.blocks):
        if block.role is Role.ADDRESS and (match := _PATH_DAY.search(block.text)):
            with suppress(ValueError):
                return Found(date.fromisoformat(match[1].replace("/", "-")), (Span(i, *match.span(1)),))
    return None


_PATH_DAY = re.compile(r"/((?:19|20)\d\d(?:([/-])\d\d\2\d\d(?=/|$|-)|\d{4}(?=[_-])))")
