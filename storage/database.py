"""Opening the database: its dialect's settings, and its schema brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from storage.addresses import masked, without_secrets
from storage.errors import CannotOpen

VERSION_TABLE = "plenarywatch_version"
HEAD = "0005"

# SQLite waits this long for another writer (milliseconds); a run's longest transaction takes far less.
_BUSY = 60_000
# So much of a database each connection holds (KB); SQLite's own 2 MB are less than the records of one regime.
_HELD = 16_384
WRITING = "plenarywatch_writing"
# The advisory lock that writers on PostgreSQL share: any number that no other program uses.
_WRITERS = 7_351_162


def open_engine(url: str) -> Engine:
    """An engine on the database at *url* with the newest schema.

    SQLite runs in WAL mode with foreign keys on, so that readers never wait for a writer; a transaction
    that will write takes the write lock at its start (execution option `WRITING`). Raises `CannotOpen`.
    """
    shown = masked(url)
    try:
        parsed = make_url(url)
        if "@" in (parsed.host or ""):
            raise CannotOpen(f"{shown}: has more than one @ before its host; write each in a password as %40")
        if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(_with_driver(parsed))
    except ModuleNotFoundError as error:
        line = f"{shown}: its driver is not installed ({error}); pip install 'plenarywatch[postgres]'"
        raise CannotOpen(line) from error
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        told = without_secrets(str(error), url)
        raise CannotOpen(f"{shown}: not a database address ({told}); set PLENARYWATCH_DATABASE_URL") from error
    except OSError as error:
        raise _unusable(url, error.strerror or str(error)) from error
    if engine.dialect.name not in ("sqlite", "postgresql"):
        line = f"{shown}: neither SQLite nor PostgreSQL; set PLENARYWATCH_DATABASE_URL to one of them"
        raise CannotOpen(line)
    if engine.dialect.is_async:
        raise CannotOpen(f"{shown}: its driver is an asynchronous one; write sqlite:// or postgresql:// alone")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    try:
        _bring_up_to_date(engine, url)
    except DBAPIError as error:
        engine.dispose()
        raise _unusable(url, str(error.orig)) from error
    return engine


def _with_driver(url: URL) -> URL:
    """A plain ``postgresql://`` means the driver that comes with us, not SQLAlchemy's own first choice."""
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def fault(url: str | URL, what: str, reason: str, mend: str) -> CannotOpen:
    """The one line on a database at *url* that *what*, for a driver's *reason*, none of which shows a password."""
    written = url if isinstance(url, str) else url.render_as_string(hide_password=False)
    reason = " ".join(without_secrets(reason, written).split())
    return CannotOpen(f"{masked(written)}: {what} ({reason}); {mend}")


def _unusable(url: str, reason: str) -> CannotOpen:
    mend = "mend its space or rights, or set PLENARYWATCH_DATABASE_URL or PLENARYWATCH_HOME"
    return fault(url, "cannot be used as the database", reason, mend)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions of its own: `_begin_sqlite` says which kind is wanted.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute(f"PRAGMA cache_size = -{_HELD}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    # One writer at a time, as on SQLite: what a transaction read when it decided is still so when it writes.
    if connection.get_execution_options().get(WRITING, False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def schema_version(engine: Engine) -> str | None:
    """The schema's version that the database holds, or None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608


def _bring_up_to_date(engine: Engine, url: str) -> None:
    version = schema_version(engine)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise CannotOpen(
            f"{masked(url)}: has schema {version}, newer than this program's {HEAD}; install the newer Plenarywatch"
        )
    # Alembic takes a third of a second to import: only a database that needs it pays.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        # Two processes that open an empty database at once: the second waits, then finds nothing to do.
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except OperationalError as error:
            raise _unusable(url, str(error.orig)) from error
