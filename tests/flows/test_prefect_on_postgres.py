"""Prefect's own server on a PostgreSQL: its tables in its database, ours in ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
import requests

from flows.demo.server import DemoServer
from tests.flows.conftest import Program
from tests.flows.test_scheduled import Engine, _answers, _until

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def postgres() -> Iterator[str]:
    """The folder of the socket of a whole PostgreSQL: Prefect's server asks for pg_trgm, which the one that comes as a
    package has not."""
    found = [shutil.which("initdb"), *map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    programs = next((Path(path).resolve().parent for path in found if path), None)
    if programs is None:
        pytest.skip("no PostgreSQL is installed here; on Debian: apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pw-prefect-"))
    folder.chmod(0o777)
    # It refuses to run as root.
    other = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    data, log = folder / "data", folder / "log"
    subprocess.run(
        [programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync"],
        cwd=folder, stdout=subprocess.DEVNULL, check=True, timeout=120, **other,
    )  # fmt: skip
    with open(log, "wb") as out:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="],
            cwd=folder, stdout=out, stderr=out, **other,
        )  # fmt: skip
    try:
        _until(lambda: _takes_questions(folder), "PostgreSQL comes up")
        yield str(folder)
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _takes_questions(folder: Path) -> bool:
    with suppress(psycopg.OperationalError):
        psycopg.connect(f"host={folder} user=postgres dbname=postgres").close()
        return True
    return False


def asked(folder: str, database: str, question: str) -> object:
    with psycopg.connect(f"host={folder} user=postgres dbname={database}", autocommit=True) as connection:
        cursor = connection.execute(question)  # type: ignore[call-overload]
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def test_prefects_server_keeps_its_runs_in_a_postgresql_of_its_own(
    program: Program, site: DemoServer, config: Path, postgres: str, tmp_path: Path
) -> None:
    asked(postgres, "postgres", "CREATE DATABASE prefect")
    asked(postgres, "postgres", "CREATE DATABASE plenarywatch")
    engine = Engine(tmp_path)
    port = engine.api.rsplit(":", 1)[1].split("/")[0]
    theirs = f"postgresql+asyncpg://postgres@/prefect?host={postgres}"
    ours = f"postgresql://postgres@/plenarywatch?host={postgres}"
    with engine.process(
        "server", "start", "--host", "127.0.0.1", "--port", port, PREFECT_API_DATABASE_CONNECTION_URL=theirs
    ):
        end = time.monotonic() + 400
        while not _answers(f"{engine.api}/health"):
            assert time.monotonic() < end, (tmp_path / "prefect.log").read_text(errors="replace")[-2000:]
            time.sleep(0.5)
        ran = program(
            "monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--json",
            env=engine.environment(PLENARYWATCH_DATABASE_URL=ours),
        )  # fmt: skip
        assert ran.code == 0, ran.err
        _until(lambda: engine.runs("COMPLETED"), "the run is seen to be complete")
        tasks = requests.post(f"{engine.api}/task_runs/filter", json={}, timeout=20).json()
    engine.log.close()
    assert {task["state_type"] for task in tasks} == {"COMPLETED"}
    assert asked(postgres, "prefect", "SELECT count(*) FROM flow_run WHERE state_type = 'COMPLETED'") == 1
    assert asked(postgres, "prefect", "SELECT to_regclass('records')") is None
    assert asked(postgres, "plenarywatch", "SELECT count(*) > 0 FROM records") is True
    assert asked(postgres, "plenarywatch", "SELECT to_regclass('flow_run')") is None
