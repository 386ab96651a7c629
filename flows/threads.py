"""Work done side by side, by threads that nobody has to wait for: a run that is interrupted ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


class Threads:
    """At most so many threads at once. They are daemons: one that cannot be stopped ends with the process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def map(self, work: Callable[[Given], Made], given: Sequence[Given]) -> list[Made]:
        """What *work* makes of each, in the order given. Raises what it raises, without waiting for the others."""
        made: dict[int, Made] = {}
        done: SimpleQueue[BaseException | None] = SimpleQueue()

        def one(place: int) -> None:
            try:
                made[place] = work(given[place])
            except BaseException as error:  # noqa: BLE001 (raised again in the thread that asked)
                done.put(error)
            else:
                done.put(None)

        for place in range(len(given)):
            self._waiting.put(partial(one, place))
        for _ in range(min(self._most, len(given))):
            thread = threading.Thread(target=self._work, daemon=True)
            self._threads.append(thread)
            thread.start()
        for _ in given:
            if (error := done.get()) is not None:
                raise error
        return [made[place] for place in range(len(given))]

    def leave(self, seconds: float) -> None:
        """Begin nothing any more, and wait at most so many seconds for what is under way."""
        self._drain()
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (one := self._next()) is not None:
            one()

    def _next(self) -> Callable[[], None] | None:
        try:
            return self._waiting.get_nowait()
        except Empty:
            return None

    def _drain(self) -> None:
        while self._next() is not None:
            pass
