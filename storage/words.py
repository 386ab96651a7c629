"""Words for full text: the same on both databases, so that a search finds the same on both."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# A run of letters, digits and the marks that combine with them: what stays one word once accents are gone.
_RUN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


def words_of(text: str) -> list[str]:
    """The words of *text* in order: letters and digits, in small letters and without accents.

    "S/RES/1540" is three words, "Türkiye" is "turkiye".
    """
    if text.isascii():
        return _WORD.findall(text.lower())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _WORD.findall(bare.casefold())


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """Each word of *text* as `words_of` gives it, with its half-open span."""
    return [(word, m.start(), m.end()) for m in _RUN.finditer(text) for word in words_of(m.group())]
