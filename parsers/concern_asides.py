"""Whom a sentence of concern names beside what worries: who speaks, where one meets, whom an attack hit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.concern_names import Name, pattern_of

# "condemned the murder in Malaysia with a nerve agent by the DPRK": by whom it was done.
DEED = re.compile(
    r"\b(?:announcement|decision|deployment|withdrawal|failure|exports?|supply|production|development|use|attacks?|launch\w*|tests?|assassination|murder|poisoning|violations?|invasion|annexation|transfers?|destruction)\b[^.;]*\bby (?:the )?\Z"
)
SAYS = re.compile(
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
CITY = re.compile(r"(?:\bin|\bIn|\bat|from) [A-ZÀ-Ž][\w’'.-]+(?: [A-ZÀ-Ž][\w’'.-]+)?, (?:the )?\Z")


def is_aside(text: str, name: Name, earlier: Sequence[Name], later: Sequence[Name]) -> bool:
    """Whether *name*, with those named *earlier* and *later* in the sentence, is no concern wherever it stands."""
    return _is_speaker_or_place(text, name, earlier) or _is_a_scene(text, name, later)


def _is_speaker_or_place(text: str, name: Name, earlier: Sequence[Name]) -> bool:
    if _VICTIM.match(text, name.end):
        return True
    if _SPEAKER.search(text, max(0, name.start - 90), name.start):
        return True
    if _HIT.search(text, max(0, name.start - 120), name.start) and not DEED.search(text, 0, name.start):
        return True
    if _WORRIED.match(text, name.end) and not _AS_FAR_AS.search(text, 0, name.start):
        return True
    if SAYS.match(text, name.end) and not re.match(r"\scall", text[name.end :]):
        return not pattern_of("concern").search(text, max(0, name.start - 60), name.start)
    before = text[max(0, name.start - 80) : name.start]
    elsewhere = earlier and (_OWNS.match(text, earlier[-1].end) or _BY_IT.search(text, 0, earlier[-1].start))
    if _SCENE.search(before) or (elsewhere and _IN_BEFORE.search(before)):
        return True
    if _PLACE.search(before) and not pattern_of("concern").search(before):
        return True
    if name.country == "SY" and _USED_IN.search(before):
        return False
    return CITY.search(before) is not None and not (earlier and earlier[-1].end > name.start - 8)


def _is_a_scene(text: str, name: Name, later: Sequence[Name]) -> bool:
    """Whether something was done there by a state that is named behind."""
    return _ATTACKED.search(text, max(0, name.start - 80), name.start) is not None and any(
        _BY.fullmatch(text, name.end, other.start) for other in later
    )
