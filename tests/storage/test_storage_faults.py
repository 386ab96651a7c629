"""Faults of disks, rights, power and neighbours: what was written stays whole, and the next run goes on."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from diffs.change import Change, ChangeKind, Severity
from storage import FolderArchive, Store
from storage.database import open_engine, schema_version
from storage.errors import CannotOpen
from storage.verifying import verify
from tests.storage.making import NOON, a_document, a_plenary, a_record
from tests.storage.observing import a_version, listed

NOBODY = 65534


def in_child(work: Callable[[], str]) -> str:
    """What *work* answers in a process of its own, which may lose rights that this one keeps."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            answer = work()
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read().decode()
    os.waitpid(child, 0)
    return answer


def observe(url: str, archive: FolderArchive, name: str, words: int = 3) -> str:
    """One page kept and written; "done", or the one line that says why not."""
    try:
        with Store.open(url) as store, store.writing() as w:
            said = " ".join(f"{name}{i:07}" for i in range(words))
            a_version(w, a_record(), source=name, document=a_document(said), archive=archive)
    except CannotOpen as error:
        return str(error)
    return "done"


def limited(size: int, work: Callable[[], str]) -> Callable[[], str]:
    """*work* where no file may grow beyond *size* bytes, as on a disk that is full."""

    def inside() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return work()

    return inside


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A SQLite file that holds one version."""
    address = f"sqlite:///{tmp_path / 'store.sqlite'}"
    assert observe(address, FolderArchive(tmp_path / "archive"), "first") == "done"
    return address


def whole(url: str, archive: FolderArchive, versions: int) -> None:
    with Store.open(url) as store:
        found = verify(store, archive)
    assert (found.records, found.damaged) == (versions, ())


@pytest.mark.fault("H2")
@pytest.mark.parametrize("room", [0, 4_000, 20_000, 100_000])
def test_a_full_disk_is_one_line_and_costs_nothing_that_was_kept(
    url: str, archive: FolderArchive, tmp_path: Path, room: int
) -> None:
    grown = (tmp_path / "store.sqlite").stat().st_size
    told = in_child(limited(room or grown // 2, lambda: observe(url, archive, "second", words=60_000)))
    assert told.startswith((str(archive.folder), "sqlite:///"))
    assert "space" in told
    assert "\n" not in told
    whole(url, archive, 1)
    assert observe(url, archive, "second", words=60_000) == "done"
    whole(url, archive, 2)


@pytest.mark.fault("H3")
def test_a_folder_that_cannot_be_written_is_one_line(url: str, archive: FolderArchive, tmp_path: Path) -> None:
    readable = stat.S_IRUSR | stat.S_IXUSR | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(readable)
    for parent in tmp_path.parents[:3]:
        if parent.stat().st_uid == os.getuid() and str(parent).startswith("/tmp/"):
            parent.chmod(parent.stat().st_mode | 0o055)

    def powerless() -> str:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return observe(url, archive, "second")

    told = in_child(powerless)
    tmp_path.chmod(0o755)
    for path in tmp_path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert "PLENARYWATCH_" in told or "rights" in told or "permissions" in told
    assert "\n" not in told
    whole(url, archive, 1)


@pytest.mark.fault("H4")
def test_a_writer_waits_for_another_one(url: str, archive: FolderArchive, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")

    def let_go() -> None:
        time.sleep(0.5)
        other.execute("COMMIT")

    thread = threading.Thread(target=let_go)
    thread.start()
    assert observe(url, archive, "second") == "done"
    thread.join()
    other.close()


@pytest.mark.fault("H5")
@pytest.mark.parametrize("writers", [2, 8])
def test_writers_at_once_write_everything_and_tell_each_change_once(
    database_url: str, archive: FolderArchive, writers: int
) -> None:
    each = 5

    def write(number: int) -> None:
        with Store.open(database_url) as store:
            for i in range(each):
                with store.writing() as w:
                    version = a_version(w, a_record("AR"), source=f"{number}-{i}", archive=archive)
                    w.members_listed(version.record, version.id, stated_on=date(2011, 4, 15), now=NOON)
                    change = Change(
                        key=f"change-{i}", kind=ChangeKind.TOPIC_ADDED, severity=Severity.INFO, regime="mtcr",
                        subject=str(i), observed_at=NOON,
                    )  # fmt: skip
                    for new in w.save_changes(w.begin_run("test", NOON), [change], version.id):
                        w.save_alert(new, audience="all", sentence=str(i), channels=["file"], now=NOON)

    children = []
    for number in range(writers):
        child = os.fork()
        if not child:
            code = 1
            try:
                write(number)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * writers
    with Store.open(database_url) as store:
        with store.reading() as r:
            assert len(r.versions()) == writers * each
            assert len(r.changes()) == len(r.alerts()) == each
            assert len(r.members("mtcr")) == 1
        assert verify(store, archive).damaged == ()


@pytest.mark.fault("H14")
def test_a_migration_killed_at_any_statement_is_done_by_the_next_opening(tmp_path: Path) -> None:
    def killed_at(path: Path, at: int) -> bool:
        child = os.fork()
        if not child:
            left = [at]

            def count(*_: object) -> None:
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(Engine, "after_cursor_execute", count)
            open_engine(f"sqlite:///{path}").dispose()
            os._exit(0)
        return os.waitpid(child, 0)[1] != 0

    at, killed = 1, 0
    while True:
        path = tmp_path / f"{at}.sqlite"
        if not killed_at(path, at):
            break
        killed += 1
        with Store.open(f"sqlite:///{path}") as store:
            assert schema_version(store.engine) is not None
            listed(store, a_record("AR"), on=date(2011, 4, 15))
        at += 7
    assert killed > 5


def test_processes_that_open_an_empty_database_at_once_find_one_schema(empty_database_url: str) -> None:
    children = []
    for _ in range(4):
        child = os.fork()
        if not child:
            code = 1
            try:
                Store.open(empty_database_url).close()
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    with Store.open(empty_database_url) as store:
        listed(store, a_record("AR"), on=date(2011, 4, 15))


@pytest.mark.fault("H6")
@pytest.mark.parametrize("part", [0.0, 0.3, 0.5, 0.77, 0.99])
def test_a_log_that_lost_its_end_leaves_whole_transactions(
    url: str, archive: FolderArchive, tmp_path: Path, part: float
) -> None:
    with Store.open(url) as store:
        for i in range(6):
            with store.writing() as w:
                a_version(w, a_record(), source=f"page-{i}", archive=archive)
        # While the database is open its log holds what is not in the main file yet.
        lost = tmp_path / "lost"
        lost.mkdir()
        for name in ("store.sqlite", "store.sqlite-wal"):
            shutil.copy(tmp_path / name, lost / name)
    log = lost / "store.sqlite-wal"
    os.truncate(log, int(log.stat().st_size * part))
    with Store.open(f"sqlite:///{lost / 'store.sqlite'}") as store:
        found = verify(store, archive)
        assert found.damaged == ()
        assert 1 <= found.records <= 7
        with store.writing() as w:
            a_version(w, a_record(), source="after", archive=archive)


@pytest.mark.fault("H7")
def test_a_temporary_file_left_by_a_killed_writer_is_no_blob(url: str, archive: FolderArchive) -> None:
    (first,) = archive
    (archive.folder / first[:2] / ".0123.tmp").write_bytes(b"half of a bl")
    assert list(archive) == [first]
    whole(url, archive, 1)


@pytest.mark.fault("H13")
def test_history_that_arrives_late_stands_between_its_neighbours(store: Store) -> None:
    for ordinal, year in ((23, 2008), (25, 2011), (24, 2009)):
        with store.writing() as w:
            a_version(w, a_record(plenary=a_plenary(ordinal, date(year, 4, 1))), source=str(ordinal))
    with store.reading() as r:
        assert [p.label for p in r.plenaries("mtcr")] == ["23", "24", "25"]
        prior = r.prior_plenary("mtcr", "25")
    assert prior is not None
    assert prior.label == "24"
