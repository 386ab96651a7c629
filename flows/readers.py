"""The readers of a run's pages: its own process where they are short, or, as in a run over many sources, processes
beside it, which can be ended."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from flows.beside import Beside
from flows.cluster import processors
from flows.errors import RunOver, WorkersLost
from flows.settings import page_seconds
from flows.within import is_short
from parsers.errors import TookTooLong

if TYPE_CHECKING:
    from fetchers.verdict import Verdict
    from flows.judging import Answer
    from parsers.parsed import Parsed

# A process takes a second to load what reads, and a run over fewer sources seldom has that many new pages.
_MANY = 50
# Two processes read faster than one asks, compares and writes.
_MOST = 2
# A page is given to another process when the first was lost with it: that may have been the machine's fault.
_TRIES = 2


class Readers:
    """Reads for all threads of a run. Processes begin when there is a page to read, and end with `close`."""

    def __init__(self, sources: int) -> None:
        """For a run over so many *sources*."""
        most = min(processors() - 1, _MOST) if sources >= _MANY else 0
        self._beside = most > 0
        # Threads that share an interpreter only hinder each other at reading, and each would compile the same phrases.
        self._turns = threading.Semaphore(most or 1)
        self._guard = threading.Lock()
        self._begun: set[Beside] = set()
        self._idle: list[Beside] = []
        self._over = False

    def begin(self) -> None:
        """There will be a page to read: a process that must begin for it does so meanwhile."""
        with self._guard:
            if self._beside and not self._begun and not self._over:
                self._idle.append(self._another())

    def read(self, answer: Answer) -> Parsed | Verdict:
        """The page, read; or what stands in its place. Raises `RunOver` after `close`."""
        # What reads pages takes a while to load, and most runs have no page to read.
        from fetchers.verdict import Kind, Verdict
        from flows.judging import judge

        with self._turns:
            self._check()
            if not self._beside and is_short(answer.result.body or b""):
                return judge(answer)
            for _ in range(_TRIES):
                process = self._taken()
                try:
                    worth = process.do(judge, answer, page_seconds())
                except TookTooLong as error:
                    self._lost(process)
                    return Verdict(Kind.UNREAD, str(error))
                except WorkersLost:
                    self._lost(process)
                else:
                    self._idle.append(process)
                    return worth
        return Verdict(Kind.UNREAD, "the process that read it was lost, twice; look at it by hand")

    def close(self) -> None:
        """End the processes, whatever they read."""
        with self._guard:
            self._over = True
            for process in self._begun:
                process.end()
            self._begun.clear()

    def _check(self) -> None:
        if self._over:
            raise RunOver("the run was broken off; the next one reads what this one did not")

    def _taken(self) -> Beside:
        with self._guard:
            self._check()
            return self._idle.pop() if self._idle else self._another()

    def _another(self) -> Beside:
        process = Beside()
        self._begun.add(process)
        return process

    def _lost(self, process: Beside) -> None:
        process.end()
        with self._guard:
            self._begun.discard(process)
