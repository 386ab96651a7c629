"""What a sentence says of a relation in it: that it is so or not, surely or not, now or long ago, of which body.

The words that decide stand in ``rules/assertion.yaml``. After ConText (Harkema et al., J. Biomed. Inform. 42 (2009)
839-851): a cue has a direction and a scope, and reaches as far as a turn of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from parsers.assertion_rules import Cue, Reach, Says
from parsers.dates import find_days, find_years
from parsers.marked_sentence import Focus, Marked, Relation, marked_in, relation_of, words_at
from parsers.phrase_table import Hit, Word


class Polarity(StrEnum):
    ASSERTED = "asserted"
    DENIED = "denied"


class Certainty(StrEnum):
    FACT = "fact"
    PLANNED = "planned"
    POSSIBLE = "possible"
    WISHED = "wished"
    ASKED = "asked"


class Time(StrEnum):
    """When, against the page's own day."""

    PAST = "past"
    NOW = "now"
    TO_COME = "to_come"


class Speaker(StrEnum):
    """Whose word it is: the page's own, or what the press or rumour says."""

    PAGE = "page"
    PRESS = "press"


class Body(StrEnum):
    OWN = "own"
    OTHER = "other"
    SUBGROUP = "subgroup"


class Assertion(NamedTuple):
    """How a sentence states a relation. `day` is the last day of the date that its clause gives, `year` the year where
    that is all it gives; *refuted* tells that all that the sentence says is said to be false."""

    polarity: Polarity = Polarity.ASSERTED
    certainty: Certainty = Certainty.FACT
    time: Time = Time.NOW
    day: date | None = None
    year: int | None = None
    speaker: Speaker = Speaker.PAGE
    body: Body = Body.OWN
    refuted: bool = False


DENIALS = frozenset((Says.DENIED, Says.REFUTED))
# Plenaries are a year apart: what is told as new on a page happened since the last.
_A_YEAR = timedelta(days=366)
# How many words may stand between "since" and who joined, "not" and a name, a verb and what was joined, a subject and
# its "not"; and between "since" and a year.
_SINCE, _CONTRAST, _OBJECT, _AUXILIARIES, _DATED = 1, 2, 6, 3, 3


def assertion_of(
    text: str, languages: tuple[str, ...], focus: Focus, *, own: tuple[str, ...] = (), today: date | None = None
) -> Assertion:
    """How the sentence *text* states the relation *focus*.

    *languages* are those whose cues count, *own* the names of the page's regime, *today* the first day that the page
    speaks of itself, None where it has none.
    """
    marked = marked_in(text, languages)
    relation = relation_of(marked, focus)
    if relation is None:
        return Assertion()
    said = {
        hit.means.says
        for hit in marked.cues
        if (not hit.means.fields or focus.field in hit.means.fields) and _reaches(marked, hit, relation)
    }
    day, year = _when(marked, text, relation)
    last = date(year, 12, 31) if year else day
    past = Says.PAST in said or (last is not None and today is not None and last < today - _A_YEAR)
    if year and today is None:
        # "Chile, which joined in 2010, hosted the meeting": only dated, and told of something else.
        past = past or Says.DATED in said or relation.trigger[0] in marked.asides
    certainty = next((Certainty(s.value) for s in _BY_DOUBT if s in said), Certainty.FACT)
    to_come = Time.TO_COME if certainty is Certainty.PLANNED else Time.NOW
    return Assertion(
        Polarity.DENIED if said & DENIALS else Polarity.ASSERTED,
        certainty,
        Time.PAST if past else to_come,
        day,
        year,
        Speaker.PRESS if Says.REPORTED in said else Speaker.PAGE,
        _body(marked, text, relation, own),
        Says.REFUTED in said,
    )


_BY_DOUBT = (Says.POSSIBLE, Says.ASKED, Says.WISHED, Says.PLANNED)


def _reaches(marked: Marked, hit: Hit[Cue], relation: Relation) -> bool:
    """Whether the cue governs the relation."""
    cue, clauses, (begin, end) = hit.means, marked.clauses, relation.trigger
    if cue.reach in (Reach.SENTENCE, Reach.OBJECT):
        return cue.reach is Reach.SENTENCE
    if cue.reach is Reach.NEXT:
        return 0 <= relation.begin - hit.end <= _SINCE
    if cue.reach is Reach.BACKWARD:
        return hit.start >= relation.end and clauses.backward[hit.start] == clauses.backward[relation.end - 1]
    if cue.far:
        return hit.end <= begin and clauses.far[hit.end - 1] == clauses.far[begin]
    if cue.reach is Reach.CLAUSE and hit.start >= end:
        return clauses.forward[hit.start] == clauses.forward[end - 1] and not _is_apart(marked.words, end, hit.start)
    if hit.end <= begin and clauses.forward[hit.end - 1] == clauses.forward[begin]:
        return not _is_apart(marked.words, hit.end, begin)
    return cue.says in DENIALS and (
        (hit.start < end and begin < hit.end)
        or _contrasts(marked, hit, relation)
        or _denies_subject(marked, hit, relation)
    )


def _contrasts(marked: Marked, hit: Hit[Cue], relation: Relation) -> bool:
    """Whether a denial stands right before the names, behind the trigger: "admitted Chile, but not Peru"."""
    if hit.means.says not in DENIALS or hit.end <= relation.trigger[0]:
        return False
    return 0 <= relation.low - hit.end <= _CONTRAST and not _has_comma(marked.words, hit.end, relation.low)


def _denies_subject(marked: Marked, hit: Hit[Cue], relation: Relation) -> bool:
    """Whether the relation, named as a thing, is the subject of what is denied: "the visit to Chile was not …"."""
    between = range(relation.end, hit.start)
    near = relation.act and hit.start >= relation.end and len(between) < _AUXILIARIES
    return near and all(i in marked.auxiliaries for i in between)


def _is_apart(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether one comma, and not the two of an aside, parts two words; those of a list of names are left out."""
    commas = sum(
        words[i].low == "," and not (words[i - 1].capital and words[i + 1].capital)
        for i in range(max(start, 1), min(end, len(words) - 1))
    )
    return commas % 2 == 1


def _has_comma(words: Sequence[Word], start: int, end: int) -> bool:
    return any(word.low == "," for word in words[start:end])


_DIGIT = re.compile(r"\d")


def _when(marked: Marked, text: str, relation: Relation) -> tuple[date | None, int | None]:
    """The day, or the year alone, that the clause of the relation gives; the nearest of several."""
    if _DIGIT.search(text) is None:
        return None, None
    # "Since 2016", "until 2016" give no day.
    since = {hit.end for hit in marked.cues if hit.means.reach is Reach.NEXT}
    clause = marked.clauses.forward
    nearest: tuple[int, date | int] | None = None
    for start, end, when in _dated(text):
        span = words_at(marked.words, start, end)
        if span is None or clause[span[0]] not in (clause[relation.low], clause[relation.trigger[0]]):
            continue
        if any(span[0] - n in since for n in range(_DATED)):
            continue
        apart = min(abs(span[0] - relation.end), abs(relation.begin - span[1]))
        if nearest is None or apart < nearest[0]:
            nearest = (apart, when)
    if nearest is None:
        return None, None
    return (nearest[1], None) if isinstance(nearest[1], date) else (None, nearest[1])


def _dated(text: str) -> Iterator[tuple[int, int, date | int]]:
    """The days that a text gives with their year, each as its last, then the years that stand alone."""
    taken: list[tuple[int, int]] = []
    for found in find_days(text):
        known = found.resolve() if found.year else None
        if known is not None:
            taken.append((known.start, known.end))
            yield known.start, known.end, known.last
    for start, end, year in find_years(text):
        if not any(low <= start < high for low, high in taken):
            yield start, end, year


def _body(marked: Marked, text: str, relation: Relation, own: tuple[str, ...]) -> Body:
    """Of which body the relation is: the first that is named right behind its trigger."""
    objects = [hit for hit in marked.cues if hit.means.reach is Reach.OBJECT]
    if not objects:
        return Body.OWN
    named = {word for name in own for word in name.lower().split()}
    clause = marked.clauses.forward
    places = [*range(relation.trigger[0], min(relation.trigger[1] + _OBJECT, len(marked.words)))]
    if not _has_comma(marked.words, relation.high, relation.trigger[0]):
        # "Kenia ist der Europäischen Union beigetreten": a verb may stand last.
        places += range(relation.high, relation.trigger[0])
    for i in places:
        word = marked.words[i]
        if word.capital and word.low in named and len(word.low) > 2:
            return Body.OWN
        for hit in objects:
            if hit.start == i and clause[i] == clause[relation.trigger[1] - 1]:
                return Body.SUBGROUP if hit.means.says is Says.SUBGROUP else Body.OTHER
    return Body.OWN
