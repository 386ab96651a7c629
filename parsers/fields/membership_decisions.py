"""Decisions on membership: the relations of ``rules/membership.yaml``, as decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from parsers.annotate import Item, Kind, languages_of
from parsers.annotate.items import tokens
from parsers.decision_days import dates_of, each_on_its_day
from parsers.document import Role
from parsers.mentions import LONGEST_SENTENCE
from parsers.page import Found, Page, Sentence, Span
from parsers.record import MembershipDecision, MembershipDecisionKind
from parsers.relate.match import Relation, lemmas_of
from parsers.relate.rules import rules_of
from parsers.relate.sentences import may_state, relations_in
from parsers.state_sets import StateSets

_K = MembershipDecisionKind
_ORDER = (
    _K.NO_CONSENSUS, _K.SUSPENDED, _K.WITHDREW, _K.SUBSCRIBED, _K.ADMITTED, _K.ACCEDED, _K.FIRST_ATTENDANCE,
    _K.WELCOMED, _K.INVITED, _K.APPLICATIONS_DISCUSSED,
)  # fmt: skip
_RANK = {kind.value: rank for rank, kind in enumerate(_ORDER)}
_TOPIC = "topic"
# Longer lists than these are of members, not of newcomers.
_MOST, _MOST_APPLICANTS, _MOST_WITHOUT = 10, 20, 6


def read(page: Page) -> list[Found[MembershipDecision]]:
    """Each decision with its states, in the order stated. Interest and adherence are not membership; of what
    is said twice of one state, the stronger word counts: admission and accession before a welcome."""
    found: list[Found[MembershipDecision]] = []
    for sentence in page.sentences:
        if len(sentence.text) <= LONGEST_SENTENCE and _may_decide(page, sentence):
            found.extend(_in_sentence(page, sentence))
    return _strongest(found)


def _may_decide(page: Page, sentence: Sentence) -> bool:
    """True if a sentence names a state, or may do so by an adjective, or may tell of a consensus on none."""
    named = page.mentions_in(sentence) or any(stem in sentence.text for stem in _STATELESS)
    return bool(named) and may_state(page, sentence, "membership")


_STATELESS = ("onsens", "ОНСЕНС", "онсенс", "membership", "accession", "application", "candidature", "participation", "entry", "admission", "agree", "عضوية", "انضمام")  # fmt: skip


def _in_sentence(page: Page, sentence: Sentence) -> Iterator[Found[MembershipDecision]]:
    languages = languages_of(sentence.text, page.document.language)
    told = tuple(r for r in relations_in(page, sentence, "membership") if _is_own(r, languages))
    missing = [r.clause for r in told if r.name == _K.NO_CONSENSUS]
    if missing and (all(r.states is None for r in told) or any(r.states and r.clause in missing for r in told)):
        yield from _without_consensus(page, sentence, told)
        return
    about = [(r, r.states) for r in told if r.name in _RANK and r.states is not None]
    about.sort(key=lambda pair: (_RANK[pair[0].name], pair[1].start))
    taken: set[int] = set()
    for relation, states in about:
        kind = _K(relation.name)
        if kind is _K.ACCEDED and _subscribes(page):
            kind = _K.SUBSCRIBED
        named = {m.start for m in states.names}
        most = _MOST_APPLICANTS if kind is _K.APPLICATIONS_DISCUSSED else _MOST
        if taken & named or len(named) >= most:
            continue
        taken |= named
        if each := each_on_its_day(page, sentence, kind):
            yield from each
            return
        yield _decision(page, sentence, kind, relation, languages)


def _subscribes(page: Page) -> bool:
    """True if the members of the page's regime are its subscribers."""
    return any("subscrib" in called.lower() for called in page.regime.members_called)


def _decision(
    page: Page, sentence: Sentence, kind: MembershipDecisionKind, relation: Relation, languages: Sequence[str]
) -> Found[MembershipDecision]:
    decided, effective, parts = dates_of(page, sentence, kind, languages)
    spans, countries = _states(sentence, relation)
    value = MembershipDecision(kind, countries, decided, effective)
    return Found(value, (*spans, _trigger(sentence, relation)), parts | {"countries": spans})


def _states(sentence: Sentence, relation: Relation) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The spans and the codes of the states of a relation."""
    names = relation.states.names if relation.states else ()
    return tuple(sentence.span(m.start, m.end) for m in names), tuple(dict.fromkeys(m.code for m in names))


def _trigger(sentence: Sentence, relation: Relation) -> Span:
    """The span of the words on which a relation rests."""
    items = relation.clause[slice(*relation.trigger)]
    return sentence.span(items[0].start, items[-1].end)


def _without_consensus(page: Page, sentence: Sentence, told: Sequence[Relation]) -> Iterator[Found[MembershipDecision]]:
    """That no consensus was reached, on the states whose membership the sentence names."""
    if not _is_on_membership(page, sentence):
        return
    (missing, *_) = (r for r in told if r.name == _K.NO_CONSENSUS)
    about = sorted((r for r in told if r.states is not None), key=lambda r: r.states.start if r.states else 0)
    spans, countries = _states(sentence, about[0]) if about else ((), ())
    if len(spans) > _MOST_WITHOUT:
        return
    trigger = _trigger(sentence, missing)
    value = MembershipDecision(_K.NO_CONSENSUS, countries)
    yield Found(value, (*(spans or (trigger,)), trigger), {"countries": spans or (trigger,)})


def _is_on_membership(page: Page, sentence: Sentence) -> bool:
    """True if the paragraph, or the heading above it, speaks of who may belong; found once for all its sentences."""
    known = page.memo.get("blocks on membership")
    if not isinstance(known, dict):
        known = page.memo["blocks on membership"] = dict[int, bool]()
    if sentence.block not in known:
        above = page.blocks[sentence.block - 1] if sentence.block else None
        said = page.blocks[sentence.block].text
        if above is not None and above.role is Role.HEADING:
            said = f"{above.text} {said}"
        known[sentence.block] = _holds_class(page, said, "on_membership")
    answer: bool = known[sentence.block]
    return answer


def _holds_class(page: Page, text: str, name: str) -> bool:
    languages = languages_of(text, page.document.language)
    items = tokens(text)
    table = rules_of("membership").classes[name]
    for language in languages:
        wanted = {row[0] for row in table.get(language, ())}
        if any(wanted & lemmas for lemmas in lemmas_of(items, language)):
            return True
    return False


_BODIES = frozenset((Kind.OWN, Kind.OTHER, Kind.SUBGROUP))
# How far behind its trigger a relation's body stands, and the word for another role.
_OBJECT = 9
_ROLE = 14


def _is_own(relation: Relation, languages: tuple[str, ...]) -> bool:
    """True if a relation is of the page's own body: no other decides it, or is named before it behind the trigger, or
    between."""
    clause = relation.clause
    turns = _words_of("turns", languages)
    if relation.states is None:
        return True
    at = clause.index(relation.states)
    low, high = sorted((relation.trigger[0], at))
    if _decides_another(clause[:low], languages):
        return False
    between = clause[low:high]
    for item in reversed(between) if at < relation.trigger[0] else between:
        if item.kind in _BODIES:
            if item.kind is Kind.OWN:
                break
            if relation.name in ("acceded", "withdrew") and low == at:
                return False
    if relation.name == _K.APPLICATIONS_DISCUSSED and _is_stopped_by(clause, at, languages):
        return False
    last = max(relation.trigger[1], at + 1)
    beside = takewhile(lambda item: item.kind is not Kind.COUNTRIES, clause[last : last + _ROLE])
    if any(_is_role(item, languages) for item in beside):
        return False
    for i in range(relation.trigger[0], min(len(clause), last + _OBJECT)):
        item = clause[i]
        if item.kind in _BODIES:
            return item.kind is Kind.OWN
        if item.kind is Kind.MEMBER and "none" in item.traits:
            return False
        if i >= relation.end and item.low in turns and i + 1 < len(clause) and clause[i + 1].kind not in _BODIES:
            break
    return True


_STOPS = (",", ":")


def _decides_another(before: Sequence[Item], languages: tuple[str, ...]) -> bool:
    """True if what stands *before* a relation ends with another body as who decides it."""
    between = _words_of("deciding", languages)
    who = next((item for item in reversed(before) if item.low not in between and item.low not in _STOPS), None)
    if who is None or who.kind is not Kind.OTHER:
        return False
    # Behind a comma only "which" goes on with the body before it.
    return before[-1] is who or before[-1].low != ","


def _is_stopped_by(clause: Sequence[Item], at: int, languages: tuple[str, ...]) -> bool:
    """True if the states at the item *at* are said to have stopped what the clause tells of."""
    if not at or clause[at - 1].low not in _words_of("by", languages):
        return False
    stopping = _words_of("stopping", languages)
    return any(stopping & lemmas for language in languages for lemmas in lemmas_of(clause, language))


@cache
def _words_of(name: str, languages: tuple[str, ...]) -> frozenset[str]:
    """The words of the rules under *name*."""
    table = rules_of("membership").words[name]
    return frozenset(w for language in languages for row in table.get(language, ()) for w in row if w)


def _is_role(item: Item, languages: tuple[str, ...]) -> bool:
    roles = _words_of("another_role", languages)
    return any(roles & lemmas for language in languages for lemmas in lemmas_of((item,), language))


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
    told: dict[MembershipDecisionKind, StateSets] = {}
    for item in found:
        decision, countries = item.value.decision, item.value.countries
        left = tuple(c for c in countries if _STRENGTH.get(decision, 9) == best[c])
        # A decision on no state is told once.
        states = left or ("",)
        sets = told.setdefault(decision, StateSets())
        if (countries and not left) or sets.first_holding(states) is not None:
            continue
        sets.add(len(kept), states)
        value = MembershipDecision(decision, left, item.value.decided, item.value.effective)
        kept.append(Found(value, item.spans, item.parts))
    return kept
