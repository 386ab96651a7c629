"""The next plenary, where a page announces it."""

from __future__ import annotations

import re

from parsers.cities import find_cities
from parsers.dates import find_dates, years_in
from parsers.page import Found, Page, Span
from parsers.record import Plenary

_NEXT = re.compile(
    r"\b(?:next|following|forthcoming)\s+(?:[A-Z]\w+\s+|annual\s+|regular\s+){0,3}(?:[Pp]lenary|[Mm]eeting|[Ss]ession)|\b(?:prochaine|pr[óo]xima|n[äa]chste)\s+(?:\w+\s+)?(?:pl|r[ée]un|Plenar)",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:will|is (?:to|scheduled|due)|due in|scheduled|would|to be held|takes? place|:)|\bis in\b|será|aura lieu|findet", re.IGNORECASE)


def read(page: Page) -> Found[Plenary] | None:
    """Place and days of the next plenary; its year alone is no day and is left out. None when not announced."""
    for sentence in page.sentences:
        match = _NEXT.search(sentence.text)
        if match is None or not _FUTURE.search(sentence.text):
            continue
        parts: dict[str, tuple[Span, ...]] = {}
        city = next((c for c in find_cities(sentence.text) if c.start >= match.start() - 40), None)
        country = city.country if city else None
        if city:
            parts["city"] = parts["country"] = (sentence.span(city.start, city.end),)
        elif state := next((m for m in page.mentions_in(sentence) if m.start >= match.end()), None):
            country = state.code
            parts["country"] = (sentence.span(state.start, state.end),)
        years = [year for start, _, year in years_in(sentence.text) if start > match.start()]
        days = [d for d in find_dates(sentence.text, year=years[0] if years else None) if d.start > match.start()]
        if days:
            parts["start"] = parts["end"] = (sentence.span(days[0].start, days[0].end),)
        if not parts:
            continue
        value = Plenary(
            None,
            city.city if city else None,
            country,
            days[0].first if days else None,
            days[0].last if days else None,
        )
        return Found(value, (sentence.span(*match.span()),), parts)
    return None
