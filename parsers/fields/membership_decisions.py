"""What was decided, or happened, about who belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from parsers.countries import NameMatch, country_of_demonym
from parsers.decision_days import dates_of, each_on_its_day
from parsers.document import Role
from parsers.fields.enumerations import is_glue
from parsers.membership_guards import guard, is_elsewhere, is_no_membership
from parsers.mentions import LONGEST_SENTENCE
from parsers.page import Found, Page, Sentence
from parsers.phrases import Phrases, lowered
from parsers.record import MembershipDecision, MembershipDecisionKind
from parsers.vocabulary import any_of, words

_K = MembershipDecisionKind
_ORDER = (
    _K.NO_CONSENSUS, _K.SUSPENDED, _K.WITHDREW, _K.SUBSCRIBED, _K.ADMITTED, _K.ACCEDED, _K.FIRST_ATTENDANCE,
    _K.WELCOMED, _K.INVITED, _K.APPLICATIONS_DISCUSSED,
)  # fmt: skip


# The words for a body of no name: "the Group decided".
_BODIES = ("regime", "group", "arrangement", "accord", "code", "committee")


@lru_cache(maxsize=64)
def _rules(own: tuple[str, ...], subscribed: bool) -> Phrases:
    """The phrases of each kind, in the order in which kinds are tried on a sentence; *own* are the regime's names."""
    heads = {name.lower().rpartition(" ")[0] for name in own} - {""}
    # "The Wassenaar Agreement" is what some call the Arrangement.
    called = (f"{head} {body}" for head in heads for body in (*_BODIES, "agreement"))
    names = any_of((*(name.lower() for name in own), *called, *_BODIES))
    stands_for = {
        "NEW": "|".join(words("membership_words", "new", "member")),
        "OWN": names,
        "SUBSCRIBED": names if subscribed else "code",
    }
    stand_in = re.compile("|".join(stands_for))
    return Phrases(
        *(
            [stand_in.sub(lambda m: stands_for[m[0]], p) for p in words("membership_words", "decisions", kind.value)]
            for kind in _ORDER
        )
    )


def read(page: Page) -> list[Found[MembershipDecision]]:
    """Each decision with its states, in the order stated. Interest and adherence are not membership; of what
    is said twice of one state, the stronger word counts: admission and accession before a welcome."""
    own = (page.regime.name, *page.regime.names, page.regime.id)
    subscribed = any("subscrib" in word.lower() for word in page.regime.members_called)
    rules = _rules(own, subscribed).on(page.lines)
    found: list[Found[MembershipDecision]] = []
    for line in rules.lines:
        sentence = page.sentences[line]
        if len(sentence.text) > LONGEST_SENTENCE or not _may_decide(page, sentence):
            continue
        told: set[int] = set()
        for kind, match in _matches(page.lines.texts[line], rules.matches(line), own):
            if kind is _K.NO_CONSENSUS and not _is_on_membership(page, sentence):
                continue
            states = _states(page, sentence, kind, match)
            if not states and (kind is not _K.NO_CONSENSUS or told):
                continue
            if told and (told.intersection(m.start for m in states) or not _is_beside(match, states)):
                continue
            if each := each_on_its_day(page, sentence, kind):
                found.extend(each)
                break
            decided, effective, parts = dates_of(page, sentence, kind)
            countries = tuple(dict.fromkeys(m.code for m in states))
            spans = tuple(sentence.span(m.start, m.end) for m in states) or (sentence.span(*match.span()),)
            value = MembershipDecision(kind, countries, decided, effective)
            found.append(Found(value, (*spans, sentence.span(*match.span())), parts | {"countries": spans}))
            told.update(m.start for m in states)
            if kind is _K.NO_CONSENSUS:
                break
    return _strongest(found)


def _is_on_membership(page: Page, sentence: Sentence) -> bool:
    """Whether the paragraph, or the heading above it, speaks of who may belong."""
    above = page.blocks[sentence.block - 1] if sentence.block else None
    said = page.blocks[sentence.block].text
    if above is not None and above.role is Role.HEADING:
        said = f"{above.text} {said}"
    return guard("of_membership").search(lowered(said)) is not None


def _is_beside(match: re.Match[str], states: list[NameMatch]) -> bool:
    """Whether the states stand right beside the words of a decision: a second one of the same sentence."""
    return 0 <= states[0].start - match.end() < _NEXT_TO or states[-1].end <= match.start() < states[-1].end + 4


def _may_decide(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence names a state, or may do so by an adjective, or may tell of a consensus on none."""
    end = sentence.start + len(sentence.text)
    return bool(page.mentions(sentence.block, sentence.start, end)) or any(stem in sentence.text for stem in _STATELESS)


_STATELESS = (
    "onsens",
    "ОНСЕНС",
    "онсенс",
    "membership",
    "accession",
    "application",
    "candidature",
    "participation",
    "entry",
    "admission",
    "enlargement",
)


def _matches(
    text: str, hits: Iterable[tuple[int, re.Match[str]]], own: tuple[str, ...]
) -> list[tuple[MembershipDecisionKind, re.Match[str]]]:
    """The kinds whose words a sentence holds, each with the first of them; *own* are the regime's names."""
    first: dict[int, re.Match[str]] = {}
    for label, match in hits:
        kind = _ORDER[label]
        if kind is not _K.NO_CONSENSUS and (is_elsewhere(text, match, own) or is_no_membership(text, kind, match)):
            continue
        held = first.get(label)
        if held is None or (match.start(), -match.end()) < (held.start(), -held.end()):
            first[label] = match
    return [(_ORDER[label], first[label]) for label in sorted(first)]


# How near the first of many applicants stands to the word for applications, and how many there can be.
_NEXT_TO, _MOST_APPLICANTS = 24, 20
_RUN = re.compile(r"(?:[\s,;–-]|and|et|y|und|e|и|i|as well as|the|of|la|el|le|los|les|both|\([^)]*\)|و)*")


def _states(page: Page, sentence: Sentence, kind: MembershipDecisionKind, match: re.Match[str]) -> list[NameMatch]:
    """The states that a decision is about: those in one list with the one nearest its words."""
    own = [m for m in page.mentions_in(sentence) if not _is_an_office(sentence.text, m)]
    if not own:
        return _by_adjective(sentence.text, match)
    if kind is _K.NO_CONSENSUS and len(own) > 6:
        return []
    if (
        len(own) >= 10
        and kind is not _K.FIRST_ATTENDANCE
        and not (kind is _K.APPLICATIONS_DISCUSSED and 0 <= own[0].start - match.end() < _NEXT_TO)
    ):
        return []
    runs: list[list[NameMatch]] = [[own[0]]]
    for m in own[1:]:
        between = sentence.text[runs[-1][-1].end : m.start]
        if _RUN.fullmatch(between) or is_glue(between):
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

    usable = [run for run in runs if len(run) < (_MOST_APPLICANTS if kind is _K.APPLICATIONS_DISCUSSED else 10)]
    return min(usable, key=distance, default=[])


_ADJECTIVE = re.compile(
    r"\b([A-Z]\w+(?: [A-Z]\w+)?) (?:membership|accession|application|candidature|participation|entry)"
)


def _by_adjective(text: str, match: re.Match[str]) -> list[NameMatch]:
    """The state that only an adjective names: "South African membership"."""
    said = _ADJECTIVE.search(text, max(0, match.start() - 40), match.end() + 40)
    code = country_of_demonym(said[1]) if said else None
    return [NameMatch(said.start(1), said.end(1), code, said[1])] if said and code else []


# "Turkey hosted the Plenary for the first time".
_NOT_ATTENDING = re.compile(r"\b(?:host|chair|organi[sz]|held\b|presid|test|launch|us(?:ed|ing)\b|publish|issu)")
# A list that opens its sentence is its subject: "Croatia, Estonia and Malta took part for the first time".
_OPENS_WITHIN = 12
_TAKES_PART = re.compile(r"\b(?:took part|attended|participated|joined|were (?:present|represented|there))\b")


def _first_timers(text: str, runs: list[list[NameMatch]], match: re.Match[str]) -> list[NameMatch]:
    """Who attends for the first time: the list before the words, but of a long list its last name alone."""
    if text[max(0, match.start() - 1) : match.start()] == "(":
        # A remark in brackets is about the name before it.
        return [m for run in runs for m in run if m.end <= match.start()][-1:]
    before = [run for run in runs if run[-1].end <= match.start()]
    after = [run for run in runs if re.fullmatch(r"[\s,:]*(?:the |la |le |l['’])?", text[match.end() : run[0].start])]
    opens = re.match(
        r"\s*(?:for the first time|zum ersten Mal|erstmals|впервые|pour la première|por primera)", text, re.IGNORECASE
    )
    near = before[-1] if before and not opens else []
    if near and _NOT_ATTENDING.search(text, near[-1].end, match.start()):
        return []
    if near and near[0].start < _OPENS_WITHIN and _TAKES_PART.search(text, near[-1].end, match.end()):
        return near
    if near and len(near) >= 6:
        # A list of participants with a remark on its end: "(for the first time)" or "with X taking part".
        last = [m for m in near if re.search(r"\b(?:with|además de|ainsi que)\s+(?:the |la )?$", text[: m.start])]
        begin = last[-1].start if last else near[-1].start
        return [m for m in near if m.start >= begin]
    if not near and opens:
        after = after or [run for run in runs if run[0].start >= match.end()]
    if not near and after:
        return after[0] if len(after[0]) < 8 else []
    return near


_OFFICE = re.compile(
    r"(?:\b(?:Ambassador|Minister|Secretary|Chair|Government|President|[Cc]hairmanship|held|meeting|Plenary|Plenario|met|hosted"
    r"|Point of Contact) (?:of|in|from|de) (?:the )?"
    r"|\bPlenario (?:del \w+ )?(?:celebrado )?en |\btheir chairmanship of |\bhosted by (?:the )?)\Z"
)


def _is_an_office(text: str, match: NameMatch) -> bool:
    return _OFFICE.search(text, max(0, match.start - 60), match.start) is not None


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
