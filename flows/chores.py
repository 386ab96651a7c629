"""What else runs on a schedule or by hand, as Prefect flows: deliver, digest, publish, verify, reparse, backfill. Each
calls the function that the command of its name calls. Prefect shows the ``Args`` of a docstring where a person gives
them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from flows import engine

engine.prepare()

from prefect import flow, get_run_logger  # noqa: E402 (its settings come first)
from prefect.artifacts import (  # noqa: E402
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402

from fetchers.captures import WAYBACK  # noqa: E402
from flows.running import as_rows  # noqa: E402


@flow(name="deliver", persist_result=False, timeout_seconds=900)
def deliver() -> State[None]:
    """Send the alerts that are pending and due; a message of the outbox is sent by one run at a time."""
    from flows.delivering import deliver as send
    from flows.watch import open_watch

    with open_watch() as watch:
        done = send(watch)
    said = f"{done.sent} sent, {done.digests} digests, {done.failed} to be tried again, {done.given_up} given up"
    if done.refusals:
        said = f"{said}; {done.refusals[0]}"
    return Failed(message=said) if done.given_up else Completed(message=said)


@flow(name="digest", persist_result=False, timeout_seconds=900)
def digest(name: str = "weekly") -> State[None]:
    """Show a digest of the time up to now as an artifact, and send what is due: the digests that the rules ask for
    among it.

    Args:
        name: ``daily`` or ``weekly``.
    """
    from alerts.digest import headline
    from flows.delivering import deliver as send
    from flows.digesting import digest_for, written
    from flows.watch import open_watch

    with open_watch() as watch:
        send(watch)
        found = digest_for(name, watch.clock())
    create_markdown_artifact(key=f"plenarywatch-{name}", markdown=written(found, "md"), description=headline(found))
    return Completed(message=headline(found))


@flow(name="publish", persist_result=False, timeout_seconds=1800, retries=1, retry_delay_seconds=60)
def publish(out: str | None = None) -> State[None]:
    """Build the site and its metrics.

    Args:
        out: The folder to build into, as the worker sees it; ``site`` in the home when none is named.
    """
    from prefect.artifacts import create_link_artifact

    from alerts.message import site_address
    from flows.publishing import publish as build

    front = build(Path(out) if out else None)
    if site := site_address():
        create_link_artifact(
            f"{site}/index.html", key="plenarywatch-site", link_text="The site", description="The site"
        )
    return Completed(message=str(front))


@flow(name="verify", persist_result=False, timeout_seconds=6 * 3600)
def verify() -> State[None]:
    """Check every blob's hash, every row, link, span and interval. Failed names the first damaged object."""
    from flows.keeping import opened
    from storage.verifying import verify as look

    with opened() as (store, archive):
        found = look(store, archive)
    if found.damaged:
        first = found.damaged[0]
        return Failed(message=f"{len(found.damaged)} damaged, first {first.object}: {first.what}")
    return Completed(message=f"{found.blobs} blobs and {found.records} records are whole")


@flow(name="reparse", persist_result=False, timeout_seconds=24 * 3600)
def reparse(everything: bool = False, workers: int = 0, config: str | None = None) -> State[None]:
    """Derive again what another parser read: in processes of this machine, or on the Dask cluster of the settings.

    Args:
        everything: Whether to derive again what the present parser read, too.
        workers: How many processes; 0 for as many as the machine runs at once.
        config: A file or folder of declarations, as the worker sees it; the packaged ones when none is named.
    """
    from flows.cluster import processors
    from flows.keeping import derive_again

    progress = _progress("plenarywatch-reparse", "Versions derived again")
    result = derive_again(
        config=Path(config) if config else None,
        everything=everything,
        workers=workers or processors(),
        progress=lambda done, of: progress(done / max(1, of)),
    )
    progress(1.0)
    said = f"{result.read} read again: {result.same} the same, {result.updated} updated, {len(result.failed)} not read"
    return Failed(message=said) if result.failed else Completed(message=said)


@flow(name="backfill", persist_result=False, timeout_seconds=24 * 3600)
def backfill(
    regime: str,
    cdx: str = WAYBACK,
    since: int | None = None,
    config: str | None = None,
    allow_private: list[str] | None = None,
) -> State[None]:
    """Take in what a web archive captured of a regime's declared pages; the past raises no alert. A run that was
    broken off goes on where it stopped.

    Args:
        regime: The regime, by its id.
        cdx: The archive's CDX server: the Wayback Machine's way or pywb's.
        since: Only captures of this year and later.
        config: A file or folder of declarations, as the worker sees it; the packaged ones when none is named.
        allow_private: Hosts of your own that may be reached though they are not public.
    """
    from fetchers.captures import WebArchive
    from flows.backfilling import backfill as take_in
    from flows.pacing import shared_pace
    from flows.watch import open_watch

    progress = _progress("plenarywatch-backfill", f"Captures of {regime}")
    log = get_run_logger()

    def say(line: str, done: float) -> None:
        log.info("%s", line)
        progress(done)

    private = tuple(allow_private or ())
    with open_watch(config=Path(config) if config else None, allow_private=private, gate=shared_pace()) as watch:
        summary = take_in(watch, regime, WebArchive(watch.fetcher, cdx), since=since, say=say)
    progress(1.0)
    create_table_artifact(key="plenarywatch-captures", table=as_rows(summary), description="Captures and outcomes")
    said = f"{len(summary.sources)} captures, {len(summary.failures)} not taken in"
    if summary.failures:
        return Failed(message=f"{said}; first {summary.failures[0].source}: {summary.failures[0].error}")
    return Completed(message=said)


def _progress(key: str, description: str) -> Callable[[float], None]:
    """A progress artifact; what is given tells it the share, 0 to 1, that is done."""
    artifact = UUID(str(create_progress_artifact(0.0, key=key, description=description)))
    shown = 0

    def progress(done: float) -> None:
        nonlocal shown
        # A write a percent: a million versions must not be as many requests to the server.
        if (percent := int(100 * done)) > shown:
            shown = percent
            update_progress_artifact(artifact, progress=float(percent))

    return progress
