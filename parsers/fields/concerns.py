"""The states and regions about which a text expresses concern."""

from __future__ import annotations

import re
from functools import cache

from parsers.page import Found, Page, Sentence, Span
from parsers.record import Concern
from parsers.tables import yaml_table

# Joined regions: "South and North East Asia" names two.
_JOINED = re.compile(r"\b(South|East|North|Central|West)(?:,? and )((?:North[- ]?|South[- ]?)?East|South|North) Asia\b")
_DEMONYMS = re.compile(
    r"\b(North Korean|DPRK|KLDR|Iranian|Syrian|Iraqi|Russian|Belarusian|Libyan|Pakistani|Indian|Chinese|íránsk\w+)(?:['’]s)?\s+"
    r"(?:\w+\s+){0,3}(?:programm?es?|activit\w+|tests?|launch\w*|missiles?|proliferation|regime|government|weapons?|aggression|war|nuclear|programu)",
    re.IGNORECASE,
)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(yaml_table("concerns.yaml")[name]) + ")", re.IGNORECASE)


@cache
def _regions() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {form.lower(): name for name, forms in yaml_table("concerns.yaml")["regions"].items() for form in forms}
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.IGNORECASE), names


def read(page: Page) -> list[Found[Concern]]:
    """Each state and region named in a clause that expresses concern, once, with all its spans.

    The meeting's own place, members that are listed, and states that are praised, helped or only part of
    history are no concerns.
    """
    found: dict[tuple[str | None, str | None], list[Span]] = {}
    for sentence in page.sentences:
        if not _pattern("concern").search(sentence.text):
            continue
        for clause in _clauses(sentence):
            if not _pattern("concern").search(clause.text) or _pattern("not_concern").search(clause.text):
                continue
            for key, span in _named(page, clause):
                found.setdefault(key, []).append(span)
    return [Found(Concern(country=country, region=region), tuple(spans)) for (country, region), spans in found.items()]


def _clauses(sentence: Sentence) -> list[Sentence]:
    """The parts of a sentence between semicolons and before "which"; most sentences are one."""
    parts, begin = [], 0
    for stop in re.finditer(r";\s*", sentence.text):
        parts.append(Sentence(sentence.block, sentence.start + begin, sentence.text[begin : stop.start()]))
        begin = stop.end()
    parts.append(Sentence(sentence.block, sentence.start + begin, sentence.text[begin:]))
    return parts


def _named(page: Page, clause: Sentence) -> list[tuple[tuple[str | None, str | None], Span]]:
    named: list[tuple[tuple[str | None, str | None], Span]] = []
    mentions = page.mentions_in(clause)
    if len(mentions) >= 8:
        return []
    for match in mentions:
        if _is_about(clause.text, match.start, match.end):
            named.append(((match.code, None), clause.span(match.start, match.end)))
    from parsers.countries import country_of_demonym

    for found in _DEMONYMS.finditer(clause.text):
        code = country_of_demonym(found[1]) or {"dprk": "KP", "kldr": "KP"}.get(found[1].lower())
        if code and (code, None) not in [key for key, _ in named]:
            named.append(((code, None), clause.span(found.start(1), found.end(1))))
    pattern, names = _regions()
    taken = set()
    for joined in _JOINED.finditer(clause.text):
        for group in (1, 2):
            direction = joined[group].replace("-", "").replace(" ", "").capitalize()
            name = f"{direction} Asia"
            if name in yaml_table("concerns.yaml")["regions"]:
                named.append(((None, name), clause.span(joined.start(group), joined.end(group))))
        taken.update(range(*joined.span()))
    for found in pattern.finditer(clause.text):
        if found.start() not in taken and found.end() - 1 not in taken:
            named.append(((None, names[found.group().lower()]), clause.span(*found.span())))
    return named


_OFFICE_BEFORE = re.compile(
    r"\b(?:Minister|Secretary|Ambassador|Government|Republic|people|territory|capital|Embassy|Partners?|members?|delegation"
    r"|chairmanship|presid\w+|chair) (?:of|from|in|for)(?: the)? $|\b(?:in|held in|hosted by|by|with|USA a|return of the|between the) (?:the )?$",
    re.IGNORECASE,
)


def _is_about(text: str, start: int, end: int) -> bool:
    """Whether the state named at *start* is what the clause is concerned about, not who speaks or where."""
    before, after = text[:start], text[end : end + 30]
    if _OFFICE_BEFORE.search(before) and not re.search(
        r"\b(?:situation|programm?es?|activit\w+|use|used|weapons?|over the past decade, including|including|tests?|forces|groups) (?:in|of|by) (?:the )?$",
        before,
        re.IGNORECASE,
    ):
        return False
    if re.match(r"\s*(?:urged|called|welcomed|stated|said|expressed|condemned|noted|deplored|hosted|chaired)\b", after):
        return False
    return (
        not re.search(r"\b(?:against|na|inwazja na|to) (?:the )?$", before, re.IGNORECASE)
        or "resolution" in before.lower()
    )
