"""Declarations as people write them: what is taken, and the one line by which the rest is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources import load_regimes
from sources.errors import ConfigInvalid

_SOURCE = "sources:\n  - {id: a, kind: statement, url: 'https://x.example/a'}\n"


def _declared(folder: Path, said: str, sources: str = _SOURCE) -> Path:
    file = folder / "kx.yaml"
    file.write_text(f"regime: kx\nname: Kilo Accord\n{said}\n{sources}", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("", {"Kilo Accord", "KX", "KA"}),
        ("abbreviation: KAC", {"Kilo Accord", "KX", "KA", "KAC"}),
        ("names: Accord of Kilo", {"Kilo Accord", "KX", "KA", "Accord of Kilo"}),
        ("names: [Accord of Kilo, KiA]", {"Kilo Accord", "KX", "KA", "Accord of Kilo", "KiA"}),
        ("names: {fr: Accord Kilo, 'no': [Kiloavtalen, KAv]}", {"Kilo Accord", "KX", "KA", "Accord Kilo", "Kiloavtalen", "KAv"}),
    ],
)  # fmt: skip
def test_a_regime_is_known_by_every_name_that_is_declared(tmp_path: Path, said: str, names: set[str]) -> None:
    (regime,) = load_regimes(_declared(tmp_path, said))
    assert set(regime.profile().names) == names


@pytest.mark.parametrize(
    ("said", "line", "refused"),
    [
        ("names: {french: [x]}", 3, "names: 'french' is no language; write its code in small letters, such as fr"),
        ("names: {FR: [x]}", 3, "names: 'FR' is no language; write its code in small letters, such as fr"),
        ("names: 5", 3, "names: 5 is no name; write names in [brackets], or a list under each language"),
        ("names:", 3, "names: None is no name; write names in [brackets], or a list under each language"),
        ("schedule: {cron: hourly}", 3, "schedule.cron: 'hourly' is not a cron expression; write five fields, such as '0 */6 * * *'"),
        ("expects: {members: {min: 9, max: 3}}", 3, "expects.members: max 3 is below min 9; swap them"),
    ],
)  # fmt: skip
def test_what_is_declared_wrongly_is_refused_with_its_line_and_mend(
    tmp_path: Path, said: str, line: int, refused: str
) -> None:
    with pytest.raises(ConfigInvalid) as wrong:
        load_regimes(_declared(tmp_path, said))
    assert str(wrong.value) == f"{tmp_path / 'kx.yaml'}:{line}: {refused}"


def test_two_sources_of_one_id_are_refused_with_both_lines(tmp_path: Path) -> None:
    twice = _SOURCE + "  - {id: a, kind: statement, url: 'https://x.example/b'}\n"
    with pytest.raises(
        ConfigInvalid, match=r"kx\.yaml:6: duplicate id 'a', first used on line 5; rename one of the two"
    ):
        load_regimes(_declared(tmp_path, "", twice))
