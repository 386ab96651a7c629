"""The states and regions that a sentence of concern names, and the adjectives that stand for them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from parsers.countries import country_of_demonym
from parsers.page import Page
from parsers.regions import regions_in
from parsers.remembered import remembered
from parsers.tables import yaml_table


class Name(NamedTuple):
    """A state or region as a sentence names it; `adjective` for "Iranian"."""

    start: int
    end: int
    country: str | None
    region: str | None
    adjective: bool = False


@cache
def pattern_of(name: str) -> re.Pattern[str]:
    """The wordings under *name* in ``data/concerns.yaml``."""
    return re.compile("|".join(f"(?:{entry})" for entry in yaml_table("concerns.yaml")[name]), re.IGNORECASE)


def names_in(page: Page, line: int) -> list[Name]:
    """The states, adjectives of states and regions of a sentence, in order, none inside another."""
    sentence = page.sentences[line]
    text = sentence.text
    found = [Name(m.start, m.end, m.code, None) for m in page.mentions_in(sentence)]
    for adjective in _adjectives_in(text):
        if not any(n.start < adjective.end and adjective.start < n.end for n in found):
            found.append(adjective)
    taken = [(name.start, name.end) for name in found]
    found.extend(Name(start, end, None, region) for start, end, region in regions_in(page, line, taken))
    return sorted(found)


@remembered
def _adjectives_in(text: str) -> tuple[Name, ...]:
    """The adjectives of states before a noun, in order."""
    found = []
    for match in _adjectives().finditer(text):
        listed = zip(yaml_table("concerns.yaml")["adjectives"], match.groups(), strict=True)
        code = next((code for code, group in listed if group), None) or country_of_demonym(match.group())
        if code:
            found.append(Name(match.start(), match.end(), code, None, True))
    return tuple(found)


@cache
def _adjectives() -> re.Pattern[str]:
    """Adjectives before a noun; those of the table of states by their usual endings, in capitals."""
    own = "|".join("(" + "|".join(words) + ")" for words in yaml_table("concerns.yaml")["adjectives"].values())
    return re.compile(rf"\b(?:{own})\b|\b(?:South |Saudi )?[A-Z][a-zé]+(?:ian|ean|an|ese|ish|i)\b(?=\s\w)")
