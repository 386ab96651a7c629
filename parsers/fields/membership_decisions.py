"""What was decided, or happened, about who belongs."""

from __future__ import annotations

import re
from datetime import date

from parsers.countries import NameMatch
from parsers.dates import find_dates
from parsers.page import Found, Page, Sentence, Span
from parsers.record import MembershipDecision, MembershipDecisionKind
from parsers.when import Years

_K = MembershipDecisionKind
_FIRST = (
    r"for the first time|(?:its|their|a|the|in its|at its) first (?:MTCR |NSG |annual )?[Pp]lenary|it was the first|first Plenary (?:[Mm]eeting )?as|first time|newest[^.]{0,30}first"
    r"|pour la premi[èe]re fois|por primera vez|pela primeira vez|zum ersten Mal|впервые"
)
_NEW = r"new (?:member|partner|participa\w+|adherent|state)|newest member|nouveaux? (?:membre|adh[ée]rent|participant)|nuevos? (?:miembro|participante)|neue[sn]? Mitglied|two new|المشاركان الجديدان|as a (?:new )?(?:member|participa\w+|partner)|as (?:new )?members|a été accueilli\w*|accueilli"
# Rules in the order in which they are tried on a sentence: kind, pattern.
_RULES: tuple[tuple[MembershipDecisionKind, re.Pattern[str]], ...] = (
    (
        _K.NO_CONSENSUS,
        re.compile(
            r"no consensus|consensus (?:was|could) not|without (?:reaching )?consensus|sin consenso|pas de consensus",
            re.IGNORECASE,
        ),
    ),
    (
        _K.SUSPENDED,
        re.compile(
            r"\b(?:membership|participation) (?:was|has been|is) suspended|suspended (?:the )?(?:membership|participation)",
            re.IGNORECASE,
        ),
    ),
    (
        _K.WITHDREW,
        re.compile(
            r"\b(?:withdrew|withdraws|has withdrawn|withdrawal of|its withdrawal|left the (?:regime|group|arrangement))\b",
            re.IGNORECASE,
        ),
    ),
    (
        _K.SUBSCRIBED,
        re.compile(
            r"\b(?:became|becomes|become|is|was welcomed as) the (?:\d+\w+|newest) subscribing [Ss]tate|\b(?:has |have )?subscribed to the|\bjoined the (?:HCoC|Hague Code)",
            re.IGNORECASE,
        ),
    ),
    (
        _K.ADMITTED,
        re.compile(
            r"\b(?:decided|agreed|decides|agrees|approved|voted) (?:unanimously |by consensus )?(?:to|on) (?:admit|accept|the admission|approve|grant)|\badmitted\b(?! to the Group in)|\badmission of\b|\baccept[ae]d[ao]? (?:in|as|at|en)\b|\bfue aceptad|\bapproved [A-Z]\w+ as|\bapplication was (?:\w+ )?(?:approved|accepted)|\bwere admitted|a été admis|wurde(?:n)? aufgenommen|aufgenommen",
            re.IGNORECASE,
        ),
    ),
    (
        _K.ACCEDED,
        re.compile(
            r"\baccession (?:of|to)|['’]s accession|\bacceded\b|\b(?:now )?(?:formally )?is the \d+\w* member|\b(?:has )?(?:joined|joins) the (?:regime|Regime|MTCR|NSG|Group|Arrangement|Wassenaar|Australia)|\bbecame (?:a|the \d+\w*|its \d+\w*) member|\bformally joined",
            re.IGNORECASE,
        ),
    ),
    (_K.FIRST_ATTENDANCE, re.compile(_FIRST, re.IGNORECASE)),
    (
        _K.WELCOMED,
        re.compile(
            rf"(?:welcom\w+|congratulat\w+|received|greeted|accueil\w+|nouveaux|nuevos|الجديدان|greet|dio la bienvenida|begrüßt\w*)[^.;]{{0,120}}?(?:{_NEW}|as members?)|(?:{_NEW})[^.;]{{0,60}}(?:welcom|was|were|:|,)|\bnew Partner is welcomed|الجديدان|\bis welcomed in\b|welcoming [A-Z]\w+ (?:in|to)\b|\bwelcom\w+ [A-Z][^.;]{{2,140}}\bbringing (?:the|to)\b",
            re.IGNORECASE,
        ),
    ),
    (
        _K.INVITED,
        re.compile(
            r"\b(?:agreed|decided) to invite|invitation (?:in principle )?to (?:join|become)|\binvited [A-Z]\w+ to (?:join|become)",
            re.IGNORECASE,
        ),
    ),
    (
        _K.APPLICATIONS_DISCUSSED,
        re.compile(
            r"\bappli(?:cations?|cants?) (?:for|of|to|was|were)|applications? (?:for membership )?(?:was|were|has been|have been)|\bcandidature|outstanding applications|reacted favourably|interest in membership",
            re.IGNORECASE,
        ),
    ),
)
# Letters without which a rule cannot match: most sentences are ruled out by them alone.
_STEMS: dict[MembershipDecisionKind, tuple[str, ...]] = {
    _K.NO_CONSENSUS: ("consens",),
    _K.SUSPENDED: ("suspend",),
    _K.WITHDREW: ("withdr", "left the"),
    _K.SUBSCRIBED: ("subscri", "joined the"),
    _K.ADMITTED: ("admi", "accept", "acept", "approv", "grant", "aufgenommen"),
    _K.ACCEDED: ("access", "acced", "join", "member"),
    _K.FIRST_ATTENDANCE: ("first", "premi", "primera", "primeira", "erst", "впервые"),
    _K.WELCOMED: ("welcom", "new", "nouve", "nuev", "neu", "accueil", "as a", "as member", "congrat", "الجديدان"),
    _K.INVITED: ("invit",),
    _K.APPLICATIONS_DISCUSSED: ("appli", "candid", "favourabl", "interest in"),
}
_NEGATED = re.compile(
    r"\bno (?:new )?(?:members?|states?|countr\w+)\b[^.;]{0,30}\b(?:admitted|joined|welcomed|accepted)|\bnot (?:been )?admitted|without admitting",
    re.IGNORECASE,
)
_NOT_MEMBERSHIP = re.compile(r"\badher(?:e|ence|ents?)\b(?!.{0,30}new)|formal adherence|unilateral", re.IGNORECASE)
_EFFECTIVE = re.compile(
    r"\b(?:effective(?: from| as of)?|with effect from|as of|took effect on|entry into force on|joined [^.]{0,50}\bon)\W+$",
    re.IGNORECASE,
)


def read(page: Page) -> list[Found[MembershipDecision]]:
    """Each decision with its states, in the order stated. Interest and adherence are not membership; of what
    is said twice of one state, the stronger word counts: admission and accession before a welcome."""
    found: list[Found[MembershipDecision]] = []
    year = Years(page).year
    for sentence in page.sentences:
        for kind, match in _matches(sentence.text):
            states = _states(page, sentence, kind, match)
            if not states and kind not in (_K.NO_CONSENSUS,):
                if kind is not _K.APPLICATIONS_DISCUSSED:
                    continue
                continue
            decided, effective, parts = _dates(sentence, kind, year)
            countries = tuple(dict.fromkeys(m.code for m in states))
            spans = tuple(sentence.span(m.start, m.end) for m in states) or (sentence.span(*match.span()),)
            value = MembershipDecision(kind, countries, decided, effective)
            found.append(Found(value, (*spans, sentence.span(*match.span())), parts | {"countries": spans}))
            break
    return _strongest(found)


def _matches(text: str) -> list[tuple[MembershipDecisionKind, re.Match[str]]]:
    lower = text.lower()
    possible = [(kind, rule) for kind, rule in _RULES if any(stem in lower for stem in _STEMS[kind])]
    if not possible or _NEGATED.search(text):
        return []
    matches = []
    for kind, rule in possible:
        match = rule.search(text)
        if match is None:
            continue
        around = text[max(0, match.start() - 60) : match.end() + 60]
        if kind in (_K.WELCOMED, _K.ACCEDED, _K.ADMITTED) and _NOT_MEMBERSHIP.search(around) and "member" not in around:
            continue
        matches.append((kind, match))
    return matches


def _states(page: Page, sentence: Sentence, kind: MembershipDecisionKind, match: re.Match[str]) -> list[NameMatch]:
    """The states that a decision is about: those in one list with the one nearest its words."""
    own = [m for m in page.mentions_in(sentence) if not _is_an_office(sentence.text, m)]
    if kind in (_K.APPLICATIONS_DISCUSSED, _K.NO_CONSENSUS) and len(own) > 4:
        return []
    if not own or (len(own) >= 10 and kind is not _K.FIRST_ATTENDANCE):
        return []
    runs: list[list[NameMatch]] = [[own[0]]]
    for m in own[1:]:
        between = sentence.text[runs[-1][-1].end : m.start]
        if re.fullmatch(r"(?:[\s,;–-]|and|et|y|und|e|as well as|the|la|el|le|los|les|both|\([^)]*\)|و)*", between):
            runs[-1].append(m)
        else:
            runs.append([m])
    if kind is _K.FIRST_ATTENDANCE:
        return _first_timers(sentence.text, runs, match)

    def distance(run: list[NameMatch]) -> int:
        if run[0].start >= match.end():
            return run[0].start - match.end()
        if run[-1].end <= match.start():
            return match.start() - run[-1].end + 8
        return 0

    usable = [run for run in runs if len(run) < 10]
    return min(usable, key=distance, default=[])


def _first_timers(text: str, runs: list[list[NameMatch]], match: re.Match[str]) -> list[NameMatch]:
    """Who attends for the first time: the list before the words, but of a long list its last name alone."""
    if text[max(0, match.start() - 1) : match.start()] == "(":
        # A remark in brackets is about the name before it.
        return [m for run in runs for m in run if m.end <= match.start()][-1:]
    before = [run for run in runs if run[-1].end <= match.start()]
    after = [run for run in runs if re.fullmatch(r"[\s,:]*(?:the |la |le |l['’])?", text[match.end() : run[0].start])]
    near = before[-1] if before and not re.match(r"\s*for the first time", text, re.IGNORECASE) else []
    if near and len(near) >= 6:
        # A list of participants with a remark on its end: "(for the first time)" or "with X taking part".
        last = [m for m in near if re.search(r"\b(?:with|además de|ainsi que)\s+(?:the |la )?$", text[: m.start])]
        begin = last[-1].start if last else near[-1].start
        return [m for m in near if m.start >= begin]
    if not near and re.match(r"\s*for the first time", text, re.IGNORECASE):
        after = after or [run for run in runs if run[0].start >= match.end()]
    if not near and after:
        return after[0] if len(after[0]) < 8 else []
    return near


def _is_an_office(text: str, match: NameMatch) -> bool:
    before = text[: match.start]
    return bool(
        re.search(
            r"\b(?:Ambassador|Minister|Secretary|Chair|Government|President|[Cc]hairmanship|held|meeting|Plenary|Plenario|met|hosted|Point of Contact) (?:of|in|from|de) (?:the )?$"
            r"|\bPlenario (?:del \w+ )?(?:celebrado )?en |\btheir chairmanship of ",
            before,
        )
    )


def _dates(
    sentence: Sentence, kind: MembershipDecisionKind, year: int | None
) -> tuple[date | None, date | None, dict[str, tuple[Span, ...]]]:
    decided = effective = None
    parts: dict[str, tuple[Span, ...]] = {}
    joins = kind in (_K.ADMITTED, _K.ACCEDED, _K.SUBSCRIBED)
    for found in find_dates(sentence.text, year_hint=year) if joins else ():
        span = (sentence.span(found.start, found.end),)
        before = sentence.text[: found.start]
        if _EFFECTIVE.search(before) or (kind in (_K.SUBSCRIBED, _K.ACCEDED) and found.first == found.last):
            if effective is None:
                effective, parts["effective"] = found.first, span
        elif decided is None:
            decided, parts["decided"] = found.last, span
    return decided, effective, parts


_STRENGTH = {
    kind: rank
    for rank, kind in enumerate(
        (
            _K.APPLICATIONS_DISCUSSED,
            _K.INVITED,
            _K.WELCOMED,
            _K.FIRST_ATTENDANCE,
            _K.SUBSCRIBED,
            _K.ACCEDED,
            _K.ADMITTED,
        )
    )
}


def _strongest(found: list[Found[MembershipDecision]]) -> list[Found[MembershipDecision]]:
    """*found* with each state under its strongest word alone, and equal decisions joined."""
    best: dict[str, int] = {}
    for item in found:
        for country in item.value.countries:
            best[country] = max(best.get(country, -1), _STRENGTH.get(item.value.decision, 9))
    kept: list[Found[MembershipDecision]] = []
    seen: set[tuple[MembershipDecisionKind, tuple[str, ...]]] = set()
    for item in found:
        decision, countries = item.value.decision, item.value.countries
        left = tuple(c for c in countries if _STRENGTH.get(decision, 9) == best[c])
        if (countries and not left) or (decision, left) in seen:
            continue
        if any(k.value.decision is decision and set(left) <= set(k.value.countries) and left for k in kept):
            continue
        seen.add((decision, left))
        value = MembershipDecision(decision, left, item.value.decided, item.value.effective)
        kept.append(Found(value, item.spans, item.parts))
    return kept
