"""Bytes to a record: the document is read, then each field by the module named after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from parsers.assertion_filter import asserted
from parsers.assertion_rules import rules
from parsers.coordination import with_joined
from parsers.document import Block, Document
from parsers.errors import BadSpan
from parsers.fields import (
    adherents,
    concerns,
    decisions,
    inconsistencies,
    kind,
    meetings,
    member_count,
    members,
    membership_decisions,
    next_plenary,
    observers,
    officers,
    outreach,
    plenary,
    published,
    publisher,
    resolutions,
    title,
    topics,
)
from parsers.letter_case import with_natural_case
from parsers.own_body import is_of_another
from parsers.page import Found, Page, Span
from parsers.parsed import Parsed
from parsers.read import read_document
from parsers.record import Evidence, Kind, Record
from parsers.regime import RegimeProfile
from parsers.spelled_name import with_spelled_names
from parsers.version import PARSER

_ONE = {
    "title": title.read,
    "published": published.read,
    "publisher": publisher.read,
    "plenary": plenary.read,
    "next_plenary": next_plenary.read,
    "member_count": member_count.read,
}
# What a page says of itself, whoever's meeting it tells of.
_OF_ANY_PAGE = ("title", "published", "publisher")
_MANY: dict[str, Callable[[Page], Sequence[Found[Any]]]] = {
    "officers": officers.read,
    "members": members.read,
    "membership_decisions": membership_decisions.read,
    "adherents": adherents.read,
    "observers": observers.read,
    "resolutions": resolutions.read,
    "concerns": concerns.read,
    "outreach": outreach.read,
    "meetings": meetings.read,
    "decisions": decisions.read,
    "topics": topics.read,
}

# Fields whose values are states that a sentence may join to others.
_OF_STATES = {"officers", "membership_decisions", "adherents", "observers", "concerns", "outreach"}


def parse(body: bytes, *, regime: RegimeProfile, url: str | None = None, content_type: str | None = None) -> Parsed:
    """The document and the record of a page's bytes.

    The same bytes, address and regime give the same record, byte for byte. Raises `ParseError` when the
    bytes cannot be read or their evidence would not be exact, never anything else.
    """
    return parse_document(read_document(body, url=url, content_type=content_type), regime=regime, url=url)


def parse_document(document: Document, *, regime: RegimeProfile, url: str | None = None) -> Parsed:
    """The record of a document. Of a page on another body's meeting it is no more than what the page is."""
    regime = with_spelled_names(document, regime)
    as_written = Page(document, regime, url)
    natural = with_natural_case(document, regime)
    page = as_written if natural is document else Page(natural, regime, url)
    others = is_of_another(page)
    values: dict[str, Any] = {}
    evidence: dict[str, tuple[Evidence, ...]] = {}
    for name, read_one in _ONE.items():
        of_any = name in _OF_ANY_PAGE
        # Capitals tell a name, a dateline and a heading from a sentence.
        one: Found[Any] | None = read_one(as_written if of_any else page) if of_any or not others else None
        if one is not None and name in rules().fields:
            one = next(iter(asserted(page, name, [one], None)), None)
        if one is not None:
            values[name] = one.value
            _add(evidence, document.blocks, f"/{name}", one, with_whole=not one.parts)
    for name, read_many in _MANY.items():
        many = () if others else read_many(page)
        if name in _OF_STATES and not others:
            many = with_joined(page, many)
        if many and name in rules().fields:
            many = asserted(page, name, many, _own_day(values))
        values[name] = tuple(item.value for item in many)
        _add_all(evidence, document.blocks, name, many)
    draft = Record(
        regime=regime.id, kind=Kind.OTHER, language=document.language, evidence=evidence, parser=PARSER, **values
    )
    contradictions = inconsistencies.read(page, draft, evidence)
    _add_all(evidence, document.blocks, "inconsistencies", contradictions)
    record = msgspec.structs.replace(
        draft,
        kind=Kind.OTHER if others else kind.read(as_written, draft),
        inconsistencies=tuple(item.value for item in contradictions),
        evidence=dict(sorted(evidence.items())),
    )
    return Parsed(document, record)


def _own_day(values: dict[str, Any]) -> date | None:
    """The first of the days that a page gives itself: that of its publication, those of its plenary."""
    meeting = values.get("plenary")
    days = (values.get("published"), meeting and meeting.start, meeting and meeting.end)
    return min((day for day in days if day is not None), default=None)


def _add_all(
    evidence: dict[str, tuple[Evidence, ...]], blocks: Sequence[Block], name: str, found: Iterable[Found[Any]]
) -> None:
    for i, item in enumerate(found):
        _add(evidence, blocks, f"/{name}/{i}", item, with_whole=True)


def _add(
    evidence: dict[str, tuple[Evidence, ...]],
    blocks: Sequence[Block],
    pointer: str,
    found: Found[Any],
    *,
    with_whole: bool,
) -> None:
    if with_whole:
        evidence[pointer] = _quoted(blocks, found.spans)
    for part, spans in found.parts.items():
        evidence[f"{pointer}/{part}"] = _quoted(blocks, spans)


def _quoted(blocks: Sequence[Block], spans: Sequence[Span]) -> tuple[Evidence, ...]:
    quoted = []
    for block, start, end in spans if len(spans) < 2 else dict.fromkeys(spans):
        text = blocks[block].text
        if not 0 <= start < end <= len(text):
            raise BadSpan(f"span {start}-{end} is outside block {block} of {len(text)} characters; report the page")
        quoted.append(Evidence(block, start, end, text[start:end]))
    return tuple(quoted)
