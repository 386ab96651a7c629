"""The word lists of comparisons, from the YAML files beside this module, read once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

_DATA = files("diffs") / "data"


class Rung(Struct, frozen=True):
    """One step of an ordered vocabulary: its name, and fragments of patterns for its words."""

    name: str
    words: tuple[str, ...]


class _Wording(Struct, frozen=True):
    function_words: dict[str, tuple[str, ...]]
    units: tuple[str, ...]


class _Obligations(Struct, frozen=True):
    ladder: tuple[Rung, ...]
    modals: tuple[Rung, ...]


class _Stamps(Struct, frozen=True):
    telling: dict[str, tuple[str, ...]]
    beside: dict[str, tuple[str, ...]]


_decode_wording = msgspec.json.Decoder(_Wording).decode
_decode_obligations = msgspec.json.Decoder(_Obligations).decode
_decode_stamps = msgspec.json.Decoder(_Stamps).decode


def _table(name: str) -> bytes:
    """A table's values as JSON: msgspec has decoders, which are built once, for that alone."""
    from ruamel.yaml import YAML

    return msgspec.json.encode(YAML(typ="safe", pure=False).load((_DATA / name).read_text(encoding="utf-8")))


@cache
def _wording() -> _Wording:
    return _decode_wording(_table("wording.yaml"))


@cache
def function_words() -> frozenset[str]:
    """Words of form in all languages, in small letters."""
    return frozenset(word for words in _wording().function_words.values() for word in words)


@cache
def units() -> str:
    """A pattern for what a number is counted in."""
    return "(?:" + "|".join(_wording().units) + ")"


@cache
def ladders() -> tuple[tuple[Rung, ...], ...]:
    """The ordered vocabularies of obligation, each from its weakest step to its strongest."""
    found = _decode_obligations(_table("obligations.yaml"))
    return (found.ladder, found.modals)


@cache
def rung_patterns() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """For each of `ladders`, a pattern a step."""
    return tuple(
        tuple(re.compile(rf"(?<!\w)(?:{'|'.join(rung.words)})(?!\w)", re.IGNORECASE) for rung in ladder)
        for ladder in ladders()
    )


@cache
def stamp_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words that tell a stamp of a page's date or counter, and those that may stand beside them."""
    found = _decode_stamps(_table("stamps.yaml"))
    telling, beside = (frozenset(w for words in part.values() for w in words) for part in (found.telling, found.beside))
    return telling, beside
