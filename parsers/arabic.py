"""Arabic letters as they are compared: without signs for short vowels, and words without what is written onto them."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Signs for short vowels and doubled letters, and the stroke that lengthens a word.
VOWEL_SIGNS = "\u064b-\u0652\u0670"
_SIGNS = re.compile(f"[{VOWEL_SIGNS}\u0640]")
_SCRIPT = re.compile("[\u0600-\u06ff]")
_LATIN = str.maketrans("،؛؟٠١٢٣٤٥٦٧٨٩", ",;?0123456789")
# "And", "so", "in", "for", "like" and the article, as they are written onto the word behind them.
PREFIXES = ("و", "ف", "ب", "ل", "ك", "ال", "لل", "ول", "وب", "وال", "بال", "فال", "كال", "ولل")


def is_arabic(word: str) -> bool:
    """True if *word* begins with an Arabic letter."""
    return "\u0620" <= word[:1] <= "\u064a"


def bare(text: str) -> str:
    """*text* without vowel signs; Arabic marks and digits are the Latin ones. It is shorter where there were signs."""
    if text.isascii() or not _SCRIPT.search(text):
        return text
    return _SIGNS.sub("", text).translate(_LATIN)


def without_prefix(word: str, *, article: bool) -> Iterator[tuple[int, str]]:
    """What *word* may be without the prefixes before it, each with their length: "والهند" is "الهند" behind one
    letter, and "للهند" is it behind two. With *article* the article may go too."""
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            rest = word[len(prefix) :]
            if prefix.endswith("لل"):
                yield len(prefix), f"ال{rest}"
            if article or not prefix.endswith(("ال", "لل")):
                yield len(prefix), rest


def is_prefixed(word: str, of: str) -> bool:
    """True if *word* is *of* with nothing but prefixes before it: "لمجموعة", "والمجموعة", "للمجموعة"."""
    if word.endswith(of):
        return word[: -len(of)] in PREFIXES
    return of.startswith("ال") and word.endswith(of[2:]) and word[: 2 - len(of)] in ("لل", "ولل")
