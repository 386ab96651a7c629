"""What the tests of the flows share: the program as a person runs it, and a site of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.demo.server import SITE, DemoServer
from tests.builders.engine import Engine

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """A command that was run: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """`plenarywatch` as a child process, with a home of its own."""

    home: Path

    def __call__(self, *arguments: str, env: dict[str, str] | None = None) -> Ran:
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("PLENARYWATCH_", "PREFECT_"))}
        surroundings |= {"PLENARYWATCH_HOME": str(self.home), "COLUMNS": "140"} | (env or {})
        done = subprocess.run(
            [sys.executable, "-c", "from flows.cli import main; main()", *arguments],
            cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A real Prefect server, for the tests that are slow anyway."""
    with Engine(tmp_path_factory.mktemp("engine")).running() as up:
        yield up


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture
def site() -> Iterator[DemoServer]:
    with DemoServer() as server:
        yield server


@pytest.fixture
def config(site: DemoServer, tmp_path: Path) -> Path:
    path = tmp_path / "mtcr.yaml"
    path.write_text((SITE / "mtcr.yaml").read_text(encoding="utf-8").replace("BASE", site.address), encoding="utf-8")
    return path
