"""What the project says of itself holds: the README's commands run, deployments name what exists, versions are pinned."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from prefect import Flow
from ruamel.yaml import YAML

from tests.builders.program import ROOT, Program


def test_the_readmes_commands_run_as_they_stand(program: Program) -> None:
    blocks = re.findall(r"<!-- run -->\n```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert len(commands) >= 10
    for command in commands:
        name, *arguments = shlex.split(command)
        assert name == "plenarywatch"
        ran = program(*arguments)
        assert (ran.code, ran.err) == (0, ""), command


def test_every_deployment_names_a_flow_and_a_declared_regime_and_nothing_of_where_it_was_made() -> None:
    declared = YAML(typ="safe").load(ROOT / "prefect.yaml")
    deployments = declared["deployments"]
    for deployment in deployments:
        module, _, name = deployment["entrypoint"].rpartition(".")
        assert isinstance(getattr(import_module(module), name), Flow)
    # An empty list asks for no step; without one Prefect writes down the folder in which it was called.
    assert declared["pull"] == []
    assert not any({"pull", "build", "push"} & deployment.keys() for deployment in deployments)
    assert "$" not in (ROOT / "prefect.yaml").read_text(encoding="utf-8")
    watched = [regime for d in deployments for regime in d.get("parameters", {}).get("regimes", ())]
    assert sorted(watched) == sorted(path.stem for path in (ROOT / "sources").glob("*.yaml"))
    assert len({d["name"] for d in deployments}) == len(deployments)


def test_the_constraints_pin_versions_and_hold_no_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[\w.]+", pin) for pin in pins)
    pinned = dict(pin.lower().split("==") for pin in pins)
    for name in ("prefect", "fastapi", "sqlalchemy", "lxml", "msgspec"):
        assert pinned[name] == version(name)


def test_the_architecture_names_the_rooms_there_are() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert {room for room in rooms if f"{room}/" in text} == rooms


def test_the_demo_shows_each_day_what_its_title_says_and_starts_clean_again(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    for _ in range(2):
        ran = program("demo", "--direct", "--folder", str(folder))
        assert (ran.code, ran.err) == (0, "")
        page = Path(ran.out.strip().splitlines()[-1])
        assert page.exists()
        looks = re.split(r"^Day ", ran.out, flags=re.MULTILINE)[1:]
        told = ("none.", "S/RES/1929 (2010)", "none.", "was edited", "India joined the MTCR.", "35 members is gone",
                "none.", "cannot be reached", "can be reached again")  # fmt: skip
        assert [said in look.partition("Changes")[2] for look, said in zip(looks, told, strict=True)] == [True] * 9
    assert "India joined the MTCR." in page.read_text(encoding="utf-8")


def test_the_demo_leaves_a_folder_of_somebody_elses_alone(program: Program, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    ran = program("demo", "--direct", "--folder", str(tmp_path))
    assert ran.code == 2
    assert (tmp_path / "letter.txt").read_text() == "mine"
