"""Several workers at once over one PostgreSQL and one S3-compatible archive, as on several machines."""

from __future__ import annotations

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from moto.server import ThreadedMotoServer

from flows.demo.server import DemoServer
from storage import Store
from tests.builders.program import Program, Ran
from tests.storage.conftest import postgres_folder

__all__ = ["postgres_folder"]

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def test_two_workers_at_once_keep_each_page_once_and_tell_each_change_once(
    site: DemoServer, config: Path, tmp_path: Path, postgres_folder: str
) -> None:
    name = f"several_{uuid.uuid4().hex}"
    with psycopg.connect(f"host={postgres_folder} user=postgres dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    database = f"postgresql://postgres@/{name}?host={quote(postgres_folder)}"
    s3 = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    s3.start()
    host, port = s3.get_host_and_port()
    shared = {
        "PLENARYWATCH_DATABASE_URL": database, "PLENARYWATCH_ARCHIVE_URL": "s3://plenarywatch/blobs",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }  # fmt: skip
    workers = [Program(tmp_path / f"worker-{n}") for n in range(2)]

    def day(number: int, now: str) -> None:
        site.day = number
        arguments = ["monitor", "--config", str(config), "--allow-private", "127.0.0.1", "--direct", "--now", now]

        def work(worker: Program) -> Ran:
            return worker(*arguments, env=shared)

        with ThreadPoolExecutor(2) as both:
            assert [ran.code for ran in both.map(work, workers)] == [0, 0]

    try:
        day(0, "2010-01-15")
        day(1, "2011-04-18")
        with Store.open(database) as store, store.reading() as r:
            versions = Counter((v.source, v.text_hash) for v in r.versions())
            told = Counter(alert.change.key for alert in r.alerts())
            runs = Counter(run.state for run in r.runs())
            cited = {a.change.subject for a in r.alerts() if a.change.kind.value == "resolution_cited"}
        assert set(versions.values()) == {1}
        assert set(told.values()) == {1}
        assert "S/RES/1929 (2010)" in cited
        assert runs == {"completed": 4}
        lines = [line for w in workers for line in _lines(w.home / "alerts.jsonl")]
        assert len(lines) == len(told)
        assert workers[0]("verify", env=shared).code == 0
        again = workers[1]("reparse", "--all", "--workers", "2", "--json", env=shared)
        assert isinstance(again.json, dict)
        assert (again.json["updated"], again.json["failed"]) == (0, [])
    finally:
        s3.stop()


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
