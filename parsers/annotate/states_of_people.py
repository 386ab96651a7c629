"""The state that a person is said to be of: behind the name, in front of it, or inside the office."""

from __future__ import annotations

import re

from parsers.countries import NameMatch, country_named, country_of_demonym, find_countries
from parsers.tables import json_table

# A state's code, where what is said of it begins and ends, and the span of its own name.
StateSaid = tuple[str, int, int, tuple[int, int] | None]

_BRACKET = re.compile(
    r"(?:\s*\(\s*|['’]s\s+|,\s+(?:represented by|representad[oa] por|représentée? par|vertreten durch|rappresentat[oa] da)\s+(?:its |the |el |la |su |le |l['’]|son |sa )?)\Z"
)


def country_before(text: str, low: int) -> StateSaid | None:
    """The state in whose brackets a person stands, or that he represents: "the Philippines (Ambassador Name)"."""
    bracket = _BRACKET.search(text, max(0, low - 30), low)
    if bracket is None:
        return _nationality(text, low)
    begin = max(0, low - 60)
    named = find_countries(text[begin : bracket.start()])
    if not named or named[-1].end != bracket.start() - begin:
        return None
    span = (begin + named[-1].start, begin + named[-1].end)
    return named[-1].code, span[0], low, span


def _nationality(text: str, low: int) -> StateSaid | None:
    """The state whose national a person is called right before his name: "der Tscheche Jan Name"."""
    before = text[max(0, low - _LONGEST_WORD) : low].split()
    word = before[-1] if before else ""
    said = text[low - 1 : low] == " " and (word[:1].isupper() or len(word) > _SHORT)
    code = country_of_demonym(word) if said else None
    return (code, low - 1 - len(word), low, (low - 1 - len(word), low - 1)) if code else None


# The longest word for a national, with a blank on both sides.
_LONGEST_WORD = 24
_STATE_AFTER = re.compile(
    r"\s*\((?P<paren>[^()]{2,40})\)|,\s+(?P<bare>(?:the\s+)?[^\W\d_a-z][^.;(),]{2,40})(?=[,;)]|\.?\s*$|\.\s|\s\()|,?\s+(?:of|from|aus|de|du|da|do|des|della|z|ze|from\s+the)\s+(?P<of>(?:the\s+|la\s+|l['’]|de[rmn]\s+)?[^\W\d_a-z][^.;()]{1,60})"
)


# "from the Department of Foreign Affairs of Malta".
_OFFICE_OF_STATE = re.compile(
    r"(?:the\s+)?(?:Permanent\s+)?(?:Ministry|Department|Mission|Embassy|Delegation|Foreign|Office)\b(?:\s(?:for|of|and|to|the|[A-Z][\w-]+))*?\s(?:of|in)\s"
)


def country_after(text: str, at: int) -> StateSaid | None:
    """The state behind a name: "(Argentina)", "(NL)", "of Canada", "from the Swiss Federal Department"."""
    match = _STATE_AFTER.match(text, at)
    if match is None:
        return None
    group = "paren" if match["paren"] else "bare" if match["bare"] else "of"
    begin, said = match.start(group), match[group]
    if group == "bare":
        return _state_alone(said, begin)
    if group == "paren" and len(said) == 2 and said.isupper() and said in json_table("country_table.json"):
        return said, begin, match.end(), (begin, begin + 2)
    named = find_countries(said)
    if named and group == "of" and _OFFICE_OF_STATE.match(said):
        span = (begin + named[0].start, begin + named[0].end)
        return named[0].code, begin, span[1], span
    if named and (group == "paren" or named[0].start <= 4):
        span = (begin + named[0].start, begin + named[0].end)
        return named[0].code, begin, max(span[1], match.end() if group == "paren" else 0), span
    for word in re.finditer(r"[^\W\d_]+", said):
        if word.start() > 12:
            break
        if word.group()[0].isupper() and (code := country_of_demonym(word.group())):
            span = (begin + word.start(), begin + word.end())
            return code, begin, span[1], span
    return None


def _state_alone(said: str, begin: int) -> StateSaid | None:
    """The state that all of *said* names: "Ambassador Name, Denmark, took over"."""
    code = country_named(said.removeprefix("the "))
    if code is None:
        return None
    span = (begin + len(said) - len(said.removeprefix("the ")), begin + len(said))
    return code, begin, span[1], span


# "who is Director in the Foreign Ministry of Japan", "a high official of the Austrian Chancellery".
_BESIDE = re.compile(
    r",\s+(?:(?:who|which)\s+(?:is|was)\s+|an?\s+)(?P<said>[^,;.()]{3,120}?\s(?:of|from|in)\s(?:the\s)?[A-Z][^,;.()]{2,60})(?=[,.;]|$)"
)


def country_beside(text: str, at: int) -> StateSaid | None:
    """The state that an aside right behind a name gives its bearer."""
    match = _BESIDE.match(text, at)
    said = country_in(text, match.span("said"), last=True) if match else None
    return (said[0], at, at, said[3]) if said else None


# In small letters a shorter word is rather another than the adjective of a state: "Representante chileno".
_SHORT = 4


def country_in(text: str, span: tuple[int, int] | None, *, last: bool) -> StateSaid | None:
    """The state that an office names: "Minister of State in the UK Foreign Office", "Swiss State Secretary"."""
    if span is None:
        return None
    named: list[NameMatch] = list(find_countries(text[slice(*span)]))
    if named:
        one = named[-1 if last else 0]
        begin, end = span[0] + one.start, span[0] + one.end
        return one.code, begin, end, (begin, end)
    for word in re.finditer(r"[^\W\d_]+", text[slice(*span)]):
        if (word.group()[0].isupper() or len(word.group()) > _SHORT) and (code := country_of_demonym(word.group())):
            begin, end = span[0] + word.start(), span[0] + word.end()
            return code, begin, end, (begin, end)
    return None
