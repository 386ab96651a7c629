"""The data files beside this module, read once."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
_DATA = files("parsers") / "data"
_RULES = files("parsers") / "rules"


@cache
def json_table(name: str) -> Any:
    """The JSON file *name* of the data folder."""
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


@cache
def yaml_table(name: str) -> Any:
    """The YAML 1.2 file *name* of the data folder: ``NO`` is a country, not a refusal."""
    return _yaml(_DATA / name)


@cache
def yaml_rules(name: str) -> Any:
    """The YAML 1.2 file *name* of the rules folder."""
    return _yaml(_RULES / name)


@cache
def words_of_tables() -> frozenset[str]:
    """Every word that stands in a YAML file of the two folders, as it is written there."""
    listed = (file for folder in (_DATA, _RULES) for file in folder.iterdir() if file.name.endswith(".yaml"))
    return frozenset(word for file in listed for word in _WORD.findall(file.read_text(encoding="utf-8")))


def _yaml(file: Traversable) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=False).load(file.read_text(encoding="utf-8"))
