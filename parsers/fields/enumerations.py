"""Lists of states, wherever a page puts them: in a sentence, in bullets, in tables, a name a line."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from parsers.countries import find_countries
from parsers.fields.joined import since_behind
from parsers.page import Page, Span
from parsers.remembered import remembered
from parsers.vocabulary import words

# Fewer names in a row are a mention of states, not a list of members.
LEAST = 5


class Item(Struct, frozen=True):
    """One name of a list: its code (None for a name no table knows), the name, its span, the day or year beside it."""

    code: str | None
    name: str
    span: Span
    since: str | None


class Enumeration(Struct, frozen=True):
    """One list: its items in order, and the words that lead up to it (its sentence, or what stands above it).

    `near` is the last sentence or heading of these words. `rows` says that the names stand at the head of lines
    that say more: a table of contacts may look so, and a table of chairs.
    """

    items: tuple[Item, ...]
    lead: str
    near: str
    block: int
    last_block: int
    rows: bool = False


def bodies() -> str:
    """An expression for the bodies that sit among members without being states."""
    return "|".join(words("member_words", "bodies"))


BODY_RE = re.compile(rf"(?:the |la |die )?(?:{bodies()})(?: \([A-Z]{{2,4}}\))?", re.IGNORECASE)
# What may stand between two names of one list.
_GLUE = re.compile(
    r"^(?:[\s,;|•·*†‡+?.&/–—-]|\([^()]{0,60}\)|\[\d+\]|(?:\d{1,2}\s(?i:[a-zà-ÿ]{3,9})\.?\s)?\d{4}\*?|\d{1,2}\.|and|et|und|y|e|i|и|a|o(?=\s)|en|og|och"
    r"|as well as|ainsi que|sowie|además de|bem como|nonché|а также|oraz"
    r"|the|la|le|les|los|las|el|l['’]|os|as|der|die|das|den|il|gli|lo|with|also|plus|both|in addition|including"
    rf"|(?:the )?(?:{bodies()})|(?:Country )?(?:Date|Year)|since|depuis|seit)*$",
    re.IGNORECASE,
)
_TRAILER = re.compile(
    r"^[\s,;]*(?:with|as well as|además de|ainsi que|together with|and)\s+(?:the |la |le |el )?(?=[A-ZÀ-Þ]|$)",
    re.IGNORECASE,
)
# What may follow a name inside the list: an aside, or the form of state turned behind the name.
_ASIDES = re.compile(r"\([^()]{0,60}\)|, (?:[A-Z]\w+ ){1,3}of(?: the)?(?=[,;])")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÞА-Я*])|\n")


def inline_lists(page: Page) -> list[Enumeration]:
    """The lists whose names follow each other inside one block."""
    found: list[Enumeration] = []
    for i, block in page.readable:
        if len(page.mentions(i)) >= LEAST:
            found.extend(_inline_list(page, i, run) for run in _runs_in(block.text, i))
    return found


@remembered
def _runs_in(text: str, i: int) -> tuple[tuple[Item, ...], ...]:
    """The names of states in block *i* that follow each other as a list's do."""
    runs: list[list[Item]] = [[]]
    for match in find_countries(text):
        run = runs[-1]
        between = text[run[-1].span.end : match.start] if run else ""
        if run and between in (" (", "/", " / ") and match.code == run[-1].code:
            continue
        if len(run) >= _SURE and (unknown := _unknown(between, run[-1].span, i)):
            run.append(unknown)
        elif not is_glue(between) and (len(run) < LEAST or not _is_trailer(between)):
            runs.append([])
            run = runs[-1]
        begin = run[-1].span.end if run else max(0, match.start - _BARE_FIRST)
        if bare := bare_name(text, begin, match.start, i):
            run.append(bare)
        run.append(Item(match.code, match.name, Span(i, match.start, match.end), since_behind(text, match.end)))
    return tuple(tuple(run) for run in runs if len(run) >= LEAST)


def _inline_list(page: Page, i: int, run: tuple[Item, ...]) -> Enumeration:
    text, begin = page.blocks[i].text, run[0].span.start
    lead = text[max(0, begin - 220) : begin]
    near = _SENTENCE_END.split(lead)[-1]
    if not re.search(r"[^\W\d_]{3}", lead):
        lead = near = heading_above(page, i)
    elif len(near.strip()) < 12:
        near = lead[-90:]
    return Enumeration(run, lead, near, i, i)


# Bare names of two states. Of the Koreas one alone is a member anywhere; of the Congos either may be.
_KOREA = r"Korea|Corea|Corée|Coreia|Coréia|Корея"
_AMBIGUOUS = re.compile(rf"(?<![\w-])(?:(?P<korea>{_KOREA})|Congo|Kongo|Конго)(?![\w-])")


@lru_cache(maxsize=2048)
def is_glue(text: str) -> bool:
    """Whether *text* can stand between two names of one list, without the asides that lists carry."""
    return len(text) < 160 and _GLUE.match(_AMBIGUOUS.sub("", _ASIDES.sub("", text))) is not None


def bare_name(text: str, begin: int, end: int, i: int) -> Item | None:
    """The bare name of two states between two offsets of block *i*; a Congo has no code."""
    match = _AMBIGUOUS.search(text, begin, end)
    return Item("KR" if match["korea"] else None, match.group(), Span(i, *match.span()), None) if match else None


def is_bare(text: str) -> bool:
    """Whether *text* is the bare name of two states and nothing else, its list's mark apart."""
    return _AMBIGUOUS.fullmatch(text.strip(" *•·–-.,;†‡")) is not None


def _told_apart(listed: Enumeration) -> Enumeration:
    """*listed* with a bare Congo as the Republic where the other Congo stands beside it under its own name."""
    if not any(item.code == "CD" for item in listed.items):
        return listed
    return replace(
        listed,
        items=tuple(
            replace(item, code="CG") if item.code is None and is_bare(item.name) else item for item in listed.items
        ),
    )


# A bare name may also begin a list: so far before its second name.
_BARE_FIRST = 9
# So many names in, a word in capitals between two commas is a name as well, though no table knows it.
_SURE = 4
_UNKNOWN = re.compile(
    r"\s?,\s(?:the\s)?(?P<name>[A-ZÀ-Þ][\w’'-]{2,20}(?:\s(?:of\s|and\s|the\s)*[A-ZÀ-Þ][\w’'-]{2,20}){0,3})\s?,\s?(?:and\s)?(?:the\s)?"
)


def _unknown(between: str, before: Span, i: int) -> Item | None:
    """The name that stands alone between two of a list and that no table knows: "Belgium, Freedonia, Bulgaria"."""
    match = _UNKNOWN.fullmatch(between) if "," in between and len(between) < 90 else None
    if match is None or is_glue(between) or _AMBIGUOUS.search(between):
        return None
    start = before.end + match.start("name")
    return Item(None, match["name"], Span(i, start, start + len(match["name"])), None)


def _is_trailer(text: str) -> bool:
    return len(text) < 40 and _TRAILER.match(text) is not None


def merged(page: Page, found: list[Enumeration]) -> tuple[Enumeration, ...]:
    """*found* in reading order, with lists joined that go on from one block to the next, as the lines of a saved
    table do."""
    done: list[Enumeration] = []
    for listed in sorted(found, key=lambda e: (e.block, e.items[0].span.start)):
        before = done[-1] if done else None
        if before is not None and not listed.rows and 0 < listed.block - before.last_block <= 1:
            head = page.blocks[listed.block].text[: listed.items[0].span.start]
            tail = page.blocks[before.last_block].text[before.items[-1].span.end :]
            if is_glue(head) and is_glue(tail):
                done[-1] = replace(before, items=before.items + listed.items, last_block=listed.last_block)
                continue
        done.append(listed)
    return tuple(map(_told_apart, done))


def heading_above(page: Page, at: int) -> str:
    """What stands over block *at*: the ends of the three blocks before it."""
    place = bisect_left(page.readable, at, key=itemgetter(0))
    return "\n".join(block.text[-120:] for _, block in page.readable[max(0, place - 3) : place])
