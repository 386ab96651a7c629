"""A regime's twin under a made-up name, and texts that speak of the twin."""

from __future__ import annotations

import re

from parsers.regime import RegimeProfile
from parsers.tables import yaml_rules

_WORD = re.compile(r"[^\W\d_]+")


def renamed(regime: RegimeProfile) -> RegimeProfile:
    """*regime* with other names of the same build, as a declaration of somebody else's might give them."""
    names = tuple(_made_up(name) for name in regime.names)
    return RegimeProfile("xq", _made_up(regime.name), names, regime.members_called)


def of_twin(text: str, regime: RegimeProfile) -> str:
    """*text* with the made-up names in the place of the regime's; a name in capitals stays in capitals."""
    for name in sorted(regime.names, key=len, reverse=True):
        flags = re.IGNORECASE if " " in name else 0
        twin = _made_up(name)
        put = lambda match, twin=twin: twin.upper() if match[0].isupper() else twin  # noqa: E731
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", put, text, flags=flags)
    return text


def _made_up(name: str) -> str:
    return _WORD.sub(lambda match: _word(match[0]), name)


def _word(word: str) -> str:
    """A word that is none: its letters turned round up to its ending; those of any body's name are kept."""
    low = word.lower()
    if word.islower() or low in _COMMON or (len(word) < 5 and not word.isupper() and word != "HCoC"):
        return word
    if word.isupper() or word == "HCoC":
        return f"X{word[1:]}"
    stem = max(3, len(word) - 3)
    return (low[:stem][::-1] + word[stem:]).capitalize()


_TABLE = yaml_rules("annotations.yaml")
_COMMON = {form for row in _TABLE["heads"].values() for forms in row.values() for form in forms} | {
    *_TABLE["any_body"], *_TABLE["links"], "control", "controllo", "controle", "contrôle", "контроля", "conduct",
}  # fmt: skip
