"""Commands that keep the data: export, reparse, verify, backup, restore."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Config, Json, day, moment
from flows.cli.output import print_json, print_line, print_table, safe


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command()(export)
    app.command()(reparse)
    app.command()(verify)
    app.command()(backup)
    app.command()(restore)


def export(
    format: Annotated[
        str, typer.Option("--format", help="csv, jsonl, xlsx, parquet, ftm, zip or warc; several are parted by commas.")
    ] = "csv",
    out: Annotated[
        Path | None,
        typer.Option("--out", help="The folder to write into; without it csv, jsonl or ftm is printed."),
    ] = None,
    regime: Annotated[str | None, typer.Option("--regime", help="Only this regime.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The memberships that held on this day.")] = None,
    known_at: Annotated[str | None, typer.Option("--known-at", help="As known at this moment (ISO 8601).")] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Only what was added, changed or removed since this moment.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="warc: only what was fetched before this moment.")
    ] = None,
    json: Json = False,
) -> None:
    """The data as other people's tools want it, each row with its source and since when it is known."""
    from flows.errors import BadRequest
    from flows.keeping import WARC, export_into, export_printed, formats_named

    names = formats_named(format)
    holding, known = day(as_of, "--as-of"), moment(known_at, "--known-at")
    after, before = moment(since, "--since"), moment(until, "--until")
    if before is not None and names != (WARC,):
        raise BadRequest("--until bounds what was fetched; give it with --format warc alone (tables take --known-at)")
    if out is None:
        if len(names) > 1 or after is not None or json:
            raise BadRequest("several formats, --since and --json write several files; add --out FOLDER")
        export_printed(names[0], regime=regime, as_of=holding, known_at=known)
        return
    written = export_into(out, names, regime=regime, as_of=holding, known_at=known, since=after, until=before)
    files = list(dict.fromkeys(str(path) for exported in written for path in exported.files))
    if json:
        print_json({"files": files, "rows": {name: n for exported in written for name, n in exported.rows.items()}})
        return
    for path in files:
        print_line(path)


def reparse(
    all: Annotated[bool, typer.Option("--all", help="Also what the present parser has read.")] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=0, max=256, help="Processes; 0 takes as many as the machine runs at once.")
    ] = 0,
    config: Config = None,
    json: Json = False,
) -> int:
    """Derive the records again from the archive. What changes is our reading, never an alert. Exit code 1 when a
    version could not be read."""
    from flows.cluster import processors
    from flows.keeping import derive_again

    result = derive_again(config=config, everything=all, workers=workers or processors(), progress=_progress)
    if json:
        print_json(result)
        return 1 if result.failed else 0
    print_line(f"{result.read} read again: {result.same} the same, {result.updated} updated")
    if result.changed:
        print_table(
            "Facts that our parser reads otherwise now",
            ("record", "field", "before", "after", "page"),
            ((f"r{c.record}", c.field, _short(c.before), _short(c.after), c.url) for c in result.changed),
        )
    if result.failed:
        print_table("Not read", ("record", "why", "page"), ((f"r{f.record}", f.why, f.url) for f in result.failed))
    return 1 if result.failed else 0


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {of}" + ("\n" if done == of else ""))
        sys.stderr.flush()


def _short(value: str) -> str:
    return value if len(value) <= 80 else value[:79] + "…"


def verify(json: Json = False) -> int:
    """Check every blob's hash, every row, link, span and interval. Exit code 1 names what is damaged."""
    from flows.keeping import opened
    from storage.verifying import verify as look

    with opened() as (store, archive):
        found = look(store, archive)
    if json:
        print_json(found)
        return 1 if found.damaged else 0
    print_line(
        f"{found.blobs} blobs, {found.records} records, {found.memberships} memberships, {found.changes} changes: "
        + (f"{len(found.damaged)} damaged" if found.damaged else "all whole")
    )
    if found.unreferenced:
        print_line(f"{found.unreferenced} blobs belong to no fetch: a run was cut off; they harm nothing")
    for damage in found.damaged:
        print_line(f"damaged: {safe(damage.object)}: {safe(damage.what)}")
    return 1 if found.damaged else 0


Backup = Annotated[Path, typer.Argument(help="The backup's file.")]


def backup(path: Backup, json: Json = False) -> None:
    """Write everything, the database and the archive, into one file, also while a run is writing."""
    from datetime import UTC, datetime

    from flows.keeping import opened
    from storage.backup import backup as write

    with opened() as (store, archive):
        made = write(store, archive, path, now=datetime.now(UTC))
    if json:
        print_json(made)
    else:
        print_line(f"{path}: {sum(made.rows.values())} rows and {made.blobs} blobs")


def restore(path: Backup, json: Json = False) -> None:
    """Bring a backup into an empty database and archive: all of it, or nothing."""
    from flows.keeping import restored

    made = restored(path)
    if json:
        print_json(made)
    else:
        print_line(f"{sum(made.rows.values())} rows and {made.blobs} blobs restored from {path}")
