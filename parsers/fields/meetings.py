"""The meetings and groups of experts that a page names beside the plenary, with and without their abbreviation."""

from __future__ import annotations

import re
from functools import cache

from parsers.lines import Letters
from parsers.page import Found, Page, Span
from parsers.phrases import lowered_pattern, needed
from parsers.record import Meeting
from parsers.tables import yaml_table

# An abbreviation in brackets, and before it a name in capitals that ends in a word for a meeting.
_BRACKETED = re.compile(r"\(\s*[\"“]?([A-Z][A-Za-z]{1,6}?)s?[\"”]?\s*\)")
_NAMED = re.compile(
    r"\b((?:[A-Z][\w’'-]+,? (?:(?:and|of|for|on|the|to|in) ){0,2}){1,8}(?:Meetings?|Groups?|Exercise|Experts|Dialogue))\s*\Z"
)
_LAST_WORDS = ("Meeting", "Meetings", "Group", "Groups", "Exercise", "Experts", "Dialogue")
_LONGEST_NAME = 200
# The words, in small letters, that such a name may end in.
_ENDS = ("meeting", "group", "exercise", "experts", "dialogue")
# Bodies that are no meeting of the regime's.
_OTHERS = re.compile(
    r"\b(?:Suppliers|Australia|Zangger|Nuclear Group|Seven|Eight|Twenty|Eminent|Contact Group|Minsk|Visegrad|Friends)\b"
)


def read(page: Page) -> list[Found[Meeting]]:
    """Each meeting once, in the order of first naming; `name` is as the page writes it, in the singular, or the
    table's where the page has the abbreviation alone."""
    found: dict[str, tuple[str | None, list[Span]]] = {}
    own = {name.casefold() for name in (page.regime.name, *page.regime.names, page.regime.id)}
    letters, rows_of, rows = _table()
    runs_of: dict[int, set[str]] = {}
    for line, runs in letters.found(page.lines).items():
        runs_of.setdefault(page.sentences[line].block, set()).update(runs)
    for index, runs in runs_of.items():
        text = page.blocks[index].text
        spans: list[tuple[int, int, str, str | None]] = []
        for match in _BRACKETED.finditer(text) if "(" in text else ():
            short = match[1]
            if not text[: match.start()].rstrip().endswith(_LAST_WORDS):
                continue
            named = _NAMED.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
            name = _name_of(named[1], short) if named else None
            if named and name and not {short.casefold(), name.casefold()} & own and not _OTHERS.search(name):
                spans.append((named.end(1) - len(name), match.end(), short, name))
        # An abbreviation counts in capitals alone: "items" holds no "TEM".
        runs.update([short for run in runs if (short := run.upper()) in text])
        for number in sorted({row for run in runs for row in rows_of.get(run, ())}):
            short, pattern = rows[number]
            for match in pattern.finditer(text):
                long = match["long"]
                if not any(start < match.end() and match.start() < end for start, end, *_ in spans):
                    spans.append((match.start(), match.end(), short, long))
        for start, end, short, written in sorted(spans):
            held, at = found.get(short, (None, []))
            found[short] = (held or (_singular(written) if written else None), [*at, Span(index, start, end)])
    return [Found(Meeting(short, name or _table_name(short)), tuple(spans_)) for short, (name, spans_) in found.items()]


@cache
def _table() -> tuple[Letters, dict[str, list[int]], list[tuple[str, re.Pattern[str]]]]:
    """The letters that the names of meetings cannot do without, the rows of the table that each belongs to, and
    the rows: a meeting's abbreviation and the expression for its names."""
    rows: list[tuple[str, re.Pattern[str]]] = []
    rows_of: dict[str, list[int]] = {}
    for short, row in yaml_table("meetings.yaml").items():
        long = rf"\b(?P<long>{'|'.join(row['written'])})(?:\s*\(\s*{short}s?\s*\))?"
        alone = rf"|(?<![\w/]){short}s?(?!\w)" if row.get("alone", True) else ""
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
