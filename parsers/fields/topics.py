"""What a page speaks of, in the words of a declared vocabulary (``data/topics.yaml``)."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from parsers.fields import meetings
from parsers.page import Found, Page, Span
from parsers.phrases import Phrases
from parsers.tables import yaml_table


@cache
def _vocabulary() -> tuple[tuple[str, ...], Phrases]:
    table: dict[str, list[str]] = yaml_table("topics.yaml")
    return tuple(table), Phrases(*([rf"(?<!\w)(?:{phrase})(?!\w)" for phrase in of] for of in table.values()))


def read(page: Page) -> list[Found[str]]:
    """The topics that the text names, in the vocabulary's order, each with its spans; the words of a meeting's name
    ("Licensing and Enforcement Experts Meeting") name no topic."""
    topics, phrases = _vocabulary()
    held = phrases.on(page.lines)
    spans: dict[int, list[Span]] = {}
    for line in held.lines:
        block, begin, _ = page.sentences[line]
        for topic, match in held.matches(line):
            spans.setdefault(topic, []).append(Span(block, begin + match.start(), begin + match.end()))
    names = sorted(span for meeting in meetings.read(page) for span in meeting.spans) if spans else []
    found = ((topic, _outermost(_outside(names, sorted(spans[topic])))) for topic in sorted(spans))
    return [Found(topics[topic], tuple(of)) for topic, of in found if of]


def _outside(names: list[Span], spans: list[Span]) -> list[Span]:
    """*spans* without those inside one of *names*, which are in order and do not overlap."""
    return [span for span in spans if not _is_inside(span, names)]


def _is_inside(span: Span, names: list[Span]) -> bool:
    before = bisect_right(names, (span.block, span.start), key=lambda name: name[:2])
    name = names[before - 1] if before else None
    return name is not None and name.block == span.block and span.end <= name.end


def _outermost(spans: list[Span]) -> list[Span]:
    """*spans* without those inside another: "intangible" in "intangible technology"."""
    kept: list[Span] = []
    for span in spans:
        if kept and kept[-1].block == span.block and span.start < kept[-1].end:
            if span.end > kept[-1].end and span.start == kept[-1].start:
                kept[-1] = span
            continue
        kept.append(span)
    return kept
