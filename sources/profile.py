"""A regime's profile for the parser, made of whatever is known of the regime: its id alone will do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.regime import RegimeProfile

# Words that lend no letter to an abbreviation: "Code of Conduct" is CoC to some and CC to others, and the
# capitals alone are what pages print.
_SMALL = frozenset({"of", "the", "on", "for", "and", "against", "to", "in", "a"})


def initials(name: str) -> str | None:
    """The abbreviation that the capitals of *name* make ("Missile Technology Control Regime" → "MTCR"), or None
    for a name of a single word."""
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word.lower() not in _SMALL]
    return "".join(word[0].upper() for word in words) if len(words) > 1 else None


def profile_of(
    regime: str,
    name: str | None = None,
    *,
    names: tuple[str, ...] = (),
    members_called: tuple[str, ...] = ("members",),
    beside: Iterable[RegimeProfile] = (),
) -> RegimeProfile:
    """The profile of a regime; one nobody declared is known by its id and its initials.

    `names` of the profile stand longest first, without repeats. `others` are the names of the regimes *beside* it,
    but of one that bears its name.
    """
    name = name or regime.upper()
    known = dict.fromkeys([name, *names, regime.upper()])
    short = initials(name)
    if short:
        known.setdefault(short, None)
    ordered = sorted(known, key=lambda word: (-len(word), word))
    own = {word.casefold() for word in ordered}
    other = [profile for profile in beside if name not in profile.names and profile.name.casefold() not in own]
    others = dict.fromkeys(word for profile in other for word in profile.names if word.casefold() not in own)
    return RegimeProfile(regime, name, tuple(ordered), members_called, tuple(others))
