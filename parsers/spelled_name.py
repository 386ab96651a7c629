"""The name of a body that nobody declared, as a page spells it out: "the Asia/Pacific Group on Money Laundering (APG)".

The letters of the abbreviation begin words of the name in their order, the first of them its first word (A. Schwartz and
M. Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text, 2003).
"""

from __future__ import annotations

from msgspec.structs import replace

from parsers.annotate.items import tokens
from parsers.document import Document
from parsers.regime import RegimeProfile

# So many words more than letters a name may have, and so many characters.
_MORE, _LONGEST = 5, 120
# An abbreviation of one letter is anything.
_SHORTEST = 2


def with_spelled_names(document: Document, regime: RegimeProfile) -> RegimeProfile:
    """*regime* with the names that *document* spells out before its abbreviation, where none is declared."""
    short = regime.id.upper()
    if regime.name != short or len(short) < _SHORTEST or not short.isalpha():
        return regime
    found: dict[str, None] = {}
    for block in document.blocks:
        at = block.text.find(f"({short}")
        while at != -1:
            if not block.text[at + 1 + len(short) :][:1].isalnum() and (name := _name_before(block.text, at, short)):
                found[name] = None
            at = block.text.find(f"({short}", at + 1)
    names = sorted({*regime.names, *found}, key=lambda name: (-len(name), name))
    return replace(regime, names=tuple(names)) if found else regime


def _name_before(text: str, end: int, short: str) -> str | None:
    """The words right before *end* that *short* abbreviates; None where they are none."""
    begin = max(0, end - _LONGEST)
    words = tokens(text[begin:end])[-(len(short) + _MORE) :]
    # "Anti-Money" begins two.
    letters = [(i, part[:1]) for i, item in enumerate(words) for part in item.low.split("-")]
    at = len(letters)
    for letter in reversed(short.lower()):
        at = next((k for k in range(at - 1, -1, -1) if letters[k][1] == letter), -1)
        if at < 0:
            return None
    said = words[letters[at][0] :]
    if "capital" not in said[0].traits or len(said) < _SHORTEST or any(item.low in ".;:,()" for item in said):
        return None
    return text[begin + said[0].start : end].strip()
