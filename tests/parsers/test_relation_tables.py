"""What a sentence states of a field that rules read: the tables in ``relations/`` that are named after their field."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from parsers.parse import parse
from parsers.regime import RegimeProfile
from tests.builders.pages import REGIMES
from tests.builders.said import INVENTED, short_form

FOLDER = Path(__file__).parent / "relations"
FIELDS = ("outreach",)
TABLES = {field: YAML(typ="safe").load((FOLDER / f"{field}.yaml").read_text("utf-8")) for field in FIELDS}
ROWS = [(field, *row) for field, rows in TABLES.items() for row in rows]
# Regimes that no file of the project knows.
TSC = RegimeProfile("tsc", "Tallinn Sensor Compact", ("Tallinn Sensor Compact", "TSC"), ("Signatory States",))
RGP = RegimeProfile("rgp", "Reykjavik Group on Propellants", ("Reykjavik Group on Propellants", "RGP"), ("members",))
GP = RegimeProfile("gp", "Global Partnership", ("Global Partnership", "GP"), ("partners",))
KNOWN = REGIMES | {profile.id: profile for profile in (TSC, RGP, GP, INVENTED)}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}-{i}" for i, row in enumerate(ROWS)])
def test_a_sentence_states_this_of_its_field(row: tuple[str, str, str]) -> None:
    field, text, stated, *regime = row
    record = parse(text.encode(), regime=KNOWN[regime[0] if regime else "mtcr"]).record
    assert "; ".join(short_form(field, record)) == stated, text
