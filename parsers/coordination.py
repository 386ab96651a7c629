"""States that a text joins: "Serbia, along with Cyprus", "Chile/Peru", "Iran and, separately, Syria".

Every field that names states asks here, so that a joining word is known to all of them or to none. The words stand in
``rules/joining.yaml`` by language.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from enum import Enum, IntEnum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from msgspec import structs

from parsers.arabic import bare
from parsers.countries import NameMatch
from parsers.page import Found, Page, Span
from parsers.record import Concern, MembershipDecision, MembershipDecisionKind, Officer, Outreach, Participant
from parsers.tables import yaml_rules

# Longer gaps than this many characters join nothing.
_LONGEST_GAP = 60
# As many names in a row are a list, which says what it lists in words of its own.
_LIST = 5
_TOKEN = re.compile(r"\w+|[^\w\s]")
_POSSESSIVE = re.compile(r"['’]s?\s|['’]s?$")


class Link(IntEnum):
    """The strength with which the words between two states join them."""

    NONE = 0
    # A comma or an "and" alone: the next state may as well be the subject of another clause.
    LOOSE = 1
    # "and, for the first time,": joins, but the note is the second state's own.
    NOTED = 2
    FIRM = 3


class Role(Enum):
    """A word's part between two states."""

    COMMA = "comma"
    AND = "and"
    JOIN = "join"
    ASIDE = "aside"
    BEFORE = "before"
    SMALL = "small"


Phrases = Mapping[tuple[str, ...], Role]


@cache
def _phrases(language: str) -> Phrases:
    table = yaml_rules("joining.yaml")
    words = table.get(language) or table["en"]
    roles = {role.value: role for role in Role}
    phrases = {tuple(_tokens(p)): roles[key] for key, listed in words.items() if key in roles for p in listed}
    return phrases | {(",",): Role.COMMA}


@cache
def _relatives(language: str) -> frozenset[str]:
    table = yaml_rules("joining.yaml")
    return frozenset((table.get(language) or table["en"])["relative"])


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(bare(text.casefold().replace("’", "'")))


@lru_cache(maxsize=2048)
def link(between: str, language: str = "en") -> Link:
    """The link that the words *between* two names of states make, in a text of *language*."""
    if len(between) > _LONGEST_GAP or "\n" in between:
        return Link.NONE
    if between.strip() in ("/", "+"):
        return Link.FIRM
    roles = _roles(_tokens(between), _phrases(language))
    if not roles:
        return Link.NONE
    if Role.JOIN in roles:
        return Link.FIRM
    if Role.AND not in roles:
        return Link.LOOSE if Role.COMMA in roles else Link.NONE
    return Link.NOTED if {Role.ASIDE, Role.BEFORE} & set(roles) else Link.LOOSE


def _roles(tokens: Sequence[str], phrases: Phrases) -> list[Role]:
    """The parts that *tokens* play, longest phrase first; none where one of them plays no part."""
    longest = max(map(len, phrases))
    roles: list[Role] = []
    at = 0
    while at < len(tokens):
        for size in range(min(longest, len(tokens) - at), 0, -1):
            role = phrases.get(tuple(tokens[at : at + size]))
            if role is not None:
                roles.append(role)
                at += size
                break
        else:
            return []
    return roles


def joined(page: Page, span: Span, least: Link = Link.NOTED) -> list[NameMatch]:
    """The states that the text joins to the one that stands at *span* by a link of at least *least*, in its order.

    A loose link is followed only beyond such a one: "Togo, Benin along with Ghana" joins all three. A state with a
    relative clause of its own ("along with Ghana, which came for the first time") keeps what is said of it to itself.
    """
    mentions = page.mentions(span.block)
    text = page.blocks[span.block].text
    language = page.document.language or "en"
    at = bisect_left(mentions, span.start, key=attrgetter("start"))
    if at == len(mentions) or mentions[at][:2] != span[1:] or _has_clause(text, span.end, language):
        return []
    before = _beyond(text, mentions, at, -1, least, language)
    after = _beyond(text, mentions, at, 1, least, language)
    return [*reversed(before), *after]


_NEXT_WORD = re.compile(r",\s(\w+)")


def _has_clause(text: str, end: int, language: str) -> bool:
    behind = _NEXT_WORD.match(text, end)
    return behind is not None and behind[1].casefold() in _relatives(language)


def _beyond(
    text: str, mentions: Sequence[NameMatch], at: int, step: int, least: Link, language: str
) -> list[NameMatch]:
    """The states joined on one side; none where so many follow each other that they are a list of its own."""
    found: list[NameMatch] = []
    while 0 <= at + step < len(mentions):
        left, right = sorted((mentions[at], mentions[at + step]))
        made = _link_in(text, left, right, language)
        if made < (Link.LOOSE if found else least) or _POSSESSIVE.match(text, right.end):
            break
        at += step
        found.append(mentions[at])
        if len(found) >= _LIST:
            return []
    return found


def _link_in(text: str, left: NameMatch, right: NameMatch, language: str) -> Link:
    between = text[left.end : right.start]
    if between.strip() == ";":
        return Link.FIRM if _stands_alone(text, left, right) else Link.NONE
    return link(between, language)


# A semicolon parts clauses, unless one of its sides is a state and nothing else.
_BEGINS_PART = re.compile(r"(?:^|[.;:]\s)(?:the )?$", re.IGNORECASE)
_ENDS_PART = re.compile(r"\s*(?:[.;]|$|as\b)")


def _stands_alone(text: str, left: NameMatch, right: NameMatch) -> bool:
    head = text[max(0, left.start - 6) : left.start]
    return bool(_BEGINS_PART.search(head) or _ENDS_PART.match(text, right.end))


def with_joined(page: Page, found: Sequence[Found[Any]]) -> list[Found[Any]]:
    """*found* with what its values leave out: the states that the text joins to those they name.

    A value that names several states takes the joined ones in; of one that names a single state, each joined
    state makes another of its kind. A value of a named person is that person's alone.
    """
    named = {code for item in found for code in _codes(item.value)}
    spread: list[Found[Any]] = []
    for item in found:
        spread.extend(_spread(page, item, named))
    return spread


def _codes(value: object) -> tuple[str, ...]:
    if isinstance(value, MembershipDecision | Outreach):
        return value.countries
    country = getattr(value, "country", None)
    return (country,) if country else ()


def _spread(page: Page, item: Found[Any], named: set[str]) -> list[Found[Any]]:
    value = item.value
    if not _codes(value) or (isinstance(value, Officer) and value.name):
        return [item]
    spans = item.parts.get("countries") or item.spans
    least = Link.FIRM if _is_first_time(value) else Link.NOTED
    others = {m.code: (span.block, m) for span in spans for m in joined(page, span, least) if m.code not in named}
    if not others:
        return [item]
    named.update(others)
    more = {code: Span(block, m.start, m.end) for code, (block, m) in others.items()}
    if isinstance(value, MembershipDecision | Outreach):
        order = sorted([*spans, *more.values()])
        code_at = {span: code for code, span in more.items()} | dict(zip(spans, value.countries, strict=False))
        countries = tuple(dict.fromkeys(code_at[span] for span in order if span in code_at))
        rest = tuple(span for span in item.spans if span not in spans)
        return [
            Found(
                structs.replace(value, countries=countries),
                (*order, *rest),
                item.parts | ({"countries": tuple(order)} if "countries" in item.parts else {}),
            )
        ]
    return sorted(
        [item, *(_another(value, code, others[code][1], span) for code, span in more.items())],
        key=lambda each: each.spans[0],
    )


def _is_first_time(value: object) -> bool:
    return isinstance(value, MembershipDecision) and value.decision is MembershipDecisionKind.FIRST_ATTENDANCE


def _another(value: Concern | Officer | Participant, code: str, match: NameMatch, span: Span) -> Found[Any]:
    if isinstance(value, Participant):
        return Found(Participant(code, match.name), (span,))
    return Found(structs.replace(value, country=code), (span,))
