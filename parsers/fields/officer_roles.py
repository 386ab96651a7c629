"""The roles that a sentence gives, by the relations of ``rules/chairing.yaml``: who chairs, opens, leaves or is to come.

What is another body's, or a part's of this one, is no role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from typing import NamedTuple

from parsers.annotate import Item, Kind, with_people
from parsers.clauses import clauses
from parsers.countries import NameMatch
from parsers.dates import find_years
from parsers.record import OfficerRole
from parsers.regime import RegimeProfile
from parsers.relate.match import Relation, lemmas_of, relations
from parsers.relate.rules import rules_of
from parsers.remembered import remembered
from parsers.tables import yaml_rules

_R = OfficerRole
_BODIES = frozenset((Kind.OTHER, Kind.SUBGROUP))
_OFFICES = frozenset((Kind.CHAIR, Kind.PRESIDENT))
# How far behind what a relation rests on its object stands, and how far before it its subject.
_OBJECT, _SUBJECT = 7, 9
# How far behind a relation the day of it stands.
_BEHIND = 6


class When(Enum):
    """The time of a relation: now, later where another is the chair now, later in any case."""

    NOW = "now"
    AHEAD = "ahead"
    LATER = "later"


class Role(NamedTuple):
    """A role that a relation gives to an item of a sentence."""

    role: OfficerRole
    item: Item
    when: When
    start: int
    # The state that the office names, where the item is a person without one.
    state: NameMatch | None
    # Whether it counts only beside one who presides.
    beside: bool


@remembered
def roles_in(
    text: str, mentions: tuple[NameMatch, ...], regime: RegimeProfile, languages: tuple[str, ...], year: int | None
) -> tuple[Role, ...]:
    """The roles that a sentence gives in the page's own body."""
    items = with_people(text, mentions, regime, languages, year)
    return tuple(_roles(items, languages, year))


def _roles(items: Sequence[Item], languages: tuple[str, ...], year: int | None) -> Iterator[Role]:
    rank = {name: i for i, name in enumerate(("handed_over", "chaired", "elected", "opened", "named", "beside"))}
    found = [r for clause in clauses(items, languages) for r in relations(rules_of("chairing"), clause, languages)]
    found.sort(key=lambda r: rank[r.name])
    taken: dict[int, str] = {}
    told: set[tuple[OfficerRole, int]] = set()
    for relation in found:
        office = next((relation.clause[at] for _, at in relation.roles if relation.clause[at].kind in _OFFICES), None)
        joint = office is not None and len(office.names) > 1
        if office is not None and not joint and taken.get(office.start, relation.pattern.text) != relation.pattern.text:
            continue
        if _lists_others(relation, office) or _is_governed(relation, languages) or not _is_own(relation, languages):
            continue
        state = office.names[0] if office is not None and len(office.names) == 1 else None
        state = next((relation.clause[at].names[0] for name, at in relation.roles if name == "state"), state)
        when = _when(relation, languages, year)
        if when is When.AHEAD and any(name == "outgoing_chair" for name, _ in relation.roles):
            when = When.LATER
        for name, at in relation.roles:
            item = relation.clause[at]
            role = _role(name, relation, office)
            if role is None or (role, item.start) in told:
                continue
            if office is not None:
                taken[office.start] = relation.pattern.text
            told.add((role, item.start))
            begin = relation.clause[relation.trigger[0]].start
            yield Role(role, item, when, begin, None if item is office else state, relation.name == "beside")


def _lists_others(relation: Relation, office: Item | None) -> bool:
    """True if several states stand beside an office that one alone holds: "the Chair, Norway and Peru drafted it"."""
    states = [relation.clause[at] for name, at in relation.roles if name == "chair"]
    one = office is not None and not office.traits & {"joint", "state"} and not office.low.endswith(("s", "men"))
    return relation.name == "named" and one and any(len(item.names) > 1 for item in states)


def _is_governed(relation: Relation, languages: tuple[str, ...]) -> bool:
    """True if what a relation takes for its subject hangs on a preposition: "on behalf of A, and opened"."""
    clause, start = relation.clause, relation.start
    # A person may be what a preposition governs and be named by his office all the same.
    named = relation.name == "named" and clause[start].kind is not Kind.COUNTRIES
    if named or not start or not relation.roles or relation.roles[0][1] != start or clause[start].kind is Kind.CHAIR:
        return False
    words = yaml_rules("annotations.yaml")["presiding"]["governs"]
    return any(clause[start - 1].low in words.get(language, ()) for language in languages)


def _role(name: str, relation: Relation, office: Item | None) -> OfficerRole | None:
    """The role by the name that the pattern gives it, and by what the office says of itself."""
    if name in ("state", "office"):
        return None
    role = _R(name)
    if role is not _R.CHAIR:
        return role
    traits = office.traits if office is not None and relation.name != "handed_over" else frozenset()
    if "former" in traits and office is not None and office.low.endswith(("s", "men", "и")):
        return None
    if traits & {"outgoing", "former"}:
        return _R.OUTGOING_CHAIR
    if "incoming" in traits:
        return _R.INCOMING_CHAIR
    low, high = relation.trigger
    co = any(item.low.startswith(("co-chair", "copresid", "coprésid")) for item in relation.clause[low:high])
    if co or (
        office is not None and "joint" in traits and "function" not in traits and office.low[:2] in ("co", "со", "ch")
    ):
        return _R.CO_CHAIR
    return role


def _when(relation: Relation, languages: tuple[str, ...], year: int | None) -> When:
    """The time of a relation: "will take over" and "elected for" a year after the page's own are of one to come."""
    clause, end = relation.clause, relation.end
    said = {item.low for item in clause[max(0, relation.start - 2) : end + 1]}
    behind = clause[end : end + _BEHIND]
    ahead = bool(said & _words_of("ahead", languages))
    soon = bool(said & _words_of("now_or_ahead", languages))
    if ahead and _holds(behind, "next_year", languages):
        return When.LATER
    if ahead or (soon and _holds(behind[:4], "from_then", languages)):
        return When.AHEAD
    inside = clause[relation.start : end]
    said_years = [item.low for item in (*inside, *behind) if item.kind is Kind.DATE]
    said_years += [trait for item in inside if item.kind in _OFFICES for trait in item.traits]
    named = [found for said_year in said_years for _, _, found in find_years(said_year)]
    if year is not None and named and (min(named) > year or (soon and min(named) == year < max(named))):
        return When.AHEAD
    return When.NOW


def _holds(items: Sequence[Item], words: str, languages: tuple[str, ...]) -> bool:
    """True if one of the phrases *words* stands in *items*."""
    lows = [item.low for item in items]
    table = rules_of("chairing").words[words]
    return any(
        lows[i : i + len(row)] == list(row)
        for language in languages
        for row in table.get(language, ())
        for i in range(len(lows))
    )


@cache
def _words_of(name: str, languages: tuple[str, ...]) -> frozenset[str]:
    table = rules_of("chairing").words[name]
    return frozenset(w for language in languages for row in table.get(language, ()) for w in row if w)


@cache
def _class_of(name: str, languages: tuple[str, ...]) -> frozenset[str]:
    table = rules_of("chairing").classes[name]
    return frozenset(row[0] for language in languages for row in table.get(language, ()) if row[0])


def _is_own(relation: Relation, languages: tuple[str, ...]) -> bool:
    """True if a relation is of the page's own body: nothing else is chaired or opened."""
    clause = relation.clause
    low, high = relation.trigger
    if relation.name == "named" or clause[low].kind in _OFFICES:
        return True
    places = {at for _, at in relation.roles}
    before = range(low - 1, max(-1, low - _SUBJECT), -1)
    behind = range(high, min(len(clause), high + _OBJECT))
    for side in (before, behind):
        for i in side:
            item = clause[i]
            if i in places and side is before and _is_agent(clause, i, languages):
                continue
            if i in places or item.kind in _OFFICES or item.kind is Kind.OWN or item.low in ".;:":
                break
            if item.kind in _BODIES or _lemmas(item, languages) & _class_of("another_matter", languages):
                return False
            if _lemmas(item, languages) & _class_of("meeting", languages):
                near = clause[max(0, i - 3) : i]
                if any(
                    x.kind in _BODIES or _lemmas(x, languages) & _class_of("another_matter", languages) for x in near
                ):
                    return False
                break
    return True


def _is_agent(clause: Sequence[Item], at: int, languages: tuple[str, ...]) -> bool:
    """True if the item *at* is who did what was done: "by Name", "von dem Deutschen Name"."""
    return any(item.low in _class_of("by", languages) for item in clause[max(0, at - 3) : at])


def _lemmas(item: Item, languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(lemmas for language in languages for lemmas in lemmas_of((item,), language)))
