"""Where a page contradicts itself: told with the evidence of all sides, never mended."""

from __future__ import annotations

import re

from parsers.countries import display_name
from parsers.dates import DateMatch, find_dates
from parsers.ordinals import find_ordinals
from parsers.fields.wording import PLENARY_RE
from parsers.page import Found, Page, Span
from parsers.record import Evidence, Inconsistency, InconsistencyCode, Record

_C = InconsistencyCode


def read(page: Page, draft: Record, evidence: dict[str, tuple[Evidence, ...]]) -> list[Found[Inconsistency]]:
    """The contradictions between what *draft* holds and what the page says beside it."""
    found = [*_counts(draft, evidence), *_dates(page, draft, evidence), *_ordinals(page, draft, evidence)]
    return [*found, *_members(draft, evidence)]


def _spans(evidence: dict[str, tuple[Evidence, ...]], *pointers: str) -> tuple[Span, ...]:
    return tuple(Span(e.block, e.start, e.end) for pointer in pointers for e in evidence.get(pointer, ()))


def _counts(draft: Record, evidence: dict[str, tuple[Evidence, ...]]) -> list[Found[Inconsistency]]:
    listed = len({member.country or member.name for member in draft.members})
    if draft.member_count is None or not listed or draft.member_count == listed:
        return []
    ends = (f"/members/{0}", f"/members/{len(draft.members) - 1}")
    detail = f"states {draft.member_count} members, lists {listed}"
    return [Found(Inconsistency(_C.COUNT_MISMATCH, detail), _spans(evidence, "/member_count", *ends))]


def _dates(page: Page, draft: Record, evidence: dict[str, tuple[Evidence, ...]]) -> list[Found[Inconsistency]]:
    found: list[Found[Inconsistency]] = []
    start, end = draft.plenary.start, draft.plenary.end
    if start and end:
        stated = _spans(evidence, "/plenary/start")
        for i, block in page.headings:
            if not (PLENARY_RE.search(block.text) or i == 0):
                continue
            for match in find_dates(block.text, year_hint=start.year):
                differs = match.first != match.last and (match.first, match.last) != (start, end)
                if differs and abs((match.first - start).days) < 60 and not any(s.block == i for s in stated):
                    detail = f"title says {_days(block.text, match)}, text says {_said(page, stated)}"
                    found.append(
                        Found(Inconsistency(_C.DATE_MISMATCH, detail), (Span(i, match.start, match.end), *stated))
                    )
                    break
            if found:
                break
    if draft.published and end and draft.published < end:
        detail = f"published {draft.published.isoformat()}, before the plenary's end on {end.isoformat()}"
        spans = _spans(evidence, "/published", "/plenary/end")
        found.append(Found(Inconsistency(_C.PUBLISHED_BEFORE_END, detail), spans))
    return found


def _days(text: str, match: DateMatch) -> str:
    return text[match.start : match.end]


def _said(page: Page, spans: tuple[Span, ...]) -> str:
    if not spans:
        return ""
    words = page.blocks[spans[0].block].text[spans[0].start : spans[0].end]
    return re.sub(r",? (?:19|20)\d\d$", "", words)


def _ordinals(page: Page, draft: Record, evidence: dict[str, tuple[Evidence, ...]]) -> list[Found[Inconsistency]]:
    if draft.plenary.ordinal is None:
        return []
    for i, block in page.headings:
        for match in PLENARY_RE.finditer(block.text):
            ranks = [n for n in find_ordinals(block.text, 0, match.start()) if match.start() - n.end < 20]
            if ranks and ranks[-1].value > 1 and ranks[-1].value != draft.plenary.ordinal:
                said = block.text[ranks[-1].start : ranks[-1].end]
                detail = f"title says {said}, text says {draft.plenary.ordinal}"
                spans = (Span(i, ranks[-1].start, ranks[-1].end), *_spans(evidence, "/plenary/ordinal"))
                return [Found(Inconsistency(_C.ORDINAL_MISMATCH, detail), spans)]
    return []


def _members(draft: Record, evidence: dict[str, tuple[Evidence, ...]]) -> list[Found[Inconsistency]]:
    found = []
    for i, member in enumerate(draft.members):
        spans = _spans(evidence, f"/members/{i}")
        if member.country and len(spans) > 1:
            detail = f"{display_name(member.country)} is listed {len(spans)} times"
            found.append(Found(Inconsistency(_C.DUPLICATE_MEMBER, detail), spans))
    for i, member in enumerate(draft.members):
        if member.country is None:
            detail = f"no table knows {member.name!r} as a state"
            found.append(Found(Inconsistency(_C.UNKNOWN_COUNTRY, detail), _spans(evidence, f"/members/{i}")))
    return found
