"""The words by which statements say who chairs and who opens, ready to be searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from parsers.countries import country_of_demonym, find_countries
from parsers.lines import Letters, lowered
from parsers.mentions import LONGEST_SENTENCE
from parsers.page import Page, Sentence
from parsers.phrases import Phrases
from parsers.record import OfficerRole
from parsers.vocabulary import words
from parsers.when import Years

# The roles whose words are looked for, the narrower before the wider: an outgoing chair is no chair.
_ROLES = (OfficerRole.OUTGOING_CHAIR, OfficerRole.INCOMING_CHAIR, OfficerRole.OPENED_BY, OfficerRole.CHAIR)


class Rule(NamedTuple):
    """Words for a role; `behind` tells that who holds it follows them."""

    role: OfficerRole
    behind: bool


class StateChair(NamedTuple):
    """A state that an adjective or a pair names as the chair: half-open span of the word, and the code."""

    start: int
    end: int
    role: OfficerRole
    code: str
    joint: bool


# All rules, in the order in which they are to be tried.
RULES = tuple(Rule(role, side == "after") for role in _ROLES for side in ("after", "before"))


@cache
def _words() -> Phrases:
    """The words of each rule."""
    return Phrases(*(_expanded("after" if rule.behind else "before", rule.role) for rule in RULES), as_written=True)


def _expanded(side: str, role: OfficerRole) -> Iterator[str]:
    chair, the = words("officer_words", "chair")[0], words("officer_words", "the")[0]
    for pattern in words("officer_words", side, role.value):
        yield pattern.replace("THE", the).replace("CHAIR", chair)


# Stems of which the words for a role have one.
_OPENING = (
    "open", "Open", "OPEN", "naugur", "elcom", "greet", "addressed", "ouvert", "ouvre", "abier", "abert", "abri", "eröffn",
    "ahájil", "откры", "отвор", "otw", "launched", "begrü", "accueilli", "bienven", "boas", "verwelkom", "приветств", "geopend", "aperto", "aperto", "aperta", "special ", "Special ", "eynote",
)  # fmt: skip
_CHAIRING = (
    "hair", "CHAIR", "presid", "Presid", "résid", "orsitz", "редседател", "возглав", "gavel", "thank", "redecessor", "orgänger",
    "předse", "řídil", "presied", "ucced", "uccéd", "ucedi", "asumir", "assumir", "eadership of", "will take over", "przewodn", "geleitet", "ucceed", "voorzitter",
)  # fmt: skip


@cache
def _letters() -> Letters:
    return Letters(map(lowered, (*_OPENING, *_CHAIRING)))


def may_name_officers(page: Page) -> Iterator[tuple[Sentence, list[tuple[Rule, re.Match[str]]]]]:
    """The sentences that may name an officer, each with the words of rules in it, rule by rule; most may not."""
    held = _words().on(page.lines)
    for line in _letters().lines(page.lines):
        whole = page.sentences[line]
        sentence = whole._replace(text=whole.text[:LONGEST_SENTENCE])
        yield sentence, [(RULES[rule], match) for rule, match in held.joined(line, sentence.text)]


_SUBGROUP = re.compile(
    r"\b(?:General Working Group|Working Group|Consultative Group|Experts? (?:Group|Meeting)|GWG|LEEM|TEM|IEM|LEOM|Technical Experts|"
    r"Technical Working|Enforcement|Licensing|sub-?group|Zangger Committee as|Secretariat|CG\b|Expert Group|Experts|Sub-?committee|panel|session on|side event)\b"
)


_GROUP_MEETS = re.compile(
    rf"(?:{_SUBGROUP.pattern})[^.;]{{0,80}}?\b(?:met|meets|meeting|was held|held|took place|convened|gathered)\b"
)
_SUBGROUP_BEFORE = re.compile(
    rf"(?:{_SUBGROUP.pattern})\s*(?:\([A-Z]+[),]\s*)?(?:,\s*)?(?:(?:which|was|is|were|are|will|be|has|been|meeting|meetings|again)\s+)*$"
)
# Bodies that a regime speaks of beside itself, whose chairs are not its own.
_BODIES = re.compile(
    r"Zangger Committee|Nuclear Suppliers Group|Missile Technology Control Regime|Australia Group|Wassenaar Arrangement"
    r"|Hague Code|1540 Committee|Security Council|Conference on Disarmament|Panel of Experts|G-?[78]\b|European Union"
)


def of_other_body(text: str, start: int, end: int, own: tuple[str, ...]) -> bool:
    """Whether the words for a chair are about a body other than the regime whose names are *own*."""
    behind = re.split(r"[.;,]", text[end : end + 60], maxsplit=1)[0]
    match = _BODIES.search(text[start:end] + behind)
    return match is not None and not any(match.group() in name or name in match.group() for name in own)


def of_a_group(text: str) -> bool:
    """Whether a sentence is about the meeting of a group below the plenary: "The Consultative Group … met"."""
    return _GROUP_MEETS.search(text) is not None


def of_subgroup(text: str, start: int, end: int) -> bool:
    """Whether the words for a chair at *start* to *end* are about a group below the plenary."""
    behind = text[end : end + 70]
    cut = re.search(r"[.;,]|\band\b", behind)
    near = text[start:end] + (behind[: cut.start()] if cut else behind)
    ahead = text[max(0, start - 60) : start]
    if _SUBGROUP.search(near) is not None or _SUBGROUP_BEFORE.search(ahead) is not None:
        return True
    return of_a_group(text[max(text.rfind(mark, 0, start) for mark in ",;") + 1 : start])


_AHEAD = re.compile(
    r"\b(?:will|shall|would|wird|asumirá|ejercerá|presidirá|assumera|assurera|exercera|présidera|prendra|возглавит|станет)\b|\b(?:offered|agreed|volunteered|ready|due|set|willing|offer|is|are) to\b"
    r"|(?P<present>\b(?:assum(?:es|ing)|takes|taking)\b[^.;,]*\Z)",
)
_FROM_THEN = re.compile(
    r"[^.;]{0,25}?\b(?:as (?:of|from)|with effect from|starting|beginning|on (?:1|1st|January|July)\b|next year|after th[ei]s)"
)
_TERM = re.compile(r"[^.;]{0,20}?\b(?:for|in|from)\s(?:the\s(?:(?:period|term|years?)\s)?)?((?:19|20)\d\d)(\s?[-–/])?")


def is_ahead(text: str, start: int, end: int, years: Years) -> bool:
    """Whether the words for a chair at *start* to *end* tell of one to come: "will take over", "assumes the chair
    as of January", "elected for" a year after the page's own."""
    begin = max(0, start - 25)
    clause = max(text.rfind(mark, begin, start) for mark in ",;.")
    said = _AHEAD.search(text, max(begin, clause + 1), end)
    if said is not None and (said["present"] is None or _FROM_THEN.match(text, end)):
        return True
    term = _TERM.match(text, end)
    if term is None or years.year is None:
        return False
    # "assumes the Chair for 2024-2025", said in 2024.
    begins = said is not None and term[2] is not None and int(term[1]) == years.year
    return begins or int(term[1]) > years.year


_CAPITALISED = r"([A-Z][\w’-]+(?:\s[A-Z][\w-]+)?)(?:['’]s)?"
_BY_ADJECTIVE = re.compile(
    rf"\b(?:[Uu]nder|start of|beginning of|during|[Tt]he|of) (?:the )?(?:able )?{_CAPITALISED} (?:MTCR |NSG |HCoC |WA |AG )?"
    r"(?:[Cc]hairmanship|[Cc]hairpersonship|[Pp]residency)\b"
    rf"|\bthe {_CAPITALISED} [Cc]hair\b"
    r"|\bunter ([a-zäöü]+)(?:em|er) (?:[Vv]orsitz|[Ll]eitung)|\bsous (?:la )?présidence ([a-zéèç]+)|\bbajo (?:la )?presidencia ([a-zñ]+)"
    r"|\b[Pp]residencia ([a-zñ]+) del\b|\bпод (\w+) председательством"
)
_OUTGOING_ADJECTIVE = re.compile(rf"\b[Oo]ut-?going {_CAPITALISED} (?:[Cc]hair\w*|[Pp]residency)")
JOINT_CHAIR = re.compile(
    r"\bjoint (?P<a>[A-Z]\w+)\s?(?:-|–|and|&|/)\s?(?:the )?(?P<b>[A-Z]\w+)(?:['’]s)? (?:[Cc]hair\w*|[Pp]residency)"
    r"|\bjoint [Cc]hair\w* of (?:the |The )?(?P<c>[A-Z]\w+) and (?:the |The )?(?P<d>[A-Z]\w+)"
)


def states_by_adjective(text: str) -> Iterator[StateChair]:
    """The states that chair by an adjective ("under Belgian chairmanship", "Russia's MTCR Chairmanship") or as a
    pair ("the joint Netherlands-Luxembourg Chairmanship")."""
    if joint := JOINT_CHAIR.search(text):
        for group in "abcd":
            if joint[group] and (named := find_countries(joint[group])):
                yield StateChair(*joint.span(group), OfficerRole.CHAIR, named[0].code, True)
        return
    for match in _OUTGOING_ADJECTIVE.finditer(text):
        if (code := _code(match[1])) is not None:
            yield StateChair(*match.span(1), OfficerRole.OUTGOING_CHAIR, code, False)
    for match in _BY_ADJECTIVE.finditer(text):
        word = match.lastindex or 0
        code = _code(match[word])
        outgoing = re.search(r"[Oo]ut-?going|[Pp]revious|[Ff]ormer|[Ll]ast", match.group())
        if code is not None and not outgoing and not of_subgroup(text, match.start(), match.end()):
            yield StateChair(*match.span(word), OfficerRole.CHAIR, code, False)


def _code(word: str) -> str | None:
    named = find_countries(word)
    if named:
        return named[0].code
    first, _, second = word.partition(" ")
    return country_of_demonym(word) or country_of_demonym(first) or (country_of_demonym(second) if second else None)
