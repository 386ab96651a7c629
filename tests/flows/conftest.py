"""What the tests of the flows share: the program as a person runs it, and a site of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.demo.server import SITE, DemoServer
from tests.builders.engine import Engine
from tests.builders.program import Program


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
