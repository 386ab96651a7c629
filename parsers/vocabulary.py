"""The words that the readers know, from the tables in ``parsers/data``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from parsers.tables import yaml_table

# The capital letters of the Latin and Cyrillic alphabets that hosts write with, for a class of characters.
CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚА-ЯЁ"


def table(name: str) -> Mapping[str, object]:
    """The packaged table *name* (without ``.yaml``)."""
    node: object = yaml_table(f"{name}.yaml")
    if not isinstance(node, Mapping):
        raise KeyError(f"parsers/data/{name}.yaml is no table of names")
    return node


@cache
def words(name: str, *keys: str) -> tuple[str, ...]:
    """The list of strings under *keys* of the table *name*; all strings below a table, in their order."""
    node: object = table(name)
    for key in keys:
        if not isinstance(node, Mapping) or key not in node:
            raise KeyError(f"parsers/data/{name}.yaml has no {'.'.join(keys)}")
        node = node[key]
    return tuple(_strings(node))


def _strings(node: object) -> Iterable[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for child in node.values():
            yield from _strings(child)
    elif isinstance(node, list):
        for child in node:
            yield from _strings(child)


# All marks that combine with a letter, but for those of scripts beyond Greek and Cyrillic.
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_OTHER_MARKS = "\u0483"


def plain(text: str) -> str:
    """*text* without case and accents, for looking a word up: ``"Février"`` gives ``"fevrier"``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold())
    if max(decomposed, default="") < _OTHER_MARKS:
        return _MARKS.sub("", decomposed)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def any_of(options: Iterable[str]) -> str:
    """A group of a regular expression matching any of *options*, longest first; a blank matches any white
    space, and an apostrophe every apostrophe."""
    ordered = sorted(set(options), key=lambda o: (-len(o), o))
    parts = (re.escape(o).replace("\\ ", r"\s+").replace("'", "['’´`]") for o in ordered)
    return "(?:" + "|".join(parts) + ")"
