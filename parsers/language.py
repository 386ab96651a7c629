"""Which language a text is written in, by its commonest words and its script."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from parsers.tables import yaml_table

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
)
# The first of the letters by which a script alone tells the language.
_BEYOND_LATIN = re.compile("[\u0370-\u03ff\u0600-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
# Enough text to judge: fewer words of the profiles than this say nothing.
_ENOUGH = 3


@cache
def _profiles() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in yaml_table("languages.yaml").items()}


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language most of *text* is in, or None when there is too little to tell."""
    sample = text[:6000]
    if _BEYOND_LATIN.search(sample):
        letters = sum(letter.isalpha() for letter in sample)
        for language, script in _SCRIPTS:
            if len(script.findall(sample)) > letters * (0.1 if language == "ja" else 0.3):
                return language
    words = Counter(sample.lower().split())
    scores = {
        language: sum(map(words.__getitem__, profile & words.keys())) for language, profile in _profiles().items()
    }
    best = max(scores, key=lambda language: scores[language])
    if scores[best] < _ENOUGH or scores[best] < words.total() * 0.05:
        return None
    return best
