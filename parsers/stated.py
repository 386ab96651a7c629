"""What one mention of a plenary states of it, and how two mentions are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from parsers.dates import find_days, find_years
from parsers.days import DateMatch
from parsers.document import Role
from parsers.mentions import LONGEST_SENTENCE, Mention, Time
from parsers.page import Page, Sentence, Span
from parsers.places import Place, places_in, without_own_places
from parsers.vocabulary import words
from parsers.when import Years

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


def facts_of(mention: Mention, years: Years, published: tuple[date, Span] | None = None) -> Stated:
    """The ordinal, place and days that *mention* states; *years* dates the days without a year. "Today" is the
    day of *published*."""
    sentence = mention.sentence
    stated = Stated(mention)
    if mention.time is not Time.NEXT and _of_another_year(mention, years):
        return stated
    if mention.ordinal is not None:
        span = sentence.span(mention.ordinal.start, mention.ordinal.end)
        stated = replace(stated, ordinal=mention.ordinal.value, parts={"ordinal": (span,)})
    place = _place_of(mention)
    if place is not None:
        stated = _placed(stated, sentence, place)
    return _dated(stated, mention, years, published)


def _of_another_year(mention: Mention, years: Years) -> bool:
    """Whether the text says of this plenary that it was in a year which is not the page's: "in 1992 the first
    regular plenary was in Warsaw", "the 2014 Plenary"."""
    if mention.title or mention.role is Role.ADDRESS:
        return False
    part = mention.part
    named = [year for start, _, year in find_years(part) if not _FOUNDED_IN.search(part, 0, start)]
    if not named or find_days(part) or years.year is None:
        return False
    if mention.time is Time.AHEAD and min(named) > years.year:
        return False
    return years.year not in named


_FOUNDED_IN = re.compile(r"\b(?:since|founded|established|created|formed|until)\s(?:in\s)?\Z", re.IGNORECASE)


def _placed(stated: Stated, sentence: Sentence, place: Place) -> Stated:
    parts = dict(stated.parts)
    if place.city_span is not None:
        parts["city"] = (sentence.span(*place.city_span),)
    parts["country"] = (sentence.span(*place.country_span),)
    return replace(stated, city=place.city, country=place.country, parts=parts)


_HOSTED_BY = re.compile(
    r"\s+(?:has\s|have\s|had\s|will\s|is\s|was\s)?(?:be\s)?(?:co-)?host(?:s|ed|ing)?\b", re.IGNORECASE
)
_HOSTING = re.compile(
    r"(?:hosted|organi[sz]ed|convened)\s+by\s+(?:the\s+)?(?:Government\s+of\s+)?(?:the\s+)?\Z"
    r"|invitation\s+of\s+(?:the\s+)?(?:Government\s+of\s+)?(?:the\s+)?\Z",
    re.IGNORECASE,
)
_CAPITAL_AFTER = re.compile(r"['’]s?\b|\s+(?!Plenary)[A-Z][a-z]+\s[A-Z]")


def _place_of(mention: Mention) -> Place | None:
    """The place where the mentioned plenary is: a city before a state alone, one behind the word for the
    plenary before one in front of it."""
    slug = mention.role is Role.ADDRESS
    text = mention.sentence.text if slug else mention.part
    best: tuple[float, Place] | None = None
    for place in places_in(text, slug=slug):
        rank = _rank(text, place, mention, slug)
        if rank > 0 and (best is None or rank > best[0]):
            best = (rank, place)
    return best[1] if best else None


def _rank(text: str, place: Place, mention: Mention, slug: bool) -> float:
    behind = place.start >= mention.end
    distance = (place.start - mention.end if behind else mention.start - place.end) / 1000
    if slug:
        return 1.0 - distance / 10 if place.city and behind else 0.5
    if _TITLED.search(text, max(0, place.start - 24), place.start):
        return 0.0
    names_it = not (behind or place.led) and _NAMING.fullmatch(text, place.end, mention.start) is not None
    hosts = _HOSTED_BY.match(text, place.country_span[1]) is not None or (
        _HOSTING.search(text, 0, place.start) is not None
    )
    if place.city is None:
        if not (hosts or mention.title or (place.led and _CAPITAL_AFTER.match(text, place.end) is None)):
            return 0.0
        if mention.title and not (hosts or place.led or behind):
            return 0.0
        return (2.0 if hosts else 1.0) - distance
    if names_it:
        # "the Oslo Plenary" in a text is most often another; in a title it is the page's own.
        return 2.5 if mention.title else 0.0
    if _OTHER_MEETING.search(text, max(0, place.start - 60), place.start):
        return 0.0
    return (4.0 if place.led else 3.0) + (0.5 if behind else 0.0) - distance


# "Ambassador Santiago Name": a person.
_TITLED = re.compile(r"\b(?:Ambassador|Minister|Mr|Mrs|Ms|Dr|Mayor|Secretary|Embajador|Ambassadeur|Botschafter)\.?\s\Z")
_NAMING = re.compile(r"['’]?s?[\s-]*(?:[A-Z]{2,6}\s)?(?:[Aa]nnual\s)?")
_OTHER_MEETING = re.compile(
    r"\b(?:(?:since|after|at) (?:the|their|our) (?:last|previous)[^.;]*|Embassy (?:of|in)|Point of Contact[^,;]*"
    r"|Secretariat[^,;]*"
    r"|mission (?:of|in)[^,;]*|negotiat\w+ in|Conference (?:of|in)[^,;]*|between [^,;]{3,30}and) ?\Z",
    re.IGNORECASE,
)


@cache
def _any(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words('plenary_words', kind))})(?!\w)", re.IGNORECASE)


def _dated(stated: Stated, mention: Mention, years: Years, published: tuple[date, Span] | None) -> Stated:
    slug = mention.role is Role.ADDRESS
    text = mention.sentence.text if slug else mention.part
    days = find_days(text, slug=slug)
    dates = [date_ for date_ in map(years.resolve, days) if date_ is not None]
    if days and not dates:
        return replace(stated, dated=True)
    chosen = _range_of(dates, text, mention)
    if chosen is not None and chosen.first != chosen.last:
        return _with_days(stated, mention.sentence, chosen, "start", "end")
    if mention.title or slug:
        return _with_title_day(stated, mention, chosen, text)
    if chosen is not None:
        return _with_one_day(stated, mention, text, chosen)
    if published is not None and not mention.weak and (now := _any("today").search(text)):
        spans = (mention.sentence.span(now.start(), now.end()), published[1])
        return _with_today(stated, text, published[0], spans)
    return stated


def _range_of(dates: list[DateMatch], text: str, mention: Mention) -> DateMatch | None:
    """The days that can be the plenary's: a range before a single day, the nearest to the mention first."""
    fitting = [d for d in dates if _OTHER_DATE.search(text, max(0, d.start - 40), d.start) is None]
    ranges = [d for d in fitting if d.first != d.last]
    return min(ranges or fitting, key=lambda d: abs(d.start - mention.end), default=None)


# "The Guidelines of 16 April 1987", "the visit on 9 March": the days of something else.
_OTHER_DATE = re.compile(
    r"\b(?:Guidelines|Resolution|Treaty|Convention|Protocol|Agreement|Declaration|Decision|Annex|attacks?|events?|launch\w*"
    r"|since|established|founded|created|formed|adopted|joined|visit\w*|member (?:as )?of|effective|dated|updated)"
    r"(?:\s(?:of|on|from|the|in|until))*\s\Z",
    re.IGNORECASE,
)


def _with_days(stated: Stated, sentence: Sentence, days: DateMatch, *ends: str) -> Stated:
    span = (sentence.span(days.start, days.end),)
    parts = stated.parts | dict.fromkeys(ends, span)
    start = days.first if "start" in ends else stated.start
    end = days.last if "end" in ends else stated.end
    return replace(stated, start=start, end=end, parts=parts)


def _with_one_day(stated: Stated, mention: Mention, text: str, day: DateMatch) -> Stated:
    """A single day is the first where the text says that the plenary opened, the last where it ended, and both
    where it was held then; else it is the day of something at the plenary."""
    near = text[min(day.start, mention.start) : max(day.end, mention.end)]
    if day.end <= mention.start and _AFTER.search(text, 0, day.start):
        return _with_days(stated, mention.sentence, day, "end")
    if _HELD_TODAY.search(text):
        return _with_days(stated, mention.sentence, day, "start", "end")
    around = text[max(0, min(day.start, mention.start) - 40) : max(day.end, mention.end) + 60]
    if _any("opened").search(around):
        return _with_days(stated, mention.sentence, day, "start")
    if _any("ended").search(around):
        return _with_days(stated, mention.sentence, day, "end")
    if _any("held").search(near) and "address" not in text and "remarks" not in text:
        return _with_days(stated, mention.sentence, day, "start", "end")
    return stated


_AFTER = re.compile(r"\b(?:after|following)\s+(?:the\s|its\s|their\s)?\s*\Z", re.IGNORECASE)
_ISSUED = re.compile(
    r"\b(?:public|ministerial|press|chair(?:man|person)?['’]?s?|closing|final)\s+(?:statement|release|communiqu\w+)"
    r"|statement (?:by the chair|from the plenary)|communiqu|chair(?:man)?['’]s statement",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:address|remarks|opening|speech|welcome|inaugura|embargo|outreach|accession)", re.IGNORECASE)


def _with_title_day(stated: Stated, mention: Mention, day: DateMatch | None, text: str) -> Stated:
    """A public statement is dated by the day it was agreed, the plenary's last; another title's day says nothing."""
    if day is None or "/" in text[day.start : day.end]:
        return stated
    if day.end <= mention.start and _AFTER.search(text, 0, day.start):
        return _with_days(stated, mention.sentence, day, "end")
    words_ = text.replace("-", " ")
    if not day.year_stated or _ISSUED.search(words_) is None or _SPOKEN.search(words_):
        return stated
    return _with_days(stated, mention.sentence, day, "end")


_HELD_TODAY = re.compile(
    r"\b(?:held|took place|met|convened|gathered)\s(?:its \w+ \w+ )?(?:here )?today\b", re.IGNORECASE
)


def _with_today(stated: Stated, text: str, today: date, spans: tuple[Span, ...]) -> Stated:
    if _HELD_TODAY.search(text):
        return replace(stated, start=today, end=today, parts=stated.parts | dict.fromkeys(("start", "end"), spans))
    if _any("ended").search(text):
        return replace(stated, end=today, parts=stated.parts | {"end": spans})
    if _any("opened").search(text):
        return replace(stated, start=today, parts=stated.parts | {"start": spans})
    return stated


def datelines(page: Page, years: Years) -> Iterator[Stated]:
    """The lines beside the text that place and date the plenary: "Ottawa, Canada, September 25-28, 2001", or the
    place and day under the title of its statement, "Vienna, Austria, December 12, 2003"."""
    readable = page.readable
    names = (page.regime.name, *page.regime.names)
    above = ""
    for place, (index, block) in enumerate(readable):
        text, heading_above, above = block.text, above, block.text
        if not (place < 14 or place >= len(readable) - 3) or len(text) > 130 or _DIGIT.search(text) is None:
            continue
        days = [d for d in map(years.resolve, find_days(text)) if d is not None]
        sentence = Sentence(index, 0, text)
        placed = [p for p in places_in(without_own_places(text, names)) if p.city]
        if ranges := [d for d in days if d.first != d.last]:
            stated = _with_days(Stated(), sentence, ranges[0], "start", "end")
            yield _placed(stated, sentence, placed[0]) if placed else stated
        elif placed and placed[0].start == 0 and len(days) == 1 and _is_title_of_statement(heading_above):
            yield _placed(_with_days(Stated(), sentence, days[0], "end"), sentence, placed[0])


def _is_title_of_statement(text: str) -> bool:
    return len(text) < 90 and _ISSUED.search(text) is not None and _SPOKEN.search(text) is None


_DIGIT = re.compile(r"\d")
_CONTINUED = re.compile(
    r"(?:It|This|The (?:meeting|session|event|gathering|conference)|Elle|La (?:réunion|reunión|sesión)"
    r"|Die (?:Tagung|Sitzung)"
    r"|Das Treffen|A reunião|Заседание)\b"
)


def told_beside(page: Page, years: Years, mentions: tuple[Mention, ...]) -> Iterator[Stated]:
    """What sentences state that do not name the plenary: "It was co-hosted in Paris", "From 17 to 21 October the
    member states will negotiate in Montreux"."""
    named = {(m.sentence.block, m.sentence.start) for m in mentions}
    for sentence in page.sentences:
        if (sentence.block, sentence.start) in named or sentence.block > 30 or len(sentence.text) > LONGEST_SENTENCE:
            continue
        continued = _CONTINUED.match(sentence.text) is not None
        if not continued and _DIGIT.search(sentence.text) is None:
            continue
        days = [d for d in map(years.resolve, find_days(sentence.text)) if d is not None and d.first != d.last]
        if not (days or continued) or _any("next").search(sentence.text) or _any("previous").search(sentence.text):
            continue
        own = (page.regime.name, *page.regime.names)
        places = [p for p in places_in(without_own_places(sentence.text, own)) if p.city and p.led]
        if not places or not (days or _any("held").search(sentence.text)):
            continue
        stated = _placed(Stated(), sentence, places[0])
        yield _with_days(stated, sentence, days[0], "start", "end") if days else stated


def city_spoken_of(page: Page) -> Stated | None:
    """The one city where the page, more than once, says that it happens ("I welcome you all to Oslo", under the
    dateline "Oslo, 23 June 2005"); None where it is none or several."""
    seen: dict[str, list[tuple[Sentence, Place]]] = {}
    names = (page.regime.name, *page.regime.names)
    for sentence in page.sentences[:60]:
        for place in places_in(without_own_places(sentence.text[:LONGEST_SENTENCE], names)):
            if place.city is not None:
                seen.setdefault(place.city, []).append((sentence, place))
    often = [found for found in seen.values() if len(found) > 1 and any(place.led for _, place in found)]
    if len(often) != 1:
        return None
    sentence, place = next((s, p) for s, p in often[0] if p.led)
    return _placed(Stated(), sentence, place)


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
