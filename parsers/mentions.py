"""Where a page speaks of a plenary, and of which: the one it reports, the next, one before, or none in particular."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec import Struct

from parsers.arabic import is_arabic
from parsers.cities import find_cities
from parsers.dates import find_days
from parsers.document import Role
from parsers.lines import Letters
from parsers.names import name_key
from parsers.ordinals import NumberMatch, find_ordinals
from parsers.page import Page, Sentence
from parsers.places import cities_of_names, own_places, without_own_places
from parsers.remembered import remembered
from parsers.vocabulary import words


class Time(Enum):
    """Which plenary a mention means, as seen from the page."""

    CURRENT = "current"
    NEXT = "next"
    AHEAD = "ahead"
    PREVIOUS = "previous"
    HABITUAL = "habitual"


class Mention(Struct, frozen=True):
    """One mention of a plenary. Offsets are into ``sentence.text``; `low` and `high` bound the part of the
    sentence that speaks of this plenary and of no other."""

    sentence: Sentence
    start: int
    end: int
    time: Time
    ordinal: NumberMatch | None
    weak: bool
    title: bool
    role: Role
    low: int
    high: int

    @property
    def part(self) -> str:
        """The sentence with all that is not about this plenary blanked, so that offsets stay."""
        text = self.sentence.text
        return " " * self.low + text[self.low : self.high] + " " * (len(text) - self.high)


# No statement's sentence is longer; what is was made to cost time. So is a page that names the plenary more often.
LONGEST_SENTENCE = 2500
_MOST_IN_SENTENCE, _MOST_ON_PAGE = 12, 300


def mentions_of(page: Page) -> tuple[Mention, ...]:
    """Every mention of a plenary in the text, then in the page's own title, then in its address; found once."""
    known = page.memo.get("mentions")
    if isinstance(known, tuple):
        return known
    found: list[Mention] = []
    names = _regime_words(page)
    nameless = page.regime.name == page.regime.id.upper()
    for sentence in _sentences(page):
        if len(found) < _MOST_ON_PAGE:
            role = page.blocks[sentence.block].role
            found.extend(_in_sentence(sentence, role, names, _is_title(page, sentence, role), nameless))
    page.memo["mentions"] = tuple(found)
    return tuple(found)


def mentions_at(page: Page, sentence: Sentence) -> list[Mention]:
    """The mentions of a plenary in the sentence that begins where *sentence* does."""
    known = page.memo.get("mentions by sentence")
    if not isinstance(known, dict):
        known = dict[tuple[int, int], list[Mention]]()
        for mention in mentions_of(page):
            known.setdefault((mention.sentence.block, mention.sentence.start), []).append(mention)
        page.memo["mentions by sentence"] = known
    found: list[Mention] = known.get((sentence.block, sentence.start), [])
    return found


def _sentences(page: Page) -> Iterator[Sentence]:
    names = (page.regime.name, *page.regime.names)
    named_after = own_places(names) is not None
    for sentence in page.sentences_with(_STEMS):
        text = sentence.text[:LONGEST_SENTENCE]
        yield sentence._replace(text=without_own_places(text, names) if named_after else text)
    for i, block in enumerate(page.blocks):
        if block.role is Role.META and block.name == "title":
            yield Sentence(i, 0, without_own_places(block.text, names))
    for i, block in enumerate(page.blocks):
        if block.role is Role.ADDRESS:
            yield Sentence(i, 0, _without_cities(block.text, cities_of_names(names)))


def _without_cities(address: str, own: frozenset[str | None]) -> str:
    """An address with the cities in the regime's name and in the name of its host blanked: they place no meeting."""
    path = address.find("/", address.find("//") + 2)
    for city in find_cities(address, slug=True):
        if city.city in own or city.end <= path:
            address = address[: city.start] + "_" * (city.end - city.start) + address[city.end :]
    return address


def _is_title(page: Page, sentence: Sentence, role: Role) -> bool:
    block = page.blocks[sentence.block]
    if role in (Role.HEADING, Role.META):
        return True
    whole = len(sentence.text) >= len(block.text.rstrip()) - 1
    return whole and sentence.block < 12 and len(block.text) < 220 and not block.text.rstrip().endswith((".", ";", ":"))


@cache
def _anchor() -> re.Pattern[str]:
    """A word for a plenary: strong, weak, or any meeting that one of the cues makes a plenary."""
    cues = "|".join((*words("plenary_words", "next"), *words("plenary_words", "previous")))
    meetings = "|".join(words("plenary_words", "meeting"))
    strong = "|".join(words("plenary_words", "strong"))
    weak = "|".join(words("plenary_words", "weak"))
    experts = rf"\s(?:[\w’']+\s){{0,3}}?(?:d['’])?(?:{'|'.join(words('plenary_words', 'experts'))})"
    return re.compile(
        rf"(?P<strong>(?:\b|(?<=[\u3040-\u9fff\uac00-\ud7af]))(?:{strong})(?![a-z]))|(?P<weak>(?<![^\W\d_])(?:{weak})(?!\w))"
        rf"|(?P<cued>\b(?:{cues})\s(?:[\w’'-]+\s){{0,2}}?(?:{meetings})\b(?!{experts}))",
    )


@cache
def _cue(kind: str) -> re.Pattern[str]:
    """A cue with at most four words after it, up to the end of what is searched."""
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(words('plenary_words', kind))})(?:[\s-]+[\w’'()-]+){{0,4}}[\s-]*\Z", re.IGNORECASE
    )


@cache
def _habitual() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(words('plenary_words', 'habitual'))})(?:\s+[\w’'-]+){{0,1}}\s*\Z", re.IGNORECASE
    )


@cache
def _repeated() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words('plenary_words', 'repeated'))})(?!\w)", re.IGNORECASE)


@cache
def _happened() -> re.Pattern[str]:
    """A word that one meeting was held: today, or that it ended."""
    kinds = (*words("plenary_words", "today"), *words("plenary_words", "ended"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(kinds)})(?!\w)", re.IGNORECASE)


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(rf"[^.;]{{0,40}}?(?<!\w)(?:{'|'.join(words('plenary_words', 'ahead'))})(?!\w)", re.IGNORECASE)


@cache
def _between() -> frozenset[str]:
    return frozenset(name_key(word) for word in words("plenary_words", "between"))


def _regime_words(page: Page) -> frozenset[str]:
    """The words that make up the regime's names: what may stand between an ordinal and "Plenary"."""
    return _words_of((page.regime.name, *page.regime.names, page.regime.id))


@lru_cache(maxsize=64)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in name_key(name).split())


def _in_sentence(
    sentence: Sentence, role: Role, names: frozenset[str], title: bool, nameless: bool
) -> Iterator[Mention]:
    for told in _told_in(sentence.text, names, role is Role.ADDRESS, nameless):
        yield Mention(
            sentence, told.start, told.end, told.time, told.ordinal, told.weak, title, role, told.low, told.high
        )


class _Told(NamedTuple):
    """A mention by its offsets into a text."""

    start: int
    end: int
    time: Time
    ordinal: NumberMatch | None
    weak: bool
    low: int
    high: int


@remembered
def _told_in(text: str, names: frozenset[str], address: bool, nameless: bool) -> tuple[_Told, ...]:
    if address:
        text = _SLUG_BLANKS.sub(" ", text)
    low = text.lower()
    # In small letters the pattern needs not ignore case, which is three times as fast; "İ" alone changes lengths.
    anchors = [m for m in _anchor().finditer(low if len(low) == len(text) else text) if m.end() > m.start()]
    anchors += _named_meetings(text, names) if not any(m.lastgroup == "strong" for m in anchors) else []
    if nameless and not address and not anchors:
        anchors += _counted_meetings(text)
    found: list[_Told] = []
    for match in sorted(anchors, key=lambda m: m.start())[:_MOST_IN_SENTENCE]:
        ordinal = ordinal_before(text, match.start(), names, any_kind=nameless)
        begin = ordinal.start if ordinal else match.start()
        if ordinal is None:
            ordinal = _ordinal_behind(text, match.end())
        elif ordinal.value < _OF_PRESIDENCY and _UNDER.match(text, match.end()):
            # "the fifth plenary under the German presidency": not the body's fifth.
            ordinal = None
        time, begin = _time(text, begin, match)
        found.append(_Told(begin, match.end(), time, ordinal, match.lastgroup == "weak", 0, len(text)))
    return tuple(_parted(text, found))


# So many plenaries may one presidency hold.
_OF_PRESIDENCY = 7
_UNDER = re.compile(
    r"\s(?:[\w’'-]+\s){0,2}?(?:under|during|of|sous|unter|während|bajo|sob|sotto|под|в период)\s(?:[\w’'-]+\s){0,3}?"
    r"(?:presidency|chairmanship|présidence|präsidentschaft|vorsitz\w*|presidencia|presidência|presidenza|председательств\w+)\b",
    re.IGNORECASE,
)


def _ordinal_behind(text: str, end: int) -> NumberMatch | None:
    """The ordinal behind a word for a meeting that ends at *end*: "Plenary No. 12", in Arabic "الاجتماع العام الخامس"."""
    if numbered := _NUMBERED.match(text, end):
        return NumberMatch(*numbered.span(1), int(numbered[1]), True)
    if is_arabic(text[end - 1 : end]) and (found := find_ordinals(text, end, end + _BEHIND)):
        return found[0] if len(text[end : found[0].start].split()) <= 1 else None
    return None


# So far behind its noun an Arabic ordinal may end.
_BEHIND = 40
_NUMBERED = re.compile(r"\s+(?:[Nn]o\.|[Nn]r\.|№|[Nn][°º])\s?(\d{1,3})(?!\d)")
_SLUG_BLANKS = re.compile(r"%20|[-_+/.]")
# Stems that every word for a plenary, or a cue with a meeting, has one of.
_STEMS = Letters((

    "plen", "plén", "plān", "пленар", "пленум", "meeting", "session", "sitzung", "tagung", "treffen", "reuni", "réuni", "riuni",
    "sesi", "sess", "consult", "konsult", "заседан", "встреч", "совещан", "сесси", "конференц", "собран", "консульт", "zased", "posiedz", "täysist", "møte",
    "möte", "vergader", "jahres", " met ", " meet", "gather", "conven", "tagt", "trafen", "traf sich", "trifft", "собрал", "собира", "العام", "مشاورات", "会议", "総会", "총회", "conference", "conférence", "conferen", "conferên", "konferenz", "assembl", "summit", "sommet", "gipfel", "cumbre", "cimeira", "cúpula", "vertice", "саммит", "conseil", "conselho",
))  # fmt: skip


@cache
def _named_meeting() -> re.Pattern[str]:
    """A word for a meeting, or that somebody meets somewhere or some day."""
    verbs = "|".join(words("plenary_words", "meets"))
    return re.compile(
        r"(?P<named>(?<=\s)(?:[Mm](?:eeting|EETING)\b(?! (?:of|Room)\b)"
        rf"|(?:{verbs})(?=\s(?:\w+\s)?(?:in|on|at|from|between|here|this|à|du|en|vom|am|em|de|a|в|с)\s)))"
    )


# "the meeting of the Zangger Committee", but no meeting of its experts.
_MEETING_OF = re.compile(
    r"(?P<named>(?:[Mm]eeting|[Ss]ession))(?=\sof\s(?:the\s)?(?P<whose>(?:[A-Z][\w-]*(?:\s(?:of|for|on|and|the|against))*\s?){1,8}))"
)
_GROUPS = re.compile(
    r"\b(?:Experts?|Working|Consultative|Technical|Licensing|Enforcement|Information|Chair\w*|Points?)\b",
    re.IGNORECASE,
)


# "The Consultative Group of the Nuclear Suppliers Group met": no plenary.
_OF_A_GROUP = re.compile(
    r"\b(?:Consultative|Working|Technical Experts?|Licensing and Enforcement|Information Exchange) (?:Group|Meeting|Experts)\b[^.;,]{0,50}\Z"
    r"|\b(?:[Ee]xperts?|[Tt]roika|[Ee]xpertos|[Ee]xperten|эксперты) (?:of|from|du|de|del|der|di|da|do)\b[^.;,]{0,40}\Z"
)


def _named_meetings(text: str, names: frozenset[str]) -> list[re.Match[str]]:
    """ "Meeting" right behind a name of the regime: "Australia Group Meeting", "the MTCR meeting"; or that it met."""
    found = []
    for match in _named_meeting().finditer(text):
        before = name_key(text[max(0, match.start() - 20) : match.start()]).split()
        if before and before[-1] in names and not _OF_A_GROUP.search(text, max(0, match.start() - 80), match.start()):
            found.append(match)
    for match in _MEETING_OF.finditer(text) if "eeting of " in text or "ession of " in text else ():
        if name_key(match["whose"]).split(" ", 1)[0] in names and not _GROUPS.search(
            text, match.end(), match.end("whose") + 20
        ):
            found.append(match)
    return found


def _counted_meetings(text: str) -> list[re.Match[str]]:
    """Meetings of whatever kind that an ordinal counts, and that are no group's: what a body of which no name is known
    calls its plenary."""
    return [
        match
        for match in _counted().finditer(text)
        if ordinal_before(text, match.start(), frozenset(), any_kind=True)
        and not _GROUPS.search(text, max(0, match.start() - _COUNTED), match.end() + _COUNTED)
    ]


# So many characters before a meeting may tell of a group.
_COUNTED = 24


@cache
def _counted() -> re.Pattern[str]:
    """A word for a meeting of any kind."""
    return re.compile(rf"(?P<counted>\b(?:{'|'.join(words('plenary_words', 'counted'))})(?!\w))", re.IGNORECASE)


def ordinal_before(text: str, anchor: int, names: frozenset[str], *, any_kind: bool = False) -> NumberMatch | None:
    """The ordinal that counts the meeting named at *anchor*: only words that name the meeting stand between, or with
    *any_kind* what may be a name, or a word that tells its kind."""
    ordinals = find_ordinals(text, max(0, anchor - 110), anchor)
    if not ordinals:
        return None
    last = ordinals[-1]
    gap = name_key(text[last.end : anchor]).split()
    allowed = _between()
    if any_kind:
        named = sum(
            w not in allowed and w not in names and not w[0].isupper() for w in _WORDS.findall(text[last.end : anchor])
        )
        if named > 1 or len(gap) > _MOST_BETWEEN:
            return None
    elif len(gap) > 12 or any(word not in allowed and word not in names and word < _UNSPACED for word in gap):
        return None
    if any(c in text[last.end : anchor] for c in ",;:|") or not 1 <= last.value < 200:
        return None
    if last.value == 1 and _OWN_FIRST.search(text, max(0, last.start - 40), last.start):
        return None
    return last


# As many words may name a meeting's body, and its kind.
_MOST_BETWEEN = 6
_WORDS = re.compile(r"[^\W\d_]+")
# From here on letters are of scripts whose nouns stand before the word for the meeting: "第28回…グループ総会".
_UNSPACED = "\u1100"
# "its first Plenary", "for the first time", "the first in-person Plenary": not the regime's first.
_OWN_FIRST = re.compile(
    r"(?:\b(?:its|their|his|her|our|my|whose|a|an|for|as|s'|su|sus|leur|sa"
    r"|ihre[rmns]?|seine[rmns]?|sua|seu|attend\w*)|['’]s) (?:very )?(?:the )?\Z",
    re.IGNORECASE,
)


def _time(text: str, begin: int, match: re.Match[str]) -> tuple[Time, int]:
    """Which plenary is meant, and where the words for it begin."""
    if match.lastgroup == "cued":
        is_next = _cue("next").match(match.group()) is not None
        return (Time.NEXT if is_next else Time.PREVIOUS), match.start()
    low = max(0, begin - 48)
    clause = max((text.rfind(mark, low, begin) for mark in ",;:(."), default=-1)
    low = max(low, clause + 1)
    since = _cue("since").search(text, low, begin)
    dated = since is not None and (_YEAR.search(text, since.start(), begin) or _OF_YEAR.match(text, match.end()))
    if since is not None and dated and not find_days(text[since.start() : match.end()]):
        return Time.PREVIOUS, since.start()
    for kind, time in (("next", Time.NEXT), ("previous", Time.PREVIOUS)):
        cue = _cue(kind).search(text, low, begin)
        if cue is not None and not _OVER_TIME.match(text, cue.start()):
            return time, cue.start()
    if _TO_HOST.search(text, low, begin):
        return Time.AHEAD, begin
    if match.lastgroup == "strong" and _habitual().search(text, low, begin):
        return Time.HABITUAL, begin
    if not any(c.isdigit() for c in text) and _repeated().search(text, match.end()) and not _happened().search(text):
        return Time.HABITUAL, begin
    if _ahead().match(text, match.end()):
        return Time.AHEAD, begin
    return Time.CURRENT, begin


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OF_YEAR = re.compile(r"\s(?:of\s|in\s|de\s|von\s|del\s|d['’]|\w{4,8}\s)?(?:19|20)\d\d\b")


# "Argentina will host the 2010 Plenary", "offered to hold its 17th Plenary".
_TO_HOST = re.compile(
    r"\b(?:will|would|shall|to|for|having)\s(?:\w+\s)?(?:host(?:ing)?|hold(?:ing)?|organi[sz](?:e|ing)|convene)\s(?:and chair\s)?"
    r"(?:the\s|its\s|their\s|a\s)?(?:\d{4}(?:[-/–]\d{2,4})?\s)?(?:[A-Z]{2,5}\s)?\Z"
)
# "over the last 12 months", "the past year": time, not a meeting.
_OVER_TIME = re.compile(
    r"(?:last|past|next|coming|following)\s+(?:\w+\s)?(?:months?|years?|days?|week|decades?)\b(?!['’])", re.IGNORECASE
)


def _parted(text: str, found: list[_Told]) -> list[_Told]:
    """Each mention with its own part of the sentence: up to where the next begins that means another plenary, and
    where that is the plenary before, up to its comma."""
    parted: list[_Told] = []
    low = 0
    for i, mention in enumerate(found):
        others = [m.start for m in found[i + 1 :] if m.time is not mention.time]
        high = others[0] if others else mention.high
        if others and mention.time is Time.PREVIOUS:
            comma = text.find(",", mention.end, high)
            high = comma if comma >= 0 else high
        parted.append(mention._replace(low=low, high=high))
        if i + 1 < len(found) and found[i + 1].time is not mention.time:
            low = high
    return parted
