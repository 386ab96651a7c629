"""The states and regions about which a text expresses concern, by ``rules/concern.yaml``.

What stands behind a word of concern in its clause is what worries, unless it is named in another part: who speaks, where
one meets, whom an attack hit. A state can also be said to worry, or to do what does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from parsers.annotate import Item, Kind, items_of, regions, setting_of, states
from parsers.clauses import Clause, clauses
from parsers.countries import NameMatch
from parsers.document import Role
from parsers.mentions import LONGEST_SENTENCE
from parsers.page import Found, Page, Sentence, Span
from parsers.record import Concern
from parsers.regime import RegimeProfile
from parsers.relate.match import Relation, relations
from parsers.relate.rules import rules_of
from parsers.relate.sentences import may_state
from parsers.remembered import remembered

# How many characters behind its word a concern reaches.
_FAR = 220
# A sentence that names more states than this lists members or participants.
_MANY = 8
# So long at most is an item of a list that a sentence of concern announces.
_ITEM = 90
# Years as long past as these tell history.
_HISTORY = range(1940, 1990)


# The relations without which a sentence that no other announces tells of no worry.
_TELLING = frozenset(("concern", "worrying", "resolution", "bound", "armed"))


class _Told(NamedTuple):
    """The worries that a sentence tells, and whether it holds a word of concern."""

    worrying: tuple[Item, ...] = ()
    concerned: bool = False


def read(page: Page) -> list[Found[Concern]]:
    """The states, then the regions, each once with all its spans, in the order of first naming."""
    found: dict[tuple[str | None, str | None], list[Span]] = {}
    carried, announced = False, False
    for sentence in page.sentences:
        item = _is_item(page, sentence)
        led = (announced and item) or (carried and sentence.text.startswith(_continues()))
        told = _told(page, sentence, led=led)
        for worrying in told.worrying:
            for name in worrying.names:
                found.setdefault((name.code, None), []).append(sentence.span(name.start, name.end))
            if worrying.kind is Kind.REGION:
                (region,) = worrying.traits - {"capital"}
                found.setdefault((None, region), []).append(sentence.span(worrying.start, worrying.end))
        announced = (led and item) or (told.concerned and sentence.text.rstrip().endswith(":"))
        carried = told.concerned
    ordered = sorted(found.items(), key=lambda pair: (pair[0][0] is None, pair[1][0]))
    return [Found(Concern(country=c, region=r), tuple(dict.fromkeys(spans))) for (c, r), spans in ordered]


def _continues() -> tuple[str, ...]:
    return tuple(" ".join(word for word in row if word) for row in rules_of("concern").words["continues"]["en"])


def _is_item(page: Page, sentence: Sentence) -> bool:
    """Whether the sentence opens a list item short enough to be only what a sentence before announced."""
    block = page.blocks[sentence.block]
    return block.role is Role.LIST_ITEM and sentence.start == 0 and len(block.text) < _ITEM


def _told(page: Page, sentence: Sentence, *, led: bool) -> _Told:
    if len(sentence.text) > LONGEST_SENTENCE or not (led or may_state(page, sentence, "concern", _TELLING)):
        return _Told()
    return _in_sentence(*setting_of(page, sentence), led)


@remembered
def _in_sentence(
    text: str,
    mentions: tuple[NameMatch, ...],
    regime: RegimeProfile,
    languages: tuple[str, ...],
    year: int | None,
    led: bool,
) -> _Told:
    items = list(items_of(text, mentions, regime, languages, year))
    regions.annotate(items)
    states.annotate_all_adjectives(items)
    if not any(item.kind in (Kind.COUNTRIES, Kind.REGION) for item in items):
        return _Told((), any(r.name == "concern" for r in _relations(tuple(items), languages)))
    told = [(clause, _relations(clause, languages)) for clause in clauses(items, languages)]
    said = {r.name for _, found in told for r in found}
    concerned = led or "concern" in said
    many = sum(len(item.names) for item in items if item.kind is Kind.COUNTRIES) > _MANY
    if many or (_tells_history(items, said) and "still" not in said):
        return _Told((), concerned)
    every = [r for _, found in told for r in found]
    deeds = _about(r for r in every if r.name == "deed" and not _is_crossed(r, every, "concern"))
    asides = _about(r for r in every if r.name == "aside")
    beside = _about(r for r in every if r.name == "beside") - deeds - _about(r for r in every if r.name == "led_on")
    worrying: set[Item] = set()
    for clause, found in told:
        worrying |= _behind_concern(clause, found, led) - asides - beside
        worrying |= _said_to_worry(found, items, said) - asides
        if concerned:
            worrying |= {
                item for item in _about(r for r in found if r.name == "deed") & deeds if item in clause
            } - asides
    others = _about(r for r in every if r.name == "used_by_others")
    used_there = _about(r for r in every if r.name == "used_there") - others
    kept = (
        _of(item, "suspects") if item in used_there else item
        for item in _chained(items, worrying, used_there, concerned)
    )
    return _Told(tuple(item for item in kept if item), concerned)


def _relations(clause: Clause, languages: Sequence[str]) -> list[Relation]:
    return list(relations(rules_of("concern"), clause, languages))


def _tells_history(items: Sequence[Item], said: set[str]) -> bool:
    """True if a sentence tells the past, by its words or by a year."""
    before = _words("in_the_year")
    years = any(b.low[:4].isdecimal() and int(b.low[:4]) in _HISTORY and a.low in before for a, b in pairwise(items))
    return years or "history" in said


def _about(found: Iterable[Relation]) -> set[Item]:
    return {r.about for r in found if r.about is not None}


def _is_crossed(relation: Relation, every: Sequence[Relation], name: str) -> bool:
    """True if what *name* tells stands within a relation: "the launch was condemned by Japan"."""
    low, high = relation.clause[relation.start].start, relation.clause[relation.end - 1].start
    return any(low < r.clause[r.trigger[0]].start < high for r in every if r.name == name)


def _behind_concern(clause: Clause, found: Sequence[Relation], led: bool) -> set[Item]:
    """Items behind a word of concern, nearer than behind one of praise."""
    # "The authorities concerned" worry nobody.
    parties = {r.end for r in found if r.name == "parties"}
    triggers = [r for r in found if r.name == "calm" or (r.name == "concern" and r.trigger[1] not in parties)]
    turns = [(r.trigger[1], r.name == "concern") for r in triggers]
    turns.extend([(0, True)] if led else [])
    behind: set[Item] = set()
    for i, item in enumerate(clause):
        if item.kind in (Kind.COUNTRIES, Kind.REGION):
            last, worries = max(((end, kind) for end, kind in turns if end <= i), default=(0, False))
            if worries and item.start - (clause[last - 1].end if last else 0) < _FAR:
                behind.add(item)
    return behind


def _said_to_worry(found: Sequence[Relation], items: Sequence[Item], said: set[str]) -> set[Item]:
    """Items said to worry, or to do what worries, where nothing in the sentence praises."""
    if any(item.low in _words("settled") for item in items):
        bound = (_of(item, "bound") for item in _about(r for r in found if r.name == "bound"))
        return {item for item in bound if item is not None}
    named = {"resolution"}
    if "technical" not in said and not ("calm" in said and "concern" not in said):
        named |= {"worrying"} if "calm" in said else {"worrying", "armed"}
    return _about(r for r in found if r.name in named and not _is_crossed(r, found, "calm"))


def _words(name: str) -> frozenset[str | None]:
    return frozenset(row[0] for row in rules_of("concern").words[name]["en"])


def _of(item: Item, name: str) -> Item | None:
    """*item* with those of its states alone that stand among the words *name*."""
    names = tuple(match for match in item.names if match.code in _words(name))
    return item._replace(names=names) if names else None


def _chained(items: Sequence[Item], worrying: set[Item], used_there: set[Item], concerned: bool) -> list[Item]:
    """The items that worry, in their order, with the regions listed before one that does, and the places of use."""
    kept: list[Item] = []
    for i in range(len(items) - 1, -1, -1):
        item = items[i]
        behind = [x for x in items[i + 1 : i + 5] if x.low not in (",", "and", "the", "in", "of")]
        listed = item.kind is Kind.REGION and behind and behind[0] in kept and behind[0].kind is Kind.REGION
        if item in worrying or listed or (concerned and item in used_there):
            kept.append(item)
        elif narrowed := [x for x in worrying if x.start == item.start]:
            kept.extend(narrowed)
    return kept[::-1]
