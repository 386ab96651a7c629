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
_WORD = re.compile(r"(?<!\S)[^\W\d_]")
# What stands around a name in a list.
_AROUND = ".,;:|()[]*•·-–"
# Enough text to judge: fewer words of the profiles than this say nothing.
_ENOUGH = 3


@cache
def _profiles(kind: str) -> dict[str, tuple[str, ...]]:
    """The words of *kind* with the languages that have each."""
    languages: dict[str, tuple[str, ...]] = {}
    for language, words in yaml_table("languages.yaml")[kind].items():
        for word in dict.fromkeys(words.split()):
            languages[word] = (*languages.get(word, ()), language)
    return languages


def language_of(text: str, stated: str | None = None) -> str | None:
    """The ISO 639-1 code of the language most of *text* is in, or None when there is too little to tell.

    A list without a sentence is told by the names of states in it. *stated* is the language that the page says of
    itself: it counts where the text does not tell, unless the few words there speak for another.
    """
    sample = text[:6000]
    if _BEYOND_LATIN.search(sample):
        letters = sum(letter.isalpha() for letter in sample)
        for language, script in _SCRIPTS:
            if len(script.findall(sample)) > letters * (0.1 if language == "ja" else 0.3):
                return language
    words = Counter(sample.lower().split())
    scores = _scores("words", words)
    best = max(scores, key=lambda language: scores[language])
    total = len(_WORD.findall(sample))
    if scores[best] >= _ENOUGH and scores[best] >= total * 0.05:
        return best
    if (named := _by_states(sample)) is not None:
        return named
    return stated if stated is None or scores[best] <= scores.get(stated, 0) + 1 else None


def _scores(kind: str, words: Counter[str]) -> dict[str, int]:
    languages = _profiles(kind)
    scores = dict.fromkeys(yaml_table("languages.yaml")[kind], 0)
    for word in languages.keys() & words.keys():
        for language in languages[word]:
            scores[language] += words[word]
    return scores


def _by_states(sample: str) -> str | None:
    """The language whose names of states a list is written with, where more are its own than another's."""
    scores = _scores("states", Counter(word.strip(_AROUND) for word in sample.lower().split()))
    first, second = sorted(scores.values(), reverse=True)[:2]
    if first < _ENOUGH or first <= second:
        return None
    return max(scores, key=lambda language: scores[language])
