"""What was found in a text is kept for the next time: the versions of a page, its mirrors and the statements of
one regime repeat most of their paragraphs word for word."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

# Paragraphs of statements are shorter; at two thousand texts a function, all take some megabytes.
_LONGEST = 3000
_MOST = 2048


def remembered(find: Callable[[str], T]) -> Callable[[str], T]:
    """*find*, a pure function of a text, with its answers for the last 2,048 texts of up to 3,000 characters."""
    kept = lru_cache(maxsize=_MOST)(find)

    @wraps(find)
    def found(text: str) -> T:
        return kept(text) if len(text) <= _LONGEST else find(text)

    return found
