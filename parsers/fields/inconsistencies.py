"""Where a page contradicts itself: told with the evidence of all sides, never mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from parsers.countries import display_name
from parsers.dates import find_dates
from parsers.document import Role
from parsers.mentions import ordinal_before
from parsers.names import name_key
from parsers.page import Found, Page, Span
from parsers.record import Evidence, Inconsistency, InconsistencyCode, Kind, Record

_C = InconsistencyCode
EvidenceMap = dict[str, tuple[Evidence, ...]]


def read(page: Page, draft: Record, evidence: EvidenceMap) -> list[Found[Inconsistency]]:
    """The contradictions between what *draft* holds and what the page says beside it."""
    return [
        *_count(page, draft, evidence),
        *_dates(page, draft, evidence),
        *_year_of_title(page, draft, evidence),
        *_published(page, draft, evidence),
        *_ordinals(page, draft, evidence),
        *_duplicates(page, draft, evidence),
        *_unknown(draft, evidence),
    ]


def _found(code: InconsistencyCode, detail: str, spans: tuple[Span, ...]) -> Found[Inconsistency]:
    return Found(Inconsistency(code, detail), tuple(dict.fromkeys(spans)))


def _spans(evidence: EvidenceMap, *pointers: str) -> tuple[Span, ...]:
    return tuple(Span(e.block, e.start, e.end) for pointer in pointers for e in evidence.get(pointer, ()))


def _words(page: Page, spans: tuple[Span, ...]) -> str:
    """The words that *spans* cover in their one block, from the first to the last."""
    first = min(spans)
    inside = [s for s in spans if s.block == first.block]
    return page.blocks[first.block].text[first.start : max(s.end for s in inside)]


# The Union and its Commission are counted by some lists and not by others, and are no state.
_UNION = re.compile(r"\b(?:European (?:Union|Commission|Community)|EU|EC)\b")


def _count(page: Page, draft: Record, evidence: EvidenceMap) -> Iterator[Found[Inconsistency]]:
    """The stated number of members against the list's; one more is no contradiction where the list has the Union."""
    listed = len({member.country or name_key(member.name) for member in draft.members})
    if draft.member_count is None or not listed or draft.member_count == listed:
        return
    ends = _spans(evidence, "/members/0", f"/members/{len(draft.members) - 1}")
    if not ends:
        return
    low, high = min(s.block for s in ends), max(s.block for s in ends)
    if draft.member_count == listed + 1 and any(_UNION.search(b.text) for b in page.blocks[low : high + 1]):
        return
    counted = _spans(evidence, "/member_count")
    few = draft.member_count > listed + _FEW_MISSING and draft.kind is not Kind.MEMBERS
    if few and _is_of_some(page, counted, ends):
        return
    detail = f"states {draft.member_count} members, lists {listed}"
    yield _found(_C.COUNT_MISMATCH, detail, (*counted, *ends))


# A list in running text that lacks more than these, apart from the words that count, is one of those who came.
_FEW_MISSING = 2


def _is_of_some(page: Page, counted: tuple[Span, ...], ends: tuple[Span, ...]) -> bool:
    """True if a list stands in one sentence with other words before it, and no number of members in that."""
    first, last = min(ends), max(ends)
    inside = [s for s in page.sentences if s.block == first.block and s.start <= first.start < s.start + len(s.text)]
    if first.block != last.block or not inside:
        return False
    begin, end = inside[0].start, inside[0].start + len(inside[0].text)
    # A list that fills its block is the whole one.
    return (
        begin < first.start
        and last.start < end
        and not any(c.block == first.block and begin <= c.start < end for c in counted)
    )


def _dates(page: Page, draft: Record, evidence: EvidenceMap) -> Iterator[Found[Inconsistency]]:
    """A range of days in a title against the plenary's days in the text."""
    start, end = draft.plenary.start, draft.plenary.end
    stated = _spans(evidence, "/plenary/start", "/plenary/end")
    if start is None or end is None or not stated:
        return
    for index, block in page.headings:
        if any(span.block == index for span in stated):
            continue
        for match in find_dates(block.text, year_hint=start.year):
            spread = match.first != match.last
            if spread and (match.first, match.last) != (start, end) and _are_of_one_meeting(match.first, start):
                title = _with_year(block.text[match.start : match.end], match.last)
                text = _with_year(_words(page, stated), end)
                side = Span(index, match.start, match.end)
                yield _found(_C.DATE_MISMATCH, f"title says {title}, text says {text}", (side, *stated))
                return


def _are_of_one_meeting(told: date, start: date) -> bool:
    """Whether two first days may mean one meeting: near one another, or the same day of a year nearby."""
    same_day = (told.month, told.day) == (start.month, start.day)
    return abs((told - start).days) < 60 or (same_day and abs(told.year - start.year) <= 2)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _year_of_title(page: Page, draft: Record, evidence: EvidenceMap) -> Iterator[Found[Inconsistency]]:
    """The one year that a title gives its plenary, against the year of the plenary's days in the text."""
    start, end = draft.plenary.start, draft.plenary.end
    stated = _spans(evidence, "/plenary/start", "/plenary/end")
    if start is None or end is None or not stated:
        return
    for index, block in page.headings:
        years = list(_YEAR.finditer(block.text))
        if any(span.block == index for span in stated) or len(years) != 1 or not _PLENARY.search(block.text):
            continue
        year = int(years[0][0])
        if year in (start.year, end.year) or abs(year - start.year) > 2 or find_dates(block.text):
            continue
        text = _with_year(_words(page, stated), end)
        side = Span(index, years[0].start(), years[0].end())
        yield _found(_C.DATE_MISMATCH, f"title says {year}, text says {text}", (side, *stated))
        return


def _with_year(words: str, day: date) -> str:
    words = " ".join(words.split())
    return words if str(day.year) in words else f"{words} {day.year}"


# A sentence that says what is still to come may well stand before it.
_AHEAD = re.compile(
    r"\b(?:will|is to|are to|shall|is due|is scheduled|tomorrow|next week|today|runs? from|takes? place|se tiendra|wird|findet|se celebrará|será|состоится)\b",
    re.IGNORECASE,
)


def _published(page: Page, draft: Record, evidence: EvidenceMap) -> Iterator[Found[Inconsistency]]:
    """A date of publication before the last day of a plenary that the page tells as held."""
    end = draft.plenary.end
    stated = _spans(evidence, "/plenary/end")
    if draft.published is None or end is None or draft.published >= end or not stated:
        return
    sentences = [s.text for s in page.sentences if any(s.block == p.block and s.start <= p.start for p in stated)]
    told = [page.blocks[span.block].text for span in stated if not sentences] or sentences[-1:]
    if any(_AHEAD.search(text) for text in told):
        return
    detail = f"published {draft.published.isoformat()}, before the plenary's end on {end.isoformat()}"
    yield _found(_C.PUBLISHED_BEFORE_END, detail, (*_spans(evidence, "/published"), *stated))


_PLENARY = re.compile(r"\b(?:plenar|plénièr|regular meeting|annual meeting)", re.IGNORECASE)


def _ordinals(page: Page, draft: Record, evidence: EvidenceMap) -> Iterator[Found[Inconsistency]]:
    """The ordinal of a title, or of the page's address, against the text's."""
    stated = _spans(evidence, "/plenary/ordinal")
    if draft.plenary.ordinal is None or not stated:
        return
    names = frozenset(word for name in (page.regime.name, *page.regime.names) for word in name_key(name).split())
    titles = [(i, b.text) for i, b in page.headings if i != stated[0].block]
    address = page.address
    if address is not None and address[0] != stated[0].block:
        titles.append((address[0], re.sub(r"[-_+/.]", " ", address[1].text)))
    for index, text in titles:
        for match in _PLENARY.finditer(text):
            rank = ordinal_before(text, match.start(), names)
            if rank is not None and rank.value > 1 and rank.value != draft.plenary.ordinal:
                side = "address" if page.blocks[index].role is Role.ADDRESS else "title"
                said = page.blocks[index].text[rank.start : rank.end]
                detail = f"{side} says {said}, text says {_words(page, stated[:1])}"
                yield _found(_C.ORDINAL_MISMATCH, detail, (Span(index, rank.start, rank.end), *stated))
                return


def _duplicates(page: Page, draft: Record, evidence: EvidenceMap) -> Iterator[Found[Inconsistency]]:
    """A state that one list names twice: by two members, or twice between the list's first name and its last."""
    seen: dict[str, list[str]] = {}
    for i, member in enumerate(draft.members):
        if member.country:
            seen.setdefault(member.country, []).append(f"/members/{i}")
    for code, pointers in seen.items():
        if len(pointers) == 1 and len(evidence[pointers[0]]) == 1:
            continue
        spans = _spans(evidence, *pointers)
        times = [span for span in dict.fromkeys(spans) if country_stands_at(page, code, span)]
        if len(times) > 1:
            yield _found(_C.DUPLICATE_MEMBER, f"{display_name(code)} is listed {len(times)} times", tuple(times))


def country_stands_at(page: Page, code: str, span: Span) -> bool:
    """Whether the span is a naming of the state, not the year or the note beside one."""
    return any(m.code == code for m in page.mentions(span.block, span.start, span.end))


def _unknown(draft: Record, evidence: EvidenceMap) -> Iterator[Found[Inconsistency]]:
    for i, member in enumerate(draft.members):
        if member.country is None:
            spans = _spans(evidence, f"/members/{i}")
            yield _found(_C.UNKNOWN_COUNTRY, f"no table knows {member.name!r} as a state", spans)
