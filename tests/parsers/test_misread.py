"""Kinds of sentences that were misread once, each with its right reading (``misread.yaml``)."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from sources.profile import profile_of
from tests.builders.pages import REGIMES
from tests.builders.said import said_by

ROWS = YAML(typ="safe").load((Path(__file__).parent / "misread.yaml").read_text("utf-8"))
PROFILES = REGIMES | {
    "kp": profile_of("kp", "Kimberley Process", members_called=("Participants",)),
    "gp": profile_of("gp", "Global Partnership"),
    "gicnt": profile_of("gicnt", "Global Initiative to Combat Nuclear Terrorism", members_called=("partners",)),
}


@pytest.mark.parametrize("row", ROWS, ids=[f"{regime}-{field}-{i}" for i, (regime, field, *_) in enumerate(ROWS)])
def test_what_was_misread_is_read_right(row: tuple[str, str, str, str]) -> None:
    regime, field, text, stated = row
    assert said_by(field, text, PROFILES[regime]) == stated, text
