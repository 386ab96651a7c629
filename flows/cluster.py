"""Where work that parts into pieces is done: in this process, in several, or on a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from flows.errors import BadRequest

RUNNER = "PLENARYWATCH_TASK_RUNNER"
ADDRESS = "PLENARYWATCH_DASK_ADDRESS"


@contextmanager
def executor(workers: int) -> Iterator[Executor | None]:
    """What does the pieces; None does them in this process.

    ``PLENARYWATCH_TASK_RUNNER`` is ``process`` (the default: *workers* processes of this machine) or ``dask``: the
    cluster whose scheduler is at ``PLENARYWATCH_DASK_ADDRESS``, or *workers* processes under a scheduler of our own
    without an address. Raises `BadRequest`.
    """
    runner = os.environ.get(RUNNER) or "process"
    if runner == "process":
        if workers <= 1:
            yield None
            return
        with ProcessPoolExecutor(workers) as pool:
            yield pool
        return
    if runner != "dask":
        raise BadRequest(f"{RUNNER}={runner!r}: is no task runner; write process or dask")
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise BadRequest(f"{RUNNER}=dask: Dask is not installed; pip install 'plenarywatch[dask]'") from error
    if address := os.environ.get(ADDRESS):
        try:
            client = Client(address, timeout=20)
        except (OSError, ValueError) as error:
            raise BadRequest(f"{ADDRESS}={address}: no scheduler answers ({error}); start one or correct it") from error
        with client, client.get_executor(pure=False) as pool:
            yield pool
        return
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
        Client(cluster) as client,
        client.get_executor(pure=False) as pool,
    ):
        yield pool
