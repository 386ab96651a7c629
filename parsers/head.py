"""The lines above a page's text, each told apart: the title, or a date, an office, a part of the site, a by-line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import NamedTuple

from parsers.annotate.bodies import names_of
from parsers.annotate.people import find_persons
from parsers.cities import city_named
from parsers.countries import country_named, find_countries
from parsers.dates import find_days, find_years, month_number
from parsers.document import Role
from parsers.names import name_key
from parsers.page import Page
from parsers.page_words import Said, phrases_in, plain_words
from parsers.phrase_table import words_of
from parsers.tables import yaml_rules
from parsers.vocabulary import words


class Sort(StrEnum):
    """The sort of a line that is no title."""

    SECTION = "section"
    DATE = "date"
    OFFICE = "office"
    INSTITUTE = "institute"
    BYLINE = "byline"
    PERSON = "person"
    PLACE = "place"
    CONTACT = "contact"
    QUOTE = "quote"
    TRAIL = "trail"
    NAME = "name"
    ITEM = "item"
    TEXT = "text"


class Line(NamedTuple):
    """A block above the text: its place in the document, its text, what it is (None for what may be a title) and its phrases."""

    block: int
    text: str
    sort: Sort | None
    level: int
    said: tuple[Said, ...]


# So many blocks are looked at, and so many characters make a paragraph of the text.
_BLOCKS, _PARAGRAPH, _LONGEST = 60, 230, 240
_LINES = 24
# A question that opens a page is its title if it is shorter.
_QUESTION = 70


def head_of(page: Page) -> tuple[Line, ...]:
    """The lines of *page* up to the first paragraph of its text, which is the last of them."""
    known = page.memo.get("head")
    if not isinstance(known, tuple):
        known = page.memo["head"] = tuple(islice(_lines(page), _LINES))
    return known


def lead_of(page: Page) -> str:
    """The first paragraph of the page's text, or nothing where it has none."""
    return next((line.text for line in head_of(page) if line.sort is Sort.TEXT and len(line.text) > 40), "")


def _lines(page: Page) -> Iterator[Line]:
    titled = False
    for place, (index, block) in enumerate(page.readable[:_BLOCKS]):
        text = block.text
        item = block.role in (Role.LIST_ITEM, Role.TABLE_ROW, Role.CAPTION, Role.FOOTNOTE)
        if item and len(text) < _PARAGRAPH:
            continue
        line = line_of(page, text)
        after = page.readable[place + 1][1].text[:_LONGEST] if place + 1 < len(page.readable) else ""
        if line.sort is None and after[:1].islower() and without_dates(after):
            # The next block goes on with it: a sentence that the page broke.
            line = line._replace(sort=Sort.TEXT)
        elif not titled and text.endswith("?") and len(text) < _QUESTION and line.sort is Sort.TEXT:
            line = line._replace(sort=None)
        titled = titled or line.sort in (None, Sort.TEXT, Sort.QUOTE) or any(p.of == "reference" for p in line.said)
        yield line._replace(block=index, level=block.level if block.role is Role.HEADING else 0)
        if line.sort is Sort.TEXT and len(text) >= _PARAGRAPH:
            return


def line_of(page: Page, text: str) -> Line:
    """*text* as a line of no block."""
    said = phrases_in(text[:_LONGEST], page.document.language)
    long = len(text) >= _PARAGRAPH and not _QUOTED.match(text)
    return Line(-1, text, Sort.TEXT if long else _sort(page, text, said), 0, said)


def _sort(page: Page, text: str, said: tuple[Said, ...]) -> Sort | None:
    if _QUOTED.match(text):
        return Sort.QUOTE
    if (section := _section(said)) and not _heads_a_statement(said, section):
        return Sort.SECTION
    bare = without_dates(text)
    if not bare or is_code(text, bare) or (bare != text and is_place(bare)):
        return Sort.DATE
    if bare != text and (section := _section(phrases_in(bare))):
        return None if _heads_a_statement(said, section) else Sort.DATE
    if is_place(text):
        return Sort.PLACE
    if is_own_name(page, text):
        return Sort.SECTION if _SECRETARIAT.search(text) else Sort.NAME
    if _CONTACT.search(text):
        return Sort.CONTACT
    if _TRAIL.search(text):
        return Sort.TRAIL
    if byline(text):
        return Sort.BYLINE
    if _is_person(text):
        return Sort.PERSON
    if is_name_of(said, bare, "office"):
        # "Embassy of Fiji, Paris" is where something was held.
        return Sort.PLACE if "," in bare and city_named(bare.rsplit(",", 1)[1].strip()) else Sort.OFFICE
    if is_name_of(said, bare, "institute"):
        return Sort.INSTITUTE
    return Sort.TEXT if ends_a_sentence(text) else None


def _section(said: tuple[Said, ...]) -> int:
    """The length of the longest name of a part of a site that says all there is, or nought."""
    wholes = [p for p in said if p.of in ("section", "reference", "release") and p.whole]
    return max((p.end - p.start for p in wholes), default=0)


def _heads_a_statement(said: tuple[Said, ...], section: int) -> bool:
    """True if the head of a statement is no part of a longer name: "communiqué" is one of "communiqué de presse"."""
    return any(phrase.of == "statement" and phrase.end - phrase.start >= section for phrase in said)


_QUOTED = re.compile(r"[\"“„«].*[\"”“»]\s*$|[–—-]\s?[A-ZÀ-Ž]")
_CONTACT = re.compile(
    r"@|https?:|www\.|\b(?:[Tt]el|[Ff]ax|[Pp]hone|P\.?O\.? Box|Street|Avenue|Crescent|Building|Bâtiment|[Ss]traße|ACT \d+)\b|©|[Cc]ookies?\b|\b[Pp]hoto\b|\b[Ff]oto\b|[Фф]ото\b|\.gov\b|^\[|\bArticles\b|\d{1,3}(?:,\d{3})+|^(?:From|To|Date|Cc|Title|Author):"
)
_TRAIL = re.compile(
    r"^[«‹←→]\s|\S\s(?:>|»|›|→|/|\|.*\|)\s\S|^(?:You are here|Vous êtes ici|Sie sind hier|Usted está aquí)"
)
_END = re.compile(r"(?:[.!?…]['\"”’)\]]*|[;:,])$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.|Mr\.|Dr\.|No\.|Inc\.|u\.a\.|etc\.)$")


def ends_a_sentence(text: str) -> bool:
    """True if *text* ends with a sentence's mark."""
    return _END.search(text) is not None and _ABBREVIATED.search(text) is None


def without_dates(text: str) -> str:
    """*text* without its days, hours and years, and without what says beside them that it was published then."""
    found = [(day.start, day.end) for day in find_days(text)]
    found += [(start, end) for start, end, _ in find_years(text)]
    kept, at = [], 0
    for start, end in sorted(found):
        if start >= at:
            kept.append(text[at:start])
        at = max(at, end)
    rest = _CLOCK.sub(" ", " ".join((*kept, text[at:])))
    if is_dated(rest):
        return ""
    if not found and rest == text:
        return text.strip()
    return " ".join(word for word in rest.split() if not all(map(_says_nothing, _APART.split(word)))).strip(_MARKS)


_MARKS = " |,.-–—:()·•/;"
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?(?:uur|Uhr|hrs|[ap]\.?m\.?|[A-Z]{2,4}\b))?")
_APART = re.compile(r"[\s/]+")


def is_dated(text: str) -> bool:
    """True if *text* says nothing but that a date stands behind it."""
    return all(map(_says_nothing, _APART.split(text)))


def _says_nothing(word: str) -> bool:
    bare = word.strip(_MARKS).lower()
    return (
        not bare
        or bare in plain_words("beside_a_date")
        or bare.isdigit()
        or month_number(bare) is not None
        or name_key(bare) in _weekdays()
    )


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(words("date_words", "weekday"))


def is_code(text: str, bare: str) -> bool:
    """True if a line is a mark of reference: more of its words hold digits, or are short, than not."""
    words = bare.split()
    coded = sum(any(c.isdigit() for c in word) or len(word) <= 3 for word in words)
    return any(c.isdigit() for c in text) and (bare != text or coded == len(words)) and coded * 2 > len(words)


def says_weekday(text: str) -> bool:
    """True if a line names a day of the week."""
    return any(name_key(word.low) in _weekdays() for word in words_of(text))


def is_place(text: str) -> bool:
    """True if *text* names towns and states and nothing else: "Paris, France"."""
    parts = [part.strip() for part in re.split(r"[,|/()–—-]", text) if part.strip()]
    return 0 < len(parts) <= 4 and all(city_named(part) or country_named(part) for part in parts)


def is_own_name(page: Page, text: str) -> bool:
    """True if *text* is a name of the regime, or of its office or site, and nothing else: "The Zangger Committee (ZC)"."""
    names = names_of(page.regime)
    small = plain_words("of_a_site")
    whole = [{w for w in name_key(n).split() if w not in small} for n in (page.regime.id, *page.regime.names)]
    own = names.heads.union(yaml_rules("annotations.yaml")["common_words"], *whole)
    telling = {word for word in name_key(text).split() if word not in small}
    stems = tuple(names.stems)
    told = any(words <= telling for words in whole if words) or any(word.startswith(stems) for word in telling)
    return told and all(word in own or word.startswith(stems) for word in telling)


_SECRETARIAT = re.compile(r"secr[eé]tari|sekretariat|segretariato|секретариат", re.IGNORECASE)
_BY = re.compile(
    r"(?:By|Par|Von|Por|Di|Автор:?|Text:|Reported by|Written by|Author:|Autor:|Auteur:)\s+(?P<name>[A-ZÀ-ŽА-ЯЁ][\w.'’-]*(?:\s+(?:[a-z]{1,3}\s+)?[A-ZÀ-ŽА-ЯЁ][\w.'’-]*){0,4})"
    r"(?P<rest>\s*(?:[,|–—(-].{0,50})?)"
)


def byline(text: str) -> str | None:
    """The author, where *text* is a by-line: "By Seth Brown", "Von Anna Weber, Wien"."""
    match = _BY.fullmatch(text.strip()) if len(text) < 90 else None
    if match is None or any(phrase.of in ("office", "statement") for phrase in phrases_in(text)):
        return None
    words = [word.low for word in words_of(match["name"])]
    titled = any(word in plain_words("honours") for word in words)
    return None if titled or find_countries(text) or is_place(match["name"]) else match["name"]


_HONOUR = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Prof|H\.E|Ambassador|Amb|Sir|Lord|Baroness|Sen|Rep|Hon|The Hon)\b")


def _is_person(text: str) -> bool:
    if len(text) > 80 or not _HONOUR.match(text):
        return False
    persons = find_persons(text)
    return (bool(persons) and persons[0].low <= 1 and persons[0].high >= len(text) - 2) or len(text.split()) <= 3


def is_name_of(said: tuple[Said, ...], name: str, sort: str) -> bool:
    """True if *name*, a line without its days, names an office (or an institute) and tells nothing of it."""
    if not any(phrase.of == sort for phrase in said) or any(c.isdigit() for c in name) or ends_a_sentence(name):
        return False
    if any(phrase.of in ("headline", "statement", "press", "convened") for phrase in said) or len(name) > 110:
        return False
    words = re.findall(r"[^\W\d_]+", name)
    capitals = sum(word[0].isupper() for word in words if word.lower() not in plain_words("small"))
    telling = sum(word.lower() not in plain_words("small") for word in words)
    return 0 < telling <= 10 and (capitals == telling or (capitals >= 1 and telling <= 5 and ":" not in name))
