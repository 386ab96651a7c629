"""What a sentence states of a field that rules read: the tables in ``relations/`` that are named after their field."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from parsers.annotate import Kind, regions, states
from parsers.annotate.items import tokens
from parsers.parse import parse
from parsers.regime import RegimeProfile
from tests.builders.pages import REGIMES
from tests.builders.said import INVENTED, short_form

FOLDER = Path(__file__).parent / "relations"
FIELDS = ("concerns", "outreach")
TABLES = {field: YAML(typ="safe").load((FOLDER / f"{field}.yaml").read_text("utf-8")) for field in FIELDS}
ROWS = [(field, *row) for field, rows in TABLES.items() for row in rows]
# Regimes that no file of the project knows.
TSC = RegimeProfile("tsc", "Tallinn Sensor Compact", ("Tallinn Sensor Compact", "TSC"), ("Signatory States",))
RGP = RegimeProfile("rgp", "Reykjavik Group on Propellants", ("Reykjavik Group on Propellants", "RGP"), ("members",))
GP = RegimeProfile("gp", "Global Partnership", ("Global Partnership", "GP"), ("partners",))
KNOWN = REGIMES | {profile.id: profile for profile in (TSC, RGP, GP, INVENTED)}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("missiles in South, East and Central Asia", ["South Asia", "East Asia", "Central Asia"]),
        ("arms in South-East Asia and the Middle East", ["Southeast Asia", "Middle East"]),
        ("tests in South and North East Asia", ["South Asia", "Northeast Asia"]),
        ("parts of Asia and the Near East", ["Asia"]),
        ("la péninsule coréenne et le Proche-Orient", ["Korean Peninsula", "Middle East"]),
        ("a middle european asia", []),
    ],
)
def test_a_text_names_these_regions(text: str, named: list[str]) -> None:
    items = list(tokens(text))
    regions.annotate(items)
    assert [name for item in items if item.kind is Kind.REGION for name in item.traits] == named


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the Iranian programme", ["IR"]),
        ("South Korean and Japanese ships", ["KR", "JP"]),
        ("le programme balistique iranien", ["IR"]),
        ("die nordkoreanischen Tests", ["KP"]),
        ("a Kenyan", []),
        ("rusting ships, a Roman road", []),
    ],
)
def test_adjectives_name_these_states(text: str, codes: list[str]) -> None:
    items = list(tokens(text))
    states.annotate_all_adjectives(items)
    assert [name.code for item in items for name in item.names] == codes


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}-{i}" for i, row in enumerate(ROWS)])
def test_a_sentence_states_this_of_its_field(row: tuple[str, str, str]) -> None:
    field, text, stated, *regime = row
    record = parse(text.encode(), regime=KNOWN[regime[0] if regime else "mtcr"]).record
    assert "; ".join(short_form(field, record)) == stated, text
