"""Decisions of substance: the sentences that state one on the annex, the guidelines, the control lists."""

from __future__ import annotations

import re
from functools import cache, reduce

from parsers.lines import Letters
from parsers.page import Found, Page
from parsers.phrases import Phrases
from parsers.record import Decision
from parsers.vocabulary import words

_LONGEST = 700
# A sentence of meaning about a document has one of these stems.
_STEMS = (
    "annex", "anexo", "anhang", "guideline", "directrice", "leitlinie", "richtlinie", "list", "practice", "element", "handbook",
    "understanding", "joint action", "terms of ref", "memorand", "liste", "rules of proc", "приложени", "принцип", "списк", "code of conduct",
)  # fmt: skip


@cache
def _stems() -> Letters:
    return Letters(_STEMS)


def read(page: Page) -> list[Found[Decision]]:
    """Each sentence that states a decision, once, with the document that it is about."""
    found: dict[str, Found[Decision]] = {}
    done = _done().on(page.lines)
    own = [form for form in _OWN_DOCUMENTS if any(form in name.lower() for name in page.regime.names)]
    for line in _stems().lines(page.lines):
        sentence = page.sentences[line]
        text = sentence.text.rstrip()
        if len(text) > _LONGEST or not done.found_in(line, _DONE) or done.found_in(line, _NOT_DONE):
            continue
        # A regime that is a document of itself came to be when that was adopted, which is no decision.
        said = reduce(lambda low, form: low.replace(form, "regime"), own, text.lower()) if own else text
        about = next((name for name, rule in _rules() if rule.search(said)), None)
        if about is not None and text not in found:
            found[text] = Found(Decision(about, text), (sentence.span(0, len(text)),))
    return list(found.values())


# What a regime may be called that is a document too.
_OWN_DOCUMENTS = ("code of conduct",)


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each document: what was done before its name, or said of it behind it."""
    done = "|".join(words("decision_words", "done"))
    said = r"\b(?:was|were|has been|have been|is|a été|ont été|fue(?:ron)?|wurden?)\b"
    rules = []
    for about in ("annex", "control_list", "guidelines", "other"):
        names = "|".join(words("decision_words", "about", about))
        rule = rf"\b(?:{done})\b(?:[^.;]|\.(?=\w)){{0,160}}?\b(?:{names})\b|\b(?:{names})\b[^.;]{{0,60}}?{said}[^.;]{{0,40}}?\b(?:{done})\b|\b(?:{names})\b(?: \w+){{0,2}} (?:amendments?|revisions?|changes|updates?)\b[^.;]{{0,60}}?\b(?:adopted|agreed|approved)\b"
        rules.append((about, re.compile(rule, re.IGNORECASE)))
    return tuple(rules)


_DONE, _NOT_DONE = range(2)


@cache
def _done() -> Phrases:
    return Phrases(*([rf"\b(?:{word})\b" for word in words("decision_words", kind)] for kind in ("done", "not_done")))
