"""Outreach: which states were, or are to be, spoken to for the regime, and by whom; by ``rules/outreach.yaml``."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from parsers.page import Found, Page, Sentence, Span
from parsers.record import Outreach
from parsers.relate.match import Relation
from parsers.relate.sentences import may_state, relations_in
from parsers.state_sets import StateSets

# Who does it; of two that are named together, the first says more.
_DOERS = ("outgoing_chair", "incoming_chair", "chair", "partners", "regime")
_CHAIRS = _DOERS[:3]
# As many characters apart, "the outgoing Chair of the Regime" is one that does it.
_TOGETHER = 30


def read(page: Page) -> list[Found[Outreach]]:
    """Each outreach that names the states it goes to; told twice, it counts once with the spans of both.

    Outreach to no state in particular ("to a wide range of countries") is left out.
    """
    told: list[_Told] = []
    sets, by_whom = StateSets(), dict[str | None, int]()
    naming = [s for s in page.sentences if page.mentions_in(s) and may_state(page, s, "outreach")]
    above = (Sentence(i, 0, block.text) for i, block in page.headings) if naming else ()
    headings = [r for heading in above for r in relations_in(page, heading, "outreach")]
    about = any(r.name == "topic" for r in headings)
    for sentence in naming:
        found = relations_in(page, sentence, "outreach")
        reached = _reached(found, about)
        if not reached:
            continue
        by = _by(reached[0], found) or ("chair" if any(r.name in _CHAIRS for r in headings) else None)
        names = sorted({name for r in reached if r.states for name in r.states.names})
        countries = dict.fromkeys(name.code for name in names)
        known = sets.first_holding(countries)
        if known is None:
            known = sets.first_within(countries, by_whom.get(None, 0) | by_whom.get(by, 0))
        if known is None:
            known = len(told)
            told.append(_Told(None, {}, []))
        held = told[known]
        by_whom[held.by] = by_whom.get(held.by, 0) & ~(1 << known)
        held.by = held.by or by
        by_whom[held.by] = by_whom.get(held.by, 0) | 1 << known
        sets.add(known, countries)
        held.countries |= countries
        held.spans += (sentence.span(name.start, name.end) for name in names)
    return [one.found() for one in told]


class _Told(Struct):
    """An outreach as far as the sentences read until now tell of it."""

    by: str | None
    countries: dict[str, None]
    spans: list[Span]

    def found(self) -> Found[Outreach]:
        spans = tuple(self.spans)
        return Found(Outreach(self.by, tuple(self.countries)), spans, {"countries": spans})


def _reached(found: Sequence[Relation], about: bool) -> list[Relation]:
    """The relations that tell to whom outreach goes: in words of outreach, else in those that are it where the chair or
    the body goes, or where the clause, or the page by its heading, is *about* it."""
    reached = [r for r in found if r.name == "reached"]
    return reached or [r for r in found if r.name == "visited" and (about or _goes_for_us(r, found))]


def _goes_for_us(visit: Relation, found: Sequence[Relation]) -> bool:
    beside = [r for r in found if r.clause is visit.clause]
    if any(r.name == "topic" for r in beside):
        return True
    return any(r.name in (*_CHAIRS, "regime") and (r.start < visit.end or _is_by(r)) for r in beside)


def _by(reached: Relation, found: Sequence[Relation]) -> str | None:
    """The one who does it: a chair named behind "by", else the nearest named before, else whoever is named behind "by"."""
    doers = [r for r in found if r.name in _DOERS]
    behind = [r for r in doers if _is_by(r) and _place(r) > reached.clause[reached.trigger[0]].start]
    before = [r for r in doers if r.clause is reached.clause and r.start <= reached.end]
    last = max(map(_place, before), default=0)
    beside = [r for r in before if last - _place(r) < _TOGETHER]
    for named in ([r for r in behind if r.name in _CHAIRS], beside, behind):
        if named:
            return min((r.name for r in named), key=_DOERS.index)
    return None


def _is_by(doer: Relation) -> bool:
    return doer.pattern.text.startswith("~by")


def _place(relation: Relation) -> int:
    return relation.clause[relation.start].start
