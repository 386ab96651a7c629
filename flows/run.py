"""One run under way: its id, what the store knew when it began, and what found nothing new."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from flows.errors import RunOver
from flows.readers import Readers
from flows.watch import Watch
from sources import RegimeConfig, SourceConfig
from storage.standing import Declared, Standing
from storage.values import Attempt, SourceRef, State

# So many checks that found nothing new are written in one transaction. A run that is killed forgets at most
# these, and the next one makes them again: nothing that was told or kept hangs on them.
_TOGETHER = 500


class Run:
    """What the steps of one run share, in all its threads."""

    def __init__(self, watch: Watch, id: str, sources: int = 0) -> None:
        self.watch = watch
        self.id = id
        self.chosen: tuple[tuple[RegimeConfig, SourceConfig], ...] = ()
        self._standings: dict[tuple[str, str], Standing] = {}
        self._ended_at: dict[int, str] = {}
        self._again: list[tuple[int, Attempt, State]] = []
        self._guard = threading.Lock()
        self._over = threading.Event()
        self.readers = Readers(sources)
        self._read_by_one: set[str] = set()
        self._reading_again = threading.Lock()

    def break_off(self) -> None:
        """Let what is under way in other threads end at its next page."""
        self._over.set()
        self.watch.fetcher.stop()
        self.readers.close()

    def go_on(self) -> None:
        """Raise `RunOver` once the run was broken off."""
        if self._over.is_set():
            raise RunOver(f"run {self.id}: was broken off; the next run checks what this one did not")

    def expect(self, chosen: Sequence[tuple[RegimeConfig, SourceConfig]]) -> None:
        """Make the declared sources known, and learn how they stand."""
        self.chosen = tuple(chosen)
        declared = [Declared(c.regime, s.id, s.kind.value, s.url) for c, s in chosen]
        with self.watch.store.writing() as w:
            w.declare(declared, self.watch.clock())
            known = w.standings({d.regime for d in declared})
        self._standings = {(s.source.regime, s.source.name): s for s in known}

    def read_by_one_parser(self, config: RegimeConfig) -> None:
        """What `flows.observing.read_by_one_parser` does, once in a run for each regime."""
        from flows.observing import read_by_one_parser

        with self._reading_again:
            if config.regime not in self._read_by_one:
                read_by_one_parser(self.watch, config)
                self._read_by_one.add(config.regime)

    def standing(self, regime: str, name: str) -> Standing:
        """A declared source and how it stood when the run began."""
        return self._standings[regime, name]

    def ended(self, source: SourceRef, url: str) -> None:
        """Note at which address the page of a source was found, after all redirects."""
        self._ended_at[source.id] = url

    def ended_at(self, source: SourceRef) -> str:
        """The address at which the page of a source was found in this run; its own where it was not asked for."""
        return self._ended_at.get(source.id, source.url)

    def again(self, source: SourceRef, attempt: Attempt, state: State) -> None:
        """Keep a check that found what was known; it is written with others."""
        with self._guard:
            self._again.append((source.id, attempt, state))
            due = len(self._again) >= _TOGETHER
        if due:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        with self._guard:
            waiting, self._again = self._again, []
        if waiting:
            with self.watch.store.writing() as w:
                w.checked_again(self.id, waiting)
