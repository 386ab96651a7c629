"""The states and regions about which a text expresses concern.

A state is a concern when the nearest cue before its name is one of concern ("concerns about …"), or when its name
is followed by what worries ("…'s missile tests", "… remains a country of concern"). Who speaks, where one meets,
who is praised, helped or attacked, and what is told of the past are none. The cues stand in
``data/concerns.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from parsers.concern_asides import CITY, DEED, SAYS, is_aside
from parsers.concern_names import Name, names_in, pattern_of
from parsers.document import Role
from parsers.lines import Letters
from parsers.page import Found, Page, Sentence, Span
from parsers.phrases import Held, Phrases
from parsers.record import Concern
from parsers.remembered import remembered
from parsers.tables import yaml_table

_FAR, _NEAR, _WEAPONS = 220, 16, 9
# A sentence that names more states than this lists members or participants.
_MANY = 8


class _Cue(NamedTuple):
    end: int
    kind: str


def read(page: Page) -> list[Found[Concern]]:
    """The states, then the regions, each once with all its spans, in the order of first naming."""
    cues = _cue_phrases().on(page.lines)
    looked_at = set(_stems().lines(page.lines))
    found: dict[tuple[str | None, str | None], list[Span]] = {}
    carried = False
    for line, sentence in enumerate(page.sentences):
        led = carried and (_CONTINUES.match(sentence.text) is not None or _is_item(page, sentence))
        concerned = cues.found_in(line, _CONCERN)
        if led or concerned or line in looked_at:
            for name in _concerns_of(page, line, cues, led=led):
                found.setdefault((name.country, name.region), []).append(sentence.span(name.start, name.end))
        carried = concerned if not (led and _is_item(page, sentence)) else True
    ordered = sorted(found.items(), key=lambda item: (item[0][0] is None, item[1][0]))
    return [Found(Concern(country=c, region=r), tuple(dict.fromkeys(spans))) for (c, r), spans in ordered]


_KINDS = ("concern", "near", "weapons", "not_concern", "history")
_CONCERN, _HISTORY = _KINDS.index("concern"), _KINDS.index("history")


@cache
def _cue_phrases() -> Phrases:
    return Phrases(*(yaml_table("concerns.yaml")[kind] for kind in _KINDS))


# Stems of which a sentence without a word of concern must have one to be looked at closer.
_STEMS = (
    "missile", "nuclear", "weapon", "launch", "rocket", "resol", "résol", "rezolu", "резолю", "inwazj", "war ", "invasion", "challeng",
    "threat", "jcpo", "plan of action", "front compan", "complicit", "test", "źle wpływa", "danger", "complian", "comply", "prohibit",
)  # fmt: skip


@cache
def _stems() -> Letters:
    return Letters(_STEMS)


_CONTINUES = re.compile(
    r"(?:In particular|Among (?:them|these|others)|These (?:include|were|are)|They (?:named|singled|mentioned|include)|Specifically"
    r"|Notably|This includes|Particular (?:attention|mention))\b",
    re.IGNORECASE,
)


def _is_item(page: Page, sentence: Sentence) -> bool:
    """Whether the sentence opens a list item short enough to be only what a sentence before announced."""
    block = page.blocks[sentence.block]
    return block.role is Role.LIST_ITEM and sentence.start == 0 and len(block.text) < 90


def _concerns_of(page: Page, line: int, known: Held, *, led: bool) -> tuple[Name, ...]:
    names = names_in(page, line)
    text = page.sentences[line].text
    if not names or sum(n.country is not None for n in names) > _MANY:
        return ()
    if known.found_in(line, _HISTORY) and not _STILL.search(text):
        return ()
    return _worrying(text, tuple(names), tuple(_cues(line, known, led)))


@remembered
def _worrying(text: str, names: tuple[Name, ...], cues: tuple[_Cue, ...]) -> tuple[Name, ...]:
    """Those of a sentence's *names* that its *cues* are about."""
    found: list[Name] = []
    for run in _runs(text, names):
        # "Iran and North Korea": what is said before the first of a list, or behind its last, holds of all.
        whole = run[0]._replace(end=run[-1].end)
        earlier, later = names[: names.index(run[0])], names[names.index(run[-1]) + 1 :]
        if not is_aside(text, whole, earlier, later) and _worries(text, whole, cues):
            found.extend(run)
        elif any(name.country == "IR" for name in run) and _DEAL.search(text) and _RETURN.search(text):
            found.extend(name for name in run if name.country == "IR")
    return tuple(found)


def _runs(text: str, names: Sequence[Name]) -> Iterator[list[Name]]:
    """The names as lists: those that stand beside each other with no more than "and" between."""
    run: list[Name] = []
    for name in names:
        if run and (run[-1].country is None or not _is_joined(text, run[-1], name)):
            yield run
            run = []
        run.append(name)
    yield run


def _is_joined(text: str, one: Name, other: Name) -> bool:
    """Whether only "and" stands between two names; the first of "in Salisbury, United Kingdom, and Syria's use" is a
    city's."""
    return _JOINS.fullmatch(text, one.end, other.start) is not None and CITY.search(text, 0, one.start) is None


_STILL = re.compile(r"continu|remain|\bagain\b|ongoing")
_JOINS = re.compile(
    r"(?:\s?\([A-Z]{2,6}\))?\s?(?:,|and|or|&|, and|, as well as|as well as|und|et|y|e|и|a|i|oraz)\s(?:the |in |la |l['’]|den |der |die )?"
)


def _cues(line: int, known: Held, led: bool) -> list[_Cue]:
    """The cues of a sentence by the place where each ends."""
    cues = [_Cue(0, "concern")] if led else []
    cues.extend(_Cue(match.end(), _KINDS[kind]) for kind, match in known.matches(line) if kind != _HISTORY)
    return sorted(cues)


def _worries(text: str, name: Name, cues: Sequence[_Cue]) -> bool:
    governors = [cue for cue in cues if cue.end <= name.start + 1]
    calm = any(cue.kind == "not_concern" for cue in cues)
    strong = [cue for cue in governors if cue.kind in ("concern", "not_concern") and name.start - cue.end < _FAR]
    last = strong[-1] if strong else None
    breaks = last is not None and ";" in text[last.end : name.start]
    if last is not None and last.kind == "concern" and not breaks:
        if not _PARTNER.search(text, max(0, name.start - 40), name.start) or _NAMED.match(text, name.end):
            return True
        if DEED.search(text, last.end, name.start):
            return True
        return not _WAR_ON.search(text, max(0, name.start - 60), name.start) and _said_of(text, name, calm)
    near = [cue for cue in governors if cue.kind == "near" and name.start - cue.end < _NEAR]
    if near and not _SETTLED.search(text):
        return True
    if name.region is not None:
        return last is None and _REMAINS.match(text, name.end) is not None
    if _WAR_ON.search(text, max(0, name.start - 60), name.start):
        return False
    weapons = [cue for cue in governors if cue.kind == "weapons" and name.start - cue.end < _WEAPONS]
    if weapons and not calm:
        return True
    return _said_of(text, name, calm)


def _said_of(text: str, name: Name, calm: bool) -> bool:
    """Whether what follows the name tells of weapons, or of a concern, and nothing of praise."""
    follows = pattern_of("after_the_name").match(text, name.end) or _possessed(text, name)
    if follows is None or SAYS.match(text, name.end):
        return False
    if _TECHNICAL.search(text):
        return False
    between = text[name.end : follows.end()]
    if pattern_of("not_concern").search(between):
        return False
    tells_concern = pattern_of("concern").search(text) or re.search(r"challenge|threat|concern|danger", between)
    return bool(tells_concern) or not calm


def _possessed(text: str, name: Name) -> re.Match[str] | None:
    """The match where a name already holds its possessive: "Belarus'" or an adjective, "Iranian"."""
    return pattern_of("after_the_name").match(text, name.end - 1) if text[name.end - 1 : name.end] in "'’" else None


# "with China", "to Japan", "by France": with whom, to whom and by whom; what is sent to a state worries still.
_PARTNER = re.compile(
    r"(?<!concern )(?<!concerned )(?<!dealing )\bwith (?:the )?\Z"
    r"|(?<!posed )(?<!concerned )(?<!worried )(?<!alarmed )(?<!tests )(?<!launches )(?<!launch )(?<!test )(?<!conducted )(?<!out )(?<!violations )(?<!violation )(?<!use )(?<!activities )(?<!programmes )(?<!programs )(?<!pursued )(?<!used )(?<!posed, )(?<!weapons )(?<!acquisition )(?<!missiles )(?<!agents )(?<!rockets )(?<!tested )(?<!launched )(?<!allegedly )(?<!reportedly )(?<!carried )(?<!programme )(?<!development )\bby (?:the )?\Z"
    r"|(?<!exports )(?<!transfers )(?<!transfer )(?<!supplies )(?<!supply )(?<!flows )(?<!deliveries )(?<!shipments )(?<!relating )(?<!regard )(?<!respect )(?<!related )(?<!arms )(?<!technology )(?<!items )(?<!appealed )(?<!goods )\bto (?:the )?\Z"
    r"|(?<!concern )(?<!concerns )(?<!worry )(?<!alarm )(?<!and )\b(?:over|towards?|near|beside|alongside) (?:the )?\Z"
    r"|\b(?:war|aggression|invasion|attacks?|threats?)\b[^,;]{0,20}\b(?:against|on|of|na|to) (?:the )?\Z"
    r"|\b(?:agress|agres|aggress|guerr|inva|angriff|krieg|агресс|войн|вторж)\w*\b[^,;]{0,30}\b(?:contre|contra|contro|gegen|против) (?:l['’]|la |le |die |den |das )?\Z",
    re.IGNORECASE,
)
# "with Angola and Afghanistan named": not with whom, but which.
_NAMED = re.compile(r"[^.;]{0,40}?\b(?:named|mentioned|cited|singled out|foremost)\b")
_WAR_ON = re.compile(
    r"\b(?:war|warfare|aggression|invasion|inwazj\w+|attacks?|agresj\w+)\b[^,;]{0,25}?\b(?:against|on|of|na|in) (?:the )?\Z",
    re.IGNORECASE,
)
_SETTLED = re.compile(r"\b2231\b|\bJCPo?A\b|Joint Comprehensive Plan", re.IGNORECASE)
_DEAL = re.compile(r"JCPo?A|Comprehensive Plan of Action", re.IGNORECASE)
_RETURN = re.compile(r"\b(?:return|full compliance|resum|non-compliance|obligations)", re.IGNORECASE)
_REMAINS = re.compile(
    r"[^.;]{0,60}?\b(?:remain\w*|is|are|continu\w+)\b[^.;]{0,40}?\b(?:concern|worr|alarming|threat)"
    r"|[^.;]{0,70}?\bwith (?:\w+ )?concern\b",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(r"\b(?:control lists?|lists? (?:was|were)|annex|amend\w+)\b", re.IGNORECASE)
