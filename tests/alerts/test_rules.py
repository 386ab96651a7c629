"""Rules as a person writes them: refused with file, line and mend, and then followed to the letter."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from alerts.config import Rules
from alerts.errors import RulesInvalid, RulesMissing
from alerts.load import PACKAGED, load_rules, packaged_rules
from alerts.rules import Routing, Telling
from alerts.schema import SCHEMA, schema_text
from diffs.change import Change, ChangeKind, Novelty, Severity, Status
from tests.builders.stores import a_change

K = ChangeKind


def _rules(folder: Path, text: str) -> Rules:
    file = folder / "alerts.yaml"
    file.write_text(text, encoding="utf-8")
    return load_rules(file)


def _told(folder: Path, when: str, change: Change, audience: str = "analyst") -> bool:
    rules = _rules(folder, f"routes:\n  - {{name: r, audience: {audience}, to: default, when: {{{when}}}}}\n")
    return Routing(rules, ("file",)).telling(change) is not None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "the file is empty"),
        ("routes: [", 1, "not YAML"),
        ("- routes", 1, "not a declaration"),
        ("channels: {}\n", 1, "routes is missing; add it"),
        ("routes: []\n", 1, "at least 1"),
        ("routes:\n  - {name: a, audience: boss, to: default}\n", 2, "'analyst' or 'operator'"),
        ("routes:\n  - {name: a, audience: analyst, to: desk}\n", 2, "'desk' is not declared; write it under channels"),
        ("routes:\n  - name: a\n    audience: analyst\n    to: default\n    wen: {}\n", 5, "unknown key 'wen'"),
        ("routes:\n  - {name: a, audience: analyst, to: default, when: {country: XQ}}\n", 2, "'XQ' is no state"),
        ("routes:\n  - {name: a, audience: analyst, to: default, when: {resolution: x}}\n", 2, "'x' is no resolution"),
        ("routes:\n  - {name: a, audience: analyst, to: default, when: {kind: member_jioned}}\n", 2, "member_joined"),
        ("routes:\n  - {name: a, audience: analyst, to: default, remind: soon}\n", 2, "remind is not written so"),
        (
            "routes:\n  - {name: a, audience: analyst, to: default}\nchannels:\n  default:\n    quiet: {hours: 22-7}\n",
            5, "hours is not written so",
        ),
        (
            "routes:\n  - {name: a, audience: analyst, to: default}\nchannels:\n  default:\n    flood: 0\n",
            5, "greater than or equal to 1",
        ),
        (
            "routes:\n  - {name: a, audience: analyst, to: default}\ndigests:\n  daily: {timezone: Europe/Osl}\n",
            4, "'Europe/Osl' is not a timezone",
        ),
        ("routes:\n  - {name: a, audience: analyst, to: 'smtp://u:p@h'}\n", 2, "to.0 is not written so"),
        ("routes: &a\n  - {name: a, name: b, audience: analyst, to: default}\n", 2, "duplicate key"),
    ],
)  # fmt: skip
def test_rules_that_are_wrong_are_refused_with_the_line_and_the_reason(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(RulesInvalid) as refused:
        _rules(tmp_path, text)
    assert str(refused.value).startswith(f"{tmp_path / 'alerts.yaml'}:{line}: ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(RulesMissing, match="PLENARYWATCH_ALERTS"):
        load_rules(tmp_path / "none.yaml")


def test_the_committed_schema_is_that_of_the_models_and_takes_the_packaged_rules() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()
    written = YAML(typ="safe").load(PACKAGED.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(json.loads(schema_text())).validate(written)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json.loads(schema_text())).validate(written | {"adresses": {}})


def test_norway_stays_norway(tmp_path: Path) -> None:
    assert _told(tmp_path, "country: [NO]", a_change(subject="NO"))
    assert not _told(tmp_path, "country: [NO]", a_change(subject="IN"))


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ("kind: member_joined", True),
        ("kind: [member_left, member_renamed]", False),
        ("regime: mtcr", True),
        ("regime: [nsg, ag]", False),
        ("country: India", True),
        ("country: [Côte d'Ivoire, NO]", False),
        ("severity: critical", True),
        ("severity: [warning, info]", False),
        ("status: confirmed", True),
        ("status: held", False),
        ("resolution: 1540", False),
        ("topic: transit", False),
        ("regime: mtcr, country: IN, severity: critical", True),
        ("regime: mtcr, country: IN, severity: info", False),
    ],
)
def test_a_route_is_for_what_has_all_that_it_names(tmp_path: Path, when: str, fits: bool) -> None:
    assert _told(tmp_path, when, a_change(subject="IN", severity=Severity.CRITICAL)) is fits


def test_a_route_names_a_resolution_by_its_number_and_a_topic_by_its_name(tmp_path: Path) -> None:
    cited = a_change(K.RESOLUTION_CITED, "S/RES/1540 (2004)", novelty=Novelty.FIRST_EVER)
    assert _told(tmp_path, "resolution: [1540]", cited)
    assert _told(tmp_path, "resolution: UNSCR 1540", cited)
    assert not _told(tmp_path, "resolution: [2004, 2231]", cited)
    assert _told(tmp_path, "topic: transit_transshipment", a_change(K.TOPIC_ADDED, "transit_transshipment"))


def test_a_route_on_a_country_takes_what_names_it_as_its_place(tmp_path: Path) -> None:
    held = a_change(K.PLENARY_ANNOUNCED, "30", after={"ordinal": 30, "country": "NO", "city": "Oslo"})
    assert _told(tmp_path, "country: NO", held)


@pytest.mark.parametrize(("audience", "fits"), [("analyst", False), ("operator", True)])
@pytest.mark.parametrize("change", [a_change(K.SOURCE_DRIFT), a_change(K.MEMBER_LEFT, status=Status.HELD)])
def test_what_needs_hands_is_an_operators_where_a_route_says_nothing_else(
    tmp_path: Path, audience: str, fits: bool, change: Change
) -> None:
    assert _told(tmp_path, "", change, audience) is fits


def test_a_route_may_ask_for_what_is_held_for_its_analysts(tmp_path: Path) -> None:
    assert _told(tmp_path, "status: [held, confirmed]", a_change(K.MEMBER_LEFT, status=Status.HELD))


def test_a_statement_that_is_withdrawn_is_told_to_both() -> None:
    audiences = {r.audience.value for r in packaged_rules().routes if _fits(r.name, a_change(K.STATEMENT_WITHDRAWN))}
    assert audiences == {"analyst", "operator"}


def _fits(name: str, change: Change) -> bool:
    (route,) = (r for r in packaged_rules().routes if r.name == name)
    alone = packaged_rules().model_copy(update={"routes": (route,)})
    return Routing(alone, ("file",)).telling(change) is not None


TWO = """
channels: {desk: {}, chief: {flood: 3}, default: {flood: 7}}
routes:
  - {name: all, audience: analyst, to: [desk, chief, default], send: weekly}
  - {name: urgent, audience: analyst, to: chief, when: {severity: critical}}
digests:
  daily: {to: desk}
"""


def test_what_one_route_tells_at_once_does_not_come_in_a_digest_too(tmp_path: Path) -> None:
    routing = Routing(_rules(tmp_path, TWO), ("file", "smtp-1"))
    telling = routing.telling(a_change())
    assert telling == Telling("analyst", ("desk", "chief", "file", "smtp-1"), {  # type: ignore[arg-type]
        "desk": "weekly", "file": "weekly", "smtp-1": "weekly",
    })  # fmt: skip


def test_a_digest_goes_to_those_it_names_and_to_those_that_a_route_sends_to_in_it(tmp_path: Path) -> None:
    routing = Routing(_rules(tmp_path, TWO), ("file",))
    assert routing.readers("daily") == ("desk",)
    assert routing.readers("weekly") == ("desk", "chief", "file")


def test_the_channels_of_the_settings_share_the_habits_of_default(tmp_path: Path) -> None:
    routing = Routing(_rules(tmp_path, TWO), ("file",))
    assert [routing.habits(name).flood for name in ("desk", "chief", "file", "gone")] == [None, 3, 7, None]


def test_the_rules_that_the_docs_show_are_rules(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "alerts.md").read_text(encoding="utf-8")
    rules = _rules(tmp_path, page.split("```yaml\n")[1].split("```")[0])
    assert [route.send for route in rules.routes] == ["at_once", "weekly", "at_once"]
    assert rules.channels["desk"].flood == 10
