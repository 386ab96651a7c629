"""The form in which names are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APART = re.compile(r"[^\w]+")
_ARTICLE = re.compile(
    r"^(?:the|la|le|les|l|los|las|el|il|lo|gli|die|der|das|den|dem(?! (?:rep|people))|de|da|do|dos|das|o|a|os|as) "
)


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """*name* without case, accents, punctuation and runs of blanks: ``"Côte d’Ivoire"`` is ``cote d ivoire``."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = (
        "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("ı", "i").replace("ß", "ss")
    )
    return _APART.sub(" ", plain).replace("_", " ").strip()


def without_article(key: str) -> str:
    """A name's key without an article of the Western languages before it."""
    return _ARTICLE.sub("", key, count=1)
