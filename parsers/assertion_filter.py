"""The values that their sentences assert, out of those that a field's reader found: what a page denies, supposes, asks
for, quotes from the press, or tells of long ago and of other bodies, is no value of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from parsers.assertion import Assertion, Body, Certainty, Polarity, Speaker, Time, assertion_of
from parsers.assertion_rules import Says, rules
from parsers.coordination import link
from parsers.dates import find_years
from parsers.marked_sentence import Focus, deeds_in, languages_of
from parsers.mentions import LONGEST_SENTENCE
from parsers.page import Found, Page, Sentence, Span
from parsers.record import Concern, Decision, MembershipDecision, Outreach, Participant
from parsers.when import years_of

# What ends a question, and what another sentence.
_QUESTION, _STOPS = ("?", "؟", "？"), (". ", "; ", "! ")
# As much of a sentence beyond the longest as is judged around a value.
_AROUND = 600


def asserted(page: Page, field: str, found: Sequence[Found[Any]], today: date | None) -> list[Found[Any]]:
    """Those of *found* that the page asserts, each with the states and spans that it asserts. *today* is the first day
    that the page gives itself."""
    if Says.PAST in rules().allows[field]:
        today = None
    elif today is None:
        today = _first_day(page, found)
    judge = _Judge(page, field, today)
    return [kept for item in found if (kept := judge.kept(item)) is not None]


def _first_day(page: Page, found: Sequence[Found[Any]]) -> date | None:
    """The first day of the year that a page gives itself, else of the latest that it names beside what was found."""
    year = years_of(page).own
    if year is None:
        stated = {(s.block, s.start) for item in found for span in item.spans for s in (page.sentence_of(span),)}
        beside = (s.text for s in page.sentences if (s.block, s.start) not in stated)
        year = max((year for text in beside for _, _, year in find_years(text)), default=None)
    return date(year, 1, 1) if year else None


class _Judge:
    """Judges the values of one field of a page."""

    def __init__(self, page: Page, field: str, today: date | None) -> None:
        self._page, self._field, self._today = page, field, today
        self._own = (page.regime.name, *page.regime.names)

    def kept(self, item: Found[Any]) -> Found[Any] | None:
        """*item* as far as it is asserted, or None."""
        value = item.value
        if isinstance(value, MembershipDecision | Outreach):
            return self._states_kept(item)
        if isinstance(value, Participant | Concern):
            spans = tuple(span for span in item.spans if self._holds(item, span, None))
            return replace(item, spans=spans) if spans else None
        # Name, title and state of one sentence are one; a decision is what its sentence says was done.
        spans = tuple(_hull(spans) for spans in self._by_sentence(item.spans))
        if isinstance(value, Decision):
            spans = self._deeds(spans[0]) or spans
        return item if not spans or any(self._holds(item, span, None) for span in spans) else None

    def _deeds(self, whole: Span) -> tuple[Span, ...]:
        """The words of a decision's sentence that say what was done."""
        sentence = self._sentence(whole)
        return tuple(sentence.span(start, end) for start, end in deeds_in(sentence.text, self._field))

    def _by_sentence(self, spans: Sequence[Span]) -> list[list[Span]]:
        groups: dict[tuple[int, int], list[Span]] = {}
        for span in spans:
            sentence = self._sentence(span)
            groups.setdefault((sentence.block, sentence.start), []).append(span)
        return list(groups.values())

    def _states_kept(self, item: Found[Any]) -> Found[Any] | None:
        """A value of several states with those that its sentences assert."""
        states = item.parts.get("countries", ())
        trigger = None
        if isinstance(item.value, MembershipDecision) and item.spans:
            dated = {span for part in ("decided", "effective") for span in item.parts.get(part, ())}
            last = item.spans[-1]
            trigger = None if last in dated or (last in states and len(item.spans) == 1) else last
        if not states or states == (trigger,):
            return item if all(self._holds(item, span, trigger) for span in item.spans[:1]) else None
        kept = tuple(span for span in states if self._holds(item, span, trigger))
        if len(kept) == len(states):
            return item
        lost = {self._code(span) for span in states} - {self._code(span) for span in kept}
        countries = tuple(code for code in item.value.countries if code not in lost)
        if not kept or not countries:
            return None
        spans = tuple(span for span in item.spans if span in kept or span not in states)
        return replace(
            item, value=replace(item.value, countries=countries), spans=spans, parts=item.parts | {"countries": kept}
        )

    def _code(self, span: Span) -> str | None:
        named = self._page.mentions(span.block, span.start, span.end)
        return named[0].code if named else None

    def _holds(self, item: Found[Any], span: Span, trigger: Span | None) -> bool:
        """Whether the sentence of *span* asserts the value of its names."""
        field = self._field
        if isinstance(item.value, MembershipDecision):
            field = f"{field}.{item.value.decision.value}"
        allowed = rules().allows.get(field, rules().allows[self._field])
        sentence = self._sentence(span)
        languages = languages_of(sentence.text, self._page.document.language)
        if _asks(sentence.text[span.end - sentence.start :], languages):
            return False
        run = self._run(sentence, span)
        if isinstance(item.value, Decision):
            trigger = span
        low = sentence.start
        focus = Focus(
            self._field,
            run.start - low,
            run.end - low,
            (trigger.start - low, trigger.end - low)
            if trigger is not None and self._sentence(trigger) == sentence
            else None,
        )
        said = assertion_of(sentence.text, languages, focus, own=self._own, today=self._today)
        planned = isinstance(item.value, MembershipDecision) and (item.value.decided or item.value.effective)
        return _doubts(said) <= (allowed | {Says.PLANNED} if planned else allowed)

    def _run(self, sentence: Sentence, span: Span) -> Span:
        """The names that stand in one list with those of *span*."""
        low, high = span.start, span.end
        named = self._page.mentions(sentence.block, sentence.start, sentence.start + len(sentence.text))
        text, language = self._page.blocks[sentence.block].text, self._page.document.language or "en"
        for match in reversed(named):
            if match.end <= low and link(text[match.end : low], language):
                low = match.start
        for match in named:
            if match.start >= high and link(text[high : match.start], language):
                high = match.end
        return Span(span.block, low, high)

    def _sentence(self, span: Span) -> Sentence:
        """The sentence of *span*; of an endless one, what stands around it."""
        sentence = self._page.sentence_of(span)
        if len(sentence.text) <= LONGEST_SENTENCE:
            return sentence
        low = max(0, span.start - sentence.start - _AROUND)
        return Sentence(span.block, sentence.start + low, sentence.text[low : span.end - sentence.start + _AROUND])


def _asks(behind: str, languages: Sequence[str]) -> bool:
    """True if what stands *behind* a name ends its sentence, or what is quoted in it, as a question. Before its mark
    only French leaves a blank: elsewhere it stands for a dash that a page has lost."""
    mark = min((at for at in map(behind.find, _QUESTION) if at >= 0), default=-1)
    if mark < 0 or any(stop in behind[:mark] for stop in _STOPS):
        return False
    return not behind[:mark].endswith((" ", "\xa0")) or "fr" in languages


def _hull(spans: Sequence[Span]) -> Span:
    return Span(spans[0].block, min(s.start for s in spans), max(s.end for s in spans))


def _doubts(said: Assertion) -> set[Says]:
    return set(_doubts_of(said))


def _doubts_of(said: Assertion) -> Iterator[Says]:
    if said.polarity is Polarity.DENIED:
        yield Says.DENIED
    if said.refuted:
        yield Says.REFUTED
    if said.certainty is not Certainty.FACT:
        yield Says(said.certainty.value)
    if said.time is Time.PAST:
        yield Says.PAST
    if said.speaker is Speaker.PRESS:
        yield Says.REPORTED
    if said.body is not Body.OWN:
        yield Says.SUBGROUP if said.body is Body.SUBGROUP else Says.OTHER
