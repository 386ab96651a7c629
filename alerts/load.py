"""Reads `alerts.yaml`; every refusal says file, line and mend."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from pydantic import ValidationError

from alerts.config import DEFAULT, WITHOUT_ADDRESS, Rules
from alerts.errors import RulesInvalid, RulesMissing
from parsers.declaration import read_declaration

PACKAGED = Path(__file__).parent / "default.yaml"


def load_rules(path: Path) -> Rules:
    """The rules that a file declares. Raises `RulesMissing` or `RulesInvalid`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RulesMissing(f"{path}: cannot be read ({error.strerror}); correct PLENARYWATCH_ALERTS") from None
    refuse = partial(RulesInvalid, path)
    declaration = read_declaration(data, refuse, keys="routes:, channels: and digests:")
    try:
        rules = Rules.model_validate(declaration.values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise refuse(declaration.line_of(first["loc"]), _said(first["type"], first["loc"], first["msg"])) from None
    known = {DEFAULT, *WITHOUT_ADDRESS, *rules.channels}
    for where, names in rules.places():
        for name in names:
            if name not in known:
                raise refuse(
                    declaration.line_of(where), f"the channel {name!r} is not declared; write it under channels:"
                )
    return rules


@cache
def packaged_rules() -> Rules:
    """The rules where nobody has declared any."""
    return load_rules(PACKAGED)


def _said(kind: str, where: tuple[int | str, ...], message: str) -> str:
    """What is wrong, and the mend."""
    name = ".".join(str(step) for step in where)
    if kind == "extra_forbidden":
        return f"unknown key {where[-1]!r}; docs/alerts.md lists those there are"
    if kind == "missing":
        return f"{name} is missing; add it"
    if kind == "string_pattern_mismatch":
        return f"{name} is not written so; docs/alerts.md shows how"
    said = message.removeprefix("Value error, ")
    return f"{name}: {said}" if name else said
