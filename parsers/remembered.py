"""What was found in a text is kept for the next time: the versions of a page, its mirrors and the statements of
one regime repeat most of their paragraphs word for word."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

# Paragraphs of statements are shorter; at two thousand texts a function, all take some megabytes.
_LONGEST = 3000
_MOST = 2048


def remembered(find: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
    """*find*, a pure function of a text and of hashable details, with its last 2,048 answers about texts of up to
    3,000 characters."""
    kept = cast("Callable[Concatenate[str, P], T]", lru_cache(maxsize=_MOST)(find))

    @wraps(find)
    def found(text: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return kept(text, *args, **kwargs) if len(text) <= _LONGEST else find(text, *args, **kwargs)

    return found
