"""What the parser may know of a regime: the words by which its pages speak of it and of its members."""

from __future__ import annotations

from msgspec import Struct


class RegimeProfile(Struct, frozen=True):
    """A regime as far as reading goes. `names` are all its names and abbreviations, longest first;
    `members_called` are the words its pages use for members in the plural ("Partners", "Participating
    Governments"); `others` are the names of the other regimes that are known."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    members_called: tuple[str, ...] = ("members",)
    others: tuple[str, ...] = ()
