"""Decisions of substance: on the annex, the control lists, the guidelines."""

from __future__ import annotations

import re

from parsers.page import Found, Page
from parsers.record import Decision

_DECIDED = (
    r"(?:adopt\w*|agreed (?:on|to|upon)|agreed|approv\w*|decision (?:adopted )?on|decisions? (?:to|on)|amend\w*|revis\w*"
    r"|updat\w*|add(?:ed|ing|ition)|chang(?:es?|ed)|refined|clarif\w*|endors\w*)"
)
_ABOUT = (
    ("annex", r"(?:Equipment,? (?:Software,? )?(?:and )?Technology )?\bAnnex\b"),
    ("guidelines", r"\bGuidelines\b"),
    (
        "control_list",
        r"\b(?:control(?:led)? lists?|common control lists|trigger list|munitions list|dual-use list|lists? of (?:items|precursors|controlled)|Control Lists?|lists were)\b",
    ),
    ("document", r"\b(?:Best Practices?|Elements|Handbook|Statement of Understanding|Initial Elements|Part I)\b"),
)
_RULES = [
    (
        about,
        re.compile(
            rf"\b{_DECIDED}\b[^.;]{{0,140}}{words}|{words}[^.;]{{0,60}}\b(?:was|were|has been|have been|is)\b[^.;]{{0,30}}{_DECIDED}"
        ),
    )
    for about, words in _ABOUT
]
_NOT = re.compile(
    r"\b(?:adher\w+|adherence|in accordance with|most recently|was adopted in|adopted in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def read(page: Page) -> list[Found[Decision]]:
    """Each sentence that states a decision on one of the regime's documents, with what it is about."""
    found = []
    for sentence in page.sentences:
        if not re.search(r"[Aa]nnex|[Ll]ist|Guideline|Element|Practice|Handbook|Part I", sentence.text):
            continue
        for about, rule in _RULES:
            match = rule.search(sentence.text)
            if match and not _NOT.search(sentence.text):
                found.append(
                    Found(Decision(about, sentence.text.strip()), (sentence.span(0, len(sentence.text.rstrip())),))
                )
                break
    return found
