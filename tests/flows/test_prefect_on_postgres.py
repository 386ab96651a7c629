"""Prefect's own server on PostgreSQL, and several workers over one PostgreSQL and one archive."""

from __future__ import annotations

import uuid
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import requests

from flows.demo.server import DemoServer
from tests.flows.conftest import Program
from tests.flows.test_scheduled import Engine, _answers, _until

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def a_database(folder: str) -> str:
    name = f"prefect_{uuid.uuid4().hex}"
    with psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return name


def test_prefects_server_keeps_its_runs_in_a_postgresql_of_its_own(
    program: Program, site: DemoServer, config: Path, postgres_folder: str, tmp_path: Path
) -> None:
    theirs, ours = a_database(postgres_folder), a_database(postgres_folder)
    at = f"?host={quote(postgres_folder)}"
    engine = Engine(tmp_path)
    port = engine.api.rsplit(":", 1)[1].split("/")[0]
    settings = {"PREFECT_API_DATABASE_CONNECTION_URL": f"postgresql+asyncpg://postgres@/{theirs}{at}"}
    with engine.process("server", "start", "--host", "127.0.0.1", "--port", port, **settings):
        _until(lambda: _answers(f"{engine.api}/health"), "the server comes up")
        ran = program(
            "monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--json",
            env=engine.environment(PLENARYWATCH_DATABASE_URL=f"postgresql://postgres@/{ours}{at}"),
        )  # fmt: skip
        assert ran.code == 0, ran.err
        assert isinstance(ran.json, dict)
        (run,) = engine.runs("COMPLETED")
        listed = requests.post(f"{engine.api}/task_runs/filter", json={}, timeout=20).json()
    engine.log.close()
    assert run["name"]
    assert {task["state_type"] for task in listed} == {"COMPLETED"}
    with psycopg.connect(f"host={postgres_folder} user=postgres dbname={theirs}") as connection:
        kept = connection.execute("SELECT count(*) FROM flow_run WHERE state_type = 'COMPLETED'").fetchone()
        versions = connection.execute("SELECT to_regclass('records')").fetchone()
    assert kept == (1,)
    assert versions == (None,)
    with psycopg.connect(f"host={postgres_folder} user=postgres dbname={ours}") as connection:
        assert connection.execute("SELECT count(*) FROM records").fetchone() != (0,)
        assert connection.execute("SELECT to_regclass('flow_run')").fetchone() == (None,)
