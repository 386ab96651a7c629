"""The facts of one mention of a plenary, and how those of two mentions are put together."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from parsers.days import DateMatch
from parsers.document import Role
from parsers.mentions import Mention, Time
from parsers.page import Sentence, Span
from parsers.places import Place

Parts = dict[str, tuple[Span, ...]]


class Stated(Struct, frozen=True):
    """The facts of one mention; `parts` holds the span of each that is not None. `dated` tells that the mention
    names days whose year nothing on the page says."""

    mention: Mention | None = None
    ordinal: int | None = None
    city: str | None = None
    country: str | None = None
    start: date | None = None
    end: date | None = None
    parts: Parts = {}
    dated: bool = False

    @property
    def time(self) -> Time:
        return self.mention.time if self.mention else Time.CURRENT

    @property
    def readable(self) -> bool:
        return self.mention is not None and self.mention.role not in (Role.META, Role.ADDRESS)

    @property
    def titled(self) -> bool:
        """Whether the mention stands in a title."""
        return self.mention is not None and self.mention.title

    @property
    def full(self) -> bool:
        """Whether the mention tells its plenary from others: by two of ordinal, place and days."""
        days = self.dated or self.start is not None or self.end is not None
        told = (self.ordinal is not None, self.country is not None, days)
        return sum(told) >= (3 if self.mention and self.mention.weak and self.ordinal else 2)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to be found of the plenary."""
        return None not in (self.ordinal, self.city, self.country, self.start, self.end)

    @property
    def weight(self) -> float:
        """How much the mention tells; the readable text before the address, earlier before later."""
        told = 4.0 * (self.ordinal is not None) + 3.0 * (self.start is not None or self.end is not None)
        told += 2.0 * (self.country is not None)
        if told and self.mention is not None:
            told += (0.5 if self.readable else 0.0) - (1.5 if self.time is Time.AHEAD else 0.0)
            told -= min(self.mention.sentence.block, 20) * 0.01
            told = max(told, 0.1)
            if self.mention.weak and not (self.start and self.country):
                return 0.0
        return told


def placed(stated: Stated, sentence: Sentence, place: Place) -> Stated:
    parts = dict(stated.parts)
    if place.city_span is not None:
        parts["city"] = (sentence.span(*place.city_span),)
    parts["country"] = (sentence.span(*place.country_span),)
    return replace(stated, city=place.city, country=place.country, parts=parts)


def with_days(stated: Stated, sentence: Sentence, days: DateMatch, *ends: str) -> Stated:
    span = (sentence.span(days.start, days.end),)
    parts = stated.parts | dict.fromkeys(ends, span)
    start = days.first if "start" in ends else stated.start
    end = days.last if "end" in ends else stated.end
    return replace(stated, start=start, end=end, parts=parts)


def agree(one: Stated, other: Stated) -> bool:
    """Whether the two can state the same plenary: nothing that both state differs."""
    if one.ordinal is not None and other.ordinal is not None and one.ordinal != other.ordinal:
        return False
    if one.country and other.country and one.country != other.country:
        return False
    if one.city and other.city and one.city != other.city:
        return False
    first, second = one.start or one.end, other.start or other.end
    return first is None or second is None or abs(first - second) <= timedelta(days=12)


def filled(main: Stated, other: Stated) -> Stated:
    """*main* with what it leaves out taken from *other*."""
    parts = dict(main.parts)
    for part in ("ordinal", "city", "country", "start", "end"):
        if getattr(main, part) is None and getattr(other, part) is not None:
            parts[part] = other.parts[part]
    start, end = main.start or other.start, main.end or other.end
    if start is not None and end is not None and end < start:
        start, end = main.start, main.end
        parts = {k: v for k, v in parts.items() if k not in ("start", "end") or getattr(main, k) is not None}
    return replace(
        main,
        ordinal=main.ordinal if main.ordinal is not None else other.ordinal,
        city=main.city or other.city,
        country=main.country or other.country,
        start=start,
        end=end,
        parts=parts,
    )
