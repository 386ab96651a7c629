"""Each fault of the room is one line that names the thing and its mend, to the letter."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, ProgrammingError

from diffs.change import Status
from storage import FolderArchive, Store, database, open_archive
from storage.archive import RemoteArchive
from storage.database import HEAD, VERSION_TABLE, open_engine
from storage.errors import BadQuery, CannotOpen, DamagedBlob, NotFound, StorageError
from storage.searching import search
from storage.writing import Writer
from tests.storage.making import NOON, a_record
from tests.storage.observing import a_version
from tests.storage.test_outbox import alert

SHA = hashlib.sha256(b"statement").hexdigest()


def line(kind: type[StorageError], work: Callable[[], object]) -> str:
    with pytest.raises(kind) as told:
        work()
    assert type(told.value) is kind
    return str(told.value)


def test_what_is_wrong_with_a_blob_in_a_folder(archive: FolderArchive) -> None:
    path = archive.folder / SHA[:2] / f"{SHA}.zst"
    get = lambda: archive.get(SHA)  # noqa: E731
    assert line(NotFound, get) == f"{path}: blob is missing; restore it from a backup"
    other = archive.put(b"other")
    path.parent.mkdir()
    path.write_bytes(b"plain")
    told = line(DamagedBlob, get)
    assert told.startswith(f"{path}: not readable (")
    assert told.endswith("); restore it from a backup")
    path.write_bytes((archive.folder / other[:2] / f"{other}.zst").read_bytes())
    assert line(DamagedBlob, get) == f"{path}: its bytes have another hash than its name; restore it from a backup"
    path.unlink()
    path.mkdir()
    assert line(CannotOpen, get) == f"{path}: blob cannot be read (Is a directory); mend its permissions or disk"
    assert line(CannotOpen, lambda: archive.put(b"statement")) == (
        f"{archive.folder}: cannot keep a blob (Is a directory); free space or mend its permissions"
    )
    path.rmdir()
    path.parent.rmdir()
    path.parent.write_text("")
    assert line(CannotOpen, lambda: FolderArchive(archive.folder).put(b"statement")) == (
        f"{archive.folder}: cannot keep a blob (File exists); free space or mend its permissions"
    )
    assert line(CannotOpen, lambda: open_archive(path.parent)) == (
        f"{path.parent}: cannot be made an archive (File exists); "
        "set PLENARYWATCH_ARCHIVE_URL to a folder you may write to"
    )


def test_a_folder_may_be_written_as_an_address_of_a_file(tmp_path: Path) -> None:
    opened = open_archive(f"file://{tmp_path}/deep/blobs")
    assert isinstance(opened, FolderArchive)
    assert opened.folder == tmp_path / "deep" / "blobs"
    assert opened.put(b"statement") == SHA
    assert (tmp_path / "deep" / "blobs" / SHA[:2] / f"{SHA}.zst").is_file()
    assert not opened.has("00" * 32)


def test_what_is_wrong_with_an_archive_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = open_archive("memory://lines/blobs/")
    assert isinstance(archive, RemoteArchive)
    assert archive.url == "memory://lines/blobs"
    path = f"/lines/blobs/{SHA[:2]}/{SHA}.zst"
    assert line(NotFound, lambda: archive.get(SHA)) == f"{path}: blob is missing; restore it from a backup"
    assert archive.put(b"statement") == SHA
    archive.files.pipe_file(path, b"plain")
    assert line(DamagedBlob, lambda: archive.get(SHA)).startswith(f"{path}: not readable (")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no\n  answer")

    for name in ("cat_file", "exists", "rm_file", "glob", "pipe_file"):
        monkeypatch.setattr(archive, "files", SimpleNamespace(**dict.fromkeys([name], broken)))
        work, what = {
            "cat_file": (lambda: archive.get(SHA), "give a blob"),
            "exists": (lambda: archive.has(SHA), "be asked"),
            "rm_file": (lambda: archive.take_back(SHA), "remove a blob"),
            "glob": (lambda: list(archive), "be listed"),
            "pipe_file": (lambda: archive.put(b"statement"), "keep a blob"),
        }[name]
        if name == "pipe_file":
            monkeypatch.setattr(archive.files, "cat_file", broken, raising=False)
        assert line(CannotOpen, work) == (
            f"memory://lines/blobs: cannot {what} (no answer); check the address, the rights and the keys"
        )

    def silent(*_: object) -> None:
        raise TimeoutError

    def talkative(*_: object) -> None:
        raise ValueError("x" * 300)

    archive.files = SimpleNamespace(exists=silent)
    assert "cannot be asked (TimeoutError);" in line(CannotOpen, lambda: archive.has(SHA))
    archive.files = SimpleNamespace(exists=talkative)
    assert f"cannot be asked ({'x' * 200});" in line(CannotOpen, lambda: archive.has(SHA))


def test_an_archive_of_no_known_kind() -> None:
    assert line(CannotOpen, lambda: open_archive("nosuch://bucket/path")) == (
        "nosuch://bucket/path: no such kind of archive (Protocol not known: nosuch); install its fsspec driver"
    )


MEND = "mend its space or rights, or set PLENARYWATCH_DATABASE_URL or PLENARYWATCH_HOME"


def test_what_is_wrong_with_the_address_of_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opening(url: str) -> str:
        return line(CannotOpen, lambda: open_engine(url))

    assert opening("mysql://u:s3cret@h/db") == (
        "mysql://u:***@h/db: its driver is not installed (No module named 'MySQLdb'); "
        "pip install 'plenarywatch[postgres]'"
    )
    told = opening("no address")
    assert told.startswith("no address: not a database address (")
    assert told.endswith("); set PLENARYWATCH_DATABASE_URL")
    assert opening("sqlite:////proc/nowhere/store.db") == (
        f"sqlite:////proc/nowhere/store.db: cannot be used as the database (No such file or directory); {MEND}"
    )
    (tmp_path / "letter").write_bytes(b"this is a letter, not a database\n" * 200)
    url = f"sqlite:///{tmp_path / 'letter'}"
    assert opening(url) == f"{url}: cannot be used as the database (file is not a database); {MEND}"
    assert opening("postgresql://u:s3@cret@h/db") == (
        "postgresql://u:***@h/db: has more than one @ before its host; write each in a password as %40"
    )
    for name, is_async, expected in (
        ("mysql", False, "neither SQLite nor PostgreSQL; set PLENARYWATCH_DATABASE_URL to one of them"),
        ("postgresql", True, "its driver is an asynchronous one; write sqlite:// or postgresql:// alone"),
    ):
        engine = SimpleNamespace(dialect=SimpleNamespace(name=name, is_async=is_async))
        monkeypatch.setattr(database, "create_engine", lambda _url, engine=engine: engine)
        assert opening("mysql://h/db") == f"mysql://h/db: {expected}"


def test_a_schema_that_is_newer_is_told_with_both_versions(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store'}"
    with open_engine(url).begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    assert line(CannotOpen, lambda: open_engine(url)) == (
        f"{url}: has schema 9999, newer than this program's {HEAD}; install the newer Plenarywatch"
    )


@pytest.mark.parametrize(
    ("url", "driver"),
    [("postgresql://h/db", "postgresql+psycopg"), ("postgres://h/db", "postgresql+psycopg"),
     ("postgresql+psycopg://h/db", "postgresql+psycopg"), ("postgresql+pg8000://h/db", "postgresql+pg8000"),
     ("sqlite://", "sqlite")],
)  # fmt: skip
def test_a_plain_address_means_the_driver_that_comes_with_us(url: str, driver: str) -> None:
    assert database._with_driver(make_url(url)).drivername == driver


def test_a_database_in_memory_makes_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_engine("sqlite:///:memory:").dispose()
    assert list(tmp_path.iterdir()) == []
    open_engine("sqlite:///a/b/store.db").dispose()
    open_engine("sqlite:///a/b/store.db").dispose()
    assert (tmp_path / "a" / "b" / "store.db").is_file()


def test_what_fails_inside_is_told_as_of_the_database(sqlite_store: Store) -> None:
    url = f"sqlite:///{sqlite_store.path}"

    def asked() -> None:
        with sqlite_store.reading() as r:
            r.session.execute(text("SELECT * FROM nowhere"))

    def written() -> None:
        with sqlite_store.writing() as w:
            w.session.execute(text("DELETE FROM nowhere"))

    reason = "no such table: nowhere"
    assert line(CannotOpen, asked) == (
        f"{url}: cannot be read ({reason}); run 'plenarywatch verify', or restore a backup"
    )
    assert line(CannotOpen, written) == f"{url}: cannot be written ({reason}); free space or mend its rights"


@pytest.mark.parametrize("kind", [IntegrityError, ProgrammingError, DataError])
@pytest.mark.parametrize("verb", ["reading", "writing"])
def test_a_fault_of_the_program_stays_what_it_is(sqlite_store: Store, kind: type[Exception], verb: str) -> None:
    fault = kind("SELECT 1", None, Exception("wrong"))  # type: ignore[call-arg]
    with pytest.raises(kind) as told, getattr(sqlite_store, verb)():
        raise fault
    assert told.value is fault
    with pytest.raises(CannotOpen, match=r"\(wrong\)"), getattr(sqlite_store, verb)():
        raise OperationalError("SELECT 1", None, Exception("wrong"))


def test_sqlite_is_set_up_to_keep_what_was_written_and_to_hold_what_is_read(sqlite_store: Store) -> None:
    with sqlite_store.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("busy_timeout", "foreign_keys", "journal_mode", "synchronous", "cache_size")
        }
    assert settings == {
        "busy_timeout": 60_000, "foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "cache_size": -16_384,
    }  # fmt: skip


def test_who_writes_is_alone_from_the_beginning_and_who_reads_sees_one_state(store: Store) -> None:
    told: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *all: told.append(all[2]))
    with store.writing() as w:
        w.begin_run("test", NOON)
    first_written = told[0]
    told.clear()
    with store.reading() as r:
        r.runs()
        first_read = told[0]
        if store.engine.dialect.name == "postgresql":
            assert r.session.execute(text("SHOW transaction_isolation")).scalar() == "repeatable read"
    if store.engine.dialect.name == "sqlite":
        assert (first_written, first_read) == ("BEGIN IMMEDIATE", "BEGIN")
    else:
        assert (first_written, first_read[:6]) == ("SELECT pg_advisory_xact_lock(7351162)", "SELECT")
        assert "advisory" not in first_read


def test_a_store_knows_its_file_and_gives_all_its_connections_back(store: Store, database_url: str) -> None:
    on_sqlite = database_url.startswith("sqlite")
    assert store.path == (database_url.removeprefix("sqlite:///") if on_sqlite else None)
    if not on_sqlite:
        return

    def held() -> list[str]:
        names = [os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if fd_is_open(fd)]
        return [name for name in names if name == store.path]

    with store.reading() as r:
        r.runs()
    assert held()
    with store:
        pass
    assert held() == []


def fd_is_open(fd: str) -> bool:
    return os.path.lexists(f"/proc/self/fd/{fd}")


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (lambda w: w.version(7), "record 7: no such record; 'plenarywatch records R' lists them"),
        (lambda w: w.acknowledge(7, NOON), "alert 7: no such alert; 'plenarywatch alerts list' shows them"),
        (lambda w: w.replay(7, None, NOON), "alert 7: no such alert; 'plenarywatch alerts list' shows them"),
        (lambda w: w.replay(1, "x", NOON),
         "alert 1: has no delivery to 'x'; 'plenarywatch alerts list' shows them"),
        (lambda w: w.review("x", Status.CONFIRMED, who="", why="", now=NOON),
         "change 'x': not held; 'plenarywatch review list' shows what is held"),
        (lambda w: w.review("", Status.CONFIRMED, who="", why="", now=NOON),
         "change '': not held; 'plenarywatch review list' shows what is held"),
        (lambda w: w.review("h", Status.CONFIRMED, who="", why="", now=NOON),
         "change 'h': 2 changes begin so; 'plenarywatch review list' shows what is held"),
        (lambda w: w.correct(7, "/members/0", "approved", who="", why="", now=NOON),
         "record 7: no such record; 'plenarywatch records R' lists them"),
        (lambda w: w.correct(1, "/members/7", "approved", who="", why="", now=NOON),
         "record 1: reads nothing at '/members/7'; its evidence names the places"),
    ],
)  # fmt: skip
def test_what_is_asked_for_by_a_name_that_nothing_has(
    w: Writer, work: Callable[[Writer], object], expected: str
) -> None:
    a_version(w, a_record("AR"))
    alert(w, "desk")
    alert(w, key="h1", status=Status.HELD)
    alert(w, key="h2", status=Status.HELD)
    assert line(NotFound, lambda: work(w)) == expected


def test_a_search_that_cannot_be_made(sqlite_store: Store) -> None:
    for query, told in (('"annex', "a quotation mark is not closed; close it"),
                        ("-annex", "nothing to look for; give at least one word")):  # fmt: skip
        assert line(BadQuery, lambda query=query: search(sqlite_store, query)) == f"search {query!r}: {told}"
