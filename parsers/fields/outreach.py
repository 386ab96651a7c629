"""Outreach: who went where, or means to."""

from __future__ import annotations

import re

from parsers.page import Found, Page, Sentence
from parsers.record import Outreach

_OUTREACH = re.compile(
    r"\boutreach\b|\bmission(?:s)? (?:to|visited|went to)\b|\bvisit(?:s|ed)? (?:to|by)\b|\bteam-visit\b|\bdelegation .{0,40}(?:to|visited)\b",
    re.IGNORECASE,
)
_BY = (
    ("outgoing_chair", re.compile(r"\boutgoing\b[^.]{0,30}\bChair", re.IGNORECASE)),
    ("incoming_chair", re.compile(r"\bincoming\b[^.]{0,30}\bChair", re.IGNORECASE)),
    ("chair", re.compile(r"\bChair(?:man|manship|woman|person)?\b", re.IGNORECASE)),
    ("partners", re.compile(r"\b(?:individual|by) (?:MTCR )?(?:Partners|members|Participating)", re.IGNORECASE)),
)
_TARGET = re.compile(
    r"\b(?:with|to|visited|visits? to|in|including|towards|such as|of|went to|mission to|Malaysia|from)\s+(?:the\s+)?$|(?:,|\band|\bund|\bet|\by)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def read(page: Page) -> list[Found[Outreach]]:
    """Each sentence that names the states an outreach goes to, with who does it; the same twice counts once."""
    found: list[Found[Outreach]] = []
    for sentence in page.sentences:
        match = _OUTREACH.search(sentence.text)
        if match is None:
            continue
        targets = _targets(page, sentence, match.start())
        if not targets:
            continue
        by = _by(page, sentence, match.start())
        countries = tuple(dict.fromkeys(code for code, _, _ in targets))
        known = next((i for i, f in enumerate(found) if set(countries) <= set(f.value.countries)), None)
        spans = tuple(sentence.span(start, end) for _, start, end in targets)
        if known is not None:
            held = found[known]
            value = Outreach(held.value.by or by, held.value.countries)
            found[known] = Found(value, held.spans + spans, held.parts)
            continue
        found.append(Found(Outreach(by, countries), spans, {"countries": spans}))
    return found


def _by(page: Page, sentence: Sentence, at: int) -> str | None:
    found = []
    for name, pattern in _BY:
        before = [m for m in pattern.finditer(sentence.text) if m.start() <= at]
        if before:
            found.append((before[-1].start(), name))
    if found:
        # The nearest office before the word; "outgoing Chair" is found by two patterns, the longer wins.
        furthest = max(start for start, _ in found)
        near = [name for start, name in found if furthest - start < 40]
        return near[0] if near else found[-1][1]
    heading = " ".join(block.text for _, block in page.headings)
    if re.search(r"\bChair", heading) and re.search(r"outreach", heading, re.IGNORECASE):
        return "chair"
    return None


def _targets(page: Page, sentence: Sentence, at: int) -> list[tuple[str, int, int]]:
    """The states behind the word for outreach that are where it goes, not who goes."""
    targets: list[tuple[str, int, int]] = []
    for match in page.mentions_in(sentence):
        before = sentence.text[: match.start]
        if match.start < at and not re.search(r"\b(?:visited|with)\s+(?:the )?$", before):
            continue
        if targets and match.start - targets[-1][2] > 12 and not re.search(r"\bincluding\b", before[targets[-1][2] :]):
            break
        if re.search(r"\($", before.rstrip(" ")) and "Chair" in before[-40:]:
            continue
        if _TARGET.search(before) and not re.search(r"\bby (?:the )?$|Ambassador of (?:the )?$|\bhosted by", before):
            targets.append((match.code, match.start, match.end))
    return targets
