"""The meetings and groups of experts that a page names beside the plenary, with and without their abbreviation."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from parsers.lines import Letters
from parsers.page import Found, Page, Span
from parsers.phrases import lowered_pattern, needed
from parsers.record import Meeting
from parsers.remembered import remembered
from parsers.tables import yaml_table

# An abbreviation in brackets, and before it a name in capitals that ends in a word for a meeting.
_BRACKETED = re.compile(r"\(\s*[\"“]?([A-Z][A-Za-z]{1,6}?)s?[\"”]?\s*\)")
_NAMED = re.compile(
    r"\b((?:[A-Z][\w’'-]+,? (?:(?:and|of|for|on|the|to|in) ){0,2}){1,8}(?:Meetings?|Groups?|Exercise|Experts|Dialogue)"
    r"(?: (?:on|for|of) (?:[A-Z][\w-]+ ?(?:and )?){1,4}(?<! ))?)\s*\Z"
)
# One that the page names without an abbreviation.
_UNABBREVIATED = re.compile(
    r"\b((?:[A-Z][\w’'-]+ (?:(?:and|of) )?){1,6}?(?:Working Group|Experts?['’]? (?:Meeting|Group))|(?:[A-Z]\w+ )?Implementation Meeting)\b(?!\s*\()"
)
_NO_PART = re.compile(r"(?:(?:The|An?|In|At|Its|Each|This|Both|On|Of)\s)+")
_LAST_WORDS = ("Meeting", "Meetings", "Group", "Groups", "Exercise", "Experts", "Dialogue")
_LONGEST_NAME = 200
# The words, in small letters, that such a name may end in.
_ENDS = ("meeting", "group", "exercise", "experts", "dialogue")
# Bodies that are no meeting of the regime's.
_OTHERS = re.compile(
    r"\b(?:Suppliers|Australia|Zangger|Nuclear Group|Seven|Eight|Twenty|Eminent|Contact Group|Minsk|Visegrad|Friends"
    r"|United Nations|UN|Security Council|NATO|EU|European|OSCE|IAEA|OPCW|1540)\b"
)


def read(page: Page) -> list[Found[Meeting]]:
    """Each meeting once, in the order of first naming; `name` is as the page writes it, in the singular, or the
    table's where the page has the abbreviation alone. Found once for all that ask."""
    known = page.memo.get("meetings")
    if not isinstance(known, list):
        known = page.memo["meetings"] = _read(page)
    return known


def _read(page: Page) -> list[Found[Meeting]]:
    found: dict[str, tuple[str | None, list[Span]]] = {}
    own = frozenset(name.casefold() for name in (page.regime.name, *page.regime.names, page.regime.id))
    runs_of: dict[int, set[str]] = {}
    for line, runs in _table()[0].found(page.lines).items():
        runs_of.setdefault(page.sentences[line].block, set()).update(runs)
    for index, of_block in runs_of.items():
        for start, end, short, long in _written_in(page.blocks[index].text, frozenset(of_block), own):
            held, at = found.get(short, (None, []))
            at.append(Span(index, start, end))
            found[short] = (held or (_singular(long) if long else None), at)
    return [Found(_meeting(short, name), tuple(spans_)) for short, (name, spans_) in found.items()]


class _Written(NamedTuple):
    """``text[start:end]`` is the meeting *short*, written out as *long* where it is."""

    start: int
    end: int
    short: str
    long: str | None


@remembered
def _written_in(text: str, runs: frozenset[str], own: frozenset[str]) -> tuple[_Written, ...]:
    """The meetings that a text names, in order; *runs* are the letters of names in it, *own* the regime's names."""
    _, rows_of, rows = _table()
    short_names = {short for short, _ in rows}
    spans: list[_Written] = []
    for match in _BRACKETED.finditer(text) if "(" in text else ():
        short = match[1]
        if not any(word in text[max(0, match.start() - 90) : match.start()] for word in _LAST_WORDS):
            continue
        named = _NAMED.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
        name = _name_of(named[1], short) if named else None
        if named and name and not {short.casefold(), name.casefold()} & own and not _OTHERS.search(name):
            spans.append(_Written(named.end(1) - len(name), match.end(), short, name))
    # An abbreviation counts in capitals alone: "items" holds no "TEM".
    runs = runs.union(short for run in runs if (short := run.upper()) in text)
    written = [
        _Written(match.start(), match.end(), rows[number][0], match["long"])
        for number in sorted({row for run in runs for row in rows_of.get(run, ())})
        for match in rows[number][1].finditer(text)
    ]
    if not runs.isdisjoint(_ENDS):
        matches = (m for m in _UNABBREVIATED.finditer(text) if not _OTHERS.search(m[1]))
        written += [_Written(*m.span(1), m[1], None) for m in matches]
    # Of two that overlap the longer says more; a name of the table before one that only looks like a name.
    taken = bytearray(len(text))
    for one in spans:
        taken[one.start : one.end] = b"x" * (one.end - one.start)
    for one in sorted(written, key=lambda w: (w.short not in short_names, w.start - w.end, w.start)):
        if b"x" not in taken[one.start : one.end]:
            taken[one.start : one.end] = b"x" * (one.end - one.start)
            spans.append(one)
    spans.sort(key=lambda w: w[:2])
    return tuple(one if one.long or one.short in short_names else _own_part(one, own) for one in spans)


def _meeting(short: str, name: str | None) -> Meeting:
    if " " in short:
        return Meeting(None, _singular(short))
    return Meeting(short, name or _table_name(short))


def _own_part(written: _Written, own: frozenset[str]) -> _Written:
    """A name without the article and the regime's own name before it."""
    name = written.short
    lead = _NO_PART.match(name)
    rest = name[lead.end() :] if lead else name
    first, _, behind = rest.partition(" ")
    if first.casefold() in own and behind.count(" "):
        rest = behind
    return written._replace(start=written.start + len(name) - len(rest), short=rest)


@cache
def _table() -> tuple[Letters, dict[str, list[int]], list[tuple[str, re.Pattern[str]]]]:
    """The letters that the names of meetings cannot do without, the rows of the table that each belongs to, and
    the rows: a meeting's abbreviation and the expression for its names."""
    rows: list[tuple[str, re.Pattern[str]]] = []
    rows_of: dict[str, list[int]] = {}
    for short, row in yaml_table("meetings.yaml").items():
        long = rf"\b(?P<long>{'|'.join(row['written'])})(?:\s*\(\s*{short}s?\s*\))?"
        alone = rf"|(?<!\w)(?<![a-z\d]/){short}s?(?!\w)" if row.get("alone", True) else ""
        needs = {word for written in row["written"] for word in needed(lowered_pattern(written))}
        for run in {*needs, short}:
            rows_of.setdefault(run, []).append(len(rows))
        rows.append((short, re.compile(long + alone)))
    return Letters(map(str.lower, {*_ENDS, *rows_of})), rows_of, rows


def _table_name(short: str) -> str | None:
    row = yaml_table("meetings.yaml").get(short)
    return str(row["name"]) if row else None


def _name_of(words: str, short: str) -> str | None:
    """The end of *words* whose initials give *short*: words of the sentence may stand in capitals before it."""
    begins = [m.start() for m in re.finditer(rf"\b{short[0]}", words, re.IGNORECASE)]
    return next((words[b:] for b in reversed(begins) if _initials_agree(words[b:], short)), None)


def _initials_agree(name: str, short: str) -> bool:
    """Whether the letters of *short* begin words of *name*, in their order."""
    initials = iter(word[0].upper() for word in re.findall(r"[\w’']+", name))
    return all(letter.upper() in initials for letter in short)


def _singular(name: str) -> str:
    return re.sub(r"\b(Meeting|Group)s\b", r"\1", " ".join(name.split()))
