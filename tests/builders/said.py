"""A field's value in a short form that a table can hold."""

from __future__ import annotations

from datetime import date

from parsers.parse import parse
from parsers.record import Kind, Plenary, Record
from parsers.regime import RegimeProfile
from tests.builders.pages import REGIMES

# A regime that no file of the project knows.
INVENTED = RegimeProfile("lda", "Lisbon Drone Accord", ("Lisbon Drone Accord", "LDA"), ("Participating States",))


def said(field: str, text: str, regime: str = "mtcr") -> str:
    """What the page made of *text*, a paragraph a line, states of *field*."""
    return said_of(field, text.strip().replace("\n", "\n\n"), regime)


def said_of(field: str, text: str, regime: str = "mtcr") -> str:
    """What the text page *text* states of *field*."""
    return said_by(field, text, INVENTED if regime == "lda" else REGIMES[regime])


def said_by(field: str, text: str, profile: RegimeProfile) -> str:
    """What the text page *text*, one of that regime, states of *field*."""
    return "; ".join(short_form(field, parse(text.encode(), regime=profile).record))


def short_form(field: str, record: Record) -> list[str]:
    """The values of *field* in *record*, each in its short form."""
    if field == "officers":
        return [_words(o.role.value, o.name, o.country and f"({o.country})") for o in record.officers]
    if field == "membership_decisions":
        return [
            _words(
                d.decision.value, *d.countries, d.decided and f"on {d.decided}", d.effective and f"from {d.effective}"
            )
            for d in record.membership_decisions
        ]
    if field == "outreach":
        return [_words(o.by, *o.countries) for o in record.outreach]
    if field == "concerns":
        return [c.country or c.region or "" for c in record.concerns]
    if field == "resolutions":
        return [_words(r.number, r.year) for r in record.resolutions]
    if field == "members":
        return [m.country or f"?{m.name}" for m in record.members]
    if field in ("observers", "adherents"):
        return [p.country or p.name for p in getattr(record, field)]
    if field == "meetings":
        return [m.abbreviation or m.name or "" for m in record.meetings]
    if field == "decisions":
        return [d.about for d in record.decisions]
    if field == "topics":
        return list(record.topics)
    if field in ("plenary", "next_plenary"):
        return [_plenary(getattr(record, field))]
    if field == "kind":
        return [] if record.kind is Kind.OTHER else [record.kind.value]
    if field == "inconsistencies":
        return [i.code.value for i in record.inconsistencies]
    value = getattr(record, field)
    return [] if value is None else [str(value)]


def _words(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part)


def _plenary(plenary: Plenary | None) -> str:
    if plenary is None:
        return ""
    days = f"{_day(plenary.start)}..{_day(plenary.end)}" if plenary.start or plenary.end else None
    return _words(plenary.ordinal and f"#{plenary.ordinal}", plenary.city, plenary.country, days)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "?"
