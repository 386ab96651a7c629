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

from flows.demo.server import DemoServer
from tests.builders.engine import Engine, answers, until
from tests.builders.program import Program

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
        end = time.monotonic() + 60
        while not _takes_questions(folder):
            assert server.poll() is None and time.monotonic() < end, log.read_text(errors="replace")  # noqa: PT018
            time.sleep(0.2)
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
    theirs = f"postgresql+asyncpg://postgres@/prefect?host={postgres}"
    ours = f"postgresql://postgres@/plenarywatch?host={postgres}"
    engine = Engine(tmp_path)
    start = ("server", "start", "--host", "127.0.0.1", "--port", str(engine.port))
    with engine.process(*start, PREFECT_API_DATABASE_CONNECTION_URL=theirs):
        until(lambda: answers(f"{engine.api}/health"), "the server comes up")
        ran = program(
            "monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--json",
            env=engine.environment(PLENARYWATCH_DATABASE_URL=ours),
        )  # fmt: skip
        assert ran.code == 0, ran.err
        # The server takes in what became of tasks a moment after the run.
        until(lambda: {task["state_type"] for task in engine.ask("task_runs/filter")} == {"COMPLETED"}, "tasks end")
    assert asked(postgres, "prefect", "SELECT count(*) FROM flow_run WHERE state_type = 'COMPLETED'") == 1
    assert asked(postgres, "prefect", "SELECT to_regclass('records')") is None
    assert asked(postgres, "plenarywatch", "SELECT count(*) > 0 FROM records") is True
    assert asked(postgres, "plenarywatch", "SELECT to_regclass('flow_run')") is None
