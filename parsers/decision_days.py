"""When a decision on membership was taken, and from when it holds."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from parsers.dates import find_dates
from parsers.page import Found, Page, Sentence, Span
from parsers.phrases import lowered
from parsers.record import MembershipDecision, MembershipDecisionKind
from parsers.vocabulary import words
from parsers.when import years_of

_K = MembershipDecisionKind
# The kinds that happen on a day.
JOINS = (_K.ADMITTED, _K.ACCEDED, _K.SUBSCRIBED, _K.WITHDREW, _K.SUSPENDED)


@cache
def _effective() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words('membership_words', 'guards', 'effective'))})\W+\Z")


def dates_of(
    page: Page, sentence: Sentence, kind: MembershipDecisionKind
) -> tuple[date | None, date | None, dict[str, tuple[Span, ...]]]:
    """The day on which a sentence says that something was decided, the day from which it holds, and the spans of
    both, keyed ``decided`` and ``effective``."""
    decided = effective = None
    parts: dict[str, tuple[Span, ...]] = {}
    if kind not in (*JOINS, _K.WELCOMED) or not any(c.isdigit() for c in sentence.text):
        return None, None, parts
    text = lowered(sentence.text)
    for found in find_dates(sentence.text, year_hint=years_of(page).year):
        span = (sentence.span(found.start, found.end),)
        taking_effect = _effective().search(text, max(0, found.start - 60), found.start) is not None
        if taking_effect or (kind in (_K.SUBSCRIBED, _K.ACCEDED, _K.WITHDREW) and found.first == found.last):
            if effective is None:
                effective, parts["effective"] = found.first, span
        elif decided is None and kind in JOINS:
            decided, parts["decided"] = found.last, span
    return decided, effective, parts


def each_on_its_day(page: Page, sentence: Sentence, kind: MembershipDecisionKind) -> list[Found[MembershipDecision]]:
    """A decision a day, where a sentence dates several: "Togo subscribed on 3 December 2018, Palau on 5 May 2019"."""
    if kind not in (_K.SUBSCRIBED, _K.ACCEDED, _K.ADMITTED):
        return []
    days = find_dates(sentence.text, year_hint=years_of(page).year) if any(c.isdigit() for c in sentence.text) else ()
    if len(days) < 2:
        return []
    found, at = [], 0
    for day in days:
        states = [m for m in page.mentions_in(sentence) if at <= m.start < day.start]
        at = day.end
        if not states or day.first != day.last:
            return []
        spans = tuple(sentence.span(m.start, m.end) for m in states)
        when = (sentence.span(day.start, day.end),)
        countries = tuple(dict.fromkeys(m.code for m in states))
        decided, effective = (day.first, None) if kind is _K.ADMITTED else (None, day.first)
        parts = {"countries": spans, "decided" if kind is _K.ADMITTED else "effective": when}
        found.append(Found(MembershipDecision(kind, countries, decided, effective), (*spans, *when), parts))
    return found
