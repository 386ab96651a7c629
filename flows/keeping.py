"""What keeps the data: derived again, checked, exported, backed up."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from flows.cluster import pool
from flows.errors import BadRequest
from flows.settings import settings_from_environment
from flows.within import parse_within
from parsers.document import Document
from parsers.record import Record
from parsers.regime import RegimeProfile
from sources import load_regimes, profile_of
from storage import Archive, Store, open_archive
from storage.backup import Manifest, checked, restore
from storage.exporting import FORMATS, Exported, export, export_warc
from storage.reparsing import Page, Reparsed, reparse

# Beside the tables: what was fetched, byte for byte.
WARC = "warc"
# What a format gives where it is printed rather than written into a folder: the one file that holds most.
_PRINTED = {"csv": "memberships.csv", "jsonl": "records.jsonl", "ftm": "plenarywatch.ftm.json"}


@contextmanager
def opened() -> Iterator[tuple[Store, Archive]]:
    """The store and the archive that the environment's settings name."""
    settings = settings_from_environment()
    with Store.open(settings.database_url) as store:
        yield store, open_archive(settings.archive_url)


def restored(path: Path) -> Manifest:
    """Bring the backup at *path* into the database and archive of the settings; neither is made for one that is bad."""
    manifest = checked(path)
    with opened() as (store, archive):
        return restore(path, store, archive, manifest)


def derive_again(
    *,
    config: Path | None = None,
    everything: bool = False,
    only: Collection[int] | None = None,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Reparsed:
    """Read every version that another parser read again, or *everything*, or the records
    *only*, in *workers* processes or on the cluster of the settings (`flows.cluster`).

    A regime that no declaration knows is read by the general rules. Nothing that comes out is a change in the
    world, and nobody is told.
    """
    profiles = {c.regime: c.profile() for c in load_regimes(config)}
    with opened() as (store, archive), pool(workers) as readers:
        return reparse(
            store,
            archive,
            partial(read_again, profiles),
            now=datetime.now(UTC),
            everything=everything,
            only=only,
            pool=readers,
            progress=progress,
        )


def read_again(profiles: dict[str, RegimeProfile], page: Page) -> tuple[Document, Record]:
    """The document and record of a page of the archive. Raises `ParseError`."""
    profile = profiles.get(page.regime) or profile_of(page.regime, beside=profiles.values())
    parsed = parse_within(page.body, regime=profile, url=page.url, content_type=page.content_type)
    return parsed.document, parsed.record


def formats_named(text: str) -> tuple[str, ...]:
    """The formats of a list parted by commas. Raises `BadRequest`."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    known = (*FORMATS, WARC)
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        raise BadRequest(f"--format {text!r}: choose of {', '.join(known)}; several are parted by commas")
    return names


def export_into(
    folder: Path,
    formats: tuple[str, ...],
    *,
    regime: str | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[Exported, ...]:
    """The data in each of *formats*, written into *folder*; as a WARC, what was fetched from *since* to *until*."""
    now = datetime.now(UTC)
    with opened() as (store, archive):
        return tuple(
            export_warc(store, archive, folder, now=now, since=since, until=until, regime=regime)
            if name == WARC
            else export(store, folder, name, now=now, regime=regime, as_of=as_of, known_at=known_at, since=since)
            for name in formats
        )


def export_printed(
    name: str, *, regime: str | None = None, as_of: date | None = None, known_at: datetime | None = None
) -> None:
    """The file of format *name* that holds most, on standard output: the memberships as CSV, the records as JSON
    Lines, the entities of FollowTheMoney. Raises `BadRequest` for a format that is no text."""
    if name not in _PRINTED:
        raise BadRequest(f"--format {name}: is not printed; add --out FOLDER")
    with tempfile.TemporaryDirectory() as made:
        export_into(Path(made), (name,), regime=regime, as_of=as_of, known_at=known_at)
        with open(Path(made) / _PRINTED[name], "rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
    sys.stdout.buffer.flush()
