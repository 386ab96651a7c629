"""When a mentioned plenary is: which of the days that its sentence names are the meeting's."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from msgspec.structs import replace

from parsers.dates import find_days
from parsers.days import DateMatch
from parsers.document import Role
from parsers.mentions import Mention
from parsers.page import Span
from parsers.stated import Stated, with_days
from parsers.vocabulary import words
from parsers.when import Years


@cache
def any_of_kind(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words('plenary_words', kind))})(?!\w)", re.IGNORECASE)


def dated(stated: Stated, mention: Mention, years: Years, published: tuple[date, Span] | None) -> Stated:
    slug = mention.role is Role.ADDRESS
    text = mention.sentence.text if slug else mention.part
    days = find_days(text, slug=slug)
    dates = [date_ for date_ in map(years.resolve, days) if date_ is not None]
    if days and not dates:
        return replace(stated, dated=True)
    chosen = _range_of(dates, text, mention)
    if chosen is not None and chosen.first != chosen.last:
        return with_days(stated, mention.sentence, chosen, "start", "end")
    if mention.title or slug:
        return _with_title_day(stated, mention, chosen, text)
    if chosen is not None:
        return _with_one_day(stated, mention, text, chosen)
    if published is not None and not mention.weak and (now := any_of_kind("today").search(text)):
        spans = (mention.sentence.span(now.start(), now.end()), published[1])
        return _with_today(stated, text, published[0], spans)
    return stated


def _range_of(dates: list[DateMatch], text: str, mention: Mention) -> DateMatch | None:
    """The days that can be the plenary's: a range before a single day, the nearest to the mention first."""
    fitting = [d for d in dates if _OTHER_DATE.search(text, max(0, d.start - 40), d.start) is None]
    # "the talks of Madrid (12 June 2003)": a day in a bracket is another's, where the sentence gives one besides.
    fitting = [d for d in fitting if text[: d.start].rstrip().rpartition(" ")[2][:1] != "("] or fitting
    ranges = [d for d in fitting if d.first != d.last]
    return min(ranges or fitting, key=lambda d: abs(d.start - mention.end), default=None)


# "The Guidelines of 16 April 1987", "the visit on 9 March": the days of something else.
_OTHER_DATE = re.compile(
    r"\b(?:Guidelines|Resolution|Treaty|Convention|Protocol|Agreement|Declaration|Decision|Annex|attacks?|events?|launch\w*"
    r"|since|established|founded|created|formed|adopted|joined|visit\w*|member (?:as )?of|effective|dated|updated)"
    r"(?:\s(?:of|on|from|the|in|until))*\s\Z",
    re.IGNORECASE,
)


def _with_one_day(stated: Stated, mention: Mention, text: str, day: DateMatch) -> Stated:
    """A single day is the first where the text says that the plenary opened, the last where it ended, and both
    where it was held then; else it is the day of something at the plenary."""
    near = text[min(day.start, mention.start) : max(day.end, mention.end)]
    if _FOR_IT.fullmatch(text, day.end, max(day.end, mention.start)) and any_of_kind("held").search(text, 0, day.start):
        return with_days(stated, mention.sentence, day, "start", "end")
    if day.end <= mention.start and _AFTER.search(text, 0, day.start):
        return with_days(stated, mention.sentence, day, "end")
    if _HELD_TODAY.search(text):
        return with_days(stated, mention.sentence, day, "start", "end")
    around = text[max(0, min(day.start, mention.start) - 40) : max(day.end, mention.end) + 60]
    if any_of_kind("opened").search(around):
        return with_days(stated, mention.sentence, day, "start")
    if any_of_kind("ended").search(around):
        return with_days(stated, mention.sentence, day, "end")
    met = any_of_kind("meets").search(text, max(0, mention.start - 40), mention.start)
    held = any_of_kind("held").search(near) or met or _holds(text, mention.start)
    if held and "address" not in text and "remarks" not in text:
        return with_days(stated, mention.sentence, day, "start", "end")
    return stated


# "They gathered on 3 May 2010 in Lima, Peru, for the Plenary".
_FOR_IT = re.compile(
    r",?\s(?:(?:in|at|à|en|em|a|в)\s[^.;:()]{2,40}?,?\s)?(?:for|to hold|pour|zur?|para|per|на)(?:\s[\w'’]+){0,3}\s",
    re.IGNORECASE,
)


def _holds(text: str, at: int) -> bool:
    """True if what is held is the meeting named at *at*: "a tenu sa deuxième", "عقد ترتيب فاسينار"."""
    begin = max(0, at - _HELD_BEFORE)
    before = [m.end() for m in any_of_kind("held").finditer(text, begin, at) if m.end() < at]
    between = text[before[-1] : at] if before else ""
    return bool(before) and len(between.split()) <= _MOST_HELD and not _STOP.search(between)


_HELD_BEFORE, _MOST_HELD = 60, 4
_STOP = re.compile(r"[,;:.]")
_AFTER = re.compile(r"\b(?:after|following)\s+(?:the\s|its\s|their\s)?\s*\Z", re.IGNORECASE)
ISSUED = re.compile(
    r"\b(?:public|ministerial|press|chair(?:man|person)?['’]?s?|closing|final)\s+(?:statement|release|communiqu\w+)"
    r"|statement (?:(?:issued )?by the (?:plenary )?chair|from the plenary)|communiqu|chair(?:man)?['’]s statement",
    re.IGNORECASE,
)
SPOKEN = re.compile(r"\b(?:address|remarks|opening|speech|welcome|inaugura|embargo|outreach|accession)", re.IGNORECASE)


def _with_title_day(stated: Stated, mention: Mention, day: DateMatch | None, text: str) -> Stated:
    """A public statement is dated by the day it was agreed, the plenary's last; another title's day says nothing."""
    if day is None or "/" in text[day.start : day.end]:
        return stated
    if day.end <= mention.start and _AFTER.search(text, 0, day.start):
        return with_days(stated, mention.sentence, day, "end")
    words_ = text.replace("-", " ")
    if not day.year_stated or ISSUED.search(words_) is None or SPOKEN.search(words_):
        return stated
    return with_days(stated, mention.sentence, day, "end")


_HELD_TODAY = re.compile(
    r"\b(?:held|took place|met|convened|gathered)\s(?:its \w+ \w+ )?(?:here )?today\b", re.IGNORECASE
)


def _with_today(stated: Stated, text: str, today: date, spans: tuple[Span, ...]) -> Stated:
    if _HELD_TODAY.search(text):
        return replace(stated, start=today, end=today, parts=stated.parts | dict.fromkeys(("start", "end"), spans))
    if any_of_kind("ended").search(text):
        return replace(stated, end=today, parts=stated.parts | {"end": spans})
    if any_of_kind("opened").search(text):
        return replace(stated, start=today, parts=stated.parts | {"start": spans})
    return stated
