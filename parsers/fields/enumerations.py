"""Lists of states, wherever a page puts them: in a sentence, in bullets, in tables, a name a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.countries import country_named
from parsers.document import Block, Role
from parsers.page import Page, Span

# Bodies that sit among members without being states.
BODY_RE = re.compile(
    r"(?:the )?(?:European Union|European Commission|EU\b|EC-?12|Commission europ[ée]enne|Union europ[ée]enne"
    r"|Comisi[óo]n Europea|Uni[óo]n Europea|Europ[äa]ische (?:Kommission|Union)|Comiss[ãa]o Europ[ée]ia|Uni[ãa]o Europ[ée]ia"
    r"|(?:the )?Chair(?:man)? of the Zangger Committee|IAEA|European Community)",
    re.IGNORECASE,
)
# What may stand between two names of one list.
_GLUE = re.compile(
    r"^(?:[\s,;|•·*†‡+?.&/–—-]|\([^()]{0,60}\)|\[\d+\]|\d{4}\*?|\d{1,2}\.|and|et|und|y|e|i|и|a|as well as|ainsi que|sowie|además de"
    r"|the|la|le|les|los|las|el|l['’]|o|os|as|der|die|das|den|il|gli|lo|with|also|plus|both|in addition|including"
    r"|(?:the )?(?:European Union|European Commission|EC-?12|Commission europ[ée]enne|Comisi[óo]n Europea)"
    r"|(?:Country )?(?:Date|Year)|since|depuis|seit)*$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"^\W{0,3}\(?\s*(?:since |joined |admitted )?((?:19|20)\d\d(?:-\d\d-\d\d)?)\b")
_TRAILER = re.compile(
    r"^[\s,;]*(?:with|as well as|además de|ainsi que|together with|and)\s+(?:the |la |le |el )?(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_LEAST = 5


@dataclass(frozen=True, slots=True)
class Item:
    """One name of a list: its code (None for a name no table knows), the name, its span, the year beside it."""

    code: str | None
    name: str
    span: Span
    since: str | None


@dataclass(frozen=True, slots=True)
class Enumeration:
    """One list: its items in order, and the words that lead up to it (its sentence, or the heading above)."""

    items: tuple[Item, ...]
    lead: str
    block: int
    last_block: int


def enumerations(page: Page) -> tuple[Enumeration, ...]:
    """Every list of five or more states, in reading order."""
    found = sorted([*_inline(page), *_by_lines(page)], key=lambda e: (e.block, e.items[0].span.start))
    return tuple(_merged(page, found))


def _merged(page: Page, found: list[Enumeration]) -> list[Enumeration]:
    """*found* with lists joined that go on from one block to the next, as the lines of a saved table do."""
    done: list[Enumeration] = []
    for listed in found:
        if done:
            before = done[-1]
            head = page.blocks[listed.block].text[: listed.items[0].span.start]
            tail = page.blocks[before.last_block].text[before.items[-1].span.end :]
            if 0 < listed.block - before.last_block <= 1 and _GLUE.match(_bare(head)) and _GLUE.match(_bare(tail)):
                done[-1] = Enumeration(before.items + listed.items, before.lead, before.block, listed.last_block)
                continue
        done.append(listed)
    return done


def _inline(page: Page) -> list[Enumeration]:
    found = []
    for i, block in page.readable:
        runs: list[list[Item]] = [[]]
        mentions = page.mentions(i)
        if len(mentions) < _LEAST:
            continue
        for match in mentions:
            run = runs[-1]
            between = block.text[run[-1].span.end : match.start] if run else ""
            if not _GLUE.match(_bare(between)) and (len(run) < _LEAST or not _trailer(between)):
                runs.append([])
                run = runs[-1]
            if run:
                run.extend(_ambiguous(block.text, run[-1].span, match.start, i))
            since = _SINCE.match(block.text[match.end :])
            run.append(Item(match.code, match.name, Span(i, match.start, match.end), since[1] if since else None))
        for run in runs:
            if len(run) >= _LEAST:
                lead = block.text[max(0, run[0].span.start - 220) : run[0].span.start]
                if not lead.strip():
                    lead = _heading_above(page, i)
                found.append(Enumeration(tuple(run), lead, i, i))
    return found


# Bare names of two states, of which one alone is a member anywhere: no regime here has the northern Korea.
_AMBIGUOUS = re.compile(r"(?<![\w-])(?:Korea|Corea|Corée|Coreia|Coréia|Корея)(?![\w-])")


def _bare(text: str) -> str:
    """*text* between two names without the asides that lists carry."""
    return _AMBIGUOUS.sub("", re.sub(r"\([^()]{0,60}\)", "", text))


def _ambiguous(text: str, before: Span, end: int, i: int) -> list[Item]:
    match = _AMBIGUOUS.search(text, before.end, end)
    return [Item("KR", match.group(), Span(i, *match.span()), None)] if match else []


def _trailer(text: str) -> bool:
    return bool(_TRAILER.match(text)) and len(text) < 40


def _by_lines(page: Page) -> list[Enumeration]:
    """Lists whose names stand in blocks of their own, or in the cells of rows."""
    found: list[Enumeration] = []
    items: list[Item] = []
    unknown: list[Item] = []
    begin = misses = 0
    for i, block in [*page.readable, (-1, Block(role=Role.HEADING, text=""))]:
        names = _names_of(i, block) if i >= 0 else None
        if names is not None:
            if not items:
                begin = i
            items.extend(unknown)
            unknown = []
            items.extend(names)
            misses = 0
            continue
        if items and i >= 0 and misses < 2 and _may_stand_between(block):
            misses += 1
            if block.role in (Role.LIST_ITEM, Role.TABLE_ROW) and _looks_like_a_name(block.text):
                unknown.append(Item(None, block.text, Span(i, 0, len(block.text)), None))
            continue
        if len(items) >= _LEAST:
            found.append(Enumeration(tuple(items), _heading_above(page, begin), begin, items[-1].span.block))
        items, unknown, misses = [], [], 0
    return found


_CELL = re.compile(r"[^|;\n]+")
_NAME_AND_DATE = re.compile(
    r"^\W*(?P<name>.+?)\W*(?:[(\s–—:-]*(?P<since>(?:19|20)\d\d)\*?\)?|\((?P<other>[^()]*)\))?\W*$", re.DOTALL
)
_DATE_CELL = re.compile(
    r"^\W*(?:\d{1,2}[ .]\w+[ .])?(?:19|20)\d\d\*?\W*$|^[\d\s*.]+$|^\W*\d{1,2} \w+ (?:19|20)\d\d\W*$"
)


def _names_of(i: int, block: Block) -> list[Item] | None:
    """The states that a block is made of, or None when it says anything else."""
    if len(block.text) > 400:
        return None
    items: list[Item] = []
    for cell in _CELL.finditer(block.text):
        words = cell.group()
        if not words.strip():
            continue
        if _DATE_CELL.match(words):
            year = re.search(r"(?:19|20)\d\d", words)
            if items and year and items[-1].since is None:
                items[-1] = Item(items[-1].code, items[-1].name, items[-1].span, year.group())
            continue
        parsed = _NAME_AND_DATE.match(words)
        name = parsed["name"] if parsed else words
        code = country_named(words) or country_named(name)
        if code is None:
            if BODY_RE.fullmatch(name.strip()):
                continue
            return None
        if code is not None and country_named(words):
            name = words.strip(" \t•·*.,–—-")
        at = cell.start() + words.find(name)
        since = parsed["since"] if parsed else None
        items.append(Item(code, name, Span(i, at, at + len(name)), since))
    return items or None


def _may_stand_between(block: Block) -> bool:
    """Whether a block may interrupt a list: another column's head, a body that is no state, a letter."""
    text = block.text
    return len(text) <= 60 and (
        bool(BODY_RE.search(text)) or bool(re.match(r"^(?:country|state|date|year|member|[A-Z])\b", text, re.IGNORECASE))
        or (block.role in (Role.LIST_ITEM, Role.TABLE_ROW) and _looks_like_a_name(text))
    )  # fmt: skip


def _looks_like_a_name(text: str) -> bool:
    return bool(re.match(r"^[A-ZÀ-Þ][\w’' .-]{2,40}$", text)) and not BODY_RE.search(text)


def _heading_above(page: Page, at: int) -> str:
    above = [block.text for i, block in page.readable if i < at][-3:]
    return " ".join(text[-120:] for text in above)
