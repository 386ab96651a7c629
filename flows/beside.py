"""A process that reads pages for another one: work and a piece of it come in, and what came of it goes out.

Not one of `multiprocessing`: its processes begin by running the program of the one that asks once more, which is a
person's own script where that script calls the flow.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, cast

from flows.errors import WorkersLost
from parsers.errors import PlenarywatchError, TookTooLong

Piece = TypeVar("Piece")
Done = TypeVar("Done")


class Beside:
    """A process that was begun, for one thread at a time."""

    def __init__(self) -> None:
        # Where this process looks for modules, and there alone: without -P the folder in which a person stands comes
        # first, with a parsers.py or a flows/ of the person's own.
        path = os.pathsep.join(folder or os.getcwd() for folder in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "flows.beside"],
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

        self._ready = False

    def do(self, work: Callable[[Piece], Done], piece: Piece, seconds: float) -> Done:
        """The answer of *work*, which must be importable by name, to *piece* there.

        Raises `TookTooLong` where it is not done in so many *seconds*, and `WorkersLost` where the process is gone:
        after both there is no process. Raises the errors of ours that *work* raises, and RuntimeError with the words
        of any other fault that happened there.
        """
        given, found = self._process.stdin, self._process.stdout
        assert given is not None
        assert found is not None
        over = threading.Event()

        def kill() -> None:
            over.set()
            self._process.kill()

        # An expression under way cannot be interrupted, by a signal or a thread; a process can be ended.
        limit = threading.Timer(seconds, kill)
        try:
            if not self._ready:
                pickle.load(found)  # noqa: S301 (of a process of ours)
                self._ready = True
            limit.start()
            pickle.dump((work, piece), given)
            given.flush()
            worth = pickle.load(found)  # noqa: S301 (of a process of ours)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
            if over.is_set():
                raise TookTooLong(
                    f"reading it was ended after {seconds:g} s; look at the page, or raise PLENARYWATCH_PAGE_SECONDS"
                ) from error
            raise WorkersLost(f"process {self._process.pid}, which read for the run, is gone") from error
        finally:
            limit.cancel()
        if isinstance(worth, Exception):
            raise worth
        return cast("Done", worth)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()


def main() -> None:
    """Read until nothing is given any more: the other process ended, however it did."""
    import parsers.parse
    import parsers.read  # noqa: F401 (loaded while the first page is on its way)

    # Reading makes much and little of it is garbage, and nothing of what was loaded is.
    gc.set_threshold(20_000)
    gc.freeze()
    # Ctrl-C is for the one that asks to hear, which then ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    given, found = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not stand among what is found.
    sys.stdout = sys.stderr
    pickle.dump("ready", found)
    found.flush()
    while True:
        try:
            work, piece = pickle.load(given)  # noqa: S301 (of the process that began us)
        except EOFError:
            return
        worth: object
        try:
            worth = work(piece)
        except PlenarywatchError as error:
            worth = error
        except Exception as fault:  # noqa: BLE001 (it is the other process that is told)
            worth = RuntimeError(f"{type(fault).__name__}: {fault}")
        pickle.dump(worth, found)
        found.flush()


if __name__ == "__main__":
    main()
