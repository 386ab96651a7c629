"""The JSON schema of a declaration, for editors: ``python -m sources.schema`` writes ``sources/schema.json``."""

from __future__ import annotations

import json
from pathlib import Path

from sources.config import RegimeConfig

SCHEMA = Path(__file__).parent / "schema.json"
# Where a string stands for a list of one.
_ONE_OR_MANY = {"RegimeConfig": ("members_called",), "SourceConfig": ("follow", "ignore")}


def schema_text() -> str:
    """The schema as it stands in the file: JSON, keys in the order of the models."""
    schema = RegimeConfig.model_json_schema()
    models = {"RegimeConfig": schema, **schema["$defs"]}
    for model, keys in _ONE_OR_MANY.items():
        for key in keys:
            many = models[model]["properties"][key]
            one = many["items"]
            models[model]["properties"][key] = {
                "anyOf": [one, {"type": "array", "items": one}],
                "default": many.get("default", []),
            }
    names = schema["properties"]["names"]
    (pattern, many) = next(iter(names["patternProperties"].items()))
    either = {"anyOf": [many["items"], many]}
    schema["properties"]["names"] = {
        "anyOf": [
            *either["anyOf"],
            {"type": "object", "patternProperties": {pattern: either}, "additionalProperties": False},
        ],
        "default": {},
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "A regime that Plenarywatch watches"
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
