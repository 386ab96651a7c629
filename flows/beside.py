"""A process that reads pages for another one: an answer comes in, and what it is worth goes out, one after the other.

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
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from flows.errors import WorkersLost

if TYPE_CHECKING:
    from fetchers.verdict import Verdict
    from flows.judging import Answer
    from parsers.parsed import Parsed


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

    def read(self, answer: Answer) -> Parsed | Verdict:
        """What `flows.judging.judge` makes of *answer* there. Raises `WorkersLost` where the process is gone, and
        RuntimeError with the words of a fault of ours that happened there."""
        given, found = self._process.stdin, self._process.stdout
        assert given is not None
        assert found is not None
        try:
            pickle.dump(answer, given)
            given.flush()
            worth = pickle.load(found)  # noqa: S301 (of a process of ours)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
            raise WorkersLost(f"process {self._process.pid}, which read for the run, is gone") from error
        if isinstance(worth, Exception):
            raise worth
        return cast("Parsed | Verdict", worth)

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
    import parsers.read  # noqa: F401 (loaded while the first answer is on its way)
    from flows.judging import judge

    # Reading makes much and little of it is garbage, and nothing of what was loaded is.
    gc.set_threshold(20_000)
    gc.freeze()
    # Ctrl-C is for the one that asks to hear, which then ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    given, found = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not stand among what is found.
    sys.stdout = sys.stderr
    while True:
        try:
            answer = pickle.load(given)  # noqa: S301 (of the process that began us)
        except EOFError:
            return
        worth: object
        try:
            worth = judge(answer)
        except Exception as fault:  # noqa: BLE001 (it is the other process that is told)
            worth = RuntimeError(f"{type(fault).__name__}: {fault}")
        pickle.dump(worth, found)
        found.flush()


if __name__ == "__main__":
    main()
