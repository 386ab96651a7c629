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

from parsers.countries import country_of_demonym
from parsers.document import Role
from parsers.lines import Letters
from parsers.page import Found, Page, Sentence, Span
from parsers.phrases import Held, Phrases
from parsers.record import Concern
from parsers.regions import regions_in
from parsers.remembered import remembered
from parsers.tables import yaml_table

_FAR, _NEAR, _WEAPONS = 220, 16, 9
# A sentence that names more states than this lists members or participants.
_MANY = 8


class _Name(NamedTuple):
    """A state or region as a sentence names it; `adjective` for "Iranian"."""

    start: int
    end: int
    country: str | None
    region: str | None
    adjective: bool = False


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


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in yaml_table("concerns.yaml")[name]), re.IGNORECASE)


def _concerns_of(page: Page, line: int, known: Held, *, led: bool) -> tuple[_Name, ...]:
    names = _names(page, line)
    text = page.sentences[line].text
    if not names or sum(n.country is not None for n in names) > _MANY:
        return ()
    if known.found_in(line, _HISTORY) and not _STILL.search(text):
        return ()
    return _worrying(text, tuple(names), tuple(_cues(line, known, led)))


@remembered
def _worrying(text: str, names: tuple[_Name, ...], cues: tuple[_Cue, ...]) -> tuple[_Name, ...]:
    """Those of a sentence's *names* that its *cues* are about."""
    found: list[_Name] = []
    for run in _runs(text, names):
        # "Iran and North Korea": what is said before the first of a list, or behind its last, holds of all.
        whole = run[0]._replace(end=run[-1].end)
        earlier, later = names[: names.index(run[0])], names[names.index(run[-1]) + 1 :]
        aside = _is_speaker_or_place(text, whole, earlier) or _is_a_scene(text, whole, later)
        if not aside and _worries(text, whole, cues):
            found.extend(run)
        elif any(name.country == "IR" for name in run) and _DEAL.search(text) and _RETURN.search(text):
            found.extend(name for name in run if name.country == "IR")
    return tuple(found)


def _runs(text: str, names: Sequence[_Name]) -> Iterator[list[_Name]]:
    """The names as lists: those that stand beside each other with no more than "and" between."""
    run: list[_Name] = []
    for name in names:
        if run and (run[-1].country is None or not _is_joined(text, run[-1], name)):
            yield run
            run = []
        run.append(name)
    yield run


def _is_joined(text: str, one: _Name, other: _Name) -> bool:
    """Whether only "and" stands between two names; the first of "in Salisbury, United Kingdom, and Syria's use" is a
    city's."""
    return _JOINS.fullmatch(text, one.end, other.start) is not None and _CITY.search(text, 0, one.start) is None


_STILL = re.compile(r"continu|remain|\bagain\b|ongoing")
_JOINS = re.compile(
    r"(?:\s?\([A-Z]{2,6}\))?\s?(?:,|and|or|&|, and|, as well as|as well as|und|et|y|e|и|a|i|oraz)\s(?:the |in |la |l['’]|den |der |die )?"
)


def _cues(line: int, known: Held, led: bool) -> list[_Cue]:
    """The cues of a sentence by the place where each ends."""
    cues = [_Cue(0, "concern")] if led else []
    cues.extend(_Cue(match.end(), _KINDS[kind]) for kind, match in known.matches(line) if kind != _HISTORY)
    return sorted(cues)


def _worries(text: str, name: _Name, cues: Sequence[_Cue]) -> bool:
    governors = [cue for cue in cues if cue.end <= name.start + 1]
    calm = any(cue.kind == "not_concern" for cue in cues)
    strong = [cue for cue in governors if cue.kind in ("concern", "not_concern") and name.start - cue.end < _FAR]
    last = strong[-1] if strong else None
    breaks = last is not None and ";" in text[last.end : name.start]
    if last is not None and last.kind == "concern" and not breaks:
        if not _PARTNER.search(text, max(0, name.start - 40), name.start) or _NAMED.match(text, name.end):
            return True
        if _DEED.search(text, last.end, name.start):
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


def _said_of(text: str, name: _Name, calm: bool) -> bool:
    """Whether what follows the name tells of weapons, or of a concern, and nothing of praise."""
    follows = _pattern("after_the_name").match(text, name.end) or _possessed(text, name)
    if follows is None or _SAYS.match(text, name.end):
        return False
    if _TECHNICAL.search(text):
        return False
    between = text[name.end : follows.end()]
    if _pattern("not_concern").search(between):
        return False
    tells_concern = _pattern("concern").search(text) or re.search(r"challenge|threat|concern|danger", between)
    return bool(tells_concern) or not calm


def _possessed(text: str, name: _Name) -> re.Match[str] | None:
    """The match where a name already holds its possessive: "Belarus'" or an adjective, "Iranian"."""
    return _pattern("after_the_name").match(text, name.end - 1) if text[name.end - 1 : name.end] in "'’" else None


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
# "condemned the murder in Malaysia with a nerve agent by the DPRK": by whom it was done.
_DEED = re.compile(
    r"\b(?:announcement|decision|deployment|withdrawal|failure|exports?|supply|production|development|use|attacks?|launch\w*|tests?|assassination|murder|poisoning|violations?|invasion|annexation|transfers?|destruction)\b[^.;]*\bby (?:the )?\Z"
)
# "with Angola and Afghanistan named": not with whom, but which.
_NAMED = re.compile(r"[^.;]{0,40}?\b(?:named|mentioned|cited|singled out|foremost)\b")
_WAR_ON = re.compile(
    r"\b(?:war|warfare|aggression|invasion|inwazj\w+|attacks?|agresj\w+)\b[^,;]{0,25}?\b(?:against|on|of|na|in) (?:the )?\Z",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?:(?:['’]s)? (?:\w+ ){0,3}?(?:Minister|Ambassador|representative|delegation|Secretary|President|Government)(?:\s[A-Z][\w'’-]+){0,3})?\s(?:also |again |strongly |jointly |then |has |have |will )*"
    r"(?:express|voic|stat|consider|believ|regret|shar|said|says|reiterat|condemn|urg|call|welcom|not|deplor|host|chair|support|took|takes|offer|propos|report|brief|present|invit|thank|agree|announc|join|became|attend|was elected|opened)\w*\b"
)
# "the attack of 3 May on a port in Oman", "used against Ukrainian forces": whom it hit.
_HIT = re.compile(
    r"\battacks?\b[^.;]{0,60}\b(?:on|against)\b[^.;]{0,50}\Z"
    r"|\b(?:us(?:e|es|ed|ing)|fired|launch\w*|strikes?|missiles|agents|drones|weapons)\b[^.;,]{0,40}\bagainst (?:the )?\Z"
)
# "Japan remains gravely concerned": who worries.
_WORRIED = re.compile(
    r"(?:['’]s)?(?:\s(?:Government|government|delegation))?,?\s(?:also |again |still |today )*(?:is|are|remains?|was|were|has been|have been)\s"
    r"(?:\w+ly\s|very\s|also\s|still\s)*(?:concerned|alarmed|worried|appalled|troubled|disturbed|outraged)\b"
)
_AS_FAR_AS = re.compile(r"\b(?:as far as|where|insofar as) (?:the )?\Z")
_VICTIM = re.compile(
    r"(?:['’]s)?\s(?:\w+\s)?(?:citizens?|nationals?|civilians?|victims?)\b|\s(?:was|were|has been|had been|is being) (?:invaded|attacked|hit|struck|bombed|threatened)\b"
)
_SPEAKER = re.compile(
    r"\b(?:Minister|Secretary|Ambassador|Embassy|delegations?|chairmanship|people|Permanent Representative|Mission|Presidency|Mr|Ms)\b[^,;.]{0,40}\b(?:of|from|for) (?:the )?\Z"
    r"|\b(?:chaired|hosted|opened|conveyed|delivered|made|presented|issued|proposed|convened|organi[sz]ed) by (?:the )?\Z",
)
_PLACE = re.compile(
    r"\b(?:met|held|took place|plenary|meeting|meetings|session|gathered|convened|conference|hosted|seminar)\b[^;.]{0,45}\bin (?:the )?\Z",
    re.IGNORECASE,
)
# Where a deed was done, as is said of single deeds: the state is its victim.
_SCENE = re.compile(
    r"\b(?:assassinat\w+|murder\w*|killing|poison\w+|VX|Novichok|A-234)\b[^.;]{0,50}\bin (?:the )?\Z", re.IGNORECASE
)
_ATTACKED = re.compile(r"\b(?:attacks?|strikes?|incidents?)\b[^.;]{0,50}\bin (?:the )?\Z", re.IGNORECASE)
_BY = re.compile(r"[^.;]*\bby (?:the )?")
# "Russia's use of agents in Ukraine": where another state did it.
_OWNS = re.compile(r"['’]s?\s[^.;,]*\b(?:use|attacks?|war|warfare|strikes?|launch\w*|deployment|actions?)\b")
_BY_IT = re.compile(r"\bby (?:the )?\Z")
_IN_BEFORE = re.compile(r"\bin (?:the )?\Z")
# "the use of chlorine in Saraqib, Syria": where a state is known to have done it to its own; of others, the one that
# is named with a city was hit.
_USED_IN = re.compile(r"\b(?:use of|used|chemical(?: weapons?)? attacks?)\b[^.;]{0,70}\bin [^.;]{2,30}, (?:the )?\Z")
_CITY = re.compile(r"(?:\bin|\bIn|\bat|from) [A-ZÀ-Ž][\w’'.-]+(?: [A-ZÀ-Ž][\w’'.-]+)?, (?:the )?\Z")
_SETTLED = re.compile(r"\b2231\b|\bJCPo?A\b|Joint Comprehensive Plan", re.IGNORECASE)
_DEAL = re.compile(r"JCPo?A|Comprehensive Plan of Action", re.IGNORECASE)
_RETURN = re.compile(r"\b(?:return|full compliance|resum|non-compliance|obligations)", re.IGNORECASE)
_REMAINS = re.compile(
    r"[^.;]{0,60}?\b(?:remain\w*|is|are|continu\w+)\b[^.;]{0,40}?\b(?:concern|worr|alarming|threat)"
    r"|[^.;]{0,70}?\bwith (?:\w+ )?concern\b",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(r"\b(?:control lists?|lists? (?:was|were)|annex|amend\w+)\b", re.IGNORECASE)


def _is_speaker_or_place(text: str, name: _Name, earlier: Sequence[_Name]) -> bool:
    if _VICTIM.match(text, name.end):
        return True
    if _SPEAKER.search(text, max(0, name.start - 90), name.start):
        return True
    if _HIT.search(text, max(0, name.start - 120), name.start) and not _DEED.search(text, 0, name.start):
        return True
    if _WORRIED.match(text, name.end) and not _AS_FAR_AS.search(text, 0, name.start):
        return True
    if _SAYS.match(text, name.end) and not re.match(r"\scall", text[name.end :]):
        return not _pattern("concern").search(text, max(0, name.start - 60), name.start)
    before = text[max(0, name.start - 80) : name.start]
    elsewhere = earlier and (_OWNS.match(text, earlier[-1].end) or _BY_IT.search(text, 0, earlier[-1].start))
    if _SCENE.search(before) or (elsewhere and _IN_BEFORE.search(before)):
        return True
    if _PLACE.search(before) and not _pattern("concern").search(before):
        return True
    if name.country == "SY" and _USED_IN.search(before):
        return False
    return _CITY.search(before) is not None and not (earlier and earlier[-1].end > name.start - 8)


def _is_a_scene(text: str, name: _Name, later: Sequence[_Name]) -> bool:
    """Whether something was done there by a state that is named behind."""
    return _ATTACKED.search(text, max(0, name.start - 80), name.start) is not None and any(
        _BY.fullmatch(text, name.end, other.start) for other in later
    )


def _names(page: Page, line: int) -> list[_Name]:
    """The states, adjectives of states and regions of a sentence, in order, none inside another."""
    sentence = page.sentences[line]
    text = sentence.text
    found = [_Name(m.start, m.end, m.code, None) for m in page.mentions_in(sentence)]
    for adjective in _adjectives_in(text):
        if not any(n.start < adjective.end and adjective.start < n.end for n in found):
            found.append(adjective)
    taken = [(name.start, name.end) for name in found]
    found.extend(_Name(start, end, None, region) for start, end, region in regions_in(page, line, taken))
    return sorted(found)


@remembered
def _adjectives_in(text: str) -> tuple[_Name, ...]:
    """The adjectives of states before a noun, in order."""
    found = []
    for match in _adjectives().finditer(text):
        listed = zip(yaml_table("concerns.yaml")["adjectives"], match.groups(), strict=True)
        code = next((code for code, group in listed if group), None) or country_of_demonym(match.group())
        if code:
            found.append(_Name(match.start(), match.end(), code, None, True))
    return tuple(found)


@cache
def _adjectives() -> re.Pattern[str]:
    """Adjectives before a noun; those of the table of states by their usual endings, in capitals."""
    own = "|".join("(" + "|".join(words) + ")" for words in yaml_table("concerns.yaml")["adjectives"].values())
    return re.compile(rf"\b(?:{own})\b|\b(?:South |Saudi )?[A-Z][a-zé]+(?:ian|ean|an|ese|ish|i)\b(?=\s\w)")
