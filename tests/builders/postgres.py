"""Databases on a PostgreSQL server that listens on a socket in a folder."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote


def told(folder: str, statement: str) -> None:
    """Have the server run a statement, outside a transaction."""
    import psycopg

    with psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def address(folder: str, name: str) -> str:
    """The address of the database of this name."""
    return f"postgresql+psycopg://postgres@/{name}?host={quote(folder)}"


def created(folder: str, model: str = "template0") -> str:
    """The name of a new database, a copy of *model*, with which nobody may be connected."""
    name = f"t{uuid.uuid4().hex}"
    told(folder, f"CREATE DATABASE {name} TEMPLATE {model}")
    return name


def dropped(folder: str, name: str) -> None:
    """Remove a database, whoever is connected with it."""
    told(folder, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def a_postgres(folder: str, model: str) -> Iterator[str]:
    """The address of a new database, a copy of *model*."""
    name = created(folder, model)
    yield address(folder, name)
    dropped(folder, name)
