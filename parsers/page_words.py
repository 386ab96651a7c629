"""The phrases of ``rules/pages.yaml``, and where they stand in a text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from parsers.phrase_table import PhraseTable, Word, words_of
from parsers.tables import yaml_rules

# The lists of the file that are no phrases by language.
_PLAIN = ("agencies", "ministries", "hosts", "beside_a_date", "of_a_site", "honours", "small")


class Said(NamedTuple):
    """A phrase of a class found in a text: `text[start:end]`; `whole` tells that the text says nothing else."""

    of: str
    start: int
    end: int
    whole: bool


@cache
def _phrases() -> PhraseTable[tuple[str, str, bool]]:
    listed: list[tuple[str, tuple[str, str, bool]]] = []
    for of, by_language in yaml_rules("pages.yaml").items():
        if of not in _PLAIN:
            listed += [
                (_parted(phrase).removesuffix(" .."), (of, lang, phrase.endswith(" ..")))
                for lang, phrases in by_language.items()
                for phrase in phrases
            ]
    return PhraseTable(listed)


def _parted(phrase: str) -> str:
    """*phrase* with its marks parted as those of a text are: "chair's" is "chair' s"."""
    return re.sub(r"(?<=\w)'(?=\w)", "' ", re.sub(r"(?<=[^\W\d_])\.(?!\.)", " .", phrase))


@cache
def plain_words(*keys: str) -> frozenset[str]:
    """The words that ``pages.yaml`` lists under *keys* for every language."""
    node = yaml_rules("pages.yaml")
    for key in keys:
        node = node[key]
    return frozenset(node)


def phrases_in(text: str, language: str | None = None) -> tuple[Said, ...]:
    """The phrases in *text*, however it is written in capitals; of headlines' verbs those of *language* alone.

    Of a phrase that ends with "..", whatever follows on its line is a part."""
    words = words_of(text.lower())
    bare = [i for i, word in enumerate(words) if _tells(word)]
    found = []
    for hit in _phrases().find(words):
        of, spoken, opening = hit.means
        if of == "headline" and (spoken != (language or "en") or not hit.start):
            # What a headline begins with is whom it speaks of.
            continue
        whole = bool(bare) and hit.start <= bare[0] and (opening or hit.end > bare[-1])
        found.append(Said(of, words[hit.start].start, words[hit.end - 1].end, whole))
    return tuple(found)


# What stands before the number of a release.
_NUMBER = frozenset(["n", "no", "nr", "nº", "n°", "№"])


def _tells(word: Word) -> bool:
    return word.low[0].isalpha() and word.low not in _NUMBER


# A line that dates a copy is shorter.
_COPY_LINE = 80


def is_of_copy(line: str) -> bool:
    """True if a line dates the copy of a page, or its last change, and nothing that it reports."""
    if len(line) >= _COPY_LINE:
        return False
    said = phrases_in(line)
    return "©" in line or any(p.of == "accessed" or (p.of == "redated" and not line[: p.start].strip()) for p in said)
