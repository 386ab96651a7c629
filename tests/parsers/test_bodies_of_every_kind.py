"""Who presides over bodies of every kind, and how many belong to them: commissions, task forces, treaties, groups."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from parsers.parse import parse
from parsers.regime import RegimeProfile
from tests.builders.said import short_form

BODIES = {
    "bfc": RegimeProfile(
        "bfc",
        "Baltic Fisheries Commission",
        (
            "Baltic Fisheries Commission",
            "BFC",
            "Ostsee-Fischereikommission",
            "Comisión de Pesca del Báltico",
            "Comissão de Pescas do Báltico",
            "Commissione per la pesca nel Baltico",
            "Комиссия по рыболовству на Балтике",
        ),
        ("Contracting Parties",),
    ),
    "sac": RegimeProfile(
        "sac",
        "Sahel Action Task Force",
        (
            "Sahel Action Task Force",
            "SATF",
            "Groupe d'action du Sahel",
            "Grupo de Acción del Sahel",
            "Grupo de Ação do Sahel",
            "Gruppo d'azione del Sahel",
            "Sahel-Aktionsgruppe",
            "Группа действий Сахеля",
        ),
        ("members",),
    ),
    "mtc": RegimeProfile(
        "mtc",
        "Mine Treaty Conference",
        ("Mine Treaty Conference", "Mine Treaty", "Minenvertrag", "Traité sur les mines", "Договор о минах"),
        ("States Parties",),
    ),
    "rgp": RegimeProfile(
        "rgp", "Reykjavik Group on Propellants", ("Reykjavik Group on Propellants", "RGP"), ("members",)
    ),
}
ROWS = YAML(typ="safe").load((Path(__file__).parent / "relations" / "bodies.yaml").read_text("utf-8"))
ALL = [pytest.param(*row, id=f"right-{i}") for i, row in enumerate(ROWS["right"])]
ALL += [
    pytest.param(*row, id=f"missed-{i}", marks=pytest.mark.xfail(strict=True)) for i, row in enumerate(ROWS["missed"])
]


@pytest.mark.parametrize(("text", "stated", "body"), ALL)
def test_a_page_of_a_body_states_this(text: str, stated: str, body: str) -> None:
    record = parse(text.replace("\n", "\n\n").encode(), regime=BODIES[body]).record
    if stated.startswith("#"):
        assert str(record.member_count or "") == stated.removeprefix("#")
    else:
        assert sorted(short_form("officers", record)) == sorted(filter(None, stated.split("; ")))
