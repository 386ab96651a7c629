"""When a decision on membership was taken, and from when it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from parsers.annotate.items import Item, tokens
from parsers.dates import find_dates
from parsers.page import Found, Page, Sentence, Span
from parsers.record import MembershipDecision, MembershipDecisionKind
from parsers.relate.rules import rules_of
from parsers.when import years_of

_K = MembershipDecisionKind
# The kinds that happen on a day.
JOINS = (_K.ADMITTED, _K.ACCEDED, _K.SUBSCRIBED, _K.WITHDREW, _K.SUSPENDED)
# As many words may stand inside an expression with a gap: "joined the Group on".
_WITHIN = 8


def dates_of(
    page: Page, sentence: Sentence, kind: MembershipDecisionKind, languages: Sequence[str]
) -> tuple[date | None, date | None, dict[str, tuple[Span, ...]]]:
    """The day on which a sentence says that something was decided, the day from which it holds, and the spans of
    both, keyed ``decided`` and ``effective``."""
    decided = effective = None
    parts: dict[str, tuple[Span, ...]] = {}
    if kind not in (*JOINS, _K.WELCOMED) or not any(c.isdigit() for c in sentence.text):
        return None, None, parts
    words = tokens(sentence.text)
    for found in find_dates(sentence.text, year_hint=years_of(page).year):
        span = (sentence.span(found.start, found.end),)
        taking_effect = _takes_effect([w for w in words if w.end <= found.start], languages)
        if taking_effect or (kind in (_K.SUBSCRIBED, _K.ACCEDED, _K.WITHDREW) and found.first == found.last):
            if effective is None:
                effective, parts["effective"] = found.first, span
        elif decided is None and kind in JOINS:
            decided, parts["decided"] = found.last, span
    return decided, effective, parts


def _takes_effect(before: Sequence[Item], languages: Sequence[str]) -> bool:
    """True if words that lead up to a day say that something holds from it."""
    lows = [word.low for word in before if word.low.isalnum() or "-" in word.low]
    table = rules_of("membership").words["effective"]
    return any(_ends_with(lows, row) for language in languages for row in table.get(language, ()))


def _ends_with(lows: Sequence[str], row: Sequence[str | None]) -> bool:
    if None in row:
        gap = row.index(None)
        head, tail = row[:gap], row[gap + 1 :]
        near = lows[-_WITHIN - len(row) : -len(tail)]
        return tuple(lows[-len(tail) :]) == tail and any(
            tuple(near[i : i + len(head)]) == head for i in range(len(near))
        )
    return tuple(lows[-len(row) :]) == tuple(row)


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
