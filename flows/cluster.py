"""Where work that parts into pieces is done: in this process, in several, or on a Dask cluster."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from flows import engine
from flows.errors import BadRequest, WorkersLost
from parsers.version import PARSER
from storage.ahead import Pending, Pool

if TYPE_CHECKING:
    from distributed import Client

RUNNER = "PLENARYWATCH_TASK_RUNNER"
ADDRESS = "PLENARYWATCH_DASK_ADDRESS"

# Python's own setting, which the option -P is for one process (docs.python.org/3/using/cmdline.html).
_SAFE = "PYTHONSAFEPATH"
# Seconds in which a scheduler answers and has a worker.
_PATIENCE = 20

Piece = TypeVar("Piece")
Done = TypeVar("Done")


@contextmanager
def pool(workers: int) -> Iterator[Pool | None]:
    """What does the pieces; None does them in this process.

    ``PLENARYWATCH_TASK_RUNNER`` is ``process`` (the default: *workers* processes of this machine) or ``dask``: the
    cluster whose scheduler is at ``PLENARYWATCH_DASK_ADDRESS``, or *workers* processes under a scheduler of our own
    without an address. Raises `BadRequest`; a piece's result raises `WorkersLost` where nobody is left to do it.
    """
    runner = os.environ.get(RUNNER) or "process"
    if runner == "dask":
        with _safe_path(), _dask(workers) as cluster:
            yield cluster
    elif runner != "process":
        raise BadRequest(f"{RUNNER}={runner!r}: is no task runner; write process or dask")
    elif workers <= 1:
        yield None
    else:
        with _safe_path():
            # Not forked: a run has threads, and what they hold locked would stay so in a fork for ever.
            processes = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow)
            try:
                yield _Workers(workers, processes.submit, (BrokenExecutor,))
            finally:
                processes.shutdown(cancel_futures=True)


@contextmanager
def _safe_path() -> Iterator[None]:
    """Within the block, processes begin without the folder in which a person stands first among the places where they
    look for modules: its ``pickle.py`` or ``parsers.py`` is not theirs. Then they look where this process does."""
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_SAFE, None)
        else:
            os.environ[_SAFE] = before


@contextmanager
def _dask(workers: int) -> Iterator[Pool]:
    """The cluster of the settings, through prefect-dask: in a flow with a server each piece is a task run there."""
    engine.prepare()
    try:
        from distributed import CancelledError, KilledWorker
        from distributed.comm.addressing import get_address_host
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise BadRequest(f"{RUNNER}=dask: Dask is not installed; pip install 'plenarywatch[dask]'") from error
    if address := os.environ.get(ADDRESS):
        runner = DaskTaskRunner(address=address, client_kwargs={"timeout": _PATIENCE})
    else:
        own = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
        runner = DaskTaskRunner(cluster_kwargs=own)
    with runner:
        try:
            if address:
                get_address_host(address)
            client = runner.client
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise BadRequest(
                f"{ADDRESS}={address}: no scheduler with workers answers ({reason}); start them or correct the address"
            ) from error
        _same_parser(client.run(present_parser, on_error="return"))
        begin = _as_task(client) if _in_flow() else partial(client.submit, pure=False)
        yield _Workers(sum(client.nthreads().values()), begin, (KilledWorker, CancelledError, OSError))


def present_parser() -> str:
    """The parser of the process that is asked."""
    return PARSER


def _same_parser(found: dict[str, str | BaseException]) -> None:
    for worker, parser in found.items():
        if isinstance(parser, BaseException):
            raise BadRequest(
                f"{worker}: finds no Plenarywatch ({parser}); install it there, and start the worker where no other "
                "package named flows is found before it"
            )
        if parser != PARSER:
            raise BadRequest(
                f"{worker}: reads as parser {parser}, this process as {PARSER}; install one version on both"
            )


def _in_flow() -> bool:
    from prefect.context import FlowRunContext

    return engine.has_server() and FlowRunContext.get() is not None


def _as_task(client: Client) -> Callable[..., Pending[object]]:
    from prefect import task
    from prefect.cache_policies import NO_CACHE

    done = task(name="read-pages", cache_policy=NO_CACHE, persist_result=False)(_do)
    return partial(client.submit, done, pure=False)


def _do(work: Callable[[Piece], Done], piece: Piece) -> Done:
    return work(piece)


@dataclass(frozen=True)
class _Workers:
    """A pool, whoever the workers are."""

    workers: int
    begin: Callable[..., Pending[object]]
    gone: tuple[type[BaseException], ...]
    """What a result raises when those who were to do it are gone."""

    def submit(self, work: Callable[[Piece], Done], piece: Piece) -> Pending[Done]:
        return _Begun(cast("Pending[Done]", self.begin(work, piece)), self.gone)


@dataclass(frozen=True)
class _Begun(Generic[Done]):
    """A piece under way."""

    pending: Pending[Done]
    gone: tuple[type[BaseException], ...]

    def result(self) -> Done:
        try:
            return self.pending.result()
        except self.gone as error:
            raise WorkersLost(
                f"the processes that read are gone ({type(error).__name__}); see why in their logs, then run it again: "
                "it goes on with what is left"
            ) from error


def processors() -> int:
    """How many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _follow() -> None:
    """End with the process that gives the work: Ctrl-C is its to hear, and when it is killed nobody else ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
