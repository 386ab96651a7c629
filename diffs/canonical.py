"""Text without its form: what two pages must share to say the same."""

from __future__ import annotations

import re
import unicodedata

from parsers.remembered import remembered

_FORM = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "´": "'", "`": "'", "ʼ": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "…": "...", "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip
_DASH = re.compile(r"\s*-\s*")
_SPACE = re.compile(r"\s+")


@remembered
def canonical(text: str) -> str:
    """*text* in NFC with one kind of quote, dash and blank; the letters' case is kept, for it may matter."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text)
    plain = plain.translate(_FORM) if "`" in plain or not plain.isascii() else plain
    if "-" in plain:
        plain = _DASH.sub("-", plain)
    return " ".join(plain.split()) if plain.isascii() else _SPACE.sub(" ", plain).strip()
