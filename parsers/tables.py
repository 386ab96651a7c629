"""The data files beside this module, read once."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("parsers") / "data"


@cache
def json_table(name: str) -> Any:
    """The JSON file *name* of the data folder."""
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


@cache
def yaml_table(name: str) -> Any:
    """The YAML 1.2 file *name* of the data folder: ``NO`` is a country, not a refusal."""
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=False).load((_DATA / name).read_text(encoding="utf-8"))
