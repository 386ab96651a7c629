"""Whose the resolutions are that a text cites: the Security Council's, another body's, or nobody's in particular."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from parsers.vocabulary import words


@cache
def council() -> re.Pattern[str]:
    """The words that say the Council, or the United Nations beside a resolution."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words('resolution_words', 'council'))})(?!\w)|安[理保]|안보리|مجلس الأمن")


@cache
def _other_body() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words('resolution_words', 'other_body'))})\b")


@cache
def _council_proper() -> re.Pattern[str]:
    return re.compile(r"Security Council|UNSC|Conseil de s|Sicherheitsrat|Consejo de S|Conselho de S|Совет\w* Без")


# A resolution of a picture or a sensor.
_UNIT = re.compile(r"\s?(?:[x×]|pixels?|dpi|px|metres?|meters?|m\b|cm\b|km\b|lines?\b|bits?\b|x\d)", re.IGNORECASE)


class Body(Enum):
    """Whose resolutions the words around a list of them say that they are."""

    COUNCILS = "the Council's"
    OTHERS = "another body's"
    UNSAID = "nobody's in particular"


def body_around(text: str, start: int, end: int) -> Body:
    """Whose the resolutions are that stand between *start* and *end*: asked once for all of a list."""
    before = text[max(0, start - 110) : start]
    before = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
    after = text[end : end + 70].split(". ")[0]
    head = re.split(r"[,;]|\b(?:and|or|which|under|et|und)\b", after, maxsplit=1)[0]
    if _UNIT.match(text, end):
        return Body.OTHERS
    near_before = before[-50:]
    council_before = [m.end() for m in council().finditer(near_before)]
    other_before = [m.end() for m in _other_body().finditer(near_before)]
    if _other_body().search(head) and not _council_proper().search(head):
        return Body.OTHERS
    if other_before and other_before[-1] >= max(council_before, default=-1):
        return Body.OTHERS
    between = text[start:end]
    said = any(council().search(words) for words in (head, between, before, after))
    return Body.COUNCILS if said else Body.UNSAID
