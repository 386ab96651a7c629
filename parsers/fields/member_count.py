"""The number of members that the page states: the relations of ``rules/counting.yaml``, the surest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from parsers.annotate import Item, Kind, counted_items, setting_of
from parsers.annotate.counts import value_span
from parsers.assertion import Assertion, Certainty, Time, assertion_of
from parsers.clauses import clauses
from parsers.countries import NameMatch
from parsers.lines import Letters
from parsers.marked_sentence import Focus
from parsers.mentions import LONGEST_SENTENCE
from parsers.ordinals import find_numbers, letters_of_numbers
from parsers.page import Found, Page, Sentence, Span
from parsers.regime import RegimeProfile
from parsers.relate.match import relations
from parsers.relate.rules import rules_of
from parsers.remembered import remembered
from parsers.tables import yaml_rules
from parsers.when import years_of

# How sure each relation is; that of a number of members that no relation tells, and of the rank of one of them.
_WEIGHTS = {"box": 5.5, "total": 5.0, "of_all": 4.5, "has": 4.0, "attended": 1.0, "rank": 0.5}
_COMPOUND, _MEMBERS, _RANK, _RANK_TO_COME = 4.0, 2.5, 0.5, 0.25
# Fewer than this are rarely all, and a regime has no more.
_FEW, _FEWEST, _MOST = 15, 5, 199
# A sentence of so many items is a line of a table, or the head of a list: "The 45 countries".
_LINE = 2
# A page with more sentences that count is a table of something else, or was made to cost time.
_MOST_SENTENCES = 400


class _Count(NamedTuple):
    """A number of members: ``text[start:end]``; *theirs* says that the body before tells whose ("all its 55")."""

    weight: float
    value: int
    start: int
    end: int
    theirs: bool


def read(page: Page) -> Found[int] | None:
    """The stated number of members, or None.

    The surest wording wins, and of equals the first; a rank ("the 35th member") counts where no number stands, or where
    it is the next to the number: who has just joined is not among them. Attendance is taken only where nothing else is
    said; history and groups within never are.
    """
    found = [(count, sentence) for sentence in _sentences(page) for count in _in_sentence(page, sentence)]
    ranks = [told for told in found if told[0].weight == _RANK]
    best = max(found, key=lambda told: (told[0].weight, told[0].value if told[0].weight <= _RANK else 0), default=None)
    if best is None:
        return None
    count, sentence = next((told for told in ranks if told[0].value == best[0].value + 1), best)
    return Found(count.value, (sentence.span(count.start, count.end),))


@cache
def _nouns() -> Letters:
    """The letters of which every sentence that counts members holds some: of the nouns for them, or for their sum."""
    table = yaml_rules("annotations.yaml")["counts"]["nouns"].values()
    classes = (rules_of("counting").classes[name] for name in ("total", "membership", "number", "strong"))
    rows = [row for by_language in classes for listed in by_language.values() for row in listed]
    said = {word.strip("*") for listed in table for word in listed} | {word for row in rows for word in row if word}
    return Letters(_UNSPACED_NOUNS + tuple(sorted({word[:_TELLING] for word in said})))


# Of a noun so many letters are the same in all its forms.
_TELLING = 5
_UNSPACED_NOUNS = ("个", "国", "국")


def _sentences(page: Page) -> Iterator[Sentence]:
    """The sentences in which a number may count members."""
    left = _MOST_SENTENCES
    spelt = set(letters_of_numbers().lines(page.lines))
    for line in _nouns().lines(page.lines):
        sentence = page.sentences[line]
        if len(sentence.text) > LONGEST_SENTENCE or not (line in spelt or any(c.isdigit() for c in sentence.text)):
            continue
        left -= 1
        if left >= 0:
            yield sentence


def _in_sentence(page: Page, sentence: Sentence) -> Iterator[_Count]:
    setting = setting_of(page, sentence)
    for count in _told_in(*setting):
        if count.theirs and _tells_of_another(page, sentence):
            continue
        if count.weight > _RANK:
            yield count
            continue
        said = _assertion_of(page, sentence, count, setting[3])
        if said.time is not Time.PAST:
            sure = said.time is Time.NOW and said.certainty is Certainty.FACT
            yield count if sure else count._replace(weight=_RANK_TO_COME)


def _tells_of_another(page: Page, sentence: Sentence) -> bool:
    """True if *sentence*, or the one before where it names no body, is about another body: "The Union agrees. All its
    27 members were told"."""
    told = [sentence]
    if sentence.start:
        told.append(page.sentence_of(Span(sentence.block, sentence.start - 1, sentence.start)))
    items = (item for said in told for item in counted_items(*setting_of(page, said)))
    return next((i.kind for i in items if i.kind in (Kind.OWN, Kind.OTHER)), None) is Kind.OTHER


@remembered
def _told_in(
    text: str, mentions: tuple[NameMatch, ...], regime: RegimeProfile, languages: tuple[str, ...], year: int | None
) -> tuple[_Count, ...]:
    """The numbers of members that a sentence tells, in its order."""
    if not any(_FEWEST <= number.value <= _MOST for number in find_numbers(text)):
        return ()
    items = counted_items(text, mentions, regime, languages, year)
    weights: dict[int, float] = {}
    for item in items:
        if item.kind is Kind.COUNT and _FEWEST <= int(item.low) <= _MOST:
            weights[item.start] = _weight_of(item, alone=sum(i.kind is not Kind.MARK for i in items) <= _LINE)
    kept_off: dict[str, set[int]] = {"others": set(), "mixed": set(), "part": set(), "past": set()}
    theirs: set[int] = set()
    found = [r for clause in clauses(items, languages) for r in relations(rules_of("counting"), clause, languages)]
    for relation in found:
        counted = relation.about
        if counted is None or not _FEWEST <= int(counted.low) <= _MOST:
            continue
        if relation.name == "of_theirs":
            theirs.add(counted.start)
        elif relation.name in kept_off:
            kept_off[relation.name].add(counted.start)
        elif relation.name == "rank" or "rank" not in counted.traits:
            weight, before = _WEIGHTS[relation.name], weights.get(counted.start, 0)
            weights[counted.start] = weight if relation.name == "attended" else max(before, weight)
    kept_off["others"].update(_of_bodies(items))
    # "75 of the 130 members registered": who does something is a part, and not of whom.
    kept_off["part"] -= {start for start, weight in weights.items() if weight == _WEIGHTS["of_all"]}
    kept_off["mixed"] -= {start for start, weight in weights.items() if weight >= _WEIGHTS["has"]}
    not_counted = set().union(*kept_off.values())
    by_start = {item.start: item for item in items}
    counts = []
    for start, weight in sorted(weights.items()):
        value = int(by_start[start].low)
        weight -= 1.5 if value < _FEW else 0
        if weight > 0 and start not in not_counted:
            counts.append(_Count(weight, value, *value_span(text, by_start[start]), start in theirs))
    return tuple(counts)


# Written onto the word behind it.
_AND = "و"


def _of_bodies(items: Sequence[Item]) -> Iterator[int]:
    """Beginnings of the numbers beside which another body stands: "the EU 27 Member States"."""
    for one, other in pairwise(items):
        if one.kind is Kind.OTHER:
            yield other.start
        elif other.kind is Kind.OTHER and not other.low.startswith(_AND):
            yield one.start


def _weight_of(item: Item, *, alone: bool) -> float:
    """The weight of a number with what it counts as that of the members, where no relation tells; *alone* says that the
    sentence is no more."""
    if "rank" in item.traits:
        return _RANK if "members" in item.traits else 0
    if "compound" in item.traits:
        return _COMPOUND
    return _MEMBERS if alone or "members" in item.traits else 0


def _assertion_of(page: Page, sentence: Sentence, count: _Count, languages: tuple[str, ...]) -> Assertion:
    """How a rank is told: "joined in 2015 as its 40th member" is past on a page of 2022, and no news."""
    year = years_of(page).own
    focus = Focus("member_count", count.start, count.end)
    return assertion_of(sentence.text, languages, focus, today=date(year, 1, 1) if year else None)
