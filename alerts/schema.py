"""The JSON schema of `alerts.yaml`, for editors: ``python -m alerts.schema`` writes ``alerts/schema.json``."""

from __future__ import annotations

import json
from pathlib import Path

from alerts.config import Rules

SCHEMA = Path(__file__).parent / "schema.json"


def schema_text() -> str:
    """The schema as it stands in the file: JSON, keys in the order of the models; where a list stands, the one thing
    in it may stand alone."""
    schema = Rules.model_json_schema()
    for model in (schema, *schema["$defs"].values()):
        for key, value in model.get("properties", {}).items():
            if value.get("type") == "array" and key != "routes":
                alone = {name: value.pop(name) for name in tuple(value) if name not in ("default", "title")}
                value["anyOf"] = [alone["items"], alone]
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Whom Plenarywatch tells what"
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
