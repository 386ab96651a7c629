"""The works that are killed, besides a whole run: what each starts from, does, and leaves; times of their own."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, inspect, text

import storage.migrations
from alerts.channels import FileChannel
from alerts.outbox import deliver
from reports.site import build
from storage import FolderArchive, Store
from storage.backup import backup, checked, restore
from storage.database import schema_version
from storage.errors import BadBackup
from storage.verifying import verify
from tests.builders.comparing import NOON
from tests.builders.stores import a_change
from tests.reports.conftest import hostile_store
from tests.storage import test_backup, test_reparsing

_LEASE = timedelta(minutes=5)
_ALERTS = 8


@dataclass(frozen=True)
class Work:
    """A work on a home: *begin* makes what it starts from, *do* is killed and done again, *stands* tells what there is
    in the end, and *whole* fails where something half done stands right after a kill."""

    begin: Callable[[Path], None]
    do: Callable[[Path, int], None]
    stands: Callable[[Path], object]
    whole: Callable[[Path], None] = lambda home: None


# A file in a home: the address of its database, where that is no file beside it.
ADDRESS = "database"


def address_of(home: Path) -> str:
    """The address of a home's database."""
    named = home / ADDRESS
    return named.read_text() if named.exists() else f"sqlite:///{home / 'store.db'}"


@contextmanager
def _engine(home: Path) -> Iterator[Engine]:
    engine = create_engine(address_of(home))
    yield engine
    # A database of which another connection knows can be no model.
    engine.dispose()


def _store(home: Path) -> Store:
    return Store.open(address_of(home))


def _archive(home: Path) -> FolderArchive:
    return FolderArchive(home / "archive")


def _verified(home: Path) -> list[str]:
    with _store(home) as store:
        return [damage.object for damage in verify(store, _archive(home)).damaged]


def _pending(home: Path) -> None:
    with _store(home) as store, store.writing() as w:
        run = w.begin_run("monitor", NOON)
        for n in range(_ALERTS):
            change = a_change(subject=f"state {n}")
            w.save_changes(run, [change], None)
            w.save_alert(change, audience="analyst", sentence="joined", channels=["file"], now=NOON)


def _send(home: Path, life: int) -> None:
    """Each life is an hour after the one before: a lease that a killed one held has ended."""
    with _store(home) as store:
        deliver(store, [FileChannel(home / "alerts.jsonl")], NOON + timedelta(hours=life), lease=_LEASE)


def _told(home: Path) -> Counter[str]:
    lines = (home / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    return Counter(json.loads(line)["change"]["subject"] for line in lines)


def _sent(home: Path) -> object:
    with _store(home) as store, store.reading() as r:
        states = Counter(d.state for alert in r.alerts() for d in alert.deliveries)
    told = _told(home)
    # What was written and not yet marked is written once more; nothing else is.
    assert sum(told.values()) <= _ALERTS + 1, told
    return sorted(told), dict(states)


def _filled(home: Path) -> None:
    with _store(home) as store:
        test_backup.filled(store, _archive(home))
        test_reparsing.filled(store, _archive(home))


def _back_up(home: Path, _life: int) -> None:
    with _store(home) as store:
        backup(store, _archive(home), home / "all.zip", now=NOON)


def _backup_whole(home: Path) -> None:
    if (home / "all.zip").exists():
        checked(home / "all.zip")


def _backed_up(home: Path) -> object:
    manifest = checked(home / "all.zip")
    return manifest.rows, manifest.blobs, sorted(path.name for path in home.glob("*.zip*")), _verified(home)


def _emptied(home: Path) -> None:
    _filled(home)
    _back_up(home, 0)
    (home / "archive").rename(home / "archive.old")
    if (home / ADDRESS).exists():
        with _engine(home) as engine, engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    else:
        (home / "store.db").rename(home / "store.old")
    _store(home).close()


def _bring_back(home: Path, _life: int) -> None:
    with _store(home) as store:
        try:
            restore(home / "all.zip", store, _archive(home))
        except BadBackup as error:
            # Killed behind its commit it is done.
            assert "restore into an empty one" in str(error)  # noqa: PT017


def _all_or_nothing(home: Path) -> None:
    with _store(home) as store, store.reading() as r:
        rows = (len(r.versions()), len(r.runs()), len(r.alerts()))
    assert rows == (0, 0, 0) or (all(rows) and not _verified(home)), rows


def _brought_back(home: Path) -> object:
    with _store(home) as store:
        told = repr(test_backup.told(store))
    return hashlib.sha256(told.encode()).hexdigest(), _verified(home)


def _read_again(home: Path, _life: int) -> None:
    with _store(home) as store:
        test_reparsing.again(store, _archive(home))


def _reread(home: Path) -> object:
    with _store(home) as store, store.reading() as r:
        versions = sorted((v.source, v.text_hash, v.record.parser, v.record.member_count) for v in r.versions())
        return versions, len(r.changes()), len(r.alerts()), _verified(home)


def _first_schema(home: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    with _engine(home) as engine, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO blobs (sha256, size, first_seen) VALUES ('ab', 9, '2011-04-15 12:00:00.000000')")
        )


def _migrate(home: Path, _life: int) -> None:
    _store(home).close()


def _schema_whole(home: Path) -> None:
    with _engine(home) as engine:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(text("SELECT count(*) FROM blobs")).scalar() == 1
        assert schema_version(engine) is not None


def _migrated(home: Path) -> object:
    _schema_whole(home)
    with _engine(home) as engine:
        found = inspect(engine)
        tables = sorted(found.get_table_names())
        columns = {table: sorted(c["name"] for c in found.get_columns(table)) for table in tables}
        return schema_version(engine), columns, sorted(found.get_view_names())


def _reported_on(home: Path) -> None:
    hostile_store(home, address_of(home)).close()


def _report(home: Path, _life: int) -> None:
    with _store(home) as store:
        build(store, home / "site", NOON)


def _pages(home: Path) -> dict[str, str]:
    site = home / "site"
    # A page that was being written has a name that no server gives out.
    files = [path for path in sorted(site.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    return {str(path.relative_to(site)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _no_half_page(home: Path) -> None:
    halves = _pages(home).items() - _pages(home.parent / "whole").items()
    assert not halves, halves


WORKS = {
    "deliver": Work(_pending, _send, _sent),
    "backup": Work(_filled, _back_up, _backed_up, _backup_whole),
    "restore": Work(_emptied, _bring_back, _brought_back, _all_or_nothing),
    "reparse": Work(_filled, _read_again, _reread),
    "migration": Work(_first_schema, _migrate, _migrated, _schema_whole),
    "report": Work(_reported_on, _report, _pages, _no_half_page),
}
