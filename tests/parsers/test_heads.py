"""What kind of page each of ``heads/`` is, its title, who publishes it and when; `short` names the fields that are read
falsely as yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from parsers.parse import parse
from parsers.regime import RegimeProfile
from sources.profile import profile_of
from tests.builders.pages import REGIMES
from tests.builders.said import INVENTED

FOLDER = Path(__file__).parent / "heads"
FIELDS = ("kind", "title", "publisher", "published")


def _profile(id: str, *names: str) -> RegimeProfile:
    return RegimeProfile(id, names[0], (*names, id.upper()), ("members",))


BODIES = {
    **REGIMES,
    "lda": INVENTED,
    "nrfc": _profile("nrfc", "Northern Rivers Fisheries Commission"),
    "agml": _profile("agml", "Andean Group on Money Laundering", "Grupo Andino contra el Lavado de Activos"),
    "psi": _profile("psi", "Proliferation Security Initiative", "Initiative de sécurité contre la prolifération"),
    "gicnt": _profile("gicnt", "Global Initiative to Combat Nuclear Terrorism"),
    "kp": _profile("kp", "Kimberley Process", "Kimberley-Prozess", "Processus de Kimberley"),
    "fatf": _profile("fatf", "Financial Action Task Force"),
    "opcw": _profile("opcw", "Organisation for the Prohibition of Chemical Weapons", "Chemical Weapons Convention"),
    "iaea": _profile("iaea", "International Atomic Energy Agency", "الوكالة الدولية للطاقة الذرية"),
    "menafatf": _profile("menafatf", "MENAFATF", "مجموعة العمل المالي لمنطقة الشرق الأوسط وشمال أفريقيا"),
}


def _pages(name: str) -> list[dict[str, str]]:
    rows = YAML(typ="safe").load((FOLDER / name).read_text("utf-8"))
    return [{key: str(value) for key, value in row.items()} for row in rows]


def _read(row: dict[str, str]) -> dict[str, str]:
    body = row["body"]
    # "?abc" is declared by nobody.
    profile = profile_of(body[1:]) if body.startswith("?") else BODIES[body]
    record = parse(row["page"].encode(), regime=profile, url=row.get("url")).record
    found = {field: getattr(record, field) for field in FIELDS}
    return {field: str(value) for field, value in found.items() if value is not None}


ROWS = [row for name in ("first.yaml", "second.yaml", "third.yaml") for row in _pages(name)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_head_is_read(row: dict[str, str]) -> None:
    read, short = _read(row), row.get("short", "").split()
    assert {f: read.get(f) for f in FIELDS if f not in short} == {f: row.get(f) for f in FIELDS if f not in short}


@pytest.mark.parametrize("row", [row for row in ROWS if "short" in row], ids=lambda row: row["name"])
def test_what_is_read_right_is_no_more_called_false(row: dict[str, str]) -> None:
    read = _read(row)
    assert all(read.get(field) != row.get(field) for field in row["short"].split())
