"""What else runs on a schedule, as Prefect flows: deliver, digest, publish, verify, reparse. Each calls the function that
the command of its name calls."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from flows import engine

engine.prepare()

from prefect import flow  # noqa: E402 (its settings come first)
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402


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
    """Show the digest *name*, ``daily`` or ``weekly``, of the time up to now as an artifact, and send what is due: the
    digests that the rules ask for among it."""
    from prefect.artifacts import create_markdown_artifact

    from alerts.digest import headline
    from flows.delivering import deliver as send
    from flows.digesting import digest_for, written
    from flows.watch import open_watch

    with open_watch() as watch:
        send(watch)
        found = digest_for(name, watch.clock())
    create_markdown_artifact(key=f"plenarywatch-{name}", markdown=written(found, "md"), description=headline(found))
    return Completed(message=headline(found))


@flow(name="publish", persist_result=False, timeout_seconds=1800)
def publish(out: str | None = None) -> State[None]:
    """Build the site and its metrics into the folder *out* (default: ``site`` in the home)."""
    from flows.publishing import publish as build

    return Completed(message=str(build(Path(out) if out else None)))


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


@flow(name="reparse", persist_result=False)
def reparse(everything: bool = False, workers: int = 0, config: str | None = None) -> State[None]:
    """Derive again what another parser read, or *everything*, in *workers* processes (0: as many as the machine
    runs at once) or on the Dask cluster of the settings; *config* is a file or folder of declarations."""
    from prefect.artifacts import create_progress_artifact, update_progress_artifact

    from flows.keeping import derive_again, processes

    artifact = UUID(
        str(create_progress_artifact(0.0, key="plenarywatch-reparse", description="Versions derived again"))
    )

    def progress(done: int, of: int) -> None:
        # One write in twenty batches: a million versions must not be twenty thousand requests to the server.
        if done == of or done % 1000 == 0:
            update_progress_artifact(artifact, progress=100.0 * done / max(1, of))

    result = derive_again(
        config=Path(config) if config else None,
        everything=everything,
        workers=workers or processes(),
        progress=progress,
    )
    said = f"{result.read} read again: {result.same} the same, {result.updated} updated, {len(result.failed)} not read"
    return Failed(message=said) if result.failed else Completed(message=said)
